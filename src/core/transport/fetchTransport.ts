import { bodyChunks } from './bodyChunks.ts';
import type { NetworkSettings } from './network.ts';
import {
  asTransportError,
  isTransportError,
  type Transport,
  TransportError,
  type TransportRequest,
  type TransportResponse,
} from './transport.ts';
import { proxyOfEnvironment, suggestTransport } from './transportAdvice.ts';

/** The part of `fetch` that is used. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** The deadlines, which are kept here; and what the editor makes of a connection, for what to advise when it fails. */
type FetchSettings = Pick<
  NetworkSettings,
  'firstByteTimeoutMs' | 'idleTimeoutMs' | 'longestRestMs' | 'proxy' | 'systemCertificates'
>;

/**
 * The transport over a given `fetch`: the editor's own knows proxies by script, Kerberos and the system's settings,
 * which undici does not. The deadlines are ours; the connection is the editor's.
 */
export function createFetchTransport(fetch: Fetch, settings: FetchSettings): Transport {
  return {
    send: outgoing => send(fetch, outgoing, settings),
    prepare: () => undefined,
    close: () => Promise.resolve(),
  };
}

async function send(fetch: Fetch, outgoing: TransportRequest, settings: FetchSettings): Promise<TransportResponse> {
  const watchdog = new Watchdog(outgoing.signal);
  watchdog.expectWithin(settings.firstByteTimeoutMs);
  try {
    const response = await fetch(outgoing.url, {
      method: outgoing.method,
      headers: outgoing.headers,
      redirect: 'manual',
      signal: watchdog.signal,
      ...(outgoing.body !== undefined && { body: outgoing.body }),
    });
    const headers: Record<string, string> = {};
    response.headers.forEach((value, name) => (headers[name] ??= value));
    return { status: response.status, headers, body: readBody(response, watchdog, settings) };
  } catch (error) {
    watchdog.rest();
    throw advise(watchdog.explain(error), outgoing.url, settings);
  }
}

function advise(error: unknown, url: string, settings: FetchSettings): unknown {
  if (!isTransportError(error)) return error;
  const { failure, code } = error;
  const environmentProxy = proxyOfEnvironment(process.env);
  const failed = { transport: 'vscode', url, failure, code, proxyChallenges: [], settings, environmentProxy } as const;
  const suggested = suggestTransport(failed);
  if (suggested) error.suggestsTransport = suggested;
  return error;
}

async function* readBody(
  response: Response,
  watchdog: Watchdog,
  { idleTimeoutMs, longestRestMs }: FetchSettings,
): AsyncGenerator<Uint8Array> {
  try {
    watchdog.expectWithin(idleTimeoutMs);
    for await (const chunk of chunksOf(response, longestRestMs)) {
      watchdog.rest();
      yield chunk;
      watchdog.expectWithin(idleTimeoutMs);
    }
  } catch (error) {
    throw watchdog.explain(error);
  } finally {
    watchdog.rest();
  }
}

function chunksOf({ body }: Response, longestRestMs: number): AsyncIterable<Uint8Array> | [] {
  if (!body) return [];
  const reader = body.getReader();
  const next = () => reader.read() as Promise<IteratorResult<Uint8Array>>;
  // A body that is cancelled has nobody left who could hear that it failed.
  return bodyChunks({ chunks: { next }, cancel: () => void reader.cancel().catch(() => undefined) }, longestRestMs);
}

/** Aborts the request when its caller does, or when nothing has come within a time. */
class Watchdog {
  readonly signal: AbortSignal;
  readonly #caller: AbortSignal;
  readonly #late = new AbortController();
  #timer: NodeJS.Timeout | undefined;

  constructor(caller: AbortSignal) {
    this.#caller = caller;
    this.signal = AbortSignal.any([caller, this.#late.signal]);
  }

  expectWithin(milliseconds: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#late.abort(), milliseconds);
  }

  rest(): void {
    clearTimeout(this.#timer);
  }

  explain(error: unknown): unknown {
    if (this.#caller.aborted) return error;
    if (this.#late.signal.aborted) return new TransportError('timeout', '', 'Nothing came in time.');
    return asTransportError(error);
  }
}
