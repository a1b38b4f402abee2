import { codeElement, renderCodeBlock } from './codeBlock.ts';
import type { DomElement, DomText } from './dom.ts';
import { morph } from './morph.ts';
import type { Surroundings } from './surroundings.ts';

/**
 * A code block whose closing fence has not arrived. What arrives is appended; nothing of it is read a second time, also
 * where a line never ends.
 */
export class OpenFence {
  readonly element: DomElement;
  readonly #code: DomElement | undefined;
  readonly #around: Surroundings;
  readonly #mark: string;
  readonly #closing: RegExp;
  readonly #closingBegins: RegExp;
  readonly #indent: RegExp;

  /** Everything from the opening fence on, exactly as it arrived. */
  source = '';
  /**
   * What there is of the last line as long as it may yet become the closing fence: it would be seen and taken away again.
   * Undefined once the line is shown.
   */
  #held: string | undefined = '';
  /** Stands for what is held: it may go on in the same ways, and is short. */
  #heldInShort = '';
  #isFirstLine = true;
  #text: DomText | undefined;
  #linesInText = 0;

  /** `opening` is the fence's own line with its newline. `shown`: the block that stood there while that line arrived. */
  constructor(opening: string, around: Surroundings, shown?: DomElement) {
    const [, indent = '', marker = '', info = ''] = openingFence.exec(opening) ?? [];
    this.#mark = marker.charAt(0);
    this.source = opening;
    const block = renderCodeBlock(info, '', around);
    this.element = shown && morph(shown, block) ? shown : block;
    this.#code = codeElement(this.element);
    this.#around = around;
    this.#closing = new RegExp(`^ {0,3}${marker}${this.#mark}* *$`);
    this.#closingBegins = new RegExp(`^ {0,3}${this.#mark}* *$`);
    // The lexer takes the fence's own indentation off the lines, for backticks only.
    this.#indent = new RegExp(this.#mark === '`' ? `^ {0,${indent.length}}` : '^');
  }

  /** Takes what arrived; returns what follows the closing fence once that is there. */
  feed(text: string): string | undefined {
    this.source += text;
    for (let start = 0; ;) {
      const end = text.indexOf('\n', start);
      this.#grow(text.slice(start, end === -1 ? text.length : end));
      if (end === -1) return undefined;
      start = end + 1;
      if (this.#held !== undefined && this.#closing.test(this.#held)) {
        const rest = text.slice(start);
        this.source = this.source.slice(0, this.source.length - rest.length - 1);
        return `\n${rest}`;
      }
      this.#endLine();
    }
  }

  /** Takes more of the last line. */
  #grow(text: string): void {
    if (this.#held === undefined) {
      this.#append(text);
      return;
    }
    this.#held += text;
    const line = this.#heldInShort + text;
    if (this.#closingBegins.test(line)) this.#heldInShort = inShort(line, this.#mark);
    else this.#showHeld(this.#held);
  }

  #endLine(): void {
    if (this.#held !== undefined) this.#showHeld(this.#held);
    this.#held = '';
    this.#heldInShort = '';
    this.#linesInText += 1;
  }

  #showHeld(line: string): void {
    if (!this.#isFirstLine) this.#append('\n');
    this.#isFirstLine = false;
    this.#held = undefined;
    this.#append(line.replace(this.#indent, ''));
  }

  /** In pieces: what grows in one text node over hundreds of lines is copied and laid out again by the browser. */
  #append(text: string): void {
    if (text === '') return;
    if (this.#text && this.#linesInText < mostLines && this.#text.data.length < mostCharacters) {
      this.#text.appendData(text);
      return;
    }
    this.#text = this.#around.document.createTextNode(text);
    this.#linesInText = 0;
    this.#code?.appendChild(this.#text);
  }
}

/** Of a text node that still grows. */
const mostLines = 40;
const mostCharacters = 4_000;

/** The shortest beginning of a closing fence that can go on as `line` can: `line` is one as well. */
function inShort(line: string, mark: string): string {
  if (line.endsWith(mark)) return mark;
  return line.includes(mark) ? ' '.repeat(4) : line.slice(0, 4);
}

/** The opening line of a fence: indentation, marker, info. */
const openingFence = /^( {0,3})(`{3,}(?=[^`\n]*\n)|~{3,})([^\n]*)\n/;

/** The length of the opening line that `source` begins with, or 0 where it has none or the line is not complete. */
export function openingLength(source: string): number {
  return openingFence.exec(source)?.[0].length ?? 0;
}

/** Whether a fenced block's source, read by the lexer up to its end, has its closing fence. */
export function isClosed(raw: string): boolean {
  const [opening = '', , marker = ''] = openingFence.exec(raw) ?? [];
  const lastLine = raw.slice(opening.length).trimEnd().split('\n').at(-1) ?? '';
  return marker !== '' && new RegExp(`^ {0,3}${marker}${marker.charAt(0)}* *$`).test(lastLine);
}
