import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram } from '../../harness/editor/browser.ts';
import { packagedChromium } from '../../harness/editor/packagedChromium.ts';

/** A script in the folder that starts the harness's Chromium as this machine needs it: where that can't shut itself in. */
export async function browserProgram(folder: string): Promise<string> {
  const found = ['chromium', 'google-chrome', 'microsoft-edge'].map(findProgram).find(path => path !== undefined);
  const { executablePath, env } = found ? { executablePath: found, env: {} } : await packagedChromium(() => undefined);
  const script = join(folder, 'browser.sh');
  const variables = Object.entries(env).map(([name, value]) => `export ${name}='${value}'`);
  writeFileSync(
    script,
    ['#!/bin/sh', ...variables, `exec '${executablePath}' --no-sandbox --disable-gpu "$@"`, ''].join('\n'),
  );
  chmodSync(script, 0o755);
  return script;
}
