import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { ensureEditor } from '../../harness/editor/install.ts';
import { irregular } from '../../harness/endpoint/random.ts';
import { openSqliteStore, type SqliteStore } from '../../src/core/store/sqliteStore.ts';
import { appended } from '../../src/core/conversation/store.ts';
import { answerText } from '../../src/core/conversation/turns.ts';
import { median, ms, p95, type Row, table } from '../startup/table.ts';
import { carrying } from './carrying.ts';
import { conversation, searchedTerms } from './corpus.ts';
import { saving } from './saving.ts';
import { secureDelete } from './secureDelete.ts';
import { switching } from './switching.ts';

const runFile = promisify(execFile);

/** Characters of each conversation. */
const characters = 100_000;
/** More than the first page of the list of earlier conversations, and as many as a search finds. */
const most = { listed: 500, found: 100 };

interface Options {
  quick: boolean;
  /** Of the parts that can be measured alone: `searching`, `switching` and `saving`. */
  only: readonly string[];
  rounds: number | undefined;
}

/** Everything around stored conversations: 10,000 of 100 KB, with `--quick` 1,000. Prints a Markdown table. */
export async function run({ quick, only, rounds = 5 }: Options): Promise<void> {
  const count = quick ? 1_000 : 10_000;
  const folder = await mkdtemp(join(tmpdir(), 'bench-conversations-'));
  const path = join(folder, 'conversations.sqlite');
  try {
    if (only.length > 0) {
      if (only.includes('searching'))
        console.log(table(await searchingAlone(path, join(folder, 'texts'), count, rounds)));
      if (only.includes('saving')) console.log(table([...(await saving(path)), ...secureDelete(folder)]));
      if (only.includes('switching')) console.log(table(await switching(2 * rounds)));
      return;
    }
    const texts = join(folder, 'texts');
    const store = fill(path, texts, count);
    const rows = [listing(store, rounds), ...(await searching(store, texts, rounds)), opening(store, count)];
    store.close();
    rows.push(...(await saving(path)), ...secureDelete(folder));
    rows.push(await memory(path));
    rows.push(...(await carrying(rounds)), ...(await switching(2 * rounds)));
    console.log(`${count.toLocaleString('en')} conversations of ${characters / 1_000} KB\n\n${table(rows)}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function searchingAlone(path: string, texts: string, count: number, rounds: number): Promise<Row[]> {
  const store = fill(path, texts, count);
  try {
    return await searching(store, texts, rounds);
  } finally {
    store.close();
  }
}

/** The same texts in a database and as files, one for each conversation. */
function fill(path: string, texts: string, count: number): SqliteStore {
  mkdirSync(texts);
  const store = openSqliteStore(path);
  const startedAt = performance.now();
  for (let number = 0; number < count; number++) {
    const turns = conversation(number, characters);
    store.write([
      ...turns.flatMap((turn, at) => appended(`c${number}`, turn, turns[at - 1]?.id ?? null)),
      { type: 'set', conversationId: `c${number}`, parts: { title: `Conversation ${number}` } },
    ]);
    const all = turns.map(turn => (turn.role === 'user' ? turn.text : answerText(turn))).join('\n');
    writeFileSync(join(texts, `c${number}.txt`), all);
    if (number % 500 === 499) {
      console.error(`${number + 1} stored, ${((performance.now() - startedAt) / 1_000).toFixed(0)} s`);
    }
  }
  return store;
}

function timed(work: () => unknown): number {
  const before = performance.now();
  work();
  return performance.now() - before;
}

function listing(store: SqliteStore, rounds: number): Row {
  const times = Array.from({ length: rounds * 4 }, () =>
    timed(() => store.history.list({ shelf: 'current', limit: most.listed })),
  );
  return {
    what: 'opening the history: its first list, median and p95',
    measured: `${ms(median(times))}, ${ms(p95(times))}`,
    aim: 'no visible wait (16 ms)',
    isMet: p95(times) <= 16,
  };
}

async function searching(store: SqliteStore, texts: string, rounds: number): Promise<Row[]> {
  const rg = await ripgrep();
  // As when the history is opened.
  while (store.history.catchUp());
  const ours: number[] = [];
  const theirs: number[] = [];
  const found = new Map<string, string>();
  // The first round warms both.
  for (let round = 0; round <= rounds; round++) {
    for (const term of searchedTerms) {
      let hits = 0;
      const own = timed(() => (hits = [...store.history.search(term, most.found)].at(-1)?.length ?? 0));
      const words = term.split(' ');
      let files = 0;
      const other = timed(() => (files = filesWith(rg, texts, words)));
      found.set(term, `${hits} : ${files}, ${ms(own)} : ${ms(other)}`);
      if (round === 0) continue;
      ours.push(own);
      theirs.push(other);
    }
  }
  console.error(`found by us (at most ${most.found}) and by ripgrep:`, Object.fromEntries(found));
  const ratio = median(ours) / median(theirs);
  const slow = p95(ours) / p95(theirs);
  return [
    {
      what: 'a search, median, beside ripgrep over the same texts as files',
      measured: `${ms(median(ours))} : ${ms(median(theirs))} = ${ratio.toFixed(3)}`,
      aim: '≤ 0.05',
      isMet: ratio <= 0.05,
    },
    {
      what: 'the same, p95',
      measured: `${ms(p95(ours))} : ${ms(p95(theirs))} = ${slow.toFixed(3)}`,
      aim: '≤ 0.05',
      isMet: slow <= 0.05,
    },
  ];
}

/** Files that hold the word; of several words only the longest is looked for, in ripgrep's favour. */
function filesWith(rg: string, folder: string, words: readonly string[]): number {
  const longest = words.toSorted((one, other) => other.length - one.length)[0] ?? '';
  try {
    const args = ['--files-with-matches', '--ignore-case', '--fixed-strings', '--no-ignore', '--', longest, folder];
    return execFileSync(rg, args, { encoding: 'utf8', maxBuffer: 64e6 }).trim().split('\n').length;
  } catch {
    // It ends with 1 where nothing is found.
    return 0;
  }
}

async function ripgrep(): Promise<string> {
  const editor = await ensureEditor(line => console.error(line));
  const { stdout } = await runFile('find', [
    dirname(dirname(editor.serverMain)),
    '-path',
    `*${process.platform}-${process.arch}/rg`,
  ]);
  const [found] = stdout.trim().split('\n');
  if (!found) throw new Error('The editor holds no ripgrep for this machine.');
  return found;
}

function opening(store: SqliteStore, count: number): Row {
  const random = irregular('opened');
  const times = Array.from({ length: 100 }, () => timed(() => store.load(`c${Math.floor(random() * count)}`)));
  return {
    what: 'opening a conversation, median and p95',
    measured: `${ms(median(times))}, ${ms(p95(times))}`,
    aim: 'no visible wait (16 ms)',
    isMet: p95(times) <= 16,
  };
}

async function memory(path: string): Promise<Row> {
  const ids = Array.from({ length: 20 }, (_, at) => `c${at * 7}`);
  const script = join(import.meta.dirname, 'memory.ts');
  const { stdout } = await runFile(process.execPath, ['--expose-gc', script, path, ...ids]);
  const { none, open } = JSON.parse(stdout) as { none: number; open: number };
  // Most of the texts are beyond Latin-1 somewhere, which makes two bytes of every character.
  const most = none + (20 * 2 * characters) / 1e6;
  return {
    what: 'heap with no conversation open, and with 20',
    measured: `${none.toFixed(1)} MB, ${open.toFixed(1)} MB`,
    aim: 'their texts and no more',
    isMet: open <= most * 1.1,
  };
}
