const escape = '\u001B';
const bell = '\u0007';

/** CSI, OSC and the other strings that end with ST, and the short ones. */
const sequences = new RegExp(
  `${escape}(?:\\[[0-?]*[ -/]*[@-~]|\\][^${bell}${escape}]*(?:${bell}|${escape}\\\\)|[PX^_][^${escape}]*${escape}\\\\|[ -/]+[0-~]|[0-OQ-WYZ\\\\\`-~])`,
  'g',
);
/** One that has not ended. */
const begun = new RegExp(
  `${escape}(?:\\[[0-?]*[ -/]*|\\][^${bell}${escape}]*${escape}?|[PX^_][^${escape}]*${escape}?|[ -/]*)$`,
);
const controls = /(?![\t\n])\p{Cc}/gu;
/** The same, for a look at much text. */
const control = new RegExp(controls.source, 'u');

/** Characters of a sequence that has not ended: what is longer is no sequence. */
const longestSequence = 4096;
/** Characters of a line that is still written over. */
const longestLine = 8192;

/**
 * What programs print for a screen as text: sequences that colour and place are left out, a line that is written over, as
 * by a progress bar, is what it was at last, and other control characters are shown. Bytes that are no UTF-8 are `�`.
 */
export class TerminalText {
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  readonly #take: (text: string) => void;
  #held = '';
  #line = '';

  /** `take` gets the text of ended lines, with their ends, and of very long ones. */
  constructor(take: (text: string) => void) {
    this.#take = take;
  }

  append(bytes: Uint8Array): void {
    this.#read(this.#held + this.#decoder.decode(bytes, { stream: true }));
  }

  /** The line that has not ended, as it stands. */
  get line(): string {
    return shown(this.#line);
  }

  end(): void {
    const rest = this.#held + this.#decoder.decode();
    this.#held = '';
    this.#read(rest, true);
    this.#take(this.line);
    this.#line = '';
  }

  #read(text: string, isEnd = false): void {
    const open = isEnd ? null : begun.exec(text.slice(-longestSequence));
    const end = open ? text.length - open[0].length : text.length;
    this.#held = text.slice(end);
    const plain = this.#line + text.slice(0, end).replace(sequences, '');
    // Most is nothing but text.
    const fold = control.test(plain) ? shown : undefined;
    const at = plain.lastIndexOf('\n') + 1;
    this.#line = plain.slice(at);
    if (at > 0) this.#take(fold ? plain.slice(0, at).split('\n').map(fold).join('\n') : plain.slice(0, at));
    if (this.#line.length <= longestLine) return;
    this.#take(shown(this.#line));
    this.#line = '';
  }
}

/** A line as a screen would have it in the end. */
function shown(line: string): string {
  const overwritten = line.replace(/\r+$/, '');
  const last = overwritten.slice(overwritten.lastIndexOf('\r') + 1);
  return withoutErased(last).replace(controls, character => pictureOf(character.codePointAt(0) ?? 0));
}

/** Of a control character, such as `␀`. */
function pictureOf(code: number): string {
  if (code === 0x7f) return '\u2421';
  return code < 0x20 ? String.fromCodePoint(0x2400 + code) : '\uFFFD';
}

function withoutErased(line: string): string {
  if (!line.includes('\b')) return line;
  const kept: string[] = [];
  for (const character of line) {
    if (character === '\b') kept.pop();
    else kept.push(character);
  }
  return kept.join('');
}
