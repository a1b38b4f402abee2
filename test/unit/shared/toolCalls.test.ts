import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AnswerBlock, AssistantTurn } from '../../../src/shared/conversation.ts';
import { cutCall, wholeCalls } from '../../../src/shared/toolCalls.ts';
import { parsedCharacters } from '../../support/parsedCharacters.ts';

function answer(stopReason: string, ...inputs: string[]): AssistantTurn {
  const blocks = inputs.map((text, index): AnswerBlock => ({ type: 'toolUse', id: String(index), name: 'look', text }));
  return { id: 'a', role: 'assistant', createdAt: 0, model: 'm', state: { phase: 'complete', stopReason }, blocks };
}

const cases: [what: string, turn: AssistantTurn, whole: string[]][] = [
  ['calls with their inputs', answer('tool_use', '{"at":1}', ''), ['0', '1']],
  ['one that the limit has cut', answer('max_tokens', '{"at":1}', '{"at":'), ['0']],
  ['one that the limit has cut before its first character', answer('max_tokens', ''), []],
  ['one that is whole at the limit', answer('max_tokens', '{"at":1}'), ['0']],
  ['an input that is encoded twice', answer('tool_use', JSON.stringify('{"at":1}')), ['0']],
  ['an input that is nested too deep', answer('tool_use', nested(100_000)), []],
  ['an input that is deep, and not too deep', answer('tool_use', nested(400)), ['0']],
  ['an input that is no object', answer('tool_use', '[1]'), []],
];

function nested(levels: number): string {
  return `{"at":${'['.repeat(levels)}${']'.repeat(levels)}}`;
}

for (const [what, turn, whole] of cases) {
  test(`of ${what}, ${whole.length} can be answered`, () => {
    assert.deepEqual(
      wholeCalls(turn).map(({ id }) => id),
      whole,
    );
    assert.equal(cutCall(turn) !== undefined, whole.length < turn.blocks.length);
  });
}

test('the last input alone is read to find out which calls are whole, and once', t => {
  const input = JSON.stringify({ where: 'x'.repeat(1_000) });
  const turn = answer('tool_use', ...Array.from({ length: 100 }, () => input));
  const read = parsedCharacters(t, () => assert.equal(wholeCalls(turn).length, 100));
  assert.equal(read, input.length);
});

test('a call that has run here is not answered by hand', () => {
  const turn = answer('tool_use', '{}', '{}');
  const calls: AssistantTurn['calls'] = [{ index: 0, state: 'done', line: { action: 'view', subject: '' } }];
  assert.deepEqual(
    wholeCalls({ ...turn, calls }).map(({ id }) => id),
    ['1'],
  );
});
