import { type ChildProcess, spawn } from 'node:child_process';
import { type JSONRPCMessage, ReadBuffer, serializeMessage, type Transport } from '@modelcontextprotocol/client';
import { programStart } from '../process/programStart.ts';
import { signalGroup } from '../process/signalGroup.ts';
import { ServerError } from './connection.ts';
import type { ServerLaunch } from './serverConfig.ts';

/** Milliseconds that a server has to end by itself once its input has ended, and once it was asked to. */
const graceMs = 500;

/**
 * A server as a process that reads and writes lines. The SDK's own ends the one process that it has started; where that is
 * `npx` or a shell, the server itself would live on. This one has a group of its own, which is ended as a whole.
 */
export class ProcessTransport implements Transport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: (message: JSONRPCMessage) => void;
  readonly #launch: ServerLaunch & { kind: 'stdio' };
  readonly #environment: Record<string, string>;
  readonly #logged: (text: string) => void;
  readonly #buffer = new ReadBuffer();
  #child: ChildProcess | undefined;
  #closing: Promise<void> | undefined;

  constructor(
    launch: ServerLaunch & { kind: 'stdio' },
    environment: Record<string, string>,
    logged: (text: string) => void,
  ) {
    this.#launch = launch;
    this.#environment = environment;
    this.#logged = logged;
  }

  start(): Promise<void> {
    const { command, args, cwd } = this.#launch;
    const start = programStart(command, args);
    const child = spawn(start.file, start.args, {
      ...start.options,
      env: this.#environment,
      ...(cwd !== undefined && { cwd }),
      detached: !isWindows(),
      windowsHide: true,
    });
    this.#child = child;
    if (child.pid !== undefined) groups.add(child.pid);
    child.stdout.on('data', (chunk: Buffer) => this.#read(chunk));
    child.stderr.setEncoding('utf8').on('data', (text: string) => this.#logged(text));
    child.stdin.on('error', () => undefined);
    child.once('close', () => void this.close());
    child.once('exit', code => {
      if (!this.#closing && code !== 0) this.#logged(`(exit code ${code ?? '–'})\n`);
      void this.close();
    });
    return new Promise((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', (error: Error) => reject(new ServerError({ kind: 'notStarted', detail: error.message })));
    });
  }

  send(message: JSONRPCMessage): Promise<void> {
    const input = this.#child?.stdin;
    if (!input?.writable) return Promise.reject(new ServerError({ kind: 'ended', detail: '' }));
    return new Promise((resolve, reject) => {
      input.write(serializeMessage(message), error => (error ? reject(error) : resolve()));
    });
  }

  close(): Promise<void> {
    return (this.#closing ??= this.#close());
  }

  async #close(): Promise<void> {
    const child = this.#child;
    if (child?.pid !== undefined) {
      child.stdin?.end();
      if (!(await exitsWithin(child, graceMs))) {
        signalGroup(child.pid, 'SIGTERM');
        await exitsWithin(child, graceMs);
      }
      // Also where it has ended: what it has started may not have.
      signalGroup(child.pid, 'SIGKILL');
      await exitsWithin(child, graceMs);
      groups.delete(child.pid);
    }
    this.#buffer.clear();
    this.onclose?.();
  }

  #read(chunk: Buffer): void {
    try {
      this.#buffer.append(chunk);
    } catch (error) {
      this.onerror?.(error instanceof Error ? error : new Error(String(error)));
      void this.close();
      return;
    }
    for (;;) {
      try {
        const message = this.#buffer.readMessage();
        if (message === null) return;
        this.onmessage?.(message);
      } catch (error) {
        // A line that is no message, such as a greeting: the next one may be.
        this.onerror?.(error instanceof Error ? error : new Error(String(error)));
      }
    }
  }
}

/** The groups of the servers that run: none of them outlives this process, however it ends by itself. */
const groups = new Set<number>();
process.once('exit', () => {
  for (const group of groups) signalGroup(group, 'SIGKILL');
});

async function exitsWithin(child: ChildProcess, limitMs: number): Promise<boolean> {
  if (child.exitCode !== null || child.signalCode !== null) return true;
  return new Promise(resolve => {
    const limit = setTimeout(() => resolve(false), limitMs);
    child.once('exit', () => {
      clearTimeout(limit);
      resolve(true);
    });
  });
}

function isWindows(): boolean {
  return process.platform === 'win32';
}
