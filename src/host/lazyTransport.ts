import type { Transport } from '../core/messages/transport.ts';

/** The network bundle, loaded at the first request and shared from then on: undici takes most of the time to load. */
export class LazyTransport {
  #loading: Promise<Transport> | undefined;

  get(): Promise<Transport> {
    this.#loading ??= load();
    return this.#loading;
  }

  async dispose(): Promise<void> {
    const transport = await this.#loading;
    await transport?.close();
  }
}

async function load(): Promise<Transport> {
  // A bundle of its own beside extension.cjs; see esbuild.mjs.
  const module = await import('./transport.cjs');
  return module.createUndiciTransport();
}
