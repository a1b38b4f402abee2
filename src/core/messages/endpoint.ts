import { parseJson } from '../../shared/json.ts';
import { betasFor } from './betas.ts';
import type { Limit } from './limits.ts';
import { Pace } from './pace.ts';
import {
  type AnswerError,
  type ErrorSource,
  errorBeyondLimit,
  errorFromAnswer,
  errorFromCut,
  errorFromTransport,
  errorOfProtocol,
} from './problems.ts';
import type { KeyHeader } from '../../shared/problem.ts';
import { Redaction } from '../redaction/redaction.ts';
import { isTransportError, type Transport, type TransportResponse } from '../transport/transport.ts';
import { sendable } from './sendable.ts';

export interface Endpoint {
  messagesUrl: string;
  /** Sent as a header and nowhere else. */
  key: string;
  /** The headers that the key goes in; the protocol's own where absent. */
  keyAs?: readonly KeyHeader[];
  /** The header that may be tried where the key is not accepted. */
  otherKeyHeader?: KeyHeader;
}

export type { KeyHeader };

export const usualKeyHeaders = ['x-api-key'] as const;

export interface EndpointRequest {
  method: 'GET' | 'POST';
  url: string;
  /** Sent as JSON. */
  body?: object;
  /** Whether the answer is wanted as events. */
  stream?: boolean;
  /**
   * The headers under which the key goes along. Relays document `Authorization` for the list of models, Anthropic takes
   * `x-api-key` where both are there.
   */
  keyAs: readonly KeyHeader[];
  signal: AbortSignal;
}

/** How long a reply is waited for, and how much of it is read. */
export interface ReplyLimits {
  /** Aborts once it is too late. */
  late: AbortSignal;
  /** Of the body; what is longer is no reply to such a request, and only its beginning is kept. */
  bytes: number;
}

/** What came of a request whose answer is small. `body` is parsed where it is JSON, else the text. */
export type Reply =
  | { kind: 'replied'; status: number; headers: Record<string, string>; body: unknown }
  | { kind: 'stopped' }
  | { kind: 'failed'; error: AnswerError };

/** Characters that are kept of a body that is too long: an error's words, or a page's beginning. */
const keptCharacters = 100_000;

/**
 * The one way out to an endpoint and the border for what comes back: nobody else knows the key or makes headers, and
 * nothing of an answer gets past it with the key in it, nor does a body out. Bytes and headers are redacted here as they come; what only
 * reading brings together (escapes, deltas) is redacted by the reader, with the border's `redaction`.
 */
export class EndpointBorder {
  readonly redaction: Redaction;
  readonly #transport: () => Promise<Transport>;
  readonly #key: string;

  /** `transport` is opened at the first request; without a key, `key` is empty. */
  constructor(transport: () => Promise<Transport>, key: string) {
    this.#transport = transport;
    this.#key = key;
    this.redaction = new Redaction(key);
  }

  /** Throws what the transport throws, and the signal's reason. */
  async send(request: EndpointRequest): Promise<TransportResponse> {
    const { method, url, body, signal } = request;
    const transport = await this.#transport();
    signal.throwIfAborted();
    const response = await transport.send({
      method,
      url,
      headers: headersFor(request, this.#key),
      ...(body && { body: JSON.stringify(this.redaction.outgoing(sendable(body))) }),
      signal,
    });
    return {
      ...response,
      headers: this.redaction.headers(response.headers),
      body: this.redaction.bytes(response.body),
    };
  }

  /** Sends a request whose answer is read as a whole. Never rejects. */
  async ask(request: EndpointRequest, { late, bytes }: ReplyLimits): Promise<Reply> {
    try {
      const response = await this.send({ ...request, signal: AbortSignal.any([request.signal, late]) });
      const { status, headers } = response;
      const { text, isWhole } = await readText(response.body, bytes);
      if (!isWhole && status < 300) return { kind: 'failed', error: this.beyondLimit('answerTooLong', response) };
      // No small answer is nested.
      const parsed = parseJson(text, 0);
      return { kind: 'replied', status, headers, body: this.redaction.fields(parsed === undefined ? text : parsed) };
    } catch (error) {
      if (request.signal.aborted) return { kind: 'stopped' };
      if (late.aborted) return { kind: 'failed', error: { problem: { kind: 'timeout', detail: '' }, retryable: true } };
      return { kind: 'failed', error: this.failure(error) };
    }
  }

  /** The error that an answer stands for. */
  refusal({ status, headers, body }: ErrorSource): AnswerError {
    return this.#shown(errorFromAnswer({ status, headers, body: this.redaction.errorBody(body) }));
  }

  /** The error of an answer that ended before its end, or `isEmpty`; `body` is what else stood there. */
  cut({ headers, body }: ErrorSource, isEmpty: boolean): AnswerError {
    return this.#shown(errorFromCut({ headers, body: this.redaction.errorBody(body) }, isEmpty));
  }

  /** The error of an answer in another protocol. */
  foreign(protocol: string, { headers }: Pick<ErrorSource, 'headers'>): AnswerError {
    return this.#shown(errorOfProtocol(protocol, headers));
  }

  /** The error of an answer with more of something than is read. */
  beyondLimit(limit: Limit, { status, headers }: Pick<ErrorSource, 'status' | 'headers'>): AnswerError {
    return this.#shown(errorBeyondLimit(limit, { status, headers }));
  }

  /** The error for what was thrown on the way, `headers` being those of the answer where it had begun. */
  failure(error: unknown, headers: Record<string, string> = {}): AnswerError {
    const message = error instanceof Error ? this.redaction.shown(error.message) : '';
    if (!isTransportError(error)) return { problem: { kind: 'internal', detail: message }, retryable: false };
    const { failure, suggestsTransport } = error;
    const code = this.redaction.shown(error.code);
    return errorFromTransport({ failure, code, message, ...(suggestsTransport && { suggestsTransport }) }, headers);
  }

  #shown(error: AnswerError): AnswerError {
    const { detail, requestId } = error.problem;
    const shown = {
      detail: this.redaction.shown(detail),
      ...(requestId !== undefined && { requestId: this.redaction.shown(requestId) }),
    };
    return { ...error, problem: { ...error.problem, ...shown } };
  }
}

/** What a request is sent with. For whoever shows it, `key` is something else. */
export function headersFor(
  { body, stream, keyAs }: Pick<EndpointRequest, 'body' | 'stream' | 'keyAs'>,
  key: string,
): Record<string, string> {
  const betas = betasFor(body);
  return {
    ...(body && { 'content-type': 'application/json' }),
    accept: stream ? 'text/event-stream' : 'application/json',
    'anthropic-version': '2023-06-01',
    ...(betas.length > 0 && { 'anthropic-beta': betas.join(',') }),
    ...(key !== '' && keyAs.includes('x-api-key') && { 'x-api-key': key }),
    ...(key !== '' && keyAs.includes('authorization') && { authorization: `Bearer ${key}` }),
  };
}

async function readText(
  body: AsyncIterable<Uint8Array>,
  longestBytes: number,
): Promise<{ text: string; isWhole: boolean }> {
  const decoder = new TextDecoder();
  const pace = new Pace();
  const pieces: string[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    pieces.push(decoder.decode(chunk, { stream: true }));
    if (bytes > longestBytes) return { text: pieces.join('').slice(0, keptCharacters), isWhole: false };
    await pace.step();
  }
  return { text: pieces.join('') + decoder.decode(), isWhole: true };
}
