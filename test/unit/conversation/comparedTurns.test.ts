import assert from 'node:assert/strict';
import { test } from 'node:test';
import { comparedTurns } from '../../../src/core/conversation/comparedTurns.ts';
import { answerWith, setUp, turn } from '../../support/session.ts';

test('two answers in one place are named by their model and time, the other one first', async () => {
  const { session } = setUp(answerWith('one'), answerWith('two'));
  await session.send(turn('q'));
  const otherId = session.branch.turns[1]?.id ?? '';
  await session.again.retry(otherId);
  const turnId = session.branch.turns[1]?.id ?? '';
  const time = (createdAt: number): string => `at ${createdAt}`;
  assert.deepEqual(await comparedTurns(session.branch, { turnId, otherId }, time), [
    { id: otherId, name: 'm at 0', text: 'one\n' },
    { id: turnId, name: 'm at 0', text: 'two\n' },
  ]);
  assert.equal(await comparedTurns(session.branch, { turnId, otherId: 'unknown' }, time), undefined);
});

test('a question is named by its time', async () => {
  const { session } = setUp(answerWith('one'));
  await session.send(turn('q'));
  const compared = await comparedTurns(session.branch, { turnId: 'turn q', otherId: 'turn q' }, () => '12:00');
  assert.deepEqual(compared?.[0], { id: 'turn q', name: '12:00', text: 'q\n' });
});
