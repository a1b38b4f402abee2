import type { DatabaseSync } from 'node:sqlite';
import { hasSimpleCase, holdsAll, likePattern, patternsOf } from '../history/searchTerms.ts';

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
/** Milliseconds of a search without a pause. */
const stepMs = 8;

/**
 * The texts of turns, found by any part of them. FTS5 with trigrams finds Japanese, Chinese and code as it finds words;
 * where the SQLite at hand lacks it, all texts are read. The newest come first.
 */
export class TextIndex {
  readonly #database: DatabaseSync;
  #isIndexed: boolean;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#isIndexed = createIndex(database);
  }

  /** Adds the text of the turn with this rowid, or replaces it. */
  put(rowid: number, text: string): void {
    this.remove(rowid);
    // A short term is found by the trigrams that begin with it: the last characters begin some, too.
    this.#database.prepare('INSERT INTO texts (rowid, text) VALUES (?, ?)').run(rowid, `${text}\n\n`);
  }

  /** Throws everything away; what is stored has to be put again. */
  renew(): void {
    this.#database.exec('DROP TABLE IF EXISTS trigrams; DROP TABLE IF EXISTS texts');
    this.#isIndexed = createIndex(this.#database);
  }

  remove(rowid: number): void {
    this.#database.prepare('DELETE FROM texts WHERE rowid = ?').run(rowid);
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
    const holding = holdingText(this.#database, terms);
    let pauseAt = performance.now() + stepMs;
    for (const rowids of this.#candidates(terms)) {
      for (const rowid of rowids) {
        const held = isWanted(rowid) ? holding(rowid) : undefined;
        if (held) yield { rowid, ...held };
        if (performance.now() < pauseAt) continue;
        yield undefined;
        pauseAt = performance.now() + stepMs;
      }
    }
  }

  /** The rows that may hold all the terms, the newest first. */
  *#candidates(terms: readonly string[]): Generator<number[], void> {
    const matches = this.#isIndexed ? this.#matches(terms) : [];
    if (!matches) return;
    const conditions = [...matches.map(() => 'texts MATCH ?'), 'rowid < ?'].join(' AND ');
    const below = this.#database.prepare(`SELECT rowid FROM texts WHERE ${conditions} ORDER BY rowid DESC LIMIT ?`);
    let rowids: number[] = [];
    let limit = 0;
    do {
      limit = limit === 0 ? firstCandidates : mostCandidates;
      // The index takes a bound that is a whole number alone; numbers are handed over as those with a point.
      const end = rowids.at(-1) ?? Number.MAX_SAFE_INTEGER;
      const found = below.all(...matches, BigInt(end), limit).map(row => Number(row['rowid']));
      // A broken index may not keep to the bound, and would be read for ever.
      rowids = found.filter(rowid => rowid < end);
      yield rowids;
    } while (rowids.length === limit);
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
  const around = database.prepare(
    // Looked for twice: put into a query of its own, what is found would be copied, which takes longer.
    `SELECT instr(text, ?1) AS at,
       substr(text, max(1, instr(text, ?1) - ${handedOver.before}), ${handedOver.altogether}) AS text
     FROM texts WHERE ${conditions}`,
  );
  return rowid => {
    const row = around.get(first, rowid, ...like);
    if (!row) return undefined;
    const at = Number(row['at']);
    // It stands there in other letters, of upper or lower case.
    if (at === 0) return wholeOf(rowid);
    return { text: String(row['text']), cutBefore: Math.max(0, at - handedOver.before - 1) };
  };
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
