import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { eventually } from '../../../harness/drive/eventually.ts';
import { rulesFor, unknownModel } from '../../../src/core/models/modelRules.ts';
import { Shells } from '../../../src/core/shell/shells.ts';
import type { ShellRule } from '../../../src/core/shell/shellRules.ts';
import { createBash } from '../../../src/core/tools/bash.ts';
import { DecidingFiles } from '../../../src/core/tools/decidingFiles.ts';
import { judgeCommand } from '../../../src/core/tools/judgeCommand.ts';
import { amongOthers, type PreparedCall } from '../../../src/core/tools/tool.ts';
import type { ToolOutput } from '../../../src/core/tools/toolOutput.ts';
import { ToolError } from '../../../src/core/tools/workspace.ts';
import { isAlive } from '../../support/processes.ts';
import { MemoryWorkspace } from '../../support/toolWorkspace.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'bash ')));
const program = { file: 'bash', args: ['--noprofile', '--norc'], name: 'bash' } as const;
const environment = { PATH: process.env['PATH'] ?? '' };
const shells = new Shells(
  () => Promise.resolve({ program, folder, environment }),
  () => import('../../../src/core/tools/shellBundle.ts'),
);
let timeoutMs = 60_000;
const rules: { user: ShellRule[]; workspace: ShellRule[] } = { user: [], workspace: [] };
let stored: unknown;
const deciding = new DecidingFiles({
  read: () => stored,
  write: value => Promise.resolve(void (stored = value)),
});
const bash = createBash({
  shells,
  timeoutMs: () => timeoutMs,
  judge: (command, surroundings) =>
    judgeCommand(command, { ...surroundings, rules, changedSince: known => deciding.since(known) }),
  allow: rule => Promise.resolve(void rules.user.push({ words: rule.split(' '), decision: 'allow' })),
  allowed: known => deciding.allowed(known),
});
const tool = amongOthers(bash);

after(async () => {
  await shells.endAll();
  rmSync(folder, { recursive: true, force: true });
});

async function prepare(input: Record<string, unknown>, conversationId = 'c'): Promise<PreparedCall> {
  const read = tool.read(input);
  assert.ok(read.ok, read.ok ? '' : read.problem);
  return read.call.prepare({ workspace: new MemoryWorkspace({}), conversationId });
}

async function run(command: string, { id = 'c', abort = new AbortController() } = {}): Promise<string | ToolOutput> {
  return (await prepare({ command }, id)).run(abort.signal, () => undefined);
}

test('a model gets the version that it takes, others a tool with a schema', () => {
  assert.deepEqual(bash.definition(rulesFor('claude-sonnet-4-5')), { type: 'bash_20250124', name: 'bash' });
  assert.ok('input_schema' in bash.definition(unknownModel));
  const rules = rulesFor('claude-sonnet-4-5');
  const earlier = { ...rules, toolVersions: { ...rules.toolVersions, bash: 'bash_20241022' } };
  assert.deepEqual(bash.definition(earlier), { type: 'bash_20241022', name: 'bash' });
});

test('an input that is none is told', () => {
  const problem = (input: Record<string, unknown>) => {
    const read = tool.read(input);
    return read.ok ? '' : read.problem;
  };
  assert.equal(problem({}), '`command` is missing.');
  assert.equal(problem({ command: 1 }), '`command` has to be a string.');
  assert.equal(problem({ command: 'a\0b' }), '`command` holds a NUL character.');
  assert.match(problem({ command: 'x'.repeat(60_000) }), /longer than 50000/);
  assert.equal(problem({ restart: 'true' }), '');
});

test('what is asked about is the command, word for word, and where it runs', async () => {
  const { command, cautions } = await prepare({ command: 'cd /\npwd' }, 'shown');
  assert.deepEqual(command, { text: 'cd /\npwd', folder });
  assert.deepEqual(cautions, []);
  const read = tool.read({ command: 'cd /\npwd' });
  assert.deepEqual(read.ok && read.call.line, { action: 'run', subject: 'cd / …' });
  assert.deepEqual(await run('cd /', { id: 'shown' }), { text: '(no output)', exitCode: 0 });
  assert.equal((await prepare({ command: 'pwd' }, 'shown')).command?.folder, '/');
});

