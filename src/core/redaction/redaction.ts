import { mapDeep } from './mapDeep.ts';
import { rareCharacterAt } from './rareCharacter.ts';
import { redact } from './redact.ts';
import { KeySearch, keyMark, shortestSecret, StreamScreen, TextRedactor } from './textRedactor.ts';

/** What local servers document as the key to give, since they want one and check none. */
const placeholders: ReadonlySet<string> = new Set([
  'lm-studio',
  'not-needed',
  'no-key-required',
  'anything',
  'placeholder',
  'your-api-key',
]);

/** Characters: a shorter key would be found in half of all words. */
const shortestWord = 4;

/**
 * Takes keys out of what came over the wire: the one that the request was sent with, and what looks like a known
 * vendor's. Each reader of foreign words uses the part that fits what it reads; all of them are needed, since a key can
 * come as bytes, under JSON's escapes, or in pieces that only the reader puts together.
 */
export class Redaction {
  readonly #key: string;
  readonly #secret: string;
  readonly #search: KeySearch;

  /** `key`: the one in use; empty where none is sent. */
  constructor(key: string) {
    this.#key = key;
    this.#secret = key.length >= shortestSecret && !placeholders.has(key) ? key : '';
    this.#search = new KeySearch(this.#secret);
  }

  /** A request's body without the key in use, which goes into the headers alone. In a copy, where it holds it. */
  outgoing<Body>(body: Body): Body {
    const secret = this.#secret;
    if (secret === '') return body;
    const without = (text: string): string => (text.includes(secret) ? text.replaceAll(secret, keyMark) : text);
    return mapDeep(body, without, without);
  }

  /** The chunks of a body without the key in use, wherever they are cut. Vendors' keys are found in what is read of it. */
  bytes(body: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
    return this.#secret === '' ? body : withoutKey(body, Buffer.from(this.#secret));
  }

  /** Whether a key was found in what was read, so that what it was read from is not to be shown. */
  get hasFound(): boolean {
    return this.#search.hasFound;
  }

  /** For a text that comes in pieces, such as a block of an answer; `screen` has seen what they are read from. */
  pieces(screen?: StreamScreen): TextRedactor {
    return new TextRedactor(this.#search, screen);
  }

  screen(): StreamScreen {
    return new StreamScreen(this.#search);
  }

  /** A whole text of an answer or a list. */
  text(text: string): string {
    if (text === '' || !this.#search.start.test(text)) return text;
    const redactor = this.pieces();
    return redactor.append(text) + redactor.end();
  }

  /** What the endpoint says about itself: its errors and headers. Masked keys and credentials of all kinds go too. */
  words(text: string): string {
    return redact(this.text(text));
  }

  /**
   * A few words of the endpoint's that are shown as they are. Here parts of the key go too, which a stream or a page that
   * is shown as an error's words may hold; and a key that is too short for a secret, and may be a word elsewhere.
   */
  shown(text: string): string {
    const known = this.#key.length >= shortestWord ? text.replaceAll(this.#key, keyMark) : text;
    return this.#withoutParts(this.words(known));
  }

  /** Parsed JSON, changed in place: every text in it as in `text`, the names of fields too. */
  fields<Value>(value: Value): Value {
    return this.#replaceTexts(value, text => this.text(text));
  }

  /** An error's body, parsed or as it came: every text in it as in `words`. */
  errorBody(body: unknown): unknown {
    return this.#replaceTexts(body, text => this.words(text));
  }

  /** Lower-case names, of which a key may be one. */
  headers(headers: Record<string, string>): Record<string, string> {
    const name = (written: string): string =>
      this.#secret === '' ? this.text(written) : this.text(written).replaceAll(this.#secret.toLowerCase(), keyMark);
    return Object.fromEntries(
      Object.entries(headers).map(([key, value]) => [name(key), this.#withoutParts(this.words(value))]),
    );
  }

  #withoutParts(text: string): string {
    const { length } = this.#secret;
    let out = '';
    let done = 0;
    for (let at = 0; at + shortestSecret <= text.length;) {
      const part = length === 0 ? -1 : this.#secret.indexOf(text.slice(at, at + shortestSecret));
      if (part === -1) {
        at++;
        continue;
      }
      let end = shortestSecret;
      while (part + end < length && text[at + end] === this.#secret[part + end]) end++;
      out += text.slice(done, at) + keyMark;
      at += end;
      done = at;
    }
    return out + text.slice(done);
  }

  /** Every text within `value`, in place; with a list of what is to do, since JSON may be nested deeper than a stack. */
  #replaceTexts<Value>(value: Value, replace: (text: string) => string): Value {
    const root: { value: Value } = { value };
    const open: object[] = [root];
    for (let holder = open.pop(); holder; holder = open.pop()) {
      for (const [name, held] of Object.entries(holder) as [string, unknown][]) {
        if (typeof held === 'object' && held !== null) open.push(held);
        const kept = typeof held === 'string' ? replace(held) : held;
        const keptName = Array.isArray(holder) ? name : this.text(name);
        if (keptName === name && kept === held) continue;
        if (keptName !== name) Reflect.deleteProperty(holder, name);
        // Not by assignment, which `__proto__` would take for something else.
        Reflect.defineProperty(holder, keptName, { value: kept, writable: true, enumerable: true, configurable: true });
      }
    }
    return root.value;
  }
}

async function* withoutKey(body: AsyncIterable<Uint8Array>, key: Buffer): AsyncGenerator<Uint8Array> {
  const mark = Buffer.from(keyMark);
  const rareAt = rareCharacterAt(key.toString());
  const rare = key.subarray(rareAt);
  let held: Buffer = Buffer.alloc(0);
  for await (const chunk of body) {
    const bytes =
      held.length > 0 ? Buffer.concat([held, chunk]) : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
    let done = 0;
    for (let found = bytes.indexOf(rare, done + rareAt); found !== -1;) {
      const at = found - rareAt;
      if (bytes.subarray(at, found).equals(key.subarray(0, rareAt))) {
        if (at > done) yield bytes.subarray(done, at);
        yield mark;
        done = at + key.length;
        found = bytes.indexOf(rare, done + rareAt);
      } else {
        found = bytes.indexOf(rare, found + 1);
      }
    }
    const hold = keyBegunAt(bytes, done, key);
    if (hold > done) yield bytes.subarray(done, hold);
    held = bytes.subarray(hold);
  }
  if (held.length > 0) yield held.length < shortestSecret ? held : mark;
}

/** Where the longest end of `bytes` begins that is the start of the key; their length where none is. */
function keyBegunAt(bytes: Buffer, from: number, key: Buffer): number {
  const first = key[0] ?? 0;
  const earliest = Math.max(from, bytes.length - key.length + 1);
  for (let at = bytes.indexOf(first, earliest); at !== -1; at = bytes.indexOf(first, at + 1)) {
    if (bytes.subarray(at).equals(key.subarray(0, bytes.length - at))) return at;
  }
  return bytes.length;
}
