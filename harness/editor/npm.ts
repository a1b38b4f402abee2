import { spawn } from 'node:child_process';
import { basename } from 'node:path';
import { PlainError } from './plainError.ts';

/** Runs npm with its output kept out of sight; where it fails, the error says what that output comes down to. */
export async function npm(args: string[], cwd: string): Promise<void> {
  const { command, prefix } = findNpm();
  // An unreachable registry should be reported within seconds, not after npm's patient 70.
  const impatience = ['--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=4000'];
  const child = spawn(command, [...prefix, ...args, '--no-audit', '--no-fund', ...impatience], {
    cwd,
    env: environmentForNpm(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const keep = (chunk: Buffer) => (output = (output + chunk.toString()).slice(-20_000));
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const stop = () => child.kill();
  process.once('exit', stop);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  }).finally(() => process.off('exit', stop));
  if (code !== 0) throw new PlainError(explain(output));
}

/** The npm that runs us where there is one, started by our Node: the machine's own may be too old for the packages. */
export function findNpm(): { command: string; prefix: string[] } {
  const script = process.env['npm_execpath'];
  if (script !== undefined && basename(script) === 'npm-cli.js') return { command: process.execPath, prefix: [script] };
  return { command: process.platform === 'win32' ? 'npm.cmd' : 'npm', prefix: [] };
}

/** What an outer `npm start` says about itself must not be taken by the inner npm for its own. */
function environmentForNpm(): NodeJS.ProcessEnv {
  const isAboutTheOuterRun = /^npm_(package_|lifecycle_|command$|config_(local_prefix|omit|include|loglevel|silent)$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !isAboutTheOuterRun.test(name)));
}

function explain(output: string): string {
  if (/ENOSPC/.test(output)) return 'There is not enough disk space for the editor: it needs about 600 MB.';
  if (/EAI_AGAIN|ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|network/i.test(output)) {
    return 'The editor could not be installed because the npm registry cannot be reached; check the network or `npm config get registry` and run this again.';
  }
  const errors = output.split('\n').filter(line => /^npm (error|ERR!)/.test(line));
  return `The editor could not be installed; npm said:\n${(errors.length > 0 ? errors : output.split('\n')).slice(-12).join('\n')}`;
}
