/** A value of a PDF file, as far as anything is read of it: texts are not. */
export type PdfValue = number | boolean | null | PdfName | PdfReference | PdfText | PdfValue[] | PdfDictionary;
export type PdfDictionary = Map<string, PdfValue>;

export interface PdfName {
  name: string;
}

/** To an object with this number, which stands elsewhere. */
export interface PdfReference {
  object: number;
}

interface PdfText {
  isText: true;
}

/** The value ends behind what was given to read: with more of the file it may be whole. */
export class PdfCut extends Error {}

/** What stands there is no value. */
export class PdfBroken extends Error {}

/** Deeper, no writer puts what is looked for. */
const deepest = 40;

/** Reads the values that stand one after another in a text with a character for each byte. */
export class PdfReader {
  readonly #text: string;
  #at: number;

  constructor(text: string, at = 0) {
    this.#text = text;
    this.#at = at;
  }

  get at(): number {
    return this.#at;
  }

  /** Whether the word stands here, behind blanks and comments; then it is behind it. */
  take(word: string): boolean {
    this.#skipBlanks();
    if (!this.#text.startsWith(word, this.#at)) return false;
    this.#at += word.length;
    return true;
  }

  value(depth = 0): PdfValue {
    if (depth > deepest) throw new PdfBroken();
    this.#skipBlanks();
    const character = this.#text[this.#at];
    if (character === undefined) throw new PdfCut();
    if (character === '/') return { name: this.#name() };
    if (character === '(') return this.#literal();
    if (character === '[') return this.#list(depth);
    if (character === '<') return this.#text[this.#at + 1] === '<' ? this.#dictionary(depth) : this.#hexText();
    return this.#word();
  }

  #dictionary(depth: number): PdfDictionary {
    const entries: PdfDictionary = new Map();
    this.#at += 2;
    while (!this.take('>>')) {
      if (this.#text[this.#at] === undefined) throw new PdfCut();
      if (this.#text[this.#at] !== '/') throw new PdfBroken();
      const name = this.#name();
      entries.set(name, this.value(depth + 1));
    }
    return entries;
  }

  #list(depth: number): PdfValue[] {
    const items: PdfValue[] = [];
    this.#at++;
    while (!this.take(']')) items.push(this.value(depth + 1));
    return items;
  }

  #name(): string {
    const [whole, name = ''] = this.#match(/\/([^\s\0/<>[\](){}%]*)/y);
    this.#at += whole.length;
    return name.replace(/#([\da-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  }

  #literal(): PdfText {
    let open = 0;
    for (; this.#at < this.#text.length; this.#at++) {
      const character = this.#text[this.#at];
      if (character === '\\') this.#at++;
      else if (character === '(') open++;
      else if (character === ')' && --open === 0) {
        this.#at++;
        return { isText: true };
      }
    }
    throw new PdfCut();
  }

  #hexText(): PdfText {
    const end = this.#text.indexOf('>', this.#at);
    if (end === -1) throw new PdfCut();
    this.#at = end + 1;
    return { isText: true };
  }

  /** A number, a reference, or one of the three words. */
  #word(): PdfValue {
    const [whole, object] = this.#match(/(\d+)[\s\0]+\d+[\s\0]+R(?![^\s\0/<>[\](){}%])|[-+.\w]+/y);
    this.#at += whole.length;
    if (object !== undefined) return { object: Number(object) };
    if (whole === 'true' || whole === 'false') return whole === 'true';
    if (whole === 'null') return null;
    const number = Number(whole);
    if (Number.isNaN(number)) throw new PdfBroken();
    return number;
  }

  #match(pattern: RegExp): RegExpExecArray {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (!found) throw new PdfBroken();
    return found;
  }

  #skipBlanks(): void {
    const blanks = /(?:[\s\0]|%[^\r\n]*)*/y;
    blanks.lastIndex = this.#at;
    this.#at += blanks.exec(this.#text)?.[0].length ?? 0;
  }
}

export function isDictionary(value: PdfValue | undefined): value is PdfDictionary {
  return value instanceof Map;
}

export function isReference(value: PdfValue | undefined): value is PdfReference {
  return typeof value === 'object' && value !== null && 'object' in value;
}

export function nameOf(value: PdfValue | undefined): string | undefined {
  return typeof value === 'object' && value !== null && 'name' in value ? value.name : undefined;
}
