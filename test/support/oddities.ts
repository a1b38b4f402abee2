/**
 * What relays, converters and proxies have been seen to answer, numbered. Each is a case for the whole client: the same
 * bytes have to come to the same end in every slicing, on a real socket, and through either transport.
 */
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import type { AnswerContent, WireUsage } from '../../src/core/messages/wire.ts';
import type { Problem } from '../../src/shared/problem.ts';

export interface OddCase {
  name: string;
  body: string;
  status?: number;
  headers?: Record<string, string>;
  /** Whether a stream is asked for; it is unless this says no. */
  stream?: boolean;
  encoding?: 'gzip' | 'br' | 'deflate';
  /** On sockets, milliseconds before the headers and before the body. */
  silenceMs?: { headers: number; body: number };
  end: OddEnd;
}

export type OddEnd =
  /** `from`: the part of the body from which on the answer may count as complete; all of it where absent. */
  | {
      kind: 'complete';
      content: AnswerContent[];
      stopReason?: string;
      model?: string;
      usage?: WireUsage;
      from?: string;
    }
  /** Before any content. `retried` where the same request may succeed by itself. */
  | { kind: 'failed'; problem: Partial<Problem>; detail: RegExp; retried?: boolean }
  | { kind: 'truncated'; content: AnswerContent[]; problem: Partial<Problem>; detail: RegExp };

export interface Oddity {
  number: number;
  name: string;
  cases: OddCase[];
}

const words = 'Grüße, 世界 😀';
const text: AnswerContent[] = [{ type: 'text', text: words }];
const input = '{"path":"a b","lines":[1,2]}';
const tool = (changes: object = {}): AnswerContent => ({
  type: 'tool_use',
  id: 'toolu_1',
  name: 'report',
  inputJson: input,
  input: { path: 'a b', lines: [1, 2] },
  ...changes,
});

const fields = { id: 'msg_1', type: 'message', role: 'assistant', model: 'claude-sonnet-4-5' };
const usage = { input_tokens: 7, output_tokens: 1 };
const start = { type: 'message_start', message: { ...fields, content: [], stop_reason: null, usage } };
const blockStart = (block: object, index = 0) => ({ type: 'content_block_start', index, content_block: block });
const textStart = blockStart({ type: 'text', text: '' });
const toolStart = blockStart({ type: 'tool_use', id: 'toolu_1', name: 'report', input: {} });
const blockDelta = (delta: object, index = 0) => ({ type: 'content_block_delta', index, delta });
const textDeltas = [words.slice(0, 4), words.slice(4)].map(part => blockDelta({ type: 'text_delta', text: part }));
const toolDeltas = ['', input.slice(0, 9), input.slice(9)].map(part =>
  blockDelta({ type: 'input_json_delta', partial_json: part }),
);
const blockStop = { type: 'content_block_stop', index: 0 };
const finish = (reason: string, counts: object | null = { output_tokens: 9 }) => ({
  type: 'message_delta',
  delta: { stop_reason: reason, stop_sequence: null },
  ...(counts && { usage: counts }),
});
const stop = { type: 'message_stop' };
const opening = [start, textStart, ...textDeltas];
const answer = [...opening, blockStop, finish('end_turn'), stop];
const toolAnswer = [start, toolStart, ...toolDeltas, blockStop, finish('tool_use'), stop];
const whole = { ...fields, content: text, stop_reason: 'end_turn', stop_sequence: null, usage };

function sse(events: object[], eol = '\n'): string {
  return events
    .map(event => `event: ${(event as { type: string }).type}${eol}data: ${JSON.stringify(event)}${eol}${eol}`)
    .join('');
}

function bare(events: object[]): string {
  return events.map(event => `data: ${JSON.stringify(event)}\n\n`).join('');
}

