import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyChange } from '../../../src/shared/applyChange.ts';
import type { AssistantTurn, Turn } from '../../../src/shared/conversation.ts';
import { parseViewMessage } from '../../../src/shared/parseViewMessage.ts';
import type { Change, ViewMessage, ViewState } from '../../../src/shared/protocol.ts';

const messages: ViewMessage[] = [
  { type: 'ready' },
  { type: 'scriptFailed' },
  { type: 'started' },
  { type: 'drawn' },
  { type: 'focus', isFocused: true },
  { type: 'send', text: 'hi' },
  { type: 'stop' },
  { type: 'retry', turnId: 't' },
  { type: 'retryWithoutRefused', turnId: 't' },
  { type: 'retryWithLarger', turnId: 't' },
  { type: 'retryNow' },
  { type: 'newConversation' },
  { type: 'confirmSend' },
  { type: 'cancelSend' },
  { type: 'listAttached' },
  { type: 'summarize', inNewConversation: true },
  { type: 'retrySummary', turnId: 's' },
  { type: 'editSummary', turnId: 's', text: 'shorter' },
  { type: 'undoSummary', turnId: 's' },
  { type: 'omit', id: 'u#0', isOmitted: true },
  { type: 'setStart', turnId: 'u', startsOver: false },
  { type: 'finding', turnId: 't', findingId: 'f', action: 'next' },
  { type: 'goOnInNew' },
  { type: 'goOnInNew', summaryTurnId: 's' },
  { type: 'recall' },
  { type: 'showAttachment', id: 'i' },
  { type: 'draft', conversationId: 'c', text: '' },
  { type: 'typeParameter', name: 'tools', text: '[{' },
  { type: 'sendRefusedAgain', field: 'top_k' },
  { type: 'typeToolResults', conversationId: 'c', turnId: 't', results: [{ text: '', isError: true }] },
  { type: 'copy', text: 'x' },
  { type: 'openLink', href: 'https://x.example' },
  { type: 'openLocation', uri: 'file:///x', line: 3 },
  { type: 'applyCode', text: 'a', info: 'ts', lineBefore: 'x:' },
  { type: 'resolvePaths', paths: ['a.ts'] },
  { type: 'openPath', path: 'a.ts' },
  { type: 'openPath', path: 'a.ts', place: { line: 1, column: 2, endLine: 3 } },
  { type: 'command', command: 'marginalia.setApiKey' },
  { type: 'setUpKey', from: 'relay' },
  { type: 'detach', ids: ['a', 'b'] },
  { type: 'findMentions', requestId: 3, query: '' },
  { type: 'findPasted', requestId: 4, text: 'a\nb' },
  { type: 'attachMention', id: 'm' },
  { type: 'openAttachment', id: 'a', asSent: true },
];

for (const message of messages) {
  test(`"${message.type}" passes the border unchanged`, () =>
    assert.deepEqual(parseViewMessage(structuredClone(message)), message));
}

test('what is no message does not pass', () => {
  for (const value of [
    undefined,
    null,
    'ready',
    {},
    { type: 'send' },
    { type: 'send', text: 3 },
    { type: 'omit', isOmitted: true },
    { type: 'finding', turnId: 't', findingId: 'f', action: 'delete' },
    { type: 'editSummary', turnId: 's' },
    { type: 'draft', text: 'x' },
    { type: 'typeParameter', name: 'unknown', text: '' },
    { type: 'typeParameter', name: 'tools' },
    { type: 'typeToolResults', conversationId: 'c', turnId: 't', results: {} },
    { type: 'openLocation', uri: 'file:///x', line: 1.5 },
    { type: 'applyCode', text: 'a', info: 3, lineBefore: '' },
    { type: 'resolvePaths', paths: [3, '', 'x'.repeat(401)] },
    { type: 'resolvePaths', paths: 'a.ts' },
    { type: 'openPath', path: '' },
    { type: 'detach', id: 'a' },
    { type: 'detach', ids: ['a', 1] },
    { type: 'findMentions', requestId: '3', query: '' },
    { type: 'findPasted', requestId: 1 },
    { type: 'attachMention' },
    { type: 'command', command: 'workbench.action.terminal.sendSequence' },
    { type: 'command', command: 'marginalia.removeApiKey' },
    { type: 'setUpKey', from: 'https://evil.example' },
  ]) {
    assert.equal(parseViewMessage(value), undefined, JSON.stringify(value));
  }
});

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
