import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorFromAnswer, errorFromTransport, readRetryAfter } from '../../../src/core/messages/problems.ts';
import { asTransportError, TransportError } from '../../../src/core/transport/transport.ts';
import { borderWithoutNetwork } from '../../support/border.ts';
import { problemOf } from '../../support/problemOf.ts';
import type { ProblemKind, Said } from '../../../src/shared/problem.ts';

const relay = (message: string, code: string) => ({ error: { message, type: 'apimart_error', code } });
const anthropic = (type: string, message: string) => ({ type: 'error', error: { type, message }, request_id: 'req_1' });

const table: [what: string, status: number, body: unknown, kind: ProblemKind, retryable: boolean, detail: string][] = [
  [
    'a wrong key',
    401,
    anthropic('authentication_error', 'invalid x-api-key'),
    'authentication',
    false,
    'invalid x-api-key',
  ],
  ["a relay's wrong key", 401, relay('invalid API key', ''), 'authentication', false, 'invalid API key'],
  ['an empty balance', 402, relay('insufficient balance', 'x'), 'billing', false, 'insufficient balance'],
  ['a quota in a 403', 403, relay('no', 'insufficient_user_quota'), 'billing', false, 'no'],
  [
    'a spend limit in a 400',
    400,
    anthropic('invalid_request_error', 'You have reached your specified API usage limits'),
    'billing',
    false,
    'You have reached your specified API usage limits',
  ],
  ['an unknown model', 404, anthropic('not_found_error', 'model: x'), 'notFound', false, 'model: x'],
  ['a wrong parameter', 400, anthropic('invalid_request_error', 'bad'), 'badRequest', false, 'bad'],
  [
    'no channel, said with 400',
    400,
    relay('Please wait and try again later', 'get_channel_failed'),
    'overloaded',
    true,
    'Please wait and try again later',
  ],
  ['a wrong parameter, said with 500', 500, relay('x', 'build_request_failed'), 'badRequest', false, 'x'],
  ['a rate limit', 429, anthropic('rate_limit_error', 'slow'), 'rateLimited', true, 'slow'],
  ['a rate limit with an empty body', 429, '', 'rateLimited', true, ''],
  [
    'a spend cap in a 429',
    429,
    {
      type: 'error',
      error: { type: 'rate_limit_error', message: 'cap', details: { error_code: 'enforced_spend_limit_reached' } },
    },
    'billing',
    false,
    'cap',
  ],
  ['overload', 529, anthropic('overloaded_error', 'Overloaded'), 'overloaded', true, 'Overloaded'],
  ['an unknown type', 503, { error: { message: 'm', type: '<nil>' } }, 'overloaded', true, 'm'],
  [
    'an error as a word',
    400,
    { error: 'Invalid request', message: 'the real cause' },
    'badRequest',
    false,
    'Invalid request: the real cause',
  ],
  [
    'a nested upstream error',
    500,
    { type: 'error', error: { type: 'request_fail', upstream_error: anthropic('invalid_request_error', 'deep') } },
    'serverError',
    true,
    'deep',
  ],
  [
    'an error inside a message',
    502,
    { error: { message: JSON.stringify(anthropic('overloaded_error', 'inner')) } },
    'overloaded',
    true,
    'inner',
  ],
  [
    'a code as text',
    400,
    { error: { message: 'm', type: 'None', param: 'None', code: '400' } },
    'badRequest',
    false,
    'm',
  ],
  ['a status inside a 200', 200, { error: { code: 429, message: 'busy' } }, 'rateLimited', true, 'busy'],
  ['success:false', 200, { success: false, message: 'no group' }, 'unreadable', false, 'no group'],
  ['too large', 413, '<html>nginx</html>', 'tooLarge', false, 'nginx'],
  ['a redirect', 302, '', 'redirected', false, ''],
  [
    'no credit in a 400',
    400,
    { type: 'error', error: { type: 'invalid_request_error', message: 'Your credit balance is too low to access' } },
    'billing',
    false,
    'Your credit balance is too low to access',
  ],
];

for (const [what, status, body, kind, retryable, detail] of table) {
  test(`${what} is ${kind}${retryable ? ', to be retried' : ''}`, () => {
    const error = errorFromAnswer({ status, headers: {}, body });
    assert.equal(error.problem.kind, kind);
    assert.equal(error.retryable, retryable);
    assert.equal(error.problem.detail, detail);
  });
}

test('the request id is found in headers, body and text', () => {
  const idOf = (headers: Record<string, string>, body: unknown) =>
    errorFromAnswer({ status: 500, headers, body }).problem.requestId;
  assert.equal(idOf({ 'request-id': 'req_h' }, {}), 'req_h');
  assert.equal(idOf({}, anthropic('api_error', 'x')), 'req_1');
  assert.equal(idOf({}, relay('x (request id: 20261122ab)', 'y')), '20261122ab');
});

