import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AnswerMeter } from '../../../src/core/answer/answerMeter.ts';
import { sumOfAnswers } from '../../../src/core/usage/conversationSum.ts';
import type { AnswerEnd } from '../../../src/core/messages/client.ts';
import { priceOf } from '../../../src/core/models/modelRules.ts';
import type { AnswerFigures } from '../../../src/shared/conversation.ts';

const price = priceOf(3, 15);

function ended(kind: 'complete' | 'stopped', usage: object): AnswerEnd {
  return { kind, message: { id: '', model: '', content: [], stopReason: null, usage } } as unknown as AnswerEnd;
}

function measured(
  { at, isStreamed = true }: { at: [start: number, first: number, end: number]; isStreamed?: boolean },
  end: AnswerEnd,
  earlier?: AnswerFigures,
  known: typeof price | undefined = price,
): AnswerFigures {
  let now = at[0];
  const meter = new AnswerMeter(() => now, known, isStreamed);
  now = at[1];
  meter.noticeText();
  now = at[2];
  meter.noticeText();
  return meter.end(end, earlier);
}

const full = ended('complete', { input_tokens: 1_000_000, output_tokens: 100_000 });

test('a request is timed to its first piece and to its end, and has its price', () => {
  assert.deepEqual(measured({ at: [10, 510, 2_010] }, full), {
    requests: 1,
    durationMs: 2_000,
    firstTokenMs: 500,
    writingMs: 1_500,
    costUsd: 4.5,
  });
});

test('an answer that comes at once has no first token', () => {
  assert.deepEqual(measured({ at: [0, 900, 901], isStreamed: false }, full), {
    requests: 1,
    durationMs: 901,
    costUsd: 4.5,
  });
});

test('what was received before a stop is not known, and a price that is not known is not made up', () => {
  const cut = ended('stopped', { input_tokens: 1_000_000, output_tokens: 1 });
  assert.equal(measured({ at: [0, 1, 2] }, cut).costUsd, 3);
  let now = 0;
  assert.equal('costUsd' in new AnswerMeter(() => now++, undefined, true).end(full, undefined), false);
});

test('a continued answer is the sum of its requests, and waited for once', () => {
  const earlier = { requests: 1, durationMs: 1_000, firstTokenMs: 300, writingMs: 700, costUsd: 1 };
  assert.deepEqual(measured({ at: [0, 100, 400] }, full, earlier), {
    requests: 2,
    durationMs: 1_400,
    firstTokenMs: 300,
    writingMs: 1_000,
    costUsd: 5.5,
  });
  const unpriced = { requests: 1, durationMs: 1_000 };
  assert.equal('costUsd' in measured({ at: [0, 1, 2] }, full, unpriced), false, 'a part of it is not known');
});

test('a conversation has taken what its answers have, old ones by today’s price', () => {
  const sum = sumOfAnswers(
    [
      {
        model: 'known',
        usage: { inputTokens: 10, outputTokens: 5 },
        figures: { requests: 2, durationMs: 1, costUsd: 2 },
      },
      { model: 'known', usage: { inputTokens: 1_000_000, cacheReadTokens: 7 } },
      { model: 'other', usage: { inputTokens: 1 } },
      { model: 'known' },
    ],
    model => (model === 'known' ? price : undefined),
  );
  assert.deepEqual(
    { ...sum, costUsd: Math.round(sum.costUsd * 100) / 100 },
    {
      requests: 4,
      inputTokens: 1_000_011,
      outputTokens: 5,
      cacheReadTokens: 7,
      cacheWriteTokens: 0,
      costUsd: 5,
      unpricedRequests: 1,
    },
  );
});
