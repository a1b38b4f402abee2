import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MentionItem } from '../../../../src/shared/mention.ts';
import type { ViewMessage } from '../../../../src/shared/protocol/viewMessage.ts';
import { createMentionSource } from '../../../../src/webview/composer/mentionSource.ts';
import { Requests } from '../../../../src/webview/requests.ts';

function setUp() {
  const posted: ViewMessage[] = [];
  const post = (message: ViewMessage): number => posted.push(message);
  const requests = new Requests(post);
  const source = createMentionSource(post, requests.ask);
  const lastId = (): number => {
    const last = posted.at(-1);
    return last?.type === 'request' && last.request.type === 'findMentions' ? last.id : -1;
  };
  const answer = (id: number, items: MentionItem[]): void => requests.receive({ type: 'reply', id, value: items });
  return { posted, answer, source, lastId };
}

const file: MentionItem = { id: 'f', label: 'orders.ts', icon: 'file', text: 'orders.ts' };
const selection: MentionItem = { id: 's', label: 'Selection', icon: 'selection', text: '' };
const symbols: MentionItem = { id: 'y', label: 'Symbol…', icon: 'symbol-method', text: '@#' };

test('the answer to the question is what is found; an older question ends with nothing', async () => {
  const { answer, source, lastId } = setUp();
  const first = source.find('or');
  const firstId = lastId();
  const second = source.find('ord');
  assert.deepEqual(await first, []);
  answer(firstId, [selection]);
  answer(lastId(), [file]);
  assert.deepEqual(await second, [file]);
});

test('picking attaches and leaves the name; what goes on searching attaches nothing', async () => {
  const { posted, answer, source, lastId } = setUp();
  const ask = async (): Promise<void> => {
    const found = source.find('');
    answer(lastId(), [file, selection, symbols]);
    await found;
  };
  await ask();
  assert.equal(source.pick(file), 'orders.ts ');
  assert.deepEqual(posted.at(-1), { type: 'attachMention', id: 'f' });
  await ask();
  assert.equal(source.pick(selection), '');
  assert.deepEqual(posted.at(-1), { type: 'attachMention', id: 's' });
  await ask();
  assert.equal(source.pick(symbols), '@#');
  assert.equal(posted.at(-1)?.type, 'request');
});
