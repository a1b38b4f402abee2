import assert from 'node:assert/strict';
import { test } from 'node:test';
import { prepareAnswer } from '../../../src/core/chat/prepareAnswer.ts';
import type { AnswerRecord, TurnRecord } from '../../../src/core/chat/turns.ts';
import { rulesFor } from '../../../src/core/messages/modelRules.ts';
import type { UserTurn } from '../../../src/shared/conversation.ts';
import type { Parameters } from '../../../src/shared/parameters.ts';
import { turn } from '../../support/session.ts';

const failedState: AnswerRecord['state'] = { phase: 'failed', problem: { kind: 'overloaded', detail: '' } };
const tools = [{ name: 'look', input_schema: { type: 'object' } }];
const call: AnswerRecord = {
  id: 'call',
  role: 'assistant',
  createdAt: 0,
  model: 'm',
  content: [{ type: 'tool_use', id: 't', name: 'look', inputJson: '{}', input: {} }],
  state: { phase: 'complete', stopReason: 'tool_use' },
};
const result: UserTurn = {
  ...turn('result'),
  text: '',
  toolResults: [{ toolUseId: 't', text: 'blue', isError: false }],
};
const answered: AnswerRecord = {
  ...call,
  id: 'answered',
  content: [{ type: 'text', text: 'Blue.' }],
  state: { phase: 'complete', stopReason: 'end_turn' },
};
const declined: AnswerRecord = { ...answered, id: 'declined', state: { phase: 'complete', stopReason: 'refusal' } };
const failed: AnswerRecord = { ...answered, id: 'failed', content: [], state: failedState };

function reasons(history: TurnRecord[], parameters: Parameters = {}): string[] {
  const settings = {
    model: 'm',
    maxTokens: 9,
    stream: true,
    systemPrompt: '',
    reviewSystemPrompt: '',
    stopSequences: [],
    metadataUserId: '',
    promptCaching: false,
  };
  const sources = { settings, rules: rulesFor('m'), refusedFields: new Set<string>(), isThinkingRefused: () => false };
  return prepareAnswer(history, [], { ...sources, parameters }).adjustments.map(({ reason }) => reason);
}

const used = [turn('look'), call, result, answered];

test('tool uses that go out are nothing to speak of', () => {
  assert.deepEqual(reasons([...used, turn('and?')], { tools }), []);
});

test('without tools, or in a review, that earlier tool uses stay behind is said', () => {
  assert.deepEqual(reasons([...used, turn('and?')]), ['withoutTools']);
  assert.deepEqual(reasons([...used, turn('review', 'review')], { tools }), ['withoutTools']);
});

test('that a declined question stays behind is said', () => {
  assert.deepEqual(reasons([turn('bad'), declined, turn('and?')]), ['declined']);
});

test('that a question stays behind whose answer failed is said', () => {
  assert.deepEqual(reasons([turn('lost'), failed, turn('and?')]), ['failed']);
  assert.deepEqual(reasons([turn('tried again')]), []);
});
