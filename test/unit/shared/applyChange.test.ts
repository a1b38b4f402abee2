import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyChange } from '../../../src/shared/applyChange.ts';
import type { AssistantTurn, Turn } from '../../../src/shared/conversation.ts';
import type { Change, ViewState } from '../../../src/shared/protocol/changes.ts';

const answer: AssistantTurn = {
  id: 'a',
  role: 'assistant',
  createdAt: 0,
  model: 'm',
  blocks: [{ type: 'text', text: 'ab' }],
  state: { phase: 'streaming' },
};
const state: ViewState = {
  conversation: { id: 'c', title: '', parameters: {}, turns: [answer], siblings: {} },
  earlier: 0,
  connection: { origin: '', model: 'm', key: 'stored' },
  draft: '',
  attachments: [],
  queue: [],
  revision: 0,
};

test('a delta goes on where the text ends', () => {
  const next = applyChange(state, { type: 'delta', turnId: 'a', index: 0, offset: 2, text: 'c' });
  const turn = next?.conversation.turns[0];
  assert.equal(turn?.role === 'assistant' && turn.blocks[0]?.text, 'abc');
  assert.equal(answer.blocks[0]?.text, 'ab');
});

test('a summary stands behind the turns that it is about, and they say so', () => {
  const summary: AssistantTurn = { ...answer, id: 's', isSummary: true };
  const asked: Turn = { id: 'u', role: 'user', createdAt: 0, intent: 'chat', text: 'hi', excerpts: [] };
  const after = (...changes: Change[]): string[] => {
    const end = changes.reduce<ViewState | undefined>((before, change) => before && applyChange(before, change), state);
    return (end?.conversation.turns ?? []).map(turn => (turn.isSummarized ? `(${turn.id})` : turn.id));
  };
  const begun: Change[] = [
    { type: 'turn', turn: asked },
    { type: 'turn', turn: summary, afterTurnId: 'a' },
  ];
  assert.deepEqual(after(...begun), ['a', 's', 'u']);
  assert.deepEqual(after(...begun, { type: 'summarized', throughTurnId: 'a' }), ['(a)', 's', 'u']);
  assert.deepEqual(
    after(...begun, { type: 'summarized', throughTurnId: 'a' }, { type: 'summarized', throughTurnId: null }),
    ['a', 's', 'u'],
  );
  assert.deepEqual(after({ type: 'turn', turn: summary, afterTurnId: null }), ['s', 'a']);
});

test('what does not fit is refused, so that the view asks anew', () => {
  const misfits: Change[] = [
    { type: 'delta', turnId: 'a', index: 0, offset: 1, text: 'c' },
    { type: 'delta', turnId: 'a', index: 1, offset: 0, text: 'c' },
    { type: 'delta', turnId: 'other', index: 0, offset: 2, text: 'c' },
    { type: 'thought', turnId: 'a', index: 0, durationMs: 1 },
    { type: 'block', turnId: 'a', index: 2, block: { type: 'text', text: '' } },
    { type: 'answer', turnId: 'other', state: { phase: 'stopped' } },
  ];
  for (const change of misfits) assert.equal(applyChange(state, change), undefined, JSON.stringify(change));
});

test('earlier turns stand before what is there, and change nothing of it', () => {
  const earlier: AssistantTurn = { ...answer, id: 'before' };
  const next = applyChange({ ...state, earlier: 3 }, { type: 'earlierTurns', turns: [earlier], earlier: 2 });
  assert.deepEqual(next?.conversation.turns, [earlier, answer]);
  assert.equal(next.conversation.turns[1], answer);
  assert.equal(next.earlier, 2);
});
