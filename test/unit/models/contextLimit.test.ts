import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ContextLimits, tooLongFacts } from '../../../src/core/models/contextLimit.ts';
import { problemOf } from '../../support/problemOf.ts';
import { errorFromAnswer } from '../../../src/core/messages/problems.ts';

const sayings: [status: number, message: string, facts: object][] = [
  [400, 'prompt is too long: 212345 tokens > 200000 maximum', { tokens: 212_345, limit: 200_000 }],
  [
    400,
    'input length and `max_tokens` exceed context limit: 196778 + 21333 > 200000, decrease input length or `max_tokens` and try again',
    { tokens: 196_778, limit: 200_000 },
  ],
  [400, 'Input is too long for requested model.', {}],
  [500, 'Prompt is too long (server-side context limit reached).', {}],
  [
    400,
    "The input (233864 tokens) is longer than the model's context length (202752 tokens)",
    { tokens: 233_864, limit: 202_752 },
  ],
  [
    400,
    "This model's maximum context length is 128,000 tokens. However, your messages resulted in 130,200 tokens.",
    { tokens: 130_200, limit: 128_000 },
  ],
  [400, 'Prompt exceeds maximum context length', {}],
  [400, '输入内容超出模型上下文长度限制', {}],
];

describe('A request with too many tokens is told by what was said:', () => {
  for (const [status, message, facts] of sayings) {
    test(message, () => {
      const bodies = [
        { type: 'error', error: { type: 'invalid_request_error', message } },
        { error: { message: `${message} (request id: 1)`, type: 'new_api_error', code: '' } },
      ];
      for (const body of bodies) {
        const { problem, retryable } = errorFromAnswer({ status, headers: {}, body });
        assert.equal(problem.kind, 'promptTooLong');
        assert.equal(retryable, false);
        assert.deepEqual(tooLongFacts(message), facts);
        assert.deepEqual(problem.said?.contextWindow, (facts as { limit?: number }).limit);
      }
    });
  }

  test('and by its code alone', () => {
    const body = { error: { message: 'no', code: 'context_length_exceeded' } };
    assert.equal(errorFromAnswer({ status: 400, headers: {}, body }).problem.kind, 'promptTooLong');
  });

  test('a limit of the output, of a rate or of bytes is another matter', () => {
    const others = [
      'max_tokens: 70000 > 64000, which is the maximum allowed number of output tokens for claude-sonnet-4-5',
      'This request would exceed your rate limit of 40000 input tokens per minute.',
      'Request exceeds the maximum size',
      'messages.0.content.0.text: string too long',
    ];
    for (const message of others) {
      const body = { type: 'error', error: { type: 'invalid_request_error', message } };
      assert.notEqual(errorFromAnswer({ status: 400, headers: {}, body }).problem.kind, 'promptTooLong');
    }
  });
});

test('a smaller window that the endpoint has named counts for its model from then on', () => {
  const limits = new ContextLimits();
  limits.learn('m', problemOf('prompt is too long: 210000 tokens > 200000 maximum'));
  limits.learn('n', problemOf('5 tokens > 4 maximum'));
  assert.equal(limits.fit('m', { contextWindow: 1_000_000 }).contextWindow, 200_000);
  assert.equal(limits.fit('m', { contextWindow: 100_000 }).contextWindow, 100_000);
  assert.equal(limits.fit('n', { contextWindow: 1_000_000 }).contextWindow, 1_000_000);
});
