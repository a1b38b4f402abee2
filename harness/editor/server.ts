import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EditorInstall } from './install.ts';
import { writeLanguagePack } from './languagePack.ts';
import { PlainError } from './plainError.ts';

export interface EditorOptions {
  editor: EditorInstall;
  /** Everything that the editor remembers lies in here; an empty or missing folder is a fresh user. */
  profile: string;
  /** Written as the user's settings; where none are given, the profile keeps what it has. */
  settings?: Record<string, unknown>;
  /** Added to the environment of the server and the extension host; undefined takes a variable away. */
  env?: Record<string, string | undefined>;
  /** Display language, such as `ja`: extensions run in it, while the editor's own words stay English. */
  locale?: string;
  /** A free one where none is given. */
  port?: number;
}

export interface Opening {
  folder: string;
  /** Folder of an extension that is loaded from disk without being installed. */
  extensionPath?: string;
  /** CommonJS module with `run()`, to be run in the extension host. Dialogs do not open then. */
  tests?: string;
}

export interface EditorServer {
  /** Such as `http://127.0.0.1:4321`. */
  baseUrl: string;
  /** What the server and the extension host printed. */
  logFile: string;
  /** The address that opens a folder with the extension in a browser. */
  url(opening: Opening): string;
  /** When the server has ended, by itself or by `close`. */
  ended: Promise<void>;
  /** Ends the server and everything that it started. */
  close(): Promise<void>;
}

const startTimeoutMs = 60_000;

/** Starts VS Code's own server on the loopback interface. */
export async function startEditor(options: EditorOptions): Promise<EditorServer> {
  if (options.port !== undefined) await expectFree(options.port);
  await mkdir(join(options.profile, 'data/User'), { recursive: true });
  if (options.settings) {
    await writeSettings(options.profile, options.settings);
  }
  if (options.locale !== undefined) await writeLanguagePack(options.profile, options.locale);
  const logFile = join(options.profile, 'server.log');
  const log = openSync(logFile, 'w');
  const server = spawn(options.editor.node, serverArguments(options), {
    cwd: options.profile,
    env: environmentOf(options),
    // A process group of its own, so that its children can be ended with it and Ctrl+C reaches us alone.
    detached: true,
    stdio: ['pipe', log, log],
  });
  closeSync(log);
  try {
    const port = await untilItListens(server, logFile);
    const baseUrl = `http://127.0.0.1:${port}`;
    const ended = whenEnded(server);
    return { baseUrl, logFile, url: opening => address(baseUrl, opening), ended, close: () => end(server) };
  } catch (error) {
    await end(server);
    throw error;
  }
}

/** The user's settings in a profile. */
export function settingsFile(profile: string): string {
  return join(profile, 'data/User/settings.json');
}

function serverArguments({ editor, profile, port = 0, locale }: EditorOptions): string[] {
  return [
    `--import=${new URL('endWithParent.ts', import.meta.url).href}`,
    editor.serverMain,
    '--host=127.0.0.1',
    `--port=${port}`,
    '--without-connection-token',
    '--accept-server-license-terms',
    `--server-data-dir=${profile}`,
    // Without it a built server ignores the extension paths in the address.
    '--enable-smoke-test-driver',
    '--disable-telemetry',
    '--disable-workspace-trust',
    '--disable-getting-started-override',
    ...(locale === undefined ? [] : [`--locale=${locale}`]),
  ];
}

/** An editor's terminal and npm leave variables behind that would steer this editor. */
function environmentOf(options: EditorOptions): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(VSCODE_|ELECTRON_|npm_|GIT_|NODE_OPTIONS$)/i.test(name),
  );
  // No marketplace: the editor would ask one over the internet at every start.
  const own = { EXTENSIONS_GALLERY: '{}', ...options.env };
  return Object.fromEntries([...inherited, ...Object.entries(own)].filter(([, value]) => value !== undefined));
}

async function untilItListens(server: ChildProcess, logFile: string): Promise<number> {
  const deadline = Date.now() + startTimeoutMs;
  while (Date.now() < deadline) {
    const log = await readFile(logFile, 'utf8');
    if (server.exitCode !== null || server.signalCode !== null) {
      throw new Error(`The editor's server ended at once. Its last words:\n${log.slice(-2_000)}`);
    }
    const port = Number(/Extension host agent listening on (\d+)/.exec(log)?.[1]);
    if (port > 0 && (await answers(port))) return port;
    await sleep(50);
  }
  throw new Error(`The editor's server did not answer within ${startTimeoutMs / 1000} s; see ${logFile}.`);
}

async function answers(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/version`).then(
    response => response.ok,
    () => false,
  );
}

function address(baseUrl: string, { folder, extensionPath, tests }: Opening): string {
  const remote = (path: string) => `vscode-remote://remote${path}`;
  const payload = [
    ...(extensionPath === undefined ? [] : [['extensionDevelopmentPath', remote(extensionPath)]]),
    ...(tests === undefined ? [] : [['extensionTestsPath', remote(tests)]]),
  ];
  const query = payload.length === 0 ? '' : `&payload=${encodeURIComponent(JSON.stringify(payload))}`;
  return `${baseUrl}/?folder=${encodeURIComponent(folder).replaceAll('%2F', '/')}${query}`;
}

async function expectFree(port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const probe = createServer();
    probe.once('error', () => reject(new PlainError(`Port ${port} is taken; choose another one with --port.`)));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve()));
  });
}

async function end(server: ChildProcess): Promise<void> {
  const { pid } = server;
  if (pid === undefined) return;
  const ended = whenEnded(server);
  signalGroup(pid, 'SIGTERM');
  await Promise.race([ended, sleep(2_000, undefined, { ref: false })]);
  signalGroup(pid, 'SIGKILL');
  await ended;
}

function whenEnded(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return Promise.resolve();
  return new Promise(resolve => server.once('exit', () => resolve()));
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // Nobody of the group is left.
  }
}

/** Makes these the user's settings, and no others. The folder of the profile must be there. */
export async function writeSettings(profile: string, settings: Record<string, unknown>): Promise<void> {
  await writeFile(settingsFile(profile), JSON.stringify(settings, undefined, 2));
}
