import assert from 'node:assert/strict';
import { mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { shellEnvironment } from '../../../src/core/shell/shellEnvironment.ts';
import { runProgram } from '../../../src/core/tools/runProgram.ts';
import { ToolError } from '../../../src/core/tools/workspace.ts';
import { eventually } from '../../../harness/drive/eventually.ts';

let folder = '';
before(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'marginalia program ')));
});
after(() => rm(folder, { recursive: true, force: true }));

interface Options {
  input?: string;
  timeLimitMs?: number;
  signal?: AbortSignal;
  progress?: (output: string) => void;
}

/** Runs a script in a Node of its own. */
function run(script: string, args: string[] = [], options: Options = {}): Promise<string> {
  const { input = '', timeLimitMs = 60_000, signal = new AbortController().signal, progress = () => {} } = options;
  const environment = { ...shellEnvironment(process.env, []), GIVEN: 'given' };
  const argv = [process.execPath, '-e', script, '--', ...args];
  return runProgram({ argv, folder, environment, input, timeLimitMs }, signal, progress);
}

const failureOf = async (running: Promise<string>): Promise<string> => {
  const error: unknown = await running.then(
    () => assert.fail('It has come to a good end.'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof ToolError, String(error));
  return error.message;
};

test('a program gets its arguments as they are, the input, its folder and its environment', async () => {
  const script = `
    let input = '';
    process.stdin.on('data', text => (input += text)).on('end', () => {
      console.log(JSON.stringify([process.argv.slice(1), input, process.cwd(), process.env.GIVEN]));
    });`;
  const output = await run(script, ['$(date) "a" \\', '; rm -rf .', ''], { input: '{"a":"ä"}' });
  assert.deepEqual(JSON.parse(output), [['$(date) "a" \\', '; rm -rf .', ''], '{"a":"ä"}', folder, 'given']);
});

test('another exit code than zero is a failure with what it has said', async () => {
  const both = await failureOf(run(`console.log('out'); console.error('no such price'); process.exitCode = 3`));
  assert.equal(both, 'Error: The command ended with exit code 3.\nno such price');
  const silent = await failureOf(run(`console.log('out'); process.exit(1)`));
  assert.equal(silent, 'Error: The command ended with exit code 1.\nout');
  const killed = await failureOf(run(`process.kill(process.pid, 'SIGKILL')`));
  assert.equal(killed, 'Error: The command ended with SIGKILL.');
});

test('a program that is not there is told', async () => {
  const argv = [join(folder, 'none')];
  const start = { argv, folder, environment: {}, input: '', timeLimitMs: 1_000 };
  const message = await failureOf(runProgram(start, new AbortController().signal, () => {}));
  assert.match(message, /^Error: The command could not be started: .*ENOENT/);
});

test('a program that does not read its input, or is given much, comes to its end', async () => {
  assert.equal(await run(`console.log('done')`, [], { input: 'x'.repeat(3_000_000) }), 'done\n');
});

test('of much output the beginning and the end are kept', async () => {
  const output = await run(`console.log('first'); console.log('x'.repeat(3_000_000)); console.log('last')`);
  assert.ok(output.length < 25_000, String(output.length));
  assert.match(output, /^first\nx*\n?\[… \d+ (lines|characters) left out …\]\nx+\nlast\n$/);
});

test('letters that arrive in two pieces are whole', async () => {
  const script = `const b = Buffer.from('日本'); process.stdout.write(b.subarray(0, 2)); setTimeout(() => process.stdout.write(b.subarray(2)), 50)`;
  assert.equal(await run(script), '日本');
});

test('what has come so far is seen while it runs', async () => {
  const seen = Promise.withResolvers<string>();
  const stop = new AbortController();
  const running = run(`console.log('so far'); setInterval(() => {}, 1000)`, [], {
    signal: stop.signal,
    progress: seen.resolve,
  });
  assert.equal(await seen.promise, 'so far\n');
  stop.abort();
  await assert.rejects(running);
});

/** Starts another one that stays, and prints both their ids. */
const parent = `
  const child = require('child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
  console.log(process.pid, child.pid);`;

async function ended(pids: string): Promise<void> {
  for (const pid of pids.trim().split(' ')) {
    await eventually(async () => assert.ok(!(await isRunning(Number(pid))), `${pid} is still running`));
  }
}

async function isRunning(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
    // One that has ended and that nobody has waited for is none.
    return process.platform !== 'linux' || !/\) Z /.test(await readFile(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

test('Stop ends a program and what it has started', async () => {
  const pids = Promise.withResolvers<string>();
  const stop = new AbortController();
  const running = run(parent, [], { signal: stop.signal, progress: pids.resolve });
  const both = await pids.promise;
  stop.abort();
  await assert.rejects(running);
  await ended(both);
});

test('a program that takes too long is ended, with what it has started', async () => {
  const pids = Promise.withResolvers<string>();
  // A shell: it has printed long before the limit, however busy the machine is.
  const argv = ['/bin/sh', '-c', 'sleep 600 & echo "$$ $!"; echo still at it >&2; wait'];
  const start = { argv, folder, environment: shellEnvironment(process.env, []), input: '', timeLimitMs: 1_500 };
  const running = runProgram(start, new AbortController().signal, pids.resolve);
  assert.equal(await failureOf(running), 'Error: The command did not finish within 1.5 seconds.\nstill at it');
  await ended(await pids.promise);
});

test('what a program leaves behind keeps nobody waiting, and ends with it', async () => {
  const output = await run(`${parent} child.unref(); process.exitCode = 0`);
  await ended(output);
});
