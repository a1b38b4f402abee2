import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toMessages } from '../../../src/core/chat/toMessages.ts';
import type { AnswerRecord, TurnRecord } from '../../../src/core/chat/turns.ts';
import { turn } from '../../support/session.ts';
import { answered, calling, declined, failed, result } from '../../support/turns.ts';

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

test('what was declined stays out, with what it was to answer', () => {
  assert.deepEqual(messages([turn('bad'), declined, turn('next')]), [['user', turn('next').text]]);
});

test('a call whose results never came is handed back with the question after the failed one', () => {
  const sent = messages([turn('look'), calling, turn('lost'), failed, turn('and?')]) as [string, { type: string }[]][];
  assert.deepEqual(
    sent.map(([role]) => role),
    ['user', 'assistant', 'user'],
  );
  assert.equal(sent[2]?.[1][0]?.type, 'tool_result');
});
