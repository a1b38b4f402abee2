import assert from 'node:assert/strict';
import { test } from 'node:test';
import { takenUntilNow } from '../../../src/core/chat/takenUntilNow.ts';
import { answerWith, type Script, setUp, turn } from '../../support/session.ts';

const counted: Script = (listener, message, signal) => {
  message.usage.input_tokens = 1_000_000;
  return answerWith('a')(listener, message, signal);
};

test('what was taken on all branches counts, once it is saved', async () => {
  const { session, ports } = setUp(counted, counted);
  await session.send(turn('q'));
  await session.again.retry(session.branch.turns[1]?.id ?? '');
  const sum = await takenUntilNow(session, ports.store, () => undefined);
  assert.deepEqual([sum.requests, sum.inputTokens], [2, 2_000_000]);
});
