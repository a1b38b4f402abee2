import type { DatabaseSync } from 'node:sqlite';
import { hasSimpleCase, holdsAll, likePattern, patternsOf } from '../history/searchTerms.ts';
import { numbersIn, WordIndex } from './wordIndex.ts';

/** A text that holds what was looked for. */
export interface TextHit {
  rowid: number;
  /** All of it, or what stands around the first term. */
  text: string;
  /** Characters that stand before that. */
  cutBefore: number;
}

/** The trigrams that one short term may stand for; more than these are no better than reading all texts. */
const mostTrigrams = 500;

/** Candidates that are fetched at first, which most often are enough, and then at a time. */
const firstCandidates = 200;
const mostCandidates = 1_000;
/** Candidates that do not hold what is looked for, after which the words are asked as well. */
const mostMissed = 100;
/** Milliseconds of a search without a pause. */
const stepMs = 8;

/**
 * The texts of turns, found by any part of them. FTS5 with trigrams finds Japanese, Chinese and code as it finds words;
 * where the SQLite at hand lacks it, all texts are read. The newest come first.
 */
export class TextIndex {
  readonly #database: DatabaseSync;
  #isIndexed: boolean;
  #words: WordIndex | undefined;
  /** The beginning of the words that `lacking` has asked. */
  #askedBeginning: number | undefined;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#isIndexed = createIndex(database);
    this.#words = this.#isIndexed ? new WordIndex(database) : undefined;
  }

  /**
   * Adds the text of the turn with this rowid, or replaces it. Its words lack from then on: they would make saving a turn
   * half as long again, for searches alone.
   */
  put(rowid: number, text: string): void {
    const put = padded(text);
    const old = this.#textOf(rowid);
    if (put === old) return;
    this.#changeWords(words => words.postpone(rowid, old));
    if (old !== undefined) this.#delete(rowid);
    this.#database.prepare('INSERT INTO texts (rowid, text) VALUES (?, ?)').run(rowid, put);
  }

  /** The same, with its words. */
  putWhole(rowid: number, text: string): void {
    this.put(rowid, text);
    const put = padded(text);
    this.#changeWords(words => words.put(rowid, put, put));
  }

  /** Throws everything away; what is stored has to be put again. */
  renew(): void {
    WordIndex.drop(this.#database);
    this.#database.exec('DROP TABLE IF EXISTS trigrams; DROP TABLE IF EXISTS texts');
    this.#isIndexed = createIndex(this.#database);
    this.#words = this.#isIndexed ? new WordIndex(this.#database) : undefined;
  }

  remove(rowid: number): void {
    const old = this.#textOf(rowid);
    this.#changeWords(words => words.put(rowid, undefined, old));
    this.#delete(rowid);
  }

  /** Removes texts for good: otherwise their trigrams stay until the index is next put in order. */
  erase(rowids: readonly number[]): void {
    this.#keepNothing(true);
    try {
      for (const rowid of rowids) this.remove(rowid);
    } finally {
      // It takes much longer than removing, which is done whenever a text is replaced.
      this.#keepNothing(false);
    }
  }

  /** Turns whose text, or the words of it, are not in the index, the oldest first. */
  lacking(): number[] {
    this.#askedBeginning = this.#words?.beginning;
    const isThere = this.#words
      ? 'EXISTS (SELECT 1 FROM word_texts JOIN texts_docsize USING (id) WHERE id = turns.rowid)'
      : 'rowid IN (SELECT rowid FROM texts)';
    // Read from an index that holds little else: among the turns stand their records.
    const row = this.#database
      .prepare(`SELECT group_concat(rowid) AS rowids FROM turns INDEXED BY turns_by_conversation WHERE NOT ${isThere}`)
      .get();
    return numbersIn(row?.['rowids']).toSorted((one, other) => one - other);
  }

  /** All that lacked was put: what no word holds is in no text but those that are put from now on. */
  completed(): void {
    if (this.#askedBeginning !== undefined) this.#words?.completed(this.#askedBeginning);
  }

  #textOf(rowid: number): string | undefined {
    const text = this.#database.prepare('SELECT text FROM texts WHERE rowid = ?').get(rowid)?.['text'];
    return typeof text === 'string' ? text : undefined;
  }

  #delete(rowid: number): void {
    this.#database.prepare('DELETE FROM texts WHERE rowid = ?').run(rowid);
  }

  /** `change` returns false where a window with an earlier version has written the text: then the words begin anew. */
  #changeWords(change: (words: WordIndex) => boolean): void {
    if (!this.#words || change(this.#words)) return;
    WordIndex.drop(this.#database);
    this.#words = new WordIndex(this.#database);
    change(this.#words);
  }

  #keepNothing(isOn: boolean): void {
    if (!this.#isIndexed) return;
    this.#database.prepare("INSERT INTO texts (texts, rank) VALUES ('secure-delete', ?)").run(BigInt(isOn));
  }

  /**
   * Texts that hold all the terms, the newest first, read as they are asked for, and where `isWanted` says so. Between
   * them undefined, each time that some milliseconds have gone by: parts of words that are frequent and never stand
   * together take a second, in which others want to work.
   */
  *search(
    terms: readonly string[],
    isWanted: (rowid: number) => boolean = () => true,
  ): Generator<TextHit | undefined, void> {
    const step = new ReadStep(this.#database);
    try {
      step.begin();
      const holding = holdingText(this.#database, terms);
      let missed = 0;
      for (const rowids of this.#candidates(terms, () => missed > mostMissed)) {
        for (const rowid of rowids) {
          if (isWanted(rowid)) {
            const held = holding(rowid);
            if (held) yield { rowid, ...held };
            else missed++;
          }
          if (!step.isOver) continue;
          step.end();
          yield undefined;
          step.begin();
        }
      }
    } finally {
      step.end();
    }
  }

  /** The rows that may hold all the terms, the newest first. `isPoor`: most of them did not. */
  *#candidates(terms: readonly string[], isPoor: () => boolean): Generator<number[], void> {
    const simple = terms.filter(hasSimpleCase);
    if (this.#words?.isNowhere(simple)) return;
    const matches = this.#isIndexed ? this.#matches(terms) : [];
    if (!matches) return;
    const conditions = [...matches.map(() => 'texts MATCH ?'), 'rowid < ?'].join(' AND ');
    // Handed over as one text, which takes half as long as rows.
    const below = this.#database.prepare(
      `SELECT group_concat(rowid) AS rowids
       FROM (SELECT rowid FROM texts WHERE ${conditions} ORDER BY rowid DESC LIMIT ?)`,
    );
    let rowids: number[] = [];
    let limit = 0;
    for (;;) {
      limit = limit === 0 ? firstCandidates : mostCandidates;
      // The index takes a bound that is a whole number alone; numbers are handed over as those with a point.
      const end = rowids.at(-1) ?? Number.MAX_SAFE_INTEGER;
      const found = numbersIn(below.get(...matches, BigInt(end), limit)?.['rowids']);
      // A broken index may not keep to the bound, and would be read for ever.
      rowids = found.filter(rowid => rowid < end);
      yield rowids;
      const last = rowids.at(-1);
      if (last === undefined || rowids.length < limit) return;
      const rare = isPoor() ? this.#words?.rowids(simple) : undefined;
      if (!rare) continue;
      yield rare.filter(rowid => rowid < last);
      return;
    }
  }

  /** What the index is asked for; undefined where it holds a term nowhere. */
  #matches(terms: readonly string[]): string[] | undefined {
    const matches: string[] = [];
    for (const term of terms) {
      const characters = Array.from(term);
      const trigrams = characters.slice(2).map((_, at) => characters.slice(at, at + 3).join(''));
      if (trigrams.length > 0) {
        matches.push(trigrams.map(quoted).join(' AND '));
        continue;
      }
      const beginning = this.#trigramsFrom(term);
      if (beginning?.length === 0) return undefined;
      if (beginning) matches.push(beginning.map(quoted).join(' OR '));
    }
    return matches;
  }

  /** The trigrams of the index that begin with a term of one or two characters; undefined where they are too many. */
  #trigramsFrom(term: string): string[] | undefined {
    const first = term.toLowerCase();
    const rows = this.#database
      .prepare('SELECT term FROM trigrams WHERE term >= ? AND term < ? LIMIT ?')
      .all(first, `${first}\u{10FFFF}`, mostTrigrams + 1);
    return rows.length > mostTrigrams ? undefined : rows.map(row => String(row['term']));
  }
}

