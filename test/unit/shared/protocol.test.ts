import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyChange } from '../../../src/shared/applyChange.ts';
import type { AssistantTurn } from '../../../src/shared/conversation.ts';
import { parseViewMessage } from '../../../src/shared/parseViewMessage.ts';
import type { Change, ViewMessage, ViewState } from '../../../src/shared/protocol.ts';

const messages: ViewMessage[] = [
  { type: 'ready' },
  { type: 'send', text: 'hi' },
  { type: 'stop' },
  { type: 'retry', turnId: 't' },
  { type: 'retryNow' },
  { type: 'newConversation' },
  { type: 'draft', conversationId: 'c', text: '' },
  { type: 'copy', text: 'x' },
  { type: 'openLink', href: 'https://x.example' },
  { type: 'openLocation', uri: 'file:///x', line: 3 },
  { type: 'command', command: 'marginalia.setApiKey' },
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
    { type: 'draft', text: 'x' },
    { type: 'openLocation', uri: 'file:///x', line: 1.5 },
    { type: 'command', command: 'workbench.action.terminal.sendSequence' },
    { type: 'command', command: 'marginalia.removeApiKey' },
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
  conversation: { id: 'c', title: '', parameters: {}, turns: [answer] },
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

test('what does not fit is refused, so that the view asks anew', () => {
  const misfits: Change[] = [
    { type: 'delta', turnId: 'a', index: 0, offset: 1, text: 'c' },
    { type: 'delta', turnId: 'a', index: 1, offset: 0, text: 'c' },
    { type: 'delta', turnId: 'other', index: 0, offset: 2, text: 'c' },
    { type: 'block', turnId: 'a', index: 2, block: { type: 'text', text: '' } },
    { type: 'answer', turnId: 'other', state: { phase: 'stopped' } },
  ];
  for (const change of misfits) assert.equal(applyChange(state, change), undefined, JSON.stringify(change));
});
