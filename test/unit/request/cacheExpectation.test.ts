import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CacheExpectation, cacheLifeMs } from '../../../src/core/request/cacheExpectation.ts';
import type { AnswerSources } from '../../../src/core/request/prepareAnswer.ts';
import type { TurnRecord } from '../../../src/core/conversation/turns.ts';
import { rulesFor } from '../../../src/core/models/modelRules.ts';
import type { UserTurn } from '../../../src/shared/conversation.ts';

const sources: AnswerSources = {
  settings: {
    model: 'claude-sonnet-4-5',
    maxTokens: 100,
    stream: true,
    systemPrompt: '',
    reviewSystemPrompt: '',
    stopSequences: [],
    metadataUserId: '',
    promptCaching: true,
  },
  parameters: {},
  rules: rulesFor('claude-sonnet-4-5'),
  refusedFields: new Set(),
  isThinkingRefused: () => false,
};
const [first, second, third] = ['first', 'second', 'third'].map(asked) as [UserTurn, UserTurn, UserTurn];
const usage = { inputTokens: 10, cacheReadTokens: 2_000, cacheWriteTokens: 500 };

test('what the endpoint has read and written is expected of a request that goes on from there', () => {
  const cache = learned();
  assert.equal(cache.expected([first, second, third], sources, 1_000), 2_500);
});

test('nothing is expected where the request begins otherwise', () => {
  const cache = learned();
  assert.equal(cache.expected([second, third], sources, 1_000), undefined);
  assert.equal(cache.expected([{ ...first }, second, third], sources, 1_000), undefined);
  const changed = { ...sources, parameters: { system: 'Be kind.' } };
  assert.equal(cache.expected([first, second, third], changed, 1_000), undefined);
});

test('nothing is expected once the cache has passed', () => {
  assert.equal(learned().expected([first, second], sources, cacheLifeMs - 1), 2_500);
  assert.equal(learned().expected([first, second], sources, cacheLifeMs), undefined);
});

test('nothing is expected of an endpoint that says nothing, nor after a review', () => {
  const silent = learned();
  silent.learn([first, second], sources, { inputTokens: 10 }, 0);
  assert.equal(silent.expected([first, second], sources, 1), undefined);
  const review = learned();
  const turns: TurnRecord[] = [first, { ...second, intent: 'review' }];
  review.learn(turns, sources, usage, 0);
  assert.equal(review.expected(turns, sources, 1), undefined);
});

function learned(): CacheExpectation {
  const cache = new CacheExpectation();
  cache.learn([first, second], sources, usage, 0);
  return cache;
}

function asked(text: string): UserTurn {
  return { id: text, role: 'user', createdAt: 0, intent: 'chat', text, excerpts: [] };
}