/** The protocol's end is known once a stop reason has come. */
const fromStopReason = '"stop_reason":"';
const complete = (changes: Partial<Extract<OddEnd, { kind: 'complete' }>> = {}): OddEnd => ({
  kind: 'complete',
  content: text,
  from: fromStopReason,
  ...changes,
});
const completeWhole = (changes: Partial<Extract<OddEnd, { kind: 'complete' }>> = {}): OddEnd => ({
  kind: 'complete',
  content: text,
  ...changes,
});
const failed = (kind: Problem['kind'], detail: RegExp, changes: Partial<Problem> = {}, retried = false): OddEnd => ({
  kind: 'failed',
  problem: { kind, ...changes },
  detail,
  retried,
});
const truncated = (kind: Problem['kind'], detail: RegExp, changes: Partial<Problem> = {}): OddEnd => ({
  kind: 'truncated',
  content: text,
  problem: { kind, ...changes },
  detail,
});
/** A stream that breaks off within its text, and what stands behind that. */
const broken = (behind: string): string => sse(opening) + behind;
const refused = (name: string, body: object, end: OddEnd, status = 400): OddCase => ({
  name,
  body: JSON.stringify(body),
  status,
  end,
});
const invalid = (message: string) => ({ type: 'error', error: { type: 'invalid_request_error', message } });
const page = (title: string): string =>
  `<!DOCTYPE html>\n<html><head><title>${title}</title><style>b{}</style></head><body><h1>${title}</h1></body></html>\n`;

