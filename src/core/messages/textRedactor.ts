import { cutEscapeAt, readEscapes } from './jsonEscapes.ts';
import { longestBegun, prefixes, vendorKey, vendorKeyBegun, vendorStarts } from './keyForms.ts';

/** What stands in the place of a key. */
export const keyMark = '[key]';

/** Characters: the longest part of a key that may be seen, and the shortest key that counts as a secret. */
export const shortestSecret = 8;

/** What to look for, made once for a key. */
export class KeySearch {
  readonly key: string;
  /** Whether a text holds a key, a part of one at its end, or an escape that may stand for one. Nearly none does. */
  readonly mayHold: RegExp;
  /** A whole key. */
  readonly whole: RegExp;
  /** At a text's end, what more characters can make a vendor's key of. */
  readonly begun = new RegExp(vendorKeyBegun, 'g');

  /** `key`: the one in use; empty where there is none, or none that is a secret. */
  constructor(key: string) {
    this.key = key;
    const own = key === '' ? [] : [key.slice(0, 4)];
    const starts = [...vendorStarts, ...own.filter(start => !vendorStarts.some(vendor => start.startsWith(vendor)))];
    const begun = prefixes(starts).map(escaped).join('|');
    this.mayHold = new RegExp(String.raw`${starts.map(escaped).join('|')}|\\u00[2-7]|\\/|(?:${begun}|\\(?:u0{0,2})?)$`);
    this.whole = new RegExp(key === '' ? vendorKey : `${escaped(key)}|${vendorKey}`, 'g');
  }

  /** Where the longest end of `text` begins that is the start of the key; the text's length where none is. */
  keyBegunAt(text: string, from: number): number {
    const first = this.key.charAt(0);
    if (first === '') return text.length;
    const earliest = Math.max(from, text.length - this.key.length + 1);
    for (let at = text.indexOf(first, earliest); at !== -1; at = text.indexOf(first, at + 1)) {
      if (this.key.startsWith(text.slice(at))) return at;
    }
    return text.length;
  }

  /** Where an end of `text` begins that may become a key; the text's length where none does. */
  begunAt(text: string, from: number): number {
    this.begun.lastIndex = Math.max(from, text.length - longestBegun);
    const vendor = this.begun.exec(text)?.index ?? text.length;
    return Math.min(vendor, this.keyBegunAt(text, from));
  }
}

/**
 * Takes keys out of a text that comes in pieces, whichever way it is cut: plain, or written with JSON's escapes. Of a
 * piece only an end is held back that may become a key with what follows; all else is handed on at once.
 */
export class TextRedactor {
  readonly #search: KeySearch;
  #held = '';
  /** What was handed on last: whether a word begins behind it decides about what follows. */
  #previous = '';
  /** Whether the text's end is a vendor's key, the rest of which is still coming. */
  #inKey = false;

  constructor(search: KeySearch) {
    this.#search = search;
  }

  /** What may be handed on of the held end and `piece`. */
  append(piece: string): string {
    if (this.#held !== '' || this.#inKey || this.#search.mayHold.test(piece)) return this.#take(this.#held + piece);
    if (piece !== '') this.#previous = piece;
    return piece;
  }

  /** The text has ended: what was held back, but for a key that was cut. */
  end(): string {
    const held = this.#held;
    this.#held = '';
    this.#previous = '';
    this.#inKey = false;
    if (held === '') return '';
    const read = readEscapes(held.slice(0, cutEscapeAt(held)));
    const start = this.#search.keyBegunAt(read.text, 0);
    return read.text.length - start < shortestSecret ? held : held.slice(0, read.writtenAt(start)) + keyMark;
  }

  #take(written: string): string {
    const cutAt = cutEscapeAt(written);
    const read = readEscapes(written.slice(0, cutAt));
    // The character before, so that the search sees where words begin.
    const text = lastCharacter(this.#previous) + read.text;
    const slice = (from: number, to: number): string =>
      written.slice(read.writtenAt(from - 1), to === text.length ? cutAt : read.writtenAt(to - 1));
    const search = this.#search;
    let done = this.#inKey ? endOfWord(text, 1) : 1;
    this.#inKey &&= done === text.length;
    const ownBegun = search.keyBegunAt(text, done);
    let out = '';
    search.whole.lastIndex = done;
    for (let match = search.whole.exec(text); match && match.index < ownBegun; match = search.whole.exec(text)) {
      out += slice(done, match.index) + keyMark;
      done = match.index + match[0].length;
      this.#inKey = done === text.length && match[0] !== search.key;
    }
    const hold = this.#inKey ? text.length : search.begunAt(text, done);
    out += slice(done, hold);
    this.#previous = text.slice(0, hold);
    this.#held = hold === text.length ? written.slice(cutAt) : written.slice(read.writtenAt(hold - 1));
    return out;
  }
}

/** A space where there is none, or where it ends an escape that stands between words. */
function lastCharacter(text: string): string {
  return readEscapes(text.slice(-2)).text.slice(-1) || ' ';
}

function endOfWord(text: string, from: number): number {
  let at = from;
  while (at < text.length && /[A-Za-z0-9_-]/.test(text.charAt(at))) at++;
  return at;
}

function escaped(text: string): string {
  return text.replace(/[^A-Za-z0-9_]/g, String.raw`\$&`);
}
