import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyChange } from '../../../src/shared/applyChange.ts';
import type { AssistantTurn, Turn } from '../../../src/shared/conversation.ts';
import type { Change, ViewState } from '../../../src/shared/protocol/changes.ts';
import type { RanCall } from '../../../src/shared/ranCalls.ts';

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

test('sources stand with their text, in order', () => {
  const cite = (title: string): Change => ({ type: 'cited', turnId: 'a', index: 0, source: { title } });
  const turn = applyChange(applyChange(state, cite('one')) ?? state, cite('two'))?.conversation.turns[0];
  const expected = [{ type: 'text', text: 'ab', sources: [{ title: 'one' }, { title: 'two' }] }];
  assert.deepEqual(turn?.role === 'assistant' && turn.blocks, expected);
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
    { type: 'cited', turnId: 'a', index: 1, source: { title: 'one' } },
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

test('what becomes of calls takes the place of what they were, by their blocks; others are kept', () => {
  const call = (index: number, changed: Partial<RanCall> = {}): RanCall => ({
    index,
    state: 'requested',
    line: { action: 'view', subject: 'a.ts' },
    ...changed,
  });
  const begun = applyChange(state, { type: 'calls', turnId: 'a', calls: [call(1), call(2)] });
  assert.ok(begun);
  const running = applyChange(begun, { type: 'calls', turnId: 'a', calls: [call(1, { state: 'running' })] });
  const turn = running?.conversation.turns[0];
  assert.deepEqual(turn?.role === 'assistant' && turn.calls, [call(1, { state: 'running' }), call(2)]);
  assert.equal(applyChange(state, { type: 'calls', turnId: 'nowhere', calls: [call(1)] }), undefined);
});

test('a mode is the conversation’s', () => {
  assert.equal(applyChange(state, { type: 'mode', mode: 'plan' })?.conversation.mode, 'plan');
});
