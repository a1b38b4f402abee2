import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { type CommandRun, PersistentShell, type RunLimits } from '../../../src/core/shell/persistentShell.ts';
import { eventually } from '../../../harness/drive/eventually.ts';
import { isAlive } from '../../support/processes.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'shell ')));
const open: PersistentShell[] = [];
const { signal } = new AbortController();

after(async () => {
  await Promise.all(open.map(shell => shell.end()));
  rmSync(folder, { recursive: true, force: true });
});

const bash = { file: 'bash', args: ['--noprofile', '--norc'], name: 'bash' } as const;
const sh = { file: '/bin/sh', args: [], name: 'sh' } as const;

const gitBash = { ...bash, name: 'Git Bash' } as const;

function started(program: typeof bash | typeof sh | typeof gitBash = bash): PersistentShell {
  const shell = new PersistentShell({ program, folder, environment: { PATH: process.env['PATH'] ?? '' } });
  open.push(shell);
  return shell;
}

function run(shell: PersistentShell, command: string, limits: Partial<RunLimits> = {}): Promise<CommandRun> {
  return shell.run(command, { signal, timeoutMs: 60_000, progress: () => undefined, ...limits });
}

async function printed(shell: PersistentShell, command: string): Promise<string> {
  const { output, end } = await run(shell, command);
  assert.deepEqual(end, { kind: 'exited', code: 0 });
  return output;
}

test('where Git’s bash stands is told in Windows’ words, and runs as any other', async () => {
  const folders = [gitBash, bash].map(async program => {
    const shell = started(program);
    assert.equal(await printed(shell, 'PWD=/c/work/shop; echo here'), 'here\n');
    return shell.folder;
  });
  assert.deepEqual(await Promise.all(folders), ['C:/work/shop', '/c/work/shop']);
});

for (const program of [bash, sh]) {
  test(`${program.name}: folder, variables and functions of one command are there for the next`, async () => {
    const shell = started(program);
    assert.equal(await printed(shell, 'mkdir -p "a b" && cd "a b" && X=1 && export Y=2 && f() { echo "f $1"; }'), '');
    assert.equal(shell.folder, join(folder, 'a b'));
    assert.equal(await printed(shell, 'pwd; echo "$X"; sh -c \'echo $Y\'; f "it\'s"'), `${folder}/a b\n1\n2\nf it's\n`);
  });

  test(`${program.name}: output and errors stand in their order, with the exit code`, async () => {
    const shell = started(program);
    const { output, end } = await run(shell, 'echo a; echo b >&2; echo c >/dev/stderr; echo d; (exit 7)');
    assert.equal(output, 'a\nb\nc\nd\n');
    assert.deepEqual(end, { kind: 'exited', code: 7 });
  });

  test(`${program.name}: a program that wants input finds its end`, async () => {
    const shell = started(program);
    assert.equal(await printed(shell, 'cat; read x || echo none; sh -c "cat >/dev/null"; echo over'), 'none\nover\n');
    // There is no terminal either, from which passwords are read.
    assert.notDeepEqual((await run(shell, 'cat </dev/tty')).end, { kind: 'exited', code: 0 });
  });

  test(`${program.name}: what ends the shell is told, and what it had started ends with it`, async () => {
    const shell = started(program);
    const { output, end } = await run(shell, 'sleep 1000 & echo $!; set -e; false; echo never');
    assert.deepEqual(end, { kind: 'shellEnded', code: 1 });
    assert.ok(shell.hasEnded);
    await eventually(() => assert.equal(isAlive(Number(output)), false));
  });
}

test('an open quote, a here-document and a moved output disturb no later command', async () => {
  const shell = started();
  assert.match((await run(shell, 'echo "open')).output, /unexpected EOF/);
  assert.equal(await printed(shell, 'cat <<END\na\nEND'), 'a\n');
  assert.equal(await printed(shell, `exec >'${folder}/moved'; echo in the file`), '');
  assert.equal(await printed(shell, 'echo here'), 'here\n');
  assert.equal(await printed(shell, 'set -u; # a comment'), '');
  assert.equal(await printed(shell, 'echo a \\\n b'), 'a b\n');
});

