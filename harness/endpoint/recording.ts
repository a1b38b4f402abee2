import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { parseJson } from './json.ts';

export interface RecordedRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** The parsed JSON, or the raw text where it is none; undefined where there was no body or it was not read. */
  readonly body: unknown;
  /** When it arrived, by `performance.now()` of the process in which the endpoint runs. */
  readonly arrivedAtMs: number;
  /**
   * Settles when the connection or the answer has closed, by the same clock. `finished: false` means that the answer
   * was not sent to its end: the client went away, or a fault destroyed the socket.
   */
  readonly closed: Promise<RequestEnd>;
}

export interface RequestEnd {
  readonly atMs: number;
  readonly finished: boolean;
}

/** The service's limit; beyond it a request is refused unread. */
export const MAX_BODY_BYTES = 32 * 1024 * 1024;

/** The whole body as text, or undefined when it is longer than the service would take. */
export async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    // The rest is still read, so that the client can finish sending and then hear the refusal.
    if (bytes <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  return bytes <= MAX_BODY_BYTES ? Buffer.concat(chunks).toString('utf8') : undefined;
}

export function recorded(
  request: IncomingMessage,
  text: string | undefined,
  times: { readonly arrivedAtMs: number; readonly closed: Promise<RequestEnd> },
): RecordedRequest {
  return {
    method: request.method ?? '',
    path: request.url ?? '',
    headers: request.headers,
    body: bodyOf(text),
    ...times,
  };
}

export function whenClosed(response: ServerResponse): Promise<RequestEnd> {
  return new Promise(resolve => {
    response.once('close', () => resolve({ atMs: performance.now(), finished: response.writableFinished }));
  });
}

function bodyOf(text: string | undefined): unknown {
  if (text === undefined || text === '') return undefined;
  const parsed = parseJson(text);
  return 'value' in parsed ? parsed.value : text;
}
