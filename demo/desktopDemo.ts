import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { downloadAndUnzipVSCode, resolveCliPathFromVSCodeExecutablePath } from '@vscode/test-electron';
import { findProgram } from '../harness/editor/browser.ts';
import { connect, type Connection } from './connection.ts';
import type { Ending } from '../harness/editor/ending.ts';
import { openerFolder } from './opener.ts';
import { choosePlace } from './place.ts';
import { PlainError } from '../harness/editor/plainError.ts';
import { cacheFolder, projectRoot } from '../harness/editor/project.ts';
import { keepSettings } from '../harness/editor/settings.ts';
import type { StartOptions } from './startOptions.ts';
import { step } from './step.ts';

export interface DesktopDemo {
  connection: Connection;
  /** When the window was closed. */
  closed: Promise<void>;
}

/** Opens the extension in a desktop VS Code as a user of its own. */
export async function startDesktopDemo(options: StartOptions, ending: Ending): Promise<DesktopDemo> {
  if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) {
    throw new PlainError('There is no display for a desktop VS Code; without --desktop it opens in a browser.');
  }
  const code = findProgram('code') ?? (await step('Downloading VS Code', download));
  const place = await choosePlace(options, ending);
  const connection = await connect(options, ending);
  await keepSettings(join(place.profile, 'User/settings.json'), connection.settings);
  const child = spawn(
    code,
    [
      '--wait',
      '--new-window',
      `--user-data-dir=${place.profile}`,
      `--extensions-dir=${join(place.profile, 'extensions')}`,
      `--extensionDevelopmentPath=${projectRoot}`,
      `--extensionDevelopmentPath=${openerFolder}`,
      '--disable-workspace-trust',
      '--skip-welcome',
      '--skip-release-notes',
      // A Chromium that runs as root has no sandbox.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      place.folder,
    ],
    {
      env: {
        ...environment(),
        ...connection.env,
        ...(place.file !== undefined && { MARGINALIA_DEMO_FILE: place.file }),
      },
      stdio: 'ignore',
      shell: process.platform === 'win32',
    },
  );
  const closed = new Promise<void>((resolve, reject) => {
    child.once('error', () => reject(new PlainError(`${code} does not start.`)));
    child.once('exit', status => (status === 0 ? resolve() : reject(new PlainError(`${code} ended with ${status}.`))));
  });
  ending.add(async () => {
    child.kill();
    await endWindow(place.profile);
  });
  return { connection, closed };
}

async function download(): Promise<string> {
  try {
    const executable = await downloadAndUnzipVSCode({ cachePath: cacheFolder });
    return resolveCliPathFromVSCodeExecutablePath(executable);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new PlainError(
      `VS Code cannot be downloaded (${reason}); put \`code\` on your PATH, or leave out --desktop.`,
    );
  }
}

/** Started from an editor's terminal, the new window would otherwise be taken for that editor's. */
function environment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(VSCODE_|ELECTRON_|npm_)/i.test(name)));
}

/** The command only waits for the window, whose process notes its id in its profile. */
async function endWindow(profile: string): Promise<void> {
  const pid = Number(await readFile(join(profile, 'code.lock'), 'utf8').catch(() => ''));
  if (!(pid > 0)) return;
  try {
    process.kill(pid);
  } catch {
    // The window was closed by hand.
  }
}
