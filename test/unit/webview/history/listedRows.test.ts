import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ConversationSummary } from '../../../../src/shared/storedConversations.ts';
import { ListedRows } from '../../../../src/webview/history/listedRows.ts';

const row = (id: string, updatedAt: number, isPinned = false): ConversationSummary => ({
  id,
  title: id,
  updatedAt,
  isPinned,
  isArchived: false,
});

function setUp(...rows: ConversationSummary[]) {
  const listed = new ListedRows();
  listed.add(rows);
  const ids = (): string => listed.sorted.map(({ id }) => id).join('');
  return { listed, ids };
}

test('pages make one list, whatever has moved between them', () => {
  const { listed, ids } = setUp(row('p', 1, true), row('a', 9), row('b', 8));
  listed.add([row('b', 8), row('c', 7)]);
  assert.equal(ids(), 'pabc');
  listed.change('c', { updatedAt: 10 });
  listed.change('unknown', { updatedAt: 10 });
  assert.equal(ids(), 'pcab');
});

test('a new beginning takes away what stood there and has gone, and nothing behind it', () => {
  const { listed, ids } = setUp(row('a', 9), row('b', 8), row('c', 7), row('d', 6));
  listed.renewStart([row('n', 12), row('c', 11), row('a', 9)], false);
  assert.equal(ids(), 'ncabd', 'what lies behind the last of the page may still be there');
  listed.renewStart([row('n', 12), row('a', 9), row('b', 8)], false);
  assert.equal(ids(), 'nabd');
  listed.renewStart([row('n', 12)], true);
  assert.equal(ids(), 'n');
  listed.renewStart([], true);
  assert.equal(ids(), '');
});
