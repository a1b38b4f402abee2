import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { messageOf } from '../../shared/messageOf.ts';
import { interrupted, isInterrupted } from './sqliteErrors.ts';
import { type Calls, fromThreadError, type ThreadCall, type ThreadReply } from './threadCalls.ts';

export interface ThreadPorts<News> {
  /** The file that runs in the thread: see `answerCalls`. */
  script: string;
  /** The database; `workerData.path` there. */
  path: string;
  told: (news: News) => void;
}

interface Pending {
  resolve: (value: unknown) => void;
  reject: (error: Error) => void;
}

type Answer<Of extends Calls, Name extends keyof Of> = Promise<Awaited<ReturnType<Of[Name]>>>;

/**
 * Calls that a thread of its own answers. It is started by the first one. When it ends by itself, what was asked of it and
 * not answered fails, in a way that passes; the next call starts another one.
 */
export class CallsOnThread<Of extends Calls, News> {
  readonly #ports: ThreadPorts<News>;
  readonly #pending = new Map<number, Pending>();
  #worker: Worker | undefined;
  #calls = 0;
  #isClosed = false;

  constructor(ports: ThreadPorts<News>) {
    this.#ports = ports;
  }

  call<Name extends keyof Of & string>(name: Name, ...args: Parameters<Of[Name]>): Answer<Of, Name> {
    if (this.#isClosed) return Promise.reject(interrupted('What is stored is closed.'));
    const id = ++this.#calls;
    const call: ThreadCall = { id, name, args };
    return new Promise((resolve, reject) => {
      this.#worker ??= this.#start();
      // What can't be copied throws here.
      this.#worker.postMessage(call);
      this.#pending.set(id, { resolve: resolve as Pending['resolve'], reject });
    });
  }

  /** What was asked and not answered when the thread ended is asked once more: for what changes nothing. */
  async read<Name extends keyof Of & string>(
    name: Name,
    ...args: Parameters<Of[Name]>
  ): Promise<Awaited<ReturnType<Of[Name]>>> {
    try {
      return await this.call(name, ...args);
    } catch (error) {
      if (!isInterrupted(error)) throw error;
      return this.call(name, ...args);
    }
  }

  /** Ends the thread behind all that was asked; `last` is its call for that. */
  async close<Name extends keyof Of & string>(last: Name, ...args: Parameters<Of[Name]>): Promise<void> {
    const worker = this.#worker;
    const ended = worker && once(worker, 'exit');
    const closed = worker && this.call(last, ...args);
    this.#isClosed = true;
    await closed;
    await ended;
  }

  #start(): Worker {
    const { script, path } = this.#ports;
    const worker = new Worker(script, { workerData: { path } });
    let reason = '';
    worker.on('message', (reply: ThreadReply<News>) => this.#take(reply));
    worker.on('error', (error: unknown) => (reason = messageOf(error)));
    worker.on('exit', () => this.#ended(reason));
    return worker;
  }

  #take(reply: ThreadReply<News>): void {
    switch (reply.kind) {
      case 'news':
        this.#ports.told(reply.news);
        return;
      case 'done':
        this.#taken(reply.id)?.resolve(reply.value);
        return;
      case 'threw':
        this.#taken(reply.id)?.reject(fromThreadError(reply.error));
    }
  }

  #taken(id: number): Pending | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    return pending;
  }

  #ended(reason: string): void {
    this.#worker = undefined;
    const unanswered = [...this.#pending.values()];
    this.#pending.clear();
    for (const { reject } of unanswered) reject(interrupted(`The thread of the store has ended. ${reason}`.trim()));
  }
}
