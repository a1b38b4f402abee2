import assert from 'node:assert/strict';
import type { DemoEndpoint } from '../../../harness/endpoint/server.ts';

export type Json = Record<string, unknown>;

export const MODEL = 'claude-sonnet-4-5-20250929';
export const HEADERS = {
  'x-api-key': 'sk-demo',
  'anthropic-version': '2023-06-01',
  'content-type': 'application/json',
};

/** A request of one user message, with whatever is to be different. */
export function body(content: unknown, more: Json = {}): Json {
  return { model: MODEL, max_tokens: 8000, messages: [{ role: 'user', content }], ...more };
}

export function post(
  endpoint: DemoEndpoint,
  request: unknown,
  init: { headers?: Record<string, string>; signal?: AbortSignal; path?: string } = {},
): Promise<Response> {
  return fetch(`${endpoint.baseUrl}${init.path ?? '/v1/messages'}`, {
    method: 'POST',
    headers: { ...HEADERS, ...init.headers },
    body: typeof request === 'string' ? request : JSON.stringify(request),
    ...(init.signal === undefined ? {} : { signal: init.signal }),
  });
}

export interface MessageBody {
  readonly id: string;
  readonly type: string;
  readonly model: string;
  readonly content: readonly {
    readonly type: string;
    readonly text: string;
    readonly thinking: string;
    readonly signature: string;
    readonly data: string;
    readonly id: string;
    readonly name: string;
    readonly input: Json;
  }[];
  readonly stop_reason: string;
  readonly stop_sequence: string | null;
  readonly stop_details?: Json;
  readonly usage: Readonly<Record<string, number>>;
}

/** The answer to a request that must be accepted. */
export async function message(
  endpoint: DemoEndpoint,
  request: Json,
  headers: Record<string, string> = {},
): Promise<MessageBody> {
  const response = await post(endpoint, request, { headers });
  const text = await response.text();
  assert.equal(response.status, 200, text);
  return JSON.parse(text) as MessageBody;
}

export function textOf(answer: MessageBody): string {
  return answer.content
    .filter(block => block.type === 'text')
    .map(block => block.text)
    .join('\n\n');
}

/** The text of the answer to one question. */
export async function say(endpoint: DemoEndpoint, content: unknown, more: Json = {}): Promise<string> {
  return textOf(await message(endpoint, body(content, more)));
}

export interface ErrorBody {
  readonly type: string;
  readonly error: { readonly type: string; readonly message: string };
  readonly request_id: string;
}

export interface SentEvent {
  readonly name: string;
  readonly data: Json;
}

/** A strict reader of the service's own form: an event line, one data line, an empty line. */
export function eventsIn(text: string): readonly SentEvent[] {
  return text
    .split('\n\n')
    .filter(frame => frame !== '')
    .map(frame => {
      const match = /^event: (\w+)\ndata: (.*)$/.exec(frame);
      assert.ok(match, `not a frame: ${frame}`);
      return { name: match[1] ?? '', data: JSON.parse(match[2] ?? '') as Json };
    });
}

export async function stream(endpoint: DemoEndpoint, request: Json): Promise<readonly SentEvent[]> {
  const response = await post(endpoint, { ...request, stream: true });
  assert.match(response.headers.get('content-type') ?? '', /^text\/event-stream/);
  return eventsIn(await response.text());
}

/** What the deltas of one kind add up to. */
export function joined(events: readonly SentEvent[], delta: string, field: string): string {
  return events
    .map(({ data }) => data['delta'] as Json | undefined)
    .filter(each => each?.['type'] === delta)
    .map(each => String(each?.[field]))
    .join('');
}