test('the model is told what was printed and how it ended', async () => {
  assert.deepEqual(await run('echo a'), { text: 'a', exitCode: 0 });
  assert.deepEqual(await run('echo a; (exit 3)'), { text: 'a\n(Exit code 3.)', exitCode: 3 });
  const ended = (await run('echo a; exit 4')) as ToolOutput;
  assert.equal(ended.exitCode, 4);
  assert.match(ended.text, /^a\n\(This has ended the shell, with exit code 4\. The next command runs in a new shell/);
  assert.deepEqual(await run('echo b'), { text: 'b', exitCode: 0 });
});

test('a program that has asked for something in vain is told as one', async () => {
  const asked = (await run('printf "Overwrite? [y/N] "; read x')) as ToolOutput;
  assert.match(asked.text, /standard input is empty/);
  const failed = (await run('echo nothing of that kind; false')) as ToolOutput;
  assert.doesNotMatch(failed.text, /standard input/);
});

test('each conversation has its own shell, and a restart begins a new one', async () => {
  await run('A=1', { id: 'a' });
  await run('A=2', { id: 'b' });
  assert.deepEqual(await run('echo "$A"', { id: 'a' }), { text: '1', exitCode: 0 });
  const restart = await prepare({ restart: true }, 'a');
  assert.equal(await restart.run(new AbortController().signal, () => undefined), 'The tool has been restarted.');
  assert.deepEqual(await run('echo "-$A"', { id: 'a' }), { text: '-', exitCode: 0 });
  assert.deepEqual(await run('echo "$A"', { id: 'b' }), { text: '2', exitCode: 0 });
});

test('a command that takes too long fails, with what it has printed, and the next one runs', async () => {
  timeoutMs = 1000;
  await assert.rejects(run('echo begun; sleep 1000'), (error: unknown) => {
    assert.ok(error instanceof ToolError);
    assert.match(error.message, /^Error: command did not finish within 1 seconds[^\n]*\nbegun$/);
    return true;
  });
  timeoutMs = 60_000;
  assert.deepEqual(await run('echo next'), { text: 'next', exitCode: 0 });
});

test('a command that is stopped leaves a conversation that goes on in a new shell', async () => {
  const abort = new AbortController();
  const over = run('A=1; sleep 1000', { abort });
  abort.abort();
  await assert.rejects(over, ToolError);
  assert.deepEqual(await run('echo "-$A"'), { text: '-', exitCode: 0 });
});

test('what a command leaves running is told and listed, can be ended alone, and its end is told once', async () => {
  const id = 'background';
  const own = async () => (await shells.programs()).filter(({ conversationId }) => conversationId === id);
  const first = await run('sleep 1000 & (sleep 1001 &); echo on', { id });
  assert.match(textOf(first), /^on\n/);
  assert.deepEqual(
    [...textOf(first).matchAll(/^\(Still runs in the background: (sleep 100[01]), process \d+\.\)$/gm)]
      .map(([, name]) => name)
      .sort(),
    ['sleep 1000', 'sleep 1001'],
  );
  assert.equal(textOf(await run('echo again', { id })), 'again', 'it is told once');
  const [one, other] = (await own()).sort((a, b) => a.command.localeCompare(b.command));
  assert.ok(one && other);
  assert.deepEqual([one.command, other.command], ['sleep 1000', 'sleep 1001']);
  await shells.endProgram(one);
  await eventually(async () => assert.deepEqual(await own(), [other]));
  // Shells tell of it as well, in words of their own.
  const [, told] = /\non\n(.*)$/.exec(`\n${textOf(await run('echo on', { id }))}`) ?? [];
  assert.equal(told, `(Has ended in the background: sleep 1000, process ${one.pid}.)`);
  assert.equal(textOf(await run('echo on', { id })), 'on');
  await shells.endProgram({ conversationId: id, pid: process.pid });
  await shells.end(id);
  await eventually(() => assert.equal(isAlive(other.pid), false));
});

test(
  'so is what has left its session, its parents and its environment',
  { skip: process.platform !== 'linux' },
  async () => {
    const id = 'away';
    const own = async () => (await shells.programs()).filter(({ conversationId }) => conversationId === id);
    const first = await run("setsid sh -c 'sleep 1002 &'; env -i setsid sh -c '/bin/sleep 1003 &'; echo on", { id });
    assert.match(textOf(first), /Still runs in the background: sleep 1002, process \d+/);
    assert.match(textOf(first), /Still runs in the background: \/bin\/sleep 1003, process \d+/);
    assert.equal(typeof first === 'string' ? undefined : first.leftRunning, 2);
    const second = await run('echo on', { id });
    assert.deepEqual(second, { text: 'on', exitCode: 0 });
    const [one, other] = (await own()).sort((a, b) => a.pid - b.pid);
    assert.ok(one && other);
    await shells.endProgram(one);
    await eventually(() => assert.equal(isAlive(one.pid), false));
    assert.deepEqual(await own(), [other]);
    await shells.end(id);
    await eventually(() => assert.equal(isAlive(other.pid), false));
  },
);

function textOf(output: string | ToolOutput): string {
  return typeof output === 'string' ? output : output.text;
}

test('what a rule allows is not asked about, in a shell that means the same by its words', async () => {
  const before = await prepare({ command: 'npm test -- a' }, 'rules');
  assert.equal(before.command?.rule, 'npm test');
  assert.equal(before.ruling, undefined);
  await before.allowAlways?.();
  const allowed = await prepare({ command: 'npm test' }, 'rules');
  assert.deepEqual([allowed.ruling, allowed.command?.rule, allowed.cautions], ['allow', undefined, []]);
  await run('npm() { echo mine; }', { id: 'rules' });
  const shadowed = await prepare({ command: 'npm test' }, 'rules');
  assert.deepEqual([shadowed.ruling, shadowed.cautions], [undefined, ['shellChanged']]);
  assert.equal((await prepare({ command: 'npm test' }, 'another')).ruling, 'allow');
  await shells.end('rules');
  assert.equal((await prepare({ command: 'npm test' }, 'rules')).ruling, 'allow');
  rules.workspace.push({ words: ['npm'], decision: 'deny' });
  assert.equal((await prepare({ command: 'npm test' }, 'rules')).ruling, 'deny');
  rules.workspace.length = 0;
  rules.user.length = 0;
});

test('an allowed command asks anew once a file that decides what it runs was changed, until it is allowed', async () => {
  rules.user.push(...['npm', 'git', 'ls'].map(word => ({ words: [word], decision: 'allow' as const })));
  const judged = async (command: string) => {
    const { ruling, cautions } = await prepare({ command }, 'deciding');
    return [ruling, cautions];
  };
  const allowed = ['allow', []];
  await deciding.changed(['src/main.ts']);
  assert.deepEqual(await judged('npm -v'), allowed);
  await deciding.changed(['package.json', 'README.md']);
  assert.deepEqual(await judged('npm -v'), [undefined, ['filesChanged']]);
  assert.deepEqual(await judged('cd . && npm -v'), [undefined, ['filesChanged']]);
  assert.deepEqual(await judged('git status'), allowed, 'it runs nothing that package.json names');
  assert.deepEqual(await judged('ls'), allowed);
  const call = await prepare({ command: 'npm -v' }, 'deciding');
  assert.equal(call.command?.rule, undefined, 'there is a rule');
  await call.run(new AbortController().signal, () => undefined);
  assert.deepEqual(await judged('npm -v'), allowed);
  assert.deepEqual(await judged('npm test'), [undefined, ['filesChanged']], 'nobody has allowed that since');
  await deciding.changed(['link'], true);
  assert.deepEqual(await judged('npm -v'), [undefined, ['filesChanged']]);
  await deciding.changed(['.husky/pre-commit']);
  assert.deepEqual(await judged('git status'), [undefined, ['filesChanged']]);
  rules.user.length = 0;
  stored = undefined;
});

test('what a command would do beyond the workspace is told, and no rule allows it', async () => {
  const isInside = (path: string) => Promise.resolve(new URL(`file://${path}`).pathname.startsWith('/w'));
  const allowed = { user: [{ words: ['a'], decision: 'allow' } as const], workspace: [] };
  const judged = (command: string, folder = '/w') =>
    judgeCommand(command, {
      folder,
      hasChanged: false,
      rules: allowed,
      changedSince: () => [],
      isInside,
    });
  assert.deepEqual(await judged('cd sub && a > /dev/null'), { cautions: [], ruling: 'allow' });
  assert.deepEqual(await judged('a > out'), { cautions: [] }, 'a file that is written is asked about');
  for (const command of [
    'a > ../out',
    'a > /etc/out',
    'a > ~/out',
    'cd .. && a',
    'cd && a',
    'cd - && a',
    'cd / && a > w/x',
  ]) {
    assert.deepEqual(await judged(command), { cautions: ['outside'] }, command);
  }
  assert.deepEqual(await judged('a', '/elsewhere'), { cautions: ['outside'] });
  assert.deepEqual((await judged('curl x')).cautions, ['network']);
  assert.deepEqual((await judged('curl x | sh')).cautions, ['dangerous', 'network', 'unclear']);
});

test('what the user runs in the same shell comes before what the model runs next, and can be ended', async () => {
  const abort = new AbortController();
  const limits = { signal: abort.signal, timeoutMs: 60_000, progress: () => undefined };
  const mine = shells.run('shared', 'B=mine; sleep 0.2', limits);
  const model = run('echo "$B"', { id: 'shared' });
  assert.deepEqual((await mine).end, { kind: 'exited', code: 0 });
  assert.deepEqual(await model, { text: 'mine', exitCode: 0 });
  assert.match(shells.record('shared').text, /\$ B=mine; sleep 0\.2[^]*\$ echo "\$B"[^]*mine\r\n$/);
  const ended = run('echo begun; sleep 1000', { id: 'shared' });
  await eventually(() => assert.match(shells.record('shared').text, /begun\r\n$/));
  shells.interrupt('shared');
  await assert.rejects(ended, /^Error: Error: The user stopped the command\.[^]*begun$/);
});
