import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConnectionEvents, ConnectPorts, ServerConnection } from '../../src/core/mcp/connection.ts';
import type { ServerLaunch } from '../../src/core/mcp/serverConfig.ts';
import type { SignInMemory } from '../../src/core/mcp/signIns.ts';
import { bundledScript } from './bundledScript.ts';

// Made once for all tests of a process, which start it dozens of times.
const folder = mkdtempSync(join(tmpdir(), 'marginalia-mcp-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
export const serverScript = await bundledScript('harness/mcp/stdioServer.ts', folder);

/** How the harness's server is started as a process. */
export function launchOf(...options: string[]): ServerLaunch & { kind: 'stdio' } {
  return { kind: 'stdio', command: process.execPath, args: [serverScript, ...options], env: {} };
}

/** Sign-ins as the secret storage keeps them: as text. */
export class MemorySignIns implements SignInMemory {
  readonly stored = new Map<string, string>();
  read = (address: string): Promise<unknown> => {
    const text = this.stored.get(address);
    return Promise.resolve(text === undefined ? undefined : JSON.parse(text));
  };
  write = (address: string, signIn: object | undefined): Promise<void> => {
    if (signIn) this.stored.set(address, JSON.stringify(signIn));
    else this.stored.delete(address);
    return Promise.resolve();
  };
}

export interface Heard {
  ports: ConnectPorts;
  log: () => string;
  /** Resolves once the log holds what is searched, with what its group has found. */
  logged: (pattern: RegExp) => Promise<string>;
  closed: Promise<undefined>;
  toolsChanged: Promise<undefined>;
}

/** Listens to a connection. */
export function hear(own: Partial<ConnectPorts> = {}): Heard {
  let log = '';
  const closed = Promise.withResolvers<undefined>();
  const changed = Promise.withResolvers<undefined>();
  const waiting = new Set<() => void>();
  const events: ConnectionEvents = {
    closed: () => closed.resolve(undefined),
    toolsChanged: () => changed.resolve(undefined),
    promptsChanged: () => undefined,
    logged: text => {
      log += text;
      for (const look of waiting) look();
    },
  };
  return {
    ports: {
      events,
      version: '0.0.0',
      environment: { PATH: process.env['PATH'] ?? '' },
      fileEnvironment: {},
      fetch,
      signIns: new MemorySignIns(),
      signal: new AbortController().signal,
      timeLimitMs: 30_000,
      ...own,
    },
    log: () => log,
    logged: pattern =>
      new Promise(resolve => {
        const look = (): void => {
          const found = pattern.exec(log);
          if (!found) return;
          waiting.delete(look);
          resolve(found[1] ?? '');
        };
        waiting.add(look);
        look();
      }),
    closed: closed.promise,
    toolsChanged: changed.promise,
  };
}

/** Whether a process is there. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Calls the tool that waits, stops it once it has told of its progress, and sees it rejected. */
export async function stopHalfway(connection: ServerConnection): Promise<void> {
  const stop = new AbortController();
  const said = Promise.withResolvers<string>();
  const options = { signal: stop.signal, timeLimitMs: 30_000, progress: said.resolve };
  const call = connection.callTool('wait', {}, options);
  assert.equal(await said.promise, 'half of it');
  stop.abort();
  await assert.rejects(call);
}