test('a key that the endpoint echoes is taken out', () => {
  const key = 'relay.key.without-prefix';
  const said = `Incorrect key ${key} or sk-abcdef123456, Bearer abcdefgh12345`;
  const border = borderWithoutNetwork(key);
  const { detail } = border.refusal({ status: 401, headers: {}, body: { error: { message: said } } }).problem;
  assert.equal(detail, 'Incorrect key [key] or [key], Bearer [key]');
  assert.equal(border.failure(new TransportError('connectionLost', '', `x ${key}`)).problem.detail, 'x [key]');
});

test('retry-after is read as milliseconds, seconds and a date', () => {
  const now = Date.parse('2026-11-22T10:00:00Z');
  assert.equal(readRetryAfter({ 'retry-after-ms': '1500', 'retry-after': '9' }), 1500);
  assert.equal(readRetryAfter({ 'retry-after': '2.5' }), 2500);
  assert.equal(readRetryAfter({ 'retry-after': 'Sun, 22 Nov 2026 10:00:20 GMT' }, now), 20_000);
  assert.equal(readRetryAfter({ 'retry-after': 'soon' }), undefined);
});

test('a certificate is not retried, a lost connection is', () => {
  assert.equal(errorFromTransport(new TransportError('certificate', '', '')).retryable, false);
  assert.equal(errorFromTransport(new TransportError('connectionLost', '', '')).retryable, true);
});

const saidOf: [message: string, status: number, said: Said | undefined][] = [
  ['model: claude-nope', 404, { isModel: true }],
  ['models/claude-nope is not found', 404, { isModel: true }],
  ['Invalid URL (POST /v1/models)', 404, undefined],
  ['page not found', 404, undefined],
  ['The document was not found', 404, undefined],
  ['prompt is too long: 210000 tokens > 200000 maximum', 400, { contextWindow: 200_000 }],
  ['Input is too long for requested model.', 400, undefined],
  ['temperature: range: 0..1', 400, { fields: ['temperature'] }],
  ['messages.1.content.0: Invalid `signature` in `thinking` block', 400, { fields: ['thinking'], isThinking: true }],
  [
    'messages.0.content.1.image.source.base64: image exceeds 5 MB maximum: 6000000 bytes > 5242880 bytes',
    400,
    { media: { kinds: ['image'], message: 0, block: 1 } },
  ],
  [
    'messages.2.content.0.image.source.base64.data: At least one of the image dimensions exceed max allowed size for many-image requests: 2000 pixels',
    400,
    { media: { kinds: ['image'], message: 2, block: 0 } },
  ],
  ['messages[0].content[2]: unknown variant `image_url`', 422, { media: { kinds: ['image'], message: 0, block: 2 } }],
  ['Could not process image', 400, { media: { kinds: ['image'] } }],
  ['The PDF specified is password protected.', 400, { media: { kinds: ['document'] } }],
  ['A maximum of 100 PDF pages may be provided.', 400, { media: { kinds: ['document'] } }],
  ['No endpoints found that support image input', 404, { media: { kinds: ['image'] } }],
  [
    'Unable to download the file. Please verify the URL and try again.',
    400,
    { media: { kinds: ['image', 'document'] } },
  ],
  [
    "tools.1: Input tag 'bash_20241022' found using 'type' does not match 'custom'",
    400,
    { fields: ['tools'], isToolType: true },
  ],
  ["Invalid value: 'text_editor_20250728'. Supported values are: 'function'.", 400, { isToolType: true }],
  ["Missing required parameter: 'tools[0].function'.", 400, { isToolType: true }],
  // The header goes along for tools alone.
  [
    'Unexpected value(s) `computer-use-2025-11-24` for the `anthropic-beta` header. Please consult our documentation.',
    400,
    { isToolType: true },
  ],
  ["'claude-x' does not support tool types: computer_20251124.", 400, { isToolType: true }],
  ['tools: this model does not support tools', 400, { fields: ['tools'] }],
  ['messages.2: `tool_use` ids were found without `tool_result` blocks', 400, undefined],
  ['Please consult our documentation', 400, undefined],
  ['The image service failed', 500, undefined],
  ['messages.0.content: Input should be a valid string', 400, undefined],
];

for (const [message, status, said] of saidOf) {
  test(`“${message}” says ${said ? JSON.stringify(said) : 'nothing more'}`, () => {
    assert.deepEqual(problemOf(message, status).said, said);
  });
}

test('a failure below HTTP keeps the system’s code', () => {
  const code = (failure: TransportError) => errorFromTransport(failure).problem.code;
  assert.equal(code(asTransportError(Object.assign(new Error('no such host'), { code: 'ENOTFOUND' }))), 'ENOTFOUND');
  assert.equal(
    code(asTransportError(Object.assign(new Error('expired'), { code: 'CERT_HAS_EXPIRED' }))),
    'CERT_HAS_EXPIRED',
  );
  assert.equal(code(asTransportError(new Error('ECONNRESET'))), undefined);
});
