import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { patience } from '../../harness/drive/eventually.ts';

/**
 * One line of JSON to a window: to close everything; to change the user's settings, of which null takes one away; to
 * have git look at files again; to begin anew; and to show what a window shows at its start.
 */
export type CompanionOrder = { id: number } & Order;
type Order = { kind: 'close' | 'refresh' | 'begin' | 'settle' } | { kind: 'change'; settings: Record<string, unknown> };

/** One line of JSON from a window: first its folder; then each command that it begins, and an answer to each order. */
export type CompanionAnswer = { folder: string } | { begun: string } | { done: number; error?: string };

/** The ends of the companions (`test/companion`) that the windows of one editor hold. */
export class Companions {
  readonly #server: Server;
  readonly #windows = new Map<string, Socket>();
  readonly #waiting = new Map<number, PromiseWithResolvers<undefined>>();
  readonly #changes = new EventTarget();
  #orders = 0;
  /** The last command that a window has begun. */
  #begun = 'nothing';

  static async listen(): Promise<Companions> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new Companions(server);
  }

  private constructor(server: Server) {
    this.#server = server.on('connection', socket => this.#take(socket));
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Resolves when the window of a folder has done it; rejects when it takes longer than anything may. */
  async order(folder: string, order: Order): Promise<void> {
    this.#begun = 'nothing';
    const limit = sleep(patience, undefined, { ref: false }).then(() => {
      throw new Error(`The window did not ${order.kind} within ${patience / 1000} s; it was at ${this.#begun}.`);
    });
    await Promise.race([this.#carryOut(folder, order), limit]);
  }

  /** Resolves when the extension host of the folder's window runs. */
  async connected(folder: string): Promise<Socket> {
    for (;;) {
      const socket = this.#windows.get(folder);
      if (socket) return socket;
      await once(this.#changes, 'connected');
    }
  }

  close(): void {
    for (const socket of this.#windows.values()) socket.destroy();
    this.#server.close();
  }

  async #carryOut(folder: string, order: Order): Promise<void> {
    const id = this.#orders++;
    const done = Promise.withResolvers<undefined>();
    this.#waiting.set(id, done);
    const socket = await this.connected(folder);
    socket.write(`${JSON.stringify({ id, ...order } satisfies CompanionOrder)}\n`);
    await done.promise;
  }

  #take(socket: Socket): void {
    let folder: string | undefined;
    socket.on('error', () => undefined);
    socket.on('close', () => {
      if (folder !== undefined && this.#windows.get(folder) === socket) this.#windows.delete(folder);
    });
    createInterface({ input: socket }).on('line', line => {
      const answer = JSON.parse(line) as CompanionAnswer;
      if ('folder' in answer) {
        ({ folder } = answer);
        this.#windows.set(folder, socket);
        this.#changes.dispatchEvent(new Event('connected'));
        return;
      }
      if ('begun' in answer) {
        this.#begun = answer.begun;
        return;
      }
      const done = this.#waiting.get(answer.done);
      this.#waiting.delete(answer.done);
      if (answer.error === undefined) done?.resolve(undefined);
      else done?.reject(new Error(answer.error));
    });
  }
}
