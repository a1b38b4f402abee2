import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildRequest } from '../../../src/core/request/buildRequest.ts';
import { longestThatFits, shortenedTo } from '../../../src/core/request/shorten.ts';
import type { TurnRecord } from '../../../src/core/conversation/turns.ts';
import { estimateRequestTokens } from '../../../src/core/tokens/estimate.ts';
import { plainSettings } from '../../support/turns.ts';

const settings = { ...plainSettings, model: 'claude-sonnet-4-5', maxTokens: 100 };
const tokensOf = (turns: readonly TurnRecord[]): number => estimateRequestTokens(buildRequest(turns, settings)).tokens;

const turns: TurnRecord[] = [
  {
    id: 'u',
    role: 'user',
    createdAt: 0,
    intent: 'chat',
    text: `First words. ${'A long story about tea. '.repeat(2_000)} Last words.`,
    excerpts: [],
    attachments: [{ id: 'i', kind: 'image', name: 'i.png', source: { type: 'url', url: 'https://x.example/i.png' } }],
  },
  {
    id: 'a',
    role: 'assistant',
    createdAt: 0,
    model: 'm',
    content: [{ type: 'text', text: 'A short answer.' }],
    state: { phase: 'complete', stopReason: 'end_turn' },
  },
];

test('what fits stays as it is', () => assert.equal(shortenedTo(tokensOf(turns), turns, tokensOf), turns));

test('images go first, and a note stands for them', () => {
  const [asked] = shortenedTo(tokensOf(turns) - 100, turns, tokensOf);
  assert.ok(asked?.role === 'user' && asked.attachments === undefined);
  assert.match(asked.text, /tea\. {2}Last words\.\n\n\[i\.png was attached here\]$/);
});

test('then the longest texts are cut in the middle, until all fits', () => {
  for (const budget of [4_000, 1_000, 300]) {
    const shortened = shortenedTo(budget, turns, tokensOf);
    assert.ok(tokensOf(shortened) <= budget, `${tokensOf(shortened)} of ${budget}`);
    const [asked, answered] = shortened;
    assert.match(
      asked?.role === 'user' ? asked.text : '',
      /^First words[^]*\[… \d+ characters left out …\][^]*here\]$/,
    );
    assert.deepEqual(answered, turns[1]);
  }
});

test('the longest that fits leaves short ones whole', () => {
  assert.equal(longestThatFits([10, 10, 1_000, 1_000], 520), 250);
  assert.equal(longestThatFits([10, 10], 100), Infinity);
});
