import type { Buffer } from 'node:buffer';
import {
  isDictionary,
  isReference,
  PdfBroken,
  PdfCut,
  type PdfDictionary,
  PdfReader,
  type PdfValue,
} from './pdfObject.ts';
import { decodeStream, numberOr } from './pdfStream.ts';

/** Where a section of the cross-reference table says that an object stands. */
type Place = { kind: 'at'; offset: number } | { kind: 'in'; stream: number; index: number };
type Section = (object: number) => Place | undefined;

/** Bytes that are looked at first for a value, and at most: a list of pages can be long. */
const usualWindow = 4 * 1024;
const longestWindow = 8 * 1024 * 1024;
/** Every save may add a section. */
const mostSections = 5_000;
/** Bytes that all streams together may stand for: those of a table are far below. */
const mostDecoded = 256 * 1024 * 1024;
/** Bytes of an entry in a table that is written out. */
const entryBytes = 20;

/**
 * A PDF by its cross-reference table, of which only what is asked for is read, however long the file is. Throws where the
 * table is not as it should be.
 */
export class PdfFile {
  readonly #bytes: Buffer;
  readonly #sections: Section[] = [];
  #decoded = 0;
  /** The latest first. */
  readonly trailers: PdfDictionary[] = [];
  readonly #streams = new Map<number, { data: string; first: number; offsets: Map<number, number> }>();

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    const start = bytes.lastIndexOf('startxref');
    if (start === -1) throw new PdfBroken();
    const waiting = [this.#read(start, reader => (reader.take('startxref'), reader.value()))];
    const seen = new Set<number>();
    for (let at = waiting.shift(); at !== undefined; at = waiting.shift()) {
      if (typeof at !== 'number' || seen.has(at)) continue;
      seen.add(at);
      if (seen.size > mostSections) throw new PdfBroken();
      const trailer = this.#readSection(at);
      this.trailers.push(trailer);
      // A table for old readers names a stream for newer ones, which stands over it and what was before.
      waiting.unshift(...['XRefStm', 'Prev'].flatMap(name => trailer.get(name) ?? []));
    }
  }

  /** What a value stands for where it is a reference. */
  resolve(value: PdfValue | undefined): PdfValue | undefined {
    for (let steps = 0; isReference(value); steps++) {
      if (steps > 20) throw new PdfBroken();
      value = this.#object(value.object);
    }
    return value;
  }

