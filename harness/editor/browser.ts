import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { packagedChromium, type BrowserProgram } from './packagedChromium.ts';
import { PlainError } from './plainError.ts';

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'microsoft-edge-stable',
];

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Screenshots should not depend on the machine's screen.
  '--force-color-profile=srgb',
  '--font-render-hinting=none',
];

/** A Chromium without a window: the one that MARGINALIA_BROWSER names, one of the machine, else npm's. */
export async function launchBrowser(report: (line: string) => void = () => undefined): Promise<Browser> {
  const { executablePath, env } = await findBrowser(report);
  const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  try {
    return await chromium.launch({
      executablePath,
      headless: true,
      // Whoever launches it closes it; left alone, the library would end the whole process at Ctrl+C.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      args: flags,
      env: { ...Object.fromEntries(inherited), ...env },
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n').slice(0, 12).join('\n') : String(error);
    throw new PlainError(
      `The browser ${executablePath} does not start; name another one in MARGINALIA_BROWSER.\n${reason}`,
    );
  }
}

async function findBrowser(report: (line: string) => void): Promise<BrowserProgram> {
  const named = process.env['MARGINALIA_BROWSER'];
  if (named !== undefined && named !== '') {
    if (!isExecutable(named)) throw new PlainError(`MARGINALIA_BROWSER names ${named}, which is no program.`);
    return { executablePath: named, env: {} };
  }
  const installed = names.map(findProgram).find(path => path !== undefined);
  if (installed !== undefined) return { executablePath: installed, env: {} };
  if (process.platform === 'linux' && process.arch === 'x64') return packagedChromium(report);
  throw new PlainError('No Chromium, Chrome or Edge was found; install one or name it in MARGINALIA_BROWSER.');
}

/** Where a program of this name lies on PATH. */
export function findProgram(name: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(folder => folder !== '');
  return folders.map(folder => join(folder, name)).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
