import type { Transport, TransportRequest, TransportResponse } from '../transport/transport.ts';

/** What an answer looked like on the wire. */
export interface Observation {
  status: number;
  /** Milliseconds from the request to its answer's headers. */
  headersMs: number;
  /** Milliseconds from the request to the first bytes of the body; absent where there were none. */
  firstByteMs?: number;
  /** What the body is by its first characters, whatever its content type says. */
  form: 'events' | 'json' | 'page' | 'other';
}

/** A transport that remembers what the last answer looked like. */
export class ObservedTransport implements Transport {
  last: Observation | undefined;
  readonly #inner: Transport;

  constructor(inner: Transport) {
    this.#inner = inner;
  }

  async send(request: TransportRequest): Promise<TransportResponse> {
    const startedAt = performance.now();
    this.last = undefined;
    const response = await this.#inner.send(request);
    const seen: Observation = {
      status: response.status,
      headersMs: performance.now() - startedAt,
      form: 'other',
    };
    this.last = seen;
    return { ...response, body: observe(response.body, seen, startedAt) };
  }

  prepare(url: string): void {
    this.#inner.prepare(url);
  }

  close(): Promise<void> {
    return this.#inner.close();
  }
}

async function* observe(
  body: AsyncIterable<Uint8Array>,
  seen: Observation,
  startedAt: number,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of body) {
    seen.firstByteMs ??= performance.now() - startedAt;
    if (seen.form === 'other') seen.form = formOf(chunk);
    yield chunk;
  }
}

function formOf(chunk: Uint8Array): Observation['form'] {
  const start = new TextDecoder().decode(chunk.subarray(0, 64)).trimStart();
  if (/^[{[]/.test(start)) return 'json';
  if (start.startsWith('<')) return 'page';
  return /^(event|data|id|retry)?:/.test(start) ? 'events' : 'other';
}
