import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseTabState } from '../../../src/core/conversation/tabState.ts';

test('of what a page has kept, the conversation is read', () => {
  const kept = { conversationId: 'c1', draft: 'typed', toldDrafts: [], isFollowing: true };
  assert.deepEqual(parseTabState(kept), { id: 'c1', hasTurns: false });
  assert.deepEqual(parseTabState({ ...kept, hasTurns: true }), { id: 'c1', hasTurns: true });
});

test('anything else is nothing', () => {
  for (const kept of [undefined, null, 'c1', {}, { conversationId: 3 }, { conversationId: '' }]) {
    assert.equal(parseTabState(kept), undefined);
  }
});