/** Characters of a text that are handed over before what was found in it, and all together. */
const handedOver = { before: 200, altogether: 600 };

/** What gives the text of a row where it holds all the terms; most of a long one is not handed over where it need not be. */
function holdingText(
  database: DatabaseSync,
  terms: readonly string[],
): (rowid: number) => Omit<TextHit, 'rowid'> | undefined {
  // The database reads much faster than a text is handed over, but knows upper and lower case of ASCII alone.
  const simple = terms.filter(hasSimpleCase);
  const patterns = patternsOf(terms.filter(term => !hasSimpleCase(term)));
  const conditions = `rowid = ? ${simple.map(() => `AND +text LIKE ? ESCAPE '\\'`).join(' ')}`;
  const like = simple.map(likePattern);
  const whole = database.prepare(`SELECT text FROM texts WHERE ${conditions}`);
  const wholeOf = (rowid: number): Omit<TextHit, 'rowid'> | undefined => {
    const text = whole.get(rowid, ...like)?.['text'];
    return typeof text === 'string' && holdsAll(text, patterns) ? { text, cutBefore: 0 } : undefined;
  };
  const [first] = terms;
  if (patterns.length > 0 || first === undefined) return wholeOf;
  const [like0, ...likeOthers] = like;
  const around = database.prepare(
    // The limit keeps SQLite from looking for it once for each time that `at` is named. Where the text holds it in other
    // letters, of upper or lower case, all is handed over.
    `SELECT at, CASE WHEN at > 0 THEN substr(text, max(1, at - ${handedOver.before}), ${handedOver.altogether}) ELSE text END AS text
     FROM (SELECT text, instr(text, ?) AS at FROM texts
           WHERE rowid = ? ${likeOthers.map(() => `AND +text LIKE ? ESCAPE '\\'`).join(' ')} LIMIT 1)
     WHERE at > 0 OR text LIKE ? ESCAPE '\\'`,
  );
  return rowid => {
    const row = around.get(first, rowid, ...likeOthers, like0 ?? '');
    return row && { text: String(row['text']), cutBefore: Math.max(0, Number(row['at']) - handedOver.before - 1) };
  };
}

