import type { DatabaseSync } from 'node:sqlite';

/** Characters of a piece of a longer word, and those that it shares with the next one: so much of a term is in one piece. */
const piece = { characters: 64, shared: 32 };
/** Words that hold a part, and texts that hold one of them: beyond these, the part is too frequent to narrow a search. */
const most = { words: 64, texts: 2_000 };

/**
 * Which words stand in which texts, for the terms that trigrams can't tell: parts whose trigrams are in nearly all texts,
 * and that are in few or in none. Words are those of ASCII letters, digits and `_`; each is found by any part of it.
 */
export class WordIndex {
  readonly #database: DatabaseSync;
  /** Its beginning when all texts were in it or due. Others would be missed: nothing is said of terms before. */
  #completeSince: number | undefined;

  constructor(database: DatabaseSync) {
    this.#database = database;
    // Contentless: its rows are taken out by the words of the text, so `wordsOf` may not change without another table.
    // Words are as good as text: what is taken out is gone at once.
    database.exec(
      `CREATE TABLE IF NOT EXISTS word_texts (id INTEGER PRIMARY KEY, length INTEGER NOT NULL) STRICT;
       CREATE TABLE IF NOT EXISTS word_dues (id INTEGER PRIMARY KEY) STRICT;
       CREATE TABLE IF NOT EXISTS words (id INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE) STRICT;
       CREATE VIRTUAL TABLE IF NOT EXISTS word_uses
         USING fts5 (words, content = '', columnsize = 0, detail = none, tokenize = "ascii tokenchars '_'");
       CREATE VIRTUAL TABLE IF NOT EXISTS word_parts
         USING fts5 (word, content = 'words', content_rowid = 'id', columnsize = 0, tokenize = 'trigram');`,
    );
    for (const table of ['word_uses', 'word_parts']) {
      const config = database.prepare(`SELECT v FROM ${table}_config WHERE k = 'secure-delete'`).get();
      if (config?.['v'] !== 1) database.exec(`INSERT INTO ${table} (${table}, rank) VALUES ('secure-delete', 1)`);
    }
  }

  static drop(database: DatabaseSync): void {
    for (const table of ['word_parts', 'word_uses', 'words', 'word_dues', 'word_texts'])
      database.exec(`DROP TABLE IF EXISTS ${table}`);
  }

  /** Adds a text, or replaces `old`. False where another one than that is in it: then nothing can be replaced. */
  put(rowid: number, text: string | undefined, old: string | undefined): boolean {
    const length = this.#lengthOf(rowid);
    if (length !== undefined && length !== old?.length) return false;
    const before = length === undefined || old === undefined ? [] : wordsOf(old);
    const after = text === undefined ? [] : wordsOf(text);
    const isSame = before.length === after.length && before.every((word, at) => word === after[at]);
    if (!isSame) {
      if (before.length > 0) {
        this.#database
          .prepare("INSERT INTO word_uses (word_uses, rowid, words) VALUES ('delete', ?, ?)")
          .run(rowid, before.join(' '));
      }
      if (after.length > 0) {
        this.#database.prepare('INSERT INTO word_uses (rowid, words) VALUES (?, ?)').run(rowid, after.join(' '));
        this.#learn(after);
      }
      const kept = new Set(after);
      this.#forgetUnused(before.filter(word => !kept.has(word)));
    }
    if (text === undefined) this.#database.prepare('DELETE FROM word_texts WHERE id = ?').run(rowid);
    else this.#database.prepare('INSERT OR REPLACE INTO word_texts VALUES (?, ?)').run(rowid, text.length);
    this.#database.prepare('DELETE FROM word_dues WHERE id = ?').run(rowid);
    return true;
  }

  /** Takes `old` out; another text, which is due from then on, takes its place. False as `put` says it. */
  postpone(rowid: number, old: string | undefined): boolean {
    if (!this.put(rowid, undefined, old)) return false;
    this.#database.prepare('INSERT INTO word_dues VALUES (?)').run(rowid);
    return true;
  }

  /** Another number once its tables, or others of the file, were made anew, by whichever window. */
  get beginning(): number {
    return Number(this.#database.prepare('PRAGMA schema_version').get()?.['schema_version']);
  }

  /** All texts are in it, or due, if it has this beginning still. */
  completed(beginning: number): void {
    this.#completeSince = beginning;
    // A turn may have gone before its words came.
    const gone = 'id NOT IN (SELECT rowid FROM turns)';
    if (this.#database.prepare(`SELECT 1 FROM word_dues WHERE ${gone} LIMIT 1`).get())
      this.#database.exec(`DELETE FROM word_dues WHERE ${gone}`);
  }

  get #isComplete(): boolean {
    return this.#completeSince !== undefined && this.#completeSince === this.beginning;
  }

  /** Texts that were put since the words were last caught up with. */
  get #due(): number[] {
    return this.#database
      .prepare('SELECT id FROM word_dues')
      .all()
      .map(({ id }) => Number(id));
  }

