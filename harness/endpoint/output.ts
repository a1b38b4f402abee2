import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setImmediate as afterImmediates, setTimeout as sleep } from 'node:timers/promises';
import { constants, createGzip } from 'node:zlib';
import type { Gzip } from 'node:zlib';
import type { Faults } from './faults.ts';

/**
 * The body of one answer as it leaves: text becomes bytes, the byte faults are applied, and nobody writes faster than
 * the client reads. Everything stops with the signal, which is raised when the connection closes.
 */
export class Output {
  readonly signal: AbortSignal;
  readonly #response: ServerResponse;
  readonly #faults: Faults;
  readonly #gzip: Gzip | undefined;
  #started = false;

  constructor(response: ServerResponse, faults: Faults, signal: AbortSignal) {
    this.#response = response;
    this.#faults = faults;
    this.signal = signal;
    if (!faults.has('gzip')) return;
    this.#gzip = createGzip({ flush: constants.Z_SYNC_FLUSH });
    this.#gzip.pipe(response);
  }

  head(status: number, headers: Readonly<Record<string, string>>): void {
    const contentType = this.#faults.get('contentType')?.value;
    this.#response.writeHead(status, {
      ...headers,
      ...(contentType === undefined ? {} : { 'content-type': contentType }),
      ...(this.#gzip === undefined ? {} : { 'content-encoding': 'gzip' }),
    });
    // The client sees the headers before the first byte of the body, as it does with the service.
    this.#response.flushHeaders();
  }

  async write(text: string): Promise<void> {
    this.signal.throwIfAborted();
    const bytes = Buffer.from(this.#shaped(text));
    const size = this.#faults.get('slices')?.bytes ?? Math.max(bytes.length, 1);
    for (let at = 0; at < bytes.length; at += size) await this.#send(bytes.subarray(at, at + size));
  }

  async end(): Promise<void> {
    this.signal.throwIfAborted();
    const target = this.#gzip ?? this.#response;
    target.end();
    await once(this.#response, 'finish', { signal: this.signal });
  }

  /** Ends the connection in the middle, as a proxy that dies would. What was written before still arrives. */
  async destroy(): Promise<void> {
    // The compression runs on another thread, and what it has taken should still leave.
    if (this.#gzip !== undefined) await sleep(20, undefined, { signal: this.signal });
    this.#response.destroy();
  }

  #shaped(text: string): string {
    const lines = this.#faults.has('crlf') ? text.replaceAll('\n', '\r\n') : text;
    const first = !this.#started;
    this.#started = true;
    return first && this.#faults.has('bom') ? `\ufeff${lines}` : lines;
  }

  async #send(bytes: Uint8Array): Promise<void> {
    const target = this.#gzip ?? this.#response;
    if (!target.write(bytes)) await once(target, 'drain', { signal: this.signal });
    // One turn of the loop between two writes: they leave as separate chunks, and a client that left is noticed.
    await afterImmediates();
    this.signal.throwIfAborted();
  }
}
