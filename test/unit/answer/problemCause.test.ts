import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Refused, withCause } from '../../../src/core/answer/problemCause.ts';
import { problemOf } from '../../support/problemOf.ts';

const refused: Refused = {
  request: { model: 'm', max_tokens: 10, stream: true, messages: [{ role: 'user', content: 'hi' }] },
  endpoint: { messagesUrl: 'https://x.test/v1/messages', key: 'k' },
  turns: [],
  hasLarger: () => true,
};

test('what is too long is offered to a larger model where there is one: larger than what the endpoint has named', () => {
  const asked: (number | undefined)[] = [];
  const hasLarger = (tokens?: number): boolean => {
    asked.push(tokens);
    return tokens === undefined;
  };
  const problem = (message: string) => withCause(problemOf(message), { ...refused, hasLarger });
  assert.equal(problem('Input is too long for requested model.').hasLarger, true);
  assert.equal(problem('prompt is too long: 210000 tokens > 200000 maximum').hasLarger, undefined);
  assert.deepEqual(asked, [undefined, 200_000]);
});

test('other problems are not larger models’', () => {
  assert.equal(withCause(problemOf('temperature: range: 0..1'), refused).hasLarger, undefined);
  assert.equal(withCause({ kind: 'tooLarge', detail: '' }, refused).hasLarger, undefined);
});