test('what runs in the background holds nothing, and what it prints later comes with the next command', async () => {
  const shell = started();
  const output = await printed(shell, '(while [ ! -e go ]; do sleep 0.01; done; echo late; touch gone) & echo now');
  assert.equal(output, 'now\n');
  assert.equal(await printed(shell, 'touch go; while [ ! -e gone ]; do sleep 0.01; done; echo next'), 'late\nnext\n');
});

test('what a command has printed is told while it runs, and not too often', async () => {
  const shell = started();
  const told: string[] = [];
  const release = join(folder, 'release');
  const over = run(
    shell,
    `echo first; for i in $(seq 2000); do echo $i; done; while [ ! -e '${release}' ]; do sleep 0.01; done`,
    {
      progress: output => told.push(output),
    },
  );
  await eventually(() => assert.match(told.at(-1) ?? '', /^first\n1\n[^]*\n2000\n$/));
  assert.ok(told.length < 20, `${told.length}`);
  await run(started(), `touch '${release}'`);
  assert.equal((await over).end.kind, 'exited');
});

test('after its time a command ends, with what it has started', async () => {
  const shell = started();
  const { output, end } = await run(shell, 'echo $$; sleep 1000', { timeoutMs: 300 });
  assert.deepEqual(end, { kind: 'tookTooLong' });
  await eventually(() => assert.equal(isAlive(Number(output)), false));
});

test('Stop ends all that a command has started, whatever that has done to get away', async () => {
  const escapes = {
    two: 'sleep 1000 & echo $! >pids; sleep 1000',
    session: 'setsid sleep 1000 & echo $! >pids; sleep 1000',
    forked: "setsid sh -c 'sleep 1000 & echo $! >pids' & sleep 1000",
    emptied: "env -i setsid sh -c '/bin/sleep 1000 & echo $! >pids' & sleep 1000",
    deaf: 'sh -c \'trap "" TERM INT HUP; echo $$ >pids; while :; do sleep 1; done\'',
    jobs: 'set -m; sleep 1000 & echo $! >pids; fg',
  };
  for (const [name, command] of Object.entries(escapes)) {
    const shell = started();
    const abort = new AbortController();
    await run(shell, `mkdir ${name}; cd ${name}`);
    const over = run(shell, command, { signal: abort.signal });
    const file = join(folder, name, 'pids');
    await eventually(() => assert.ok(existsSync(file)));
    const pid = Number((await run(started(), `while [ ! -s '${file}' ]; do sleep 0.01; done; cat '${file}'`)).output);
    assert.ok(isAlive(pid), name);
    abort.abort();
    assert.deepEqual((await over).end, { kind: 'stopped' });
    await eventually(() => assert.equal(isAlive(pid), false, name));
  }
});

test('a shell that is killed, or can’t be started, is told as one that has ended', async () => {
  assert.deepEqual((await run(started(), 'kill -9 $$')).end, { kind: 'shellEnded', code: 137 });
  const none = new PersistentShell({ program: { ...bash, file: '/no/bash' }, folder, environment: {} });
  assert.deepEqual((await run(none, 'echo a')).end, { kind: 'shellEnded', code: 127 });
  const nowhere = new PersistentShell({ program: bash, folder: '/no/folder', environment: {} });
  assert.equal((await run(nowhere, 'echo a')).end.kind, 'shellEnded');
});

test('ten megabytes are kept from front and end', async () => {
  const shell = started();
  const { output } = await run(shell, 'seq 1400000; echo over');
  assert.ok(output.length < 30_000);
  assert.match(output, /^1\n2\n[^]*\n\[… 13\d{5} lines left out …\]\n[^]*\n1400000\nover\n$/);
});
