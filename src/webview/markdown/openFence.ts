import { codeElement, renderCodeBlock } from './codeBlock.ts';
import type { DomElement, DomText } from './dom.ts';
import type { Surroundings } from './renderBlock.ts';

/** A code block whose closing fence has not arrived. Its lines are appended; nothing of it is read a second time. */
export class OpenFence {
  readonly element: DomElement;
  readonly #code: DomElement | undefined;
  readonly #around: Surroundings;
  readonly #closing: RegExp;
  readonly #closingBegins: RegExp;
  readonly #indent: RegExp;

  /** Everything from the opening fence on, exactly as it arrived. */
  source = '';
  /** The line that has not ended yet, and how much of it is shown. */
  #line = '';
  #shownOfLine = 0;
  #isFirstLine = true;
  #text: DomText | undefined;
  #linesInText = 0;

  /** `opening` is the fence's own line with its newline. */
  constructor(opening: string, around: Surroundings) {
    const [, indent = '', marker = '', info = ''] = openingFence.exec(opening) ?? [];
    const character = marker.charAt(0);
    this.source = opening;
    this.element = renderCodeBlock(info, '', around);
    this.#code = codeElement(this.element);
    this.#around = around;
    this.#closing = new RegExp(`^ {0,3}${marker}${character}* *$`);
    this.#closingBegins = new RegExp(`^ {0,3}${character}* *$`);
    // The lexer takes the fence's own indentation off the lines, for backticks only.
    this.#indent = new RegExp(character === '`' ? `^ {0,${indent.length}}` : '^');
  }

  /** Takes what arrived; returns what follows the closing fence once that is there. */
  feed(text: string): string | undefined {
    let rest = this.#line + text;
    this.source += text;
    for (;;) {
      const end = rest.indexOf('\n');
      if (end === -1) break;
      const line = rest.slice(0, end);
      rest = rest.slice(end + 1);
      if (this.#closing.test(line)) {
        this.source = this.source.slice(0, this.source.length - rest.length - 1);
        return `\n${rest}`;
      }
      this.#show(line, true);
    }
    this.#line = rest;
    // A line that may yet become the closing fence is held back, or it would be seen and taken away again.
    if (!this.#closingBegins.test(rest)) this.#show(rest, false);
    return undefined;
  }

  #show(line: string, ended: boolean): void {
    const visible = line.replace(this.#indent, '');
    if (this.#shownOfLine === 0 && (visible !== '' || ended)) {
      if (this.#isFirstLine) this.#isFirstLine = false;
      else this.#append('\n');
    }
    this.#append(visible.slice(this.#shownOfLine));
    this.#shownOfLine = ended ? 0 : visible.length;
    if (ended) this.#linesInText += 1;
  }

  /** In pieces of 40 lines: growing one text node over hundreds of lines made the browser lay all of it out again. */
  #append(text: string): void {
    if (text === '') return;
    if (this.#text && this.#linesInText < 40) {
      this.#text.appendData(text);
      return;
    }
    this.#text = this.#around.document.createTextNode(text);
    this.#linesInText = 0;
    this.#code?.appendChild(this.#text);
  }
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
