import { execFileSync } from 'node:child_process';
import { appendFileSync, globSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { irregular } from '../../harness/endpoint/random.ts';
import { Scans } from '../../src/core/checkpoints/scans.ts';
import { openSqliteCheckpoints } from '../../src/core/checkpoints/sqliteCheckpoints.ts';
import { median, ms, type Row, table } from '../startup/table.ts';

const files = 10_000;
/** Of each file, as of sources. */
const characters = 4_000;
/** Files that the program between the two scans changes. */
const changed = 20;
/** Milliseconds that each scan may take. */
const most = 1_000;

interface Options {
  quick: boolean;
  rounds: number | undefined;
}

/** A checkpoint around a program in a repository of 10,000 files, beside what a commit of them takes. Prints a Markdown table. */
export async function run({ quick, rounds = quick ? 1 : 5 }: Options): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-checkpoints-'));
  try {
    const times: Times = { first: [], before: [], after: [], git: [] };
    let isUntouched = true;
    for (let round = 0; round < rounds; round++) {
      const root = join(folder, `work${round}`);
      fill(root);
      git(root, 'init', '--quiet');
      times.git.push(timed(() => commit(root)));
      const repository = sumOf(root);
      const kept = openSqliteCheckpoints(join(folder, `${round}.sqlite`));
      const scans = new Scans(kept);
      const roots = [{ path: root, name: '' }];
      let scan = 0;
      times.first.push(timed(() => (scan = scans.before(roots))));
      scans.after(scan, whose);
      times.before.push(timed(() => (scan = scans.before(roots))));
      for (let number = 0; number < changed; number++) appendFileSync(join(root, nameOf(number * 97)), 'more\n');
      times.after.push(timed(() => scans.after(scan, whose)));
      if (kept.changes(whose.conversationId).length !== changed) throw new Error('Not all changes were found.');
      isUntouched &&= sumOf(root) === repository;
      kept.close();
      rmSync(root, { recursive: true });
    }
    console.log(table(rowsOf(times, isUntouched)));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const whose = { conversationId: 'c', turnId: 't' };

interface Time {
  cpu: number;
  wall: number;
}

type Times = Record<'first' | 'before' | 'after' | 'git', Time[]>;

function rowsOf(times: Times, isUntouched: boolean): Row[] {
  const aim = `≤ ${ms(most)}`;
  const wall = (measured: Time[]): string => ms(median(measured.map(time => time.wall)));
  const row = (what: string, measured: Time[]): Row => {
    const cpu = median(measured.map(time => time.cpu));
    return { what, measured: `${ms(cpu)} CPU, ${wall(measured)}`, aim, isMet: cpu <= most };
  };
  return [
    row('10,000 files of 4 KB that no scan has seen, taken in before a program runs', times.first),
    row('the same, which an earlier scan has seen', times.before),
    row('compared after the program, with 20 files changed', times.after),
    { what: 'beside that: `git add` and `git commit` of the same files', measured: wall(times.git) },
    {
      what: 'the repository’s own folder, compared before and after',
      measured: isUntouched ? 'the same' : 'another',
      aim: 'the same',
      isMet: isUntouched,
    },
  ];
}

function fill(root: string): void {
  const random = irregular('checkpoints');
  for (let number = 0; number < files; number++) {
    const file = join(root, nameOf(number));
    if (number % 100 === 0) mkdirSync(dirname(file), { recursive: true });
    const line = `const value${number} = ${random()};\n`;
    writeFileSync(file, line.repeat(Math.ceil(characters / line.length)));
  }
}

function nameOf(number: number): string {
  return `src/part${Math.floor(number / 100)}/file${number}.ts`;
}

function commit(root: string): void {
  git(root, 'add', '.');
  git(root, '-c', 'user.name=u', '-c', 'user.email=u@example.org', 'commit', '--quiet', '-m', 'first');
}

function git(root: string, ...args: string[]): void {
  // What git tidies by itself later would look like a change of ours.
  execFileSync('git', ['-c', 'gc.auto=0', '-c', 'maintenance.auto=false', ...args], { cwd: root, stdio: 'ignore' });
}

/** Of all that lies in the repository’s own folder: names, sizes and times. */
function sumOf(root: string): string {
  return globSync('.git/**', { cwd: root })
    .map(name => ({ name, stats: statSync(join(root, name)) }))
    .map(({ name, stats }) => `${name} ${stats.size} ${stats.mtimeMs}`)
    .join('\n');
}

/** Milliseconds of the processor's, which other work adds less to, and on the wall. */
function timed(work: () => unknown): Time {
  const startedAt = performance.now();
  const usedBefore = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(usedBefore);
  return { cpu: (user + system) / 1_000, wall: performance.now() - startedAt };
}
