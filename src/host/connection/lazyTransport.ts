import { setImmediate as nextTurn } from 'node:timers/promises';
import type { NetworkSettings } from '../../core/transport/network.ts';
import type { Transport } from '../../core/transport/transport.ts';
import type { TransportKind } from '../../shared/problem.ts';

export interface TransportChoice {
  kind: TransportKind;
  network: NetworkSettings;
}

/**
 * The transport for the settings of the moment. Its bundle is loaded at the first request, since undici takes most of
 * the time to load; changed settings make new connections, and requests that run end on the old ones.
 */
export class LazyTransport {
  readonly #choose: () => TransportChoice;
  #current: { choice: string; transport: Promise<Transport> } | undefined;

  constructor(choose: () => TransportChoice) {
    this.#choose = choose;
  }

  get(): Promise<Transport> {
    const choice = this.#choose();
    const written = JSON.stringify(choice);
    if (this.#current?.choice !== written) {
      void this.dispose();
      const transport = load(choice);
      this.#current = { choice: written, transport };
      // A load that has failed is not kept: the next request tries again.
      transport.catch(() => {
        if (this.#current?.transport === transport) this.#current = undefined;
      });
    }
    return this.#current.transport;
  }

  /** Does what the first request to `url` would wait for; what fails here fails again, and is told, at that request. */
  async warmUp(url: string): Promise<void> {
    const transport = await this.get().catch(() => undefined);
    // Loading and preparing are two pauses of tens of milliseconds: others get their turn in between.
    await nextTurn();
    try {
      transport?.prepare(url);
    } catch {
      // As above.
    }
  }

  async dispose(): Promise<void> {
    const transport = await this.#current?.transport.catch(() => undefined);
    await transport?.close();
  }
}

async function load({ kind, network }: TransportChoice): Promise<Transport> {
  // A bundle of its own beside extension.cjs; see esbuild.mjs.
  const module = await import('./transport.cjs');
  // The editor replaces `fetch` while it starts, so it is looked up when it is used.
  if (kind === 'vscode') return module.createFetchTransport((url, init) => fetch(url, init), network);
  return module.createUndiciTransport(network);
}
