import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { neededEnvironment } from '../process/neededEnvironment.ts';
import { signalGroup } from '../process/signalGroup.ts';
import { BrowserError } from './browserError.ts';
import { DevTools, type Pipe } from './devTools.ts';
import { BrowserPage, type PageSize } from './page.ts';

export interface BrowserOptions {
  /** Of the program. */
  path: string;
  isHeadless: boolean;
  size: PageSize;
  /** See DevTools. */
  answerMs?: number;
}

/** A browser that was started here, with its one page. */
export interface LaunchedBrowser {
  page: BrowserPage;
  /** Whether it still runs. */
  isOpen: () => boolean;
  /** Resolves once its processes and its profile are gone. Never rejects. */
  close: () => Promise<void>;
}

const profilePrefix = 'marginalia-browser-';

/** Milliseconds that a browser has for its own end. */
const endMs = 2_000;
const startMs = 30_000;

/** What a program with a window needs besides. */
const forWindows =
  /^(?:DISPLAY|WAYLAND_DISPLAY|XAUTHORITY|XDG_\w+|DBUS_SESSION_BUS_ADDRESS|PROGRAMFILES.*|LD_LIBRARY_PATH|FONTCONFIG_\w+)$/i;

/** Starts the program with an empty profile of its own. Rejects with a BrowserError where it does not start. */
export async function launchBrowser({ path, isHeadless, size, answerMs }: BrowserOptions): Promise<LaunchedBrowser> {
  await removeLeftProfiles();
  const profile = await mkdtemp(join(tmpdir(), `${profilePrefix}${process.pid}-`));
  const child = spawn(path, argumentsFor(profile, isHeadless, size), {
    // The pipe is the third and fourth.
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    // A group of its own, which ends as one.
    detached: process.platform !== 'win32',
    windowsHide: isHeadless,
    env: neededEnvironment(process.env, forWindows),
  });
  const ended = new Promise<void>(resolve => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const devTools = new DevTools(pipeOf(child), answerMs);
  void ended.then(() => devTools.close('The browser was closed.'));
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => (closing ??= end(child, { devTools, ended, profile }));
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new BrowserError('The browser did not start in time.')), startMs);
  try {
    const page = await Promise.race([BrowserPage.take(devTools, size), late.promise]);
    return { page, isOpen: () => devTools.isOpen, close };
  } catch (error) {
    await close();
    throw error instanceof BrowserError ? new BrowserError(`The browser at ${path} does not start.`) : error;
  } finally {
    clearTimeout(timer);
  }
}

/** A window that was killed could not remove its own; the name of each says whose it was. */
async function removeLeftProfiles(): Promise<void> {
  const names = await readdir(tmpdir()).catch(() => []);
  for (const name of names) {
    const pid = name.startsWith(profilePrefix) ? Number(/^\d+(?=-)/.exec(name.slice(profilePrefix.length))?.[0]) : NaN;
    if (pid > 0 && !isRunning(pid))
      await rm(join(tmpdir(), name), { recursive: true, force: true }).catch(() => undefined);
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Of another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function argumentsFor(profile: string, isHeadless: boolean, { width, height }: PageSize): string[] {
  return [
    '--remote-debugging-pipe',
    `--user-data-dir=${profile}`,
    ...(isHeadless ? ['--headless=new'] : []),
    `--window-size=${width},${height + 90}`,
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-search-engine-choice-screen',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-default-apps',
    '--disable-extensions',
    '--disable-sync',
    '--disable-features=Translate,MediaRouter,OptimizationHints,AutofillServerCommunication',
    '--metrics-recording-only',
    '--mute-audio',
    // Nothing of the user's own key store is asked for.
    '--password-store=basic',
    '--use-mock-keychain',
    '--hide-crash-restore-bubble',
    '--block-new-web-contents',
    'about:blank',
  ];
}

function pipeOf(child: ChildProcess): Pipe {
  const [, , , toBrowser, fromBrowser] = child.stdio as [null, null, null, Writable, Readable];
  return {
    write: text => toBrowser.write(text),
    listen: (received, ended) => {
      // Both ends fail when the browser is gone, which is told by its exit.
      toBrowser.on('error', ended);
      fromBrowser.on('error', ended);
      fromBrowser.on('data', received);
      fromBrowser.once('end', ended);
    },
  };
}

async function end(
  child: ChildProcess,
  { devTools, ended, profile }: { devTools: DevTools; ended: Promise<void>; profile: string },
): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<void>(resolve => (timer = setTimeout(resolve, endMs)));
  if (devTools.isOpen) devTools.send('Browser.close', undefined, { timeoutMs: endMs }).catch(() => undefined);
  await Promise.race([ended, late]);
  clearTimeout(timer);
  if (child.pid !== undefined) signalGroup(child.pid, 'SIGKILL');
  await Promise.race([ended, new Promise(resolve => setTimeout(resolve, endMs).unref())]);
  devTools.close('The browser was closed.');
  await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }).catch(() => undefined);
}