/** Some milliseconds of reading in one transaction: each statement by itself would lock the file and let it go again. */
class ReadStep {
  readonly #database: DatabaseSync;
  #endsAt: number | undefined;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  get isOver(): boolean {
    return this.#endsAt !== undefined && performance.now() >= this.#endsAt;
  }

  begin(): void {
    this.#database.exec('BEGIN');
    this.#endsAt = performance.now() + stepMs;
  }

  end(): void {
    if (this.#endsAt === undefined) return;
    this.#endsAt = undefined;
    try {
      this.#database.exec('COMMIT');
    } catch {
      // What went wrong in it has ended it, and this error would hide the first.
    }
  }
}

/** A short term is found by the trigrams that begin with it: the last characters of a text begin some, too. */
function padded(text: string): string {
  return `${text}\n\n`;
}

function quoted(trigram: string): string {
  return `"${trigram.replaceAll('"', '""')}"`;
}

/** False where there is no FTS5: then the texts stand in an ordinary table. */
function createIndex(database: DatabaseSync): boolean {
  const existing = database.prepare("SELECT sql FROM sqlite_master WHERE name = 'texts'").get();
  if (existing && !String(existing['sql']).includes('fts5')) return false;
  try {
    database.exec(
      `CREATE VIRTUAL TABLE IF NOT EXISTS texts USING fts5 (text, tokenize = 'trigram', detail = none);
       CREATE VIRTUAL TABLE IF NOT EXISTS trigrams USING fts5vocab (texts, row);`,
    );
    return true;
  } catch (error) {
    if (existing || !(error instanceof Error) || !error.message.includes('fts5')) throw error;
    database.exec('CREATE TABLE texts (text TEXT NOT NULL) STRICT');
    return false;
  }
}