export const oddities: Oddity[] = [
  {
    number: 1,
    name: 'the message in an envelope of code and data',
    cases: [
      { name: 'whole', body: JSON.stringify({ code: 200, data: whole }), stream: false, end: completeWhole() },
      { name: 'code 0, null error', body: JSON.stringify({ code: 0, error: null, data: whole }), end: completeWhole() },
      { name: 'around events', body: bare(answer.map(data => ({ code: 200, data }))), end: complete() },
    ],
  },
  {
    number: 2,
    name: 'errors in the shape of another protocol',
    cases: [
      refused(
        'a wrong key',
        { error: { code: '', message: 'invalid API key (request id: 2026x7)', param: '', type: 'apimart_error' } },
        failed('authentication', /invalid API key/, { requestId: '2026x7', status: 401 }),
        401,
      ),
      refused(
        'no quota',
        { error: { message: 'no quota (request id: r1)', type: 'new_api_error', code: 'insufficient_user_quota' } },
        failed('billing', /no quota/, { requestId: 'r1' }),
        403,
      ),
      refused(
        'no channel, which passes',
        { error: { message: 'wait and try again (request id: r2)', type: 'x', code: 'get_channel_failed' } },
        failed('overloaded', /wait and try again/, { requestId: 'r2' }, true),
      ),
    ],
  },
  {
    number: 3,
    name: 'an error that is a string',
    cases: [
      refused(
        'with its cause beside it',
        { error: 'Invalid request', message: 'the model is not in your plan' },
        failed('badRequest', /Invalid request.*the model is not in your plan/),
      ),
      refused('alone', { error: 'no such group' }, failed('badRequest', /^no such group$/)),
    ],
  },
  {
    number: 4,
    name: 'an error within an upstream error',
    cases: [
      refused(
        'nested',
        { type: 'error', error: { type: 'request_fail', upstream_error: invalid('max_tokens: too many') } },
        failed('badRequest', /max_tokens: too many/),
      ),
    ],
  },
  {
    number: 5,
    name: 'a code as text and None for nothing',
    cases: [
      refused(
        'in JSON',
        { error: { message: 'BadRequest: no', type: 'None', param: 'None', code: '400' } },
        failed('badRequest', /BadRequest: no/),
      ),
      {
        name: 'in the words of another language',
        status: 400,
        body: "{'error': {'message': 'BadRequest: no', 'type': 'None', 'param': 'None', 'code': '400'}}",
        end: failed('badRequest', /BadRequest: no/),
      },
    ],
  },
  {
    number: 6,
    name: 'a numeric code, and the cause in metadata',
    cases: [
      refused(
        'the balance',
        { error: { code: 402, message: 'Insufficient credits', metadata: { provider_name: 'P' } } },
        failed('billing', /Insufficient credits/),
        402,
      ),
      refused(
        'what the provider said',
        {
          error: {
            code: 502,
            message: 'Provider returned error',
            metadata: { raw: JSON.stringify(invalid('the tool has no schema')), provider_name: 'P' },
          },
        },
        failed('serverError', /the tool has no schema/, {}, true),
        502,
      ),
    ],
  },
  {
    number: 7,
    name: 'an error in an answer with status 200',
    cases: [
      refused('whole', { error: { code: 429, message: 'busy' } }, failed('rateLimited', /busy/, {}, true), 200),
      refused('as success false', { success: false, message: 'no group' }, failed('unreadable', /no group/), 200),
      {
        name: 'in the stream, after its text',
        body: broken(bare([{ id: 'x', choices: [], error: { code: 502, message: 'upstream gone' } }])),
        end: truncated('serverError', /upstream gone/),
      },
      {
        name: 'in the stream, as a code',
        body: broken(bare([{ code: 429, message: 'too many at once' }])),
        end: truncated('rateLimited', /too many at once/),
      },
      {
        name: 'in the stream, as success false',
        body: broken(bare([{ success: false, message: 'the group is closed' }])),
        end: truncated('unreadable', /the group is closed/),
      },
    ],
  },
  {
    number: 8,
    name: 'an error event whose cause is in its details',
    cases: [
      {
        name: 'then [DONE]',
        body: broken(
          'event: error\ndata: {"error":"Claude API error","status":429,"details":"the account is paused","timestamp":"t"}\n\ndata: [DONE]\n\n',
        ),
        end: truncated('rateLimited', /the account is paused/),
      },
    ],
  },
  {
    number: 9,
    name: 'an error without an event name',
    cases: [
      {
        name: 'after text',
        body: broken('data: {"error":{"message":"gateway gave up","type":"server_error"}}\n\n'),
        end: truncated('serverError', /gateway gave up/),
      },
    ],
  },
  {
    number: 10,
    name: 'an error as bare JSON on the running stream',
    cases: [
      {
        name: 'on a line of its own',
        body: broken('{"type":"error","error":{"type":"upstream_error","message":"channel lost (request id: r3)"}}'),
        end: truncated('serverError', /channel lost/),
      },
      {
        name: 'over several lines',
        body: broken(`${JSON.stringify({ error: { type: 'upstream_error', message: 'channel lost' } }, null, 2)}\n`),
        end: truncated('serverError', /channel lost/),
      },
      {
        name: 'behind an event, with braces in its words',
        body: broken('data: {"type":"ping"}{"error":{"message":"a }{ b","type":"server_error"}}\n\n'),
        end: truncated('serverError', /^a \}\{ b$/),
      },
      {
        name: 'behind a delta',
        body: broken('').replace(/\n\n$/, '{"error":{"message":"glued","type":"server_error"}}\n\n'),
        end: truncated('serverError', /^glued$/),
      },
      {
        name: 'a page instead of JSON',
        body: broken(page('502 Bad Gateway')),
        end: truncated('endedEarly', /502 Bad Gateway/),
      },
    ],
  },
  {
    number: 11,
    name: 'an error in JSON under the name of an event stream',
    cases: [
      {
        name: 'with status 422',
        status: 422,
        headers: { 'content-type': 'text/event-stream' },
        body: '{"error":{"message":"bad response status code 422 (request id: r4)","type":"apimart_error","code":"bad_response_status_code"}}',
        end: failed('badRequest', /bad response status code 422/, { requestId: 'r4', status: 422 }),
      },
      {
        name: 'with a closing [DONE]',
        headers: { 'content-type': 'text/event-stream' },
        body: `${JSON.stringify({ error: { message: 'insufficient balance', type: 'x' } })}\n\ndata: [DONE]\n\n`,
        end: failed('billing', /^insufficient balance$/),
      },
    ],
  },
  {
    number: 12,
    name: 'a body in another form than was asked for',
    cases: [
      { name: 'whole for a stream', body: JSON.stringify(whole), end: completeWhole() },
      { name: 'a stream for a whole', body: sse(answer), stream: false, end: complete() },
      {
        name: 'whole under the name of a stream',
        headers: { 'content-type': 'text/event-stream' },
        body: JSON.stringify(whole),
        end: completeWhole(),
      },
      {
        name: 'a stream under the name of JSON',
        headers: { 'content-type': 'application/json' },
        body: sse(answer),
        end: complete(),
      },
      { name: 'blank lines first', body: `\n\n \n${JSON.stringify(whole)}`, end: completeWhole() },
      { name: 'heartbeats first', body: `: PING\n\n: PING\n\n${JSON.stringify(whole)}`, end: completeWhole() },
      {
        name: 'heartbeats first, over several lines',
        body: `: PING\n\n${JSON.stringify(whole, null, 2)}\n`,
        end: completeWhole({ from: '\n}' }),
      },
      { name: 'whole as the only event', body: bare([whole]), end: completeWhole({ from: '}\n\n' }) },
    ],
  },
  { number: 13, name: 'data without event names', cases: [{ name: 'all', body: bare(answer), end: complete() }] },
  {
    number: 14,
    name: 'a closing [DONE]',
    cases: [
      { name: 'after the end', body: `${sse(answer)}data: [DONE]\n\n`, end: complete() },
      { name: 'as an event', body: `${sse(answer.slice(0, -1))}event: done\ndata: [DONE]\n\n`, end: complete() },
      { name: 'that stands for no end', body: broken('data: [DONE]\n\n'), end: truncated('endedEarly', /^$/) },
    ],
  },
  {
    number: 15,
    name: 'comments that keep the connection open',
    cases: [
      {
        name: 'between all events',
        body: `: PING\n\n${answer.map(event => `${sse([event])}: OPENROUTER PROCESSING\n\n:\n: keep-alive\n\n`).join('')}`,
        end: complete(),
      },
    ],
  },
  {
    number: 16,
    name: 'no ping, no message_stop, no usage',
    cases: [
      { name: 'no message_stop', body: sse(answer.slice(0, -1)), end: complete() },
      {
        name: 'no usage',
        body: sse([{ type: 'message_start', message: fields }, ...answer.slice(1, -2), finish('end_turn', null)]),
        end: complete({ usage: {} }),
      },
      { name: 'a ping', body: sse([start, { type: 'ping' }, ...answer.slice(1)]), end: complete() },
      { name: 'no end at all', body: sse(opening), end: truncated('endedEarly', /^$/) },
    ],
  },
  {
    number: 17,
    name: 'message_start twice',
    cases: [
      { name: 'at once', body: sse([start, ...answer]), end: complete() },
      { name: 'after text', body: sse([...opening, start, ...answer.slice(4)]), end: complete() },
      {
        name: 'of a second answer, which replaces the first',
        body: sse([
          start,
          textStart,
          blockDelta({ type: 'text_delta', text: 'lost' }),
          { ...start, message: { ...start.message, id: 'msg_2' } },
          ...answer.slice(1),
        ]),
        end: complete(),
      },
    ],
  },
  {
    number: 18,
    name: 'no content_block_start',
    cases: [
      { name: 'of text', body: sse([start, ...textDeltas, ...answer.slice(4)]), end: complete() },
      {
        name: 'of thinking and text',
        body: sse([
          start,
          blockDelta({ type: 'thinking_delta', thinking: 'hm' }),
          ...textDeltas.map(event => ({ ...event, index: 1 })),
          finish('end_turn'),
          stop,
        ]),
        end: complete({ content: [{ type: 'thinking', thinking: 'hm', signature: '' }, ...text] }),
      },
      {
        name: 'of a tool use',
        body: sse([start, ...toolDeltas, finish('tool_use'), stop]),
        end: complete({ content: [tool({ id: '', name: '' })] }),
      },
    ],
  },
  {
    number: 19,
    name: 'a tool use without input deltas',
    cases: [
      {
        name: 'none came',
        body: sse([start, toolStart, blockStop, finish('tool_use'), stop]),
        end: complete({ content: [tool({ inputJson: '', input: {} })] }),
      },
      {
        name: 'nor an input',
        body: sse([
          start,
          blockStart({ type: 'tool_use', id: 'toolu_1', name: 'report' }),
          blockStop,
          finish('tool_use'),
          stop,
        ]),
        end: complete({ content: [tool({ inputJson: '', input: {} })] }),
      },
      { name: 'the usual pieces', body: sse(toolAnswer), end: complete({ content: [tool()] }) },
      {
        name: 'no content_block_stop',
        body: sse([start, toolStart, ...toolDeltas, finish('tool_use'), stop]),
        end: complete({ content: [tool()] }),
      },
      {
        name: 'the token limit came before the first piece',
        body: sse([start, toolStart, blockStop, finish('max_tokens'), stop]),
        end: complete({
          content: [{ type: 'tool_use', id: 'toolu_1', name: 'report', inputJson: '' }],
          stopReason: 'max_tokens',
        }),
      },
      {
        name: 'the token limit came in the middle',
        body: sse([start, toolStart, ...toolDeltas.slice(0, 2), blockStop, finish('max_tokens'), stop]),
        end: complete({
          content: [{ type: 'tool_use', id: 'toolu_1', name: 'report', inputJson: input.slice(0, 9) }],
          stopReason: 'max_tokens',
        }),
      },
      {
        name: 'the stream was cut in the middle',
        body: sse([start, toolStart, ...toolDeltas.slice(0, 2)]),
        end: {
          kind: 'truncated',
          content: [{ type: 'tool_use', id: 'toolu_1', name: 'report', inputJson: input.slice(0, 9) }],
          problem: { kind: 'endedEarly' },
          detail: /^$/,
        },
      },
    ],
  },
  {
    number: 20,
    name: 'thinking without a signature',
    cases: [
      {
        name: 'in a stream',
        body: sse([
          start,
          blockStart({ type: 'thinking', thinking: '' }),
          blockDelta({ type: 'thinking_delta', thinking: 'hm' }),
          blockStop,
          blockStart({ type: 'text', text: '' }, 1),
          ...textDeltas.map(event => ({ ...event, index: 1 })),
          finish('end_turn'),
          stop,
        ]),
        end: complete({ content: [{ type: 'thinking', thinking: 'hm', signature: '' }, ...text] }),
      },
    ],
  },
  {
    number: 21,
    name: 'usage that is all zero at the start',
    cases: [
      {
        name: 'real numbers at the end',
        body: sse([
          { ...start, message: { ...start.message, usage: { input_tokens: 0, output_tokens: 0 } } },
          ...answer.slice(1, -2),
          finish('end_turn', { input_tokens: 31, output_tokens: 9 }),
          stop,
        ]),
        end: complete({ usage: { input_tokens: 31, output_tokens: 9 } }),
      },
      {
        name: 'zeros at the end',
        body: sse([...answer.slice(0, -2), finish('end_turn', { input_tokens: 0, output_tokens: 9 }), stop]),
        end: complete({ usage: { input_tokens: 7, output_tokens: 9 } }),
      },
    ],
  },
  {
    number: 22,
    name: 'events, fields and ids of a cloud',
    cases: [
      {
        name: 'between and within the usual ones',
        body:
          'event: vertex_event\ndata: {"type":"vertex_event","content":[{"x":1}]}\n\n' +
          sse([
            { ...start, message: { ...start.message, id: 'msg_bdrk_1' } },
            blockStart({ type: 'tool_use', id: 'toolu_bdrk_1', name: 'report', input: {} }),
            ...toolDeltas,
            blockStop,
            finish('tool_use'),
            { ...stop, 'amazon-bedrock-invocationMetrics': { inputTokenCount: 7 } },
          ]),
        end: complete({ content: [tool({ id: 'toolu_bdrk_1' })] }),
      },
    ],
  },
  {
    number: 23,
    name: 'an endpoint that takes another header and another temperature',
    cases: [{ name: 'answers as usual', body: sse(answer), end: complete() }],
  },
  {
    number: 24,
    name: 'fields and blocks that are not supported',
    cases: [
      refused(
        'a block',
        { error: { message: 'Unsupported content type: image', type: 'invalid_request_error', code: null } },
        failed('badRequest', /Unsupported content type: image/),
      ),
      {
        name: 'fields are ignored and the model is another',
        body: sse([{ ...start, message: { ...start.message, model: 'deepseek-chat' } }, ...answer.slice(1)]),
        end: complete({ model: 'deepseek-chat' }),
      },
    ],
  },
  {
    number: 25,
    name: 'a strict refusal of block types',
    cases: [
      refused(
        'InvalidParameter',
        { error: { code: 'InvalidParameter', message: 'content.type is unknown', param: '', type: 'BadRequest' } },
        failed('badRequest', /content\.type is unknown/),
      ),
    ],
  },
  {
    number: 26,
    name: 'a signature of another channel',
    cases: [
      refused(
        'is refused',
        invalid('messages.1.content.0: Invalid `signature` in `thinking` block'),
        failed('badRequest', /Invalid `signature` in `thinking` block/),
      ),
    ],
  },
  {
    number: 27,
    name: 'HTML pages',
    cases: [
      ...[502, 520, 521, 522, 523, 524].map(status => ({
        name: `status ${status}`,
        status,
        headers: { 'content-type': 'text/html', 'cf-ray': 'ray-1' },
        body: page(`${status}: Bad Gateway`),
        end: failed('serverError', /Bad Gateway$/, { status, requestId: 'ray-1' }, true),
      })),
      {
        name: 'a challenge',
        status: 403,
        headers: { 'content-type': 'text/html', 'cf-ray': 'ray-2' },
        body: page('Just a moment...'),
        end: failed('permission', /^Just a moment\.\.\.$/, { status: 403, requestId: 'ray-2' }),
      },
      { name: 'nginx', status: 504, body: page('504 Gateway Time-out'), end: failed('timeout', /504/, {}, true) },
      { name: 'a sign-in with status 200', body: page('Sign in'), end: failed('unreadable', /^Sign in$/) },
      { name: 'no body at all', status: 502, body: '', end: failed('serverError', /^$/, { status: 502 }, true) },
    ],
  },
  {
    number: 28,
    name: 'what proxies make of a stream',
    cases: [
      ...(['gzip', 'br', 'deflate'] as const).map(encoding => ({
        name: `compressed as ${encoding}`,
        encoding,
        body: sse(answer),
        end: complete(),
      })),
      { name: 'CRLF', body: sse(answer, '\r\n'), end: complete() },
      { name: 'CR', body: sse(answer, '\r'), end: complete() },
      { name: 'a byte order mark', body: `\uFEFF${sse(answer)}`, end: complete() },
      { name: 'no blank line at the end', body: sse(answer.slice(0, -1)).trimEnd(), end: complete() },
    ],
  },
  {
    number: 29,
    name: 'other endpoints’ answers',
    cases: [
      refused(
        'a path that is not there',
        { error: { message: 'Invalid URL (POST /v1/x)', type: 'invalid_request_error', param: '', code: '' } },
        failed('notFound', /Invalid URL/),
        404,
      ),
      refused(
        'a list of models',
        { object: 'list', data: [{ id: 'm', object: 'model' }] },
        failed('unreadable', /^$/),
        200,
      ),
      refused(
        'success false',
        { success: false, message: 'no such token' },
        failed('unreadable', /no such token/),
        200,
      ),
    ],
  },
  {
    number: 30,
    name: 'another model than was asked',
    cases: [
      {
        name: 'in a stream',
        body: sse([{ ...start, message: { ...start.message, model: 'glm-5' } }, ...answer.slice(1)]),
        end: complete({ model: 'glm-5' }),
      },
      { name: 'whole', body: JSON.stringify({ ...whole, model: 'glm-5' }), end: completeWhole({ model: 'glm-5' }) },
    ],
  },
  {
    number: 31,
    name: 'image addresses that are not fetched',
    cases: [
      refused(
        'are refused',
        invalid('messages.0.content.1.image.source: URL sources are not supported'),
        failed('badRequest', /URL sources are not supported/),
      ),
    ],
  },
  {
    number: 32,
    name: 'a long silence before the first byte',
    cases: [
      { name: 'before the headers', silenceMs: { headers: 300, body: 0 }, body: sse(answer), end: complete() },
      { name: 'before the body', silenceMs: { headers: 0, body: 300 }, body: sse(answer), end: complete() },
    ],
  },
  {
    number: 33,
    name: 'old tool types',
    cases: [
      refused(
        'are refused',
        invalid(
          "tools.0: Input tag 'bash_20241022' found using 'type' does not match any of the expected tags: 'custom'",
        ),
        failed('badRequest', /Input tag 'bash_20241022' found/),
      ),
    ],
  },
  {
    number: 34,
    name: 'another protocol',
    cases: [
      {
        name: 'in a stream',
        body: `${bare([{ object: 'chat.completion.chunk', choices: [{ delta: { content: 'Hi' } }] }])}data: [DONE]\n\n`,
        end: failed('otherProtocol', /^OpenAI Chat Completions$/),
      },
      {
        name: 'of responses, in a stream',
        body: sse([{ type: 'response.created' }, { type: 'response.output_text.delta', delta: 'Hi' }]),
        end: failed('otherProtocol', /^OpenAI Responses$/),
      },
      {
        name: 'whole',
        body: JSON.stringify({ candidates: [{ content: { parts: [{ text: 'Hi' }] } }] }),
        end: failed('otherProtocol', /^Gemini$/),
      },
      {
        name: 'for a frame of an answer of ours',
        body: bare([...opening, { choices: [] }, blockStop, finish('end_turn'), stop]),
        end: complete(),
      },
    ],
  },
  {
    number: 35,
    name: 'two calls under one index',
    cases: [
      {
        name: 'without an end between them',
        body: sse([
          start,
          toolStart,
          ...toolDeltas,
          blockStart({ type: 'tool_use', id: 'toolu_2', name: 'report', input: {} }),
          ...toolDeltas,
          blockStop,
          finish('tool_use'),
          stop,
        ]),
        end: complete({ content: [tool(), tool({ id: 'toolu_2' })], stopReason: 'tool_use' }),
      },
    ],
  },
];

/** The body as it is on the wire. */
export function bytesOf({ body, encoding }: OddCase): Uint8Array {
  const bytes = Buffer.from(body);
  return encoding === undefined ? bytes : compress[encoding](bytes);
}

const compress = { gzip: gzipSync, br: brotliCompressSync, deflate: deflateSync };
