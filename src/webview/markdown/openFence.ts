import { codeElement, renderCodeBlock } from './codeBlock.ts';
import type { DomElement, DomText } from './dom.ts';
import { FenceNesting, openingFence } from './fences.ts';
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
  readonly #nesting: FenceNesting;
  readonly #closingBegins: RegExp;
  readonly #fenceBegins: RegExp;
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
  /** The last line where it began like a fence and went on: it may open one within the block. */
  #fenceLine: string | undefined;
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
    this.#nesting = new FenceNesting(marker, info);
    this.#closingBegins = new RegExp(`^ {0,3}${this.#mark}* *$`);
    this.#fenceBegins = new RegExp(`^ {0,3}${marker}`);
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
      if (this.#closes()) {
        const rest = text.slice(start);
        this.source = this.source.slice(0, this.source.length - rest.length - 1);
        return `\n${rest}`;
      }
      this.#endLine();
    }
  }

  /** Whether the last line, which is complete, ends the block. */
  #closes(): boolean {
    const line = this.#held ?? this.#fenceLine;
    return line !== undefined && this.#nesting.closes(line);
  }

  /** Takes more of the last line. */
  #grow(text: string): void {
    if (this.#held === undefined) {
      if (this.#fenceLine !== undefined) this.#fenceLine += text;
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
    this.#fenceLine = undefined;
    this.#linesInText += 1;
  }

  #showHeld(line: string): void {
    if (!this.#isFirstLine) this.#append('\n');
    this.#isFirstLine = false;
    this.#held = undefined;
    if (this.#fenceBegins.test(line)) this.#fenceLine = line;
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
