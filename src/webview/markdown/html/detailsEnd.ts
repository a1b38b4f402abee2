import { FenceNesting } from '../fences.ts';

/** What came in of a text that folds. */
export interface Folded {
  /** What belongs to it and can be read. */
  body: string;
  /** The tag that ends it, once it is there. */
  closing: string | undefined;
  /** What stands behind that tag. */
  rest: string;
}

/**
 * Finds the end of a text that folds while it arrives, in whatever pieces. A tag within code is none. Every character is
 * looked at once.
 */
export class DetailsEnd {
  /** Texts that are open, with those within. */
  #depth = 1;
  /** Of a block of code that is open. */
  #fence: FenceNesting | undefined;
  /** The line so far, up to where its first marks are known; it decides whether the line is a fence. */
  #line = '';
  /** Length of the run of backticks that opened a code span in this line; 0 outside of one. */
  #ticks = 0;
  /** What is at the end of what came in and may become a tag, or more backticks. */
  #held = '';

  take(text: string): Folded {
    const all = this.#held + text;
    this.#held = '';
    let at = 0;
    while (at < all.length) {
      const newline = all.indexOf('\n', at);
      const end = newline === -1 ? all.length : newline;
      const closed = this.#takeOfLine(all, at, end, newline !== -1);
      if (closed) return { body: all.slice(0, closed.start), closing: closed.tag, rest: all.slice(closed.end) };
      if (newline === -1) break;
      this.#endLine();
      at = newline + 1;
    }
    const body = all.slice(0, all.length - this.#held.length);
    return { body, closing: undefined, rest: '' };
  }

  /** Nothing more comes: what was held is text. */
  finish(): string {
    const held = this.#held;
    this.#held = '';
    return held;
  }

  #takeOfLine(all: string, start: number, end: number, isWhole: boolean): Found | undefined {
    const held = isWhole ? end : heldFrom(all, start, end);
    this.#held = all.slice(held, end);
    if (this.#line.length < longestFenceLine) this.#line += all.slice(start, held);
    if (this.#fence || /^[ \t>]*(?:[-*+] +|\d{1,9}[.)] +)?(?:`{3}|~{3})/.test(this.#line)) return undefined;
    const marks = /`+|<(\/?)details(?:\s[^<>\n]*)?>/gi;
    marks.lastIndex = start;
    for (let mark = marks.exec(all); mark && mark.index < held; mark = marks.exec(all)) {
      const [text, slash] = mark;
      if (text.startsWith('`')) {
        if (this.#ticks === 0) this.#ticks = text.length;
        else if (this.#ticks === text.length) this.#ticks = 0;
      } else if (this.#ticks === 0) {
        this.#depth += slash === '/' ? -1 : 1;
        if (this.#depth === 0) return { start: mark.index, end: marks.lastIndex, tag: text };
      }
    }
    return undefined;
  }

  #endLine(): void {
    const line = this.#line;
    this.#line = '';
    this.#ticks = 0;
    const [, marker = '', info = ''] = /^[ \t>]*(?:[-*+] +|\d{1,9}[.)] +)?(`{3,}|~{3,})(.*)$/.exec(line) ?? [];
    if (this.#fence) {
      if (this.#fence.closes(line.replace(/^[ \t>]+/, ''))) this.#fence = undefined;
    } else if (marker !== '' && !(marker.startsWith('`') && info.includes('`'))) {
      this.#fence = new FenceNesting(marker, info);
    }
  }
}

interface Found {
  start: number;
  end: number;
  tag: string;
}

/** Characters of a line that are looked at for a fence. */
const longestFenceLine = 400;
/** Characters of a tag. */
const longestTag = 200;

/** Where, in what there is of the last line, something begins that may become a tag or a longer run of backticks. */
function heldFrom(all: string, start: number, end: number): number {
  const from = Math.max(start, end - longestTag);
  const [held = ''] =
    /(?:`+|<\/?(?:d(?:e(?:t(?:a(?:i(?:l(?:s(?:\s[^<>\n]*)?)?)?)?)?)?)?)?)$/i.exec(all.slice(from, end)) ?? [];
  return end - held.length;
}