  /** Whether no word holds a part of a term: then no text holds the term. */
  isNowhere(terms: readonly string[]): boolean {
    const holds = this.#database.prepare('SELECT 1 FROM word_parts WHERE word_parts MATCH ? LIMIT 1');
    if (!this.#isComplete || this.#due.length > 0) return false;
    return partsOf(terms).some(part => !holds.get(`"${part}"`));
  }

  /** The texts that may hold all the terms, the newest first; undefined where no term is rare enough to tell. */
  rowids(terms: readonly string[]): number[] | undefined {
    if (!this.#isComplete) return undefined;
    let all: number[] | undefined;
    for (const part of partsOf(terms)) {
      const holding = this.#holding(part);
      if (!holding) continue;
      const held = new Set(holding);
      all = all ? all.filter(rowid => held.has(rowid)) : holding;
    }
    return all && [...new Set([...all, ...this.#due])].toSorted((one, other) => other - one);
  }

  /** Undefined where they are too many. */
  #holding(part: string): number[] | undefined {
    const words = this.#database
      .prepare('SELECT w.word FROM word_parts p JOIN words w ON w.id = p.rowid WHERE word_parts MATCH ? LIMIT ?')
      .all(`"${part}"`, most.words + 1);
    if (words.length > most.words) return undefined;
    if (words.length === 0) return [];
    const any = words.map(({ word }) => `"${String(word)}"`).join(' OR ');
    const row = this.#database
      .prepare(
        `SELECT group_concat(rowid) AS rowids
         FROM (SELECT rowid FROM word_uses WHERE word_uses MATCH ? ORDER BY rowid DESC LIMIT ?)`,
      )
      .get(any, most.texts + 1);
    const rowids = numbersIn(row?.['rowids']);
    return rowids.length > most.texts ? undefined : rowids;
  }

  #lengthOf(rowid: number): number | undefined {
    const row = this.#database.prepare('SELECT length FROM word_texts WHERE id = ?').get(rowid);
    return row && Number(row['length']);
  }

  #learn(words: readonly string[]): void {
    const unknown = this.#database
      .prepare('SELECT value AS word FROM json_each(?) WHERE NOT EXISTS (SELECT 1 FROM words WHERE word = value)')
      .all(JSON.stringify(words));
    const learn = this.#database.prepare('INSERT INTO words (word) VALUES (?)');
    const part = this.#database.prepare('INSERT INTO word_parts (rowid, word) VALUES (?, ?)');
    for (const { word = null } of unknown) part.run(learn.run(word).lastInsertRowid, word);
  }

  #forgetUnused(words: readonly string[]): void {
    const isUsed = this.#database.prepare('SELECT 1 FROM word_uses WHERE word_uses MATCH ? LIMIT 1');
    const idOf = this.#database.prepare('SELECT id FROM words WHERE word = ?');
    const forgetParts = this.#database.prepare(
      "INSERT INTO word_parts (word_parts, rowid, word) VALUES ('delete', ?, ?)",
    );
    const forget = this.#database.prepare('DELETE FROM words WHERE id = ?');
    for (const word of words) {
      if (isUsed.get(`"${word}"`)) continue;
      const { id = null } = idOf.get(word) ?? {};
      forgetParts.run(id, word);
      forget.run(id);
    }
  }
}

/** Of terms, what words are made of: each stands in one word of a text that holds the term. */
function partsOf(terms: readonly string[]): string[] {
  return terms.flatMap(term =>
    Array.from(term.matchAll(/[A-Za-z\d_]{3,}/g), ([part]) => part.toLowerCase().slice(0, piece.shared)),
  );
}

/** What `group_concat` has made of numbers. */
export function numbersIn(text: unknown): number[] {
  return typeof text === 'string' ? text.split(',').map(Number) : [];
}

/** The words of a text, each once; those that are too short for a trigram are left out. */
function wordsOf(text: string): string[] {
  const words = new Set<string>();
  for (const [word] of text.matchAll(/[A-Za-z\d_]{3,}/g)) {
    const lower = word.toLowerCase();
    let start = 0;
    for (; start + piece.characters < lower.length; start += piece.characters - piece.shared) {
      words.add(lower.slice(start, start + piece.characters));
    }
    words.add(lower.slice(start));
  }
  return [...words];
}