  #object(object: number): PdfValue | undefined {
    const place = this.#placeOf(object);
    if (!place) return undefined;
    if (place.kind === 'at') return this.#objectAt(place.offset, object);
    const { data, first, offsets } = this.#objectStream(place.stream);
    const offset = offsets.get(object);
    return offset === undefined ? undefined : new PdfReader(data, first + offset).value();
  }

  #placeOf(object: number): Place | undefined {
    for (const section of this.#sections) {
      const place = section(object);
      if (place) return place;
    }
    return undefined;
  }

  #objectAt(offset: number, object: number): PdfValue {
    return this.#read(offset, reader => {
      if (reader.value() !== object) throw new PdfBroken();
      reader.value();
      if (!reader.take('obj')) throw new PdfBroken();
      return reader.value();
    });
  }

  #readSection(at: number): PdfDictionary {
    return this.#read(at, reader => reader.take('xref')) ? this.#readTable(at) : this.#readTableStream(at);
  }

  /** A table that is written out: pieces of entries of the same length, then the trailer. */
  #readTable(start: number): PdfDictionary {
    let at = start + this.#read(start, reader => (reader.take('xref'), reader.at));
    for (;;) {
      const from = at;
      const piece = this.#read(from, reader => {
        if (reader.take('trailer')) return { trailer: reader.value() };
        return { first: reader.value(), count: reader.value(), end: reader.at };
      });
      if ('trailer' in piece) {
        if (!isDictionary(piece.trailer)) throw new PdfBroken();
        return piece.trailer;
      }
      const { first, count } = piece;
      if (typeof first !== 'number' || typeof count !== 'number' || count < 0) throw new PdfBroken();
      let entries = from + piece.end;
      while (isBlank(this.#bytes[entries])) entries++;
      at = entries + count * entryBytes;
      this.#sections.push(object => {
        if (object < first || object >= first + count) return undefined;
        const entry = entries + (object - first) * entryBytes;
        const [, offset, kind] = /^(\d{10}) \d{5} ([nf])/.exec(this.#bytes.toString('latin1', entry, entry + 18)) ?? [];
        if (offset === undefined) throw new PdfBroken();
        return kind === 'n' ? { kind: 'at', offset: Number(offset) } : undefined;
      });
    }
  }

  /** A table as a stream of numbers of fixed widths. */
  #readTableStream(at: number): PdfDictionary {
    const { dictionary, data } = this.#streamAt(at);
    const widths = numbersIn(dictionary.get('W'));
    const [kindWidth = 0, firstWidth = 0, secondWidth = 0] = widths;
    const entryWidth = kindWidth + firstWidth + secondWidth;
    if (entryWidth <= 0 || widths.some(width => width < 0 || width > 6)) throw new PdfBroken();
    const index = dictionary.has('Index')
      ? numbersIn(dictionary.get('Index'))
      : [0, numberOr(dictionary.get('Size'), 0)];
    const field = (offset: number, width: number): number => (width === 0 ? 0 : data.readUIntBE(offset, width));
    let start = 0;
    for (let piece = 0; piece + 1 < index.length; piece += 2) {
      const [first = 0, count = 0] = index.slice(piece, piece + 2);
      const entries = start;
      start += count * entryWidth;
      this.#sections.push(object => {
        const entry = entries + (object - first) * entryWidth;
        if (object < first || object >= first + count || entry + entryWidth > data.length) return undefined;
        const kind = kindWidth === 0 ? 1 : field(entry, kindWidth);
        const one = field(entry + kindWidth, firstWidth);
        if (kind === 1) return { kind: 'at', offset: one };
        const other = field(entry + kindWidth + firstWidth, secondWidth);
        return kind === 2 ? { kind: 'in', stream: one, index: other } : undefined;
      });
    }
    return dictionary;
  }

  #objectStream(object: number): { data: string; first: number; offsets: Map<number, number> } {
    const known = this.#streams.get(object);
    if (known) return known;
    const place = this.#placeOf(object);
    if (place?.kind !== 'at') throw new PdfBroken();
    const { dictionary, data } = this.#streamAt(place.offset);
    const text = data.toString('latin1');
    const reader = new PdfReader(text);
    const offsets = new Map<number, number>();
    for (let left = numberOr(dictionary.get('N'), 0); left > 0; left--) {
      const [number, offset] = [reader.value(), reader.value()];
      if (typeof number === 'number' && typeof offset === 'number') offsets.set(number, offset);
    }
    const made = { data: text, first: numberOr(dictionary.get('First'), 0), offsets };
    this.#streams.set(object, made);
    return made;
  }

  #streamAt(at: number): { dictionary: PdfDictionary; data: Buffer } {
    const { dictionary, behind } = this.#read(at, reader => {
      reader.value();
      reader.value();
      if (!reader.take('obj')) throw new PdfBroken();
      const value = reader.value();
      if (!isDictionary(value) || !reader.take('stream')) throw new PdfBroken();
      return { dictionary: value, behind: reader.at };
    });
    let start = at + behind;
    if (this.#bytes[start] === 0x0d) start++;
    if (this.#bytes[start] === 0x0a) start++;
    const length = this.resolve(dictionary.get('Length'));
    const end = typeof length === 'number' ? start + length : this.#bytes.indexOf('endstream', start);
    if (end < start || end > this.#bytes.length) throw new PdfBroken();
    const data = decodeStream(dictionary, this.#bytes.subarray(start, end));
    this.#decoded += data.length;
    if (this.#decoded > mostDecoded) throw new PdfBroken();
    return { dictionary, data };
  }

  /** Gives the reader as much of the file as it needs. */
  #read<Read>(at: number, work: (reader: PdfReader) => Read): Read {
    if (!Number.isInteger(at) || at < 0 || at >= this.#bytes.length) throw new PdfBroken();
    for (let window = usualWindow; ; window *= 8) {
      try {
        return work(new PdfReader(this.#bytes.toString('latin1', at, at + window)));
      } catch (error) {
        const isAll = window >= longestWindow || at + window >= this.#bytes.length;
        if (!(error instanceof PdfCut || error instanceof PdfBroken) || isAll) throw error;
      }
    }
  }
}

function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

function numbersIn(value: PdfValue | undefined): number[] {
  return Array.isArray(value) ? value.filter(item => typeof item === 'number') : [];
}
