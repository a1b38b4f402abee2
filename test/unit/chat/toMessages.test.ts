import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toMessages } from '../../../src/core/chat/toMessages.ts';
import type { AnswerRecord, TurnRecord } from '../../../src/core/chat/turns.ts';
import type { UserTurn } from '../../../src/shared/conversation.ts';
import { turn } from '../../support/session.ts';

const answered: AnswerRecord = {
  id: 'answered',
  role: 'assistant',
  createdAt: 0,
  model: 'm',
  content: [{ type: 'text', text: 'Green.' }],
  state: { phase: 'complete', stopReason: 'end_turn' },
};
const failed: AnswerRecord = {
  ...answered,
  id: 'failed',
  content: [],
  state: { phase: 'failed', problem: { kind: 'overloaded', detail: '' } },
};
const calling: AnswerRecord = {
  ...answered,
  id: 'calling',
  content: [{ type: 'tool_use', id: 't', name: 'look', inputJson: '{}', input: {} }],
  state: { phase: 'complete', stopReason: 'tool_use' },
};
const result: UserTurn = {
  ...turn('result'),
  text: '',
  toolResults: [{ toolUseId: 't', text: 'blue', isError: false }],
};

function messages(turns: TurnRecord[]): unknown[] {
  return toMessages(turns, { thinking: () => false, toolUses: true }).map(({ role, content }) => [role, content]);
}

test('a question whose answer failed stays out of what is sent, wherever it stands', () => {
  const lost = turn('lost');
  assert.deepEqual(messages([lost, failed, turn('next')]), [['user', turn('next').text]]);
  assert.deepEqual(messages([turn('first'), answered, lost, failed, lost, failed, turn('next')]), [
    ['user', turn('first').text],
    ['assistant', 'Green.'],
    ['user', turn('next').text],
  ]);
});

test('a question that is tried again goes out', () => {
  assert.deepEqual(messages([turn('lost')]), [['user', turn('lost').text]]);
});

test('an answer that was cut keeps its question: something of it was said', () => {
  const cut: AnswerRecord = { ...answered, state: { phase: 'truncated', problem: { kind: 'endedEarly', detail: '' } } };
  assert.equal(messages([turn('first'), cut, turn('next')]).length, 3);
});

test('results that went out in vain go out with the next message: their calls have no others', () => {
  assert.deepEqual(messages([turn('look'), calling, result, failed, turn('and?')]), [
    ['user', turn('look').text],
    ['assistant', [{ type: 'tool_use', id: 't', name: 'look', input: {} }]],
    [
      'user',
      [
        { type: 'tool_result', tool_use_id: 't', content: 'blue' },
        { type: 'text', text: turn('and?').text },
      ],
    ],
  ]);
});
