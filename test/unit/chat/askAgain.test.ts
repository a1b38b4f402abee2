import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Problem } from '../../../src/shared/problem.ts';
import type { BudgetUse } from '../../../src/shared/usageReport.ts';
import { openConversations } from '../../support/place.ts';
import { answerWith, cutAfter, type Script, turn } from '../../support/session.ts';
import { turnOfLoop } from '../../support/turnOfLoop.ts';

const failWith =
  (problem: Problem): Script =>
  (_, message) => ({ kind: 'failed', message, problem });

const usedUp: BudgetUse = { period: 'day', spentUsd: 2, limitUsd: 1, unpricedRequests: 0 };

/** A place with a question, and the first of these answers to it. */
async function answered(...scripts: Script[]) {
  const opened = openConversations(...scripts);
  const { parts, user, told } = opened.place();
  const session = await parts.shown.open();
  await session.send(turn('q'));
  const answerId = session.branch.turns[1]?.id ?? '';
  const models = (): string[] => opened.requests.map(({ model }) => model);
  return { ...opened, parts, user, told, session, answerId, models };
}

test('an answer is asked for again, for this once of another model', async () => {
  const { parts, user, session, answerId, models, told } = await answered(answerWith('a'), answerWith('b'));
  await parts.again.withModel(answerId);
  assert.equal(models().length, 1, 'the user has left');
  user.picked = 'm2';
  await parts.again.withModel(answerId);
  assert.deepEqual(models(), ['m', 'm2']);
  assert.deepEqual([session.unsent.parameters, told.savedModels], [{}, []]);
});

test('every way to ask again waits where a budget is used up', async () => {
  const { parts, user, told, answerId, models } = await answered(cutAfter('so'));
  user.budget = usedUp;
  user.picked = 'm2';
  const { again } = parts;
  const ways = [
    () => again.retry(answerId),
    () => again.without(answerId),
    () => again.withoutRefused(answerId),
    () => again.continue(answerId),
    () => again.withModel(answerId),
    () => again.withLarger(answerId),
    () => again.withOtherKeyHeader(answerId),
  ];
  for (const way of ways) {
    const asked = way();
    await turnOfLoop();
    parts.gate.cancel();
    await asked;
  }
  const waited = told.held.flatMap(held => (held ? [held.text] : []));
  assert.deepEqual(waited, ['Try Again', 'Try Again', 'Try Again', 'Continue', 'Try Again', 'Try Again', 'Try Again']);
  assert.deepEqual([models().length, told.savedModels], [1, []]);
});

test('more room is a model with more than the endpoint has said that this one has', async () => {
  const problem: Problem = { kind: 'promptTooLong', detail: '', said: { contextWindow: 1_000 } };
  const { parts, user, told, answerId, models } = await answered(failWith(problem), answerWith('b'));
  user.picked = 'large';
  await parts.again.withLarger(answerId);
  assert.deepEqual(told.needs, [{ largerThan: 1_000 }]);
  assert.deepEqual([told.savedModels, models().length], [['large'], 2], 'later answers are its too');
});

test('where the endpoint has said nothing, what is known of the model counts', async () => {
  const { parts, told, answerId } = await answered(failWith({ kind: 'promptTooLong', detail: '' }));
  await parts.again.withLarger(answerId);
  assert.deepEqual(told.needs, [{ largerThan: 200_000 }]);
});

test('the successor of a model is asked without a question, and goes on', async () => {
  const modelEnd = { day: '2026-01-01', successor: 'm3' };
  const problem: Problem = { kind: 'notFound', detail: '', modelEnd };
  const { parts, told, answerId, models } = await answered(failWith(problem), answerWith('b'));
  await parts.again.withSuccessor(answerId);
  assert.deepEqual([told.needs, told.savedModels, models().length], [[], ['m3'], 2]);
});

test('an answer that has not failed is no reason for another model', async () => {
  const { parts, told, answerId, models } = await answered(answerWith('a'));
  await parts.again.withLarger(answerId);
  await parts.again.withSuccessor(answerId);
  assert.deepEqual([told.needs, models().length], [[], 1]);
});

test('the other header is kept where it was answered, and not where it was not', async () => {
  const refused: Problem = { kind: 'authentication', detail: '' };
  const { place } = openConversations(failWith(refused), failWith(refused), answerWith('c'));
  const worked: boolean[] = [];
  const { parts } = place({}, { tryOtherKeyHeader: async ask => void worked.push(await ask()) });
  const session = await parts.shown.open();
  await session.send(turn('q'));
  for (const expected of [false, true]) {
    await parts.again.withOtherKeyHeader(session.branch.turns[1]?.id ?? '');
    assert.equal(worked.at(-1), expected);
  }
});

test('the rest of an answer that was cut is asked for', async () => {
  const { parts, session, answerId } = await answered(cutAfter('so '), answerWith('far'));
  await parts.again.continue(answerId);
  const last = session.branch.turns.at(-1);
  assert.equal(last?.role === 'assistant' && last.state.phase, 'complete');
});

test('an answer stands as the user has changed it, and a question is asked again', async () => {
  const { parts, session, answerId, models } = await answered(answerWith('a'), answerWith('b'));
  await parts.again.edit(answerId, '   ');
  await parts.again.edit(answerId, 'mine');
  assert.equal(models().length, 1);
  assert.partialDeepStrictEqual(session.branch.turns[1], { content: [{ type: 'text', text: 'mine' }], isEdited: true });
  await parts.again.edit('turn q', 'another question');
  assert.equal(models().length, 2);
  assert.partialDeepStrictEqual(session.branch.turns[0], { text: 'another question' });
});

test('a changed question that does not go out goes back, unless another conversation is shown by then', async () => {
  const { parts, user, told } = await answered(answerWith('a'));
  user.budget = usedUp;
  const first = parts.again.edit('turn q', 'changed');
  await turnOfLoop();
  parts.gate.cancel();
  await first;
  assert.deepEqual(told.editAgain, ['changed']);
  // The question comes to wait when the other conversation is being read.
  const second = parts.again.edit('turn q', 'of the one before');
  await parts.shown.show();
  await second;
  assert.deepEqual(told.editAgain, ['changed']);
});
