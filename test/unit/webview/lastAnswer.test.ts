import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isLastSaid } from '../../../src/webview/transcript/lastAnswer.ts';
import type { Turn } from '../../../src/shared/conversation.ts';

const asked: Turn = { id: 'asked', role: 'user', createdAt: 0, intent: 'chat', text: '', excerpts: [] };
const answer = (id: string, isSummary?: true): Turn => ({
  id,
  role: 'assistant',
  createdAt: 0,
  model: 'm',
  blocks: [],
  state: { phase: 'stopped' },
  ...(isSummary && { isSummary }),
});

test('the last answer is the last also where a summary of it follows; one that was asked on is not', () => {
  assert.equal(isLastSaid([asked, answer('a')], 'a'), true);
  assert.equal(isLastSaid([asked, answer('a'), answer('s', true)], 'a'), true);
  assert.equal(isLastSaid([asked, answer('a'), answer('s', true)], 's'), false);
  assert.equal(isLastSaid([asked, answer('a'), asked], 'a'), false);
  assert.equal(isLastSaid([], 'a'), false);
});
