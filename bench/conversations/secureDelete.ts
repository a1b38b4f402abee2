import { statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { median, ms, type Row } from '../startup/table.ts';

/** Of an answer of 100 KB: how often it is saved, and how much longer it is each time. */
const saves = { count: 22, characters: 4_500 };
/** Answers of which the median counts. */
const rounds = 20;

interface Saved {
  cpuMs: number[];
  logBytes: number;
}

/** What it takes that what is replaced is overwritten as well: the saves of a growing answer, with and without, by turns. */
export function secureDelete(folder: string): Row[] {
  const modes = ['ON', 'OFF'] as const;
  const databases = { ON: open(folder, 'ON'), OFF: open(folder, 'OFF') };
  const saved: Record<(typeof modes)[number], Saved> = { ON: noneYet(), OFF: noneYet() };
  for (let round = 0; round < rounds; round++) {
    for (const mode of round % 2 === 0 ? modes : modes.toReversed()) {
      const before = process.cpuUsage();
      saveAnswer(databases[mode]);
      const { user, system } = process.cpuUsage(before);
      saved[mode].cpuMs.push((user + system) / 1_000);
      saved[mode].logBytes = statSync(`${pathOf(folder, mode)}-wal`).size;
      databases[mode].exec('PRAGMA wal_checkpoint(TRUNCATE)');
    }
  }
  for (const mode of modes) databases[mode].close();
  const told = (of: (one: Saved) => string): string => modes.map(mode => of(saved[mode])).join(' : ');
  return [
    {
      what: 'the 22 saves of an answer of 100 KB with what they replace overwritten, beside the same without: CPU',
      measured: told(({ cpuMs }) => ms(median(cpuMs))),
    },
    { what: 'the same: written to the log', measured: told(({ logBytes }) => `${(logBytes / 1e6).toFixed(2)} MB`) },
  ];
}

function noneYet(): Saved {
  return { cpuMs: [], logBytes: 0 };
}

function pathOf(folder: string, mode: string): string {
  return join(folder, `secure-delete-${mode}.sqlite`);
}

function open(folder: string, mode: string): DatabaseSync {
  const database = new DatabaseSync(pathOf(folder, mode));
  database.exec(
    `PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0; PRAGMA secure_delete = ${mode};
     CREATE TABLE turns (id TEXT PRIMARY KEY, record TEXT NOT NULL) STRICT; INSERT INTO turns VALUES ('answer', '')`,
  );
  return database;
}

function saveAnswer(database: DatabaseSync): void {
  const save = database.prepare("UPDATE turns SET record = ? WHERE id = 'answer'");
  for (let at = 1; at <= saves.count; at++) save.run('Some words of it. '.repeat((at * saves.characters) / 18));
}
