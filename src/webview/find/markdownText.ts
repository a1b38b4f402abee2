import { FenceNesting, openingFence } from '../markdown/fences.ts';
import { mayHaveDetails } from '../markdown/html/detailsSyntax.ts';
import { renderMarkdown } from '../markdown/renderBlock.ts';
import type { Surroundings } from '../markdown/surroundings.ts';
import { joined, type ShownText, shownText } from './shownText.ts';

/** Characters that are drawn at once, about: what takes a few milliseconds. */
const pieceLength = 8_000;

interface Drawn {
  source: string;
  shown: ShownText;
}

/**
 * What a block of Markdown shows, found by drawing it beside the document: so it is what the reader sees, whatever the
 * renderer learns. In pieces, of which only the last is drawn again when the block has grown.
 */
export class MarkdownText {
  readonly #around: Surroundings;
  #drawn: Drawn[] = [];
  #source: string | undefined;
  #shown: ShownText = { text: '', code: [] };

  /** `around.document` makes the elements; they are thrown away. */
  constructor(around: Surroundings) {
    this.#around = around;
  }

  /** Draws what `source` has more than last time. Yields after every piece; returns what is shown. */
  *read(source: string): Generator<undefined, ShownText> {
    if (source === this.#source) return this.#shown;
    const drawn: Drawn[] = [];
    for (const piece of piecesOf(source)) {
      const known = this.#drawn[drawn.length];
      if (known?.source === piece) drawn.push(known);
      else {
        drawn.push({ source: piece, shown: this.#draw(piece) });
        yield;
      }
    }
    this.#drawn = drawn;
    this.#source = source;
    this.#shown = joined(drawn.map(({ shown }) => shown));
    return this.#shown;
  }

  #draw(source: string): ShownText {
    const container = this.#around.document.createElement('div');
    try {
      renderMarkdown(container, source, this.#around);
    } catch {
      // The view shows such a text as it is, too.
      return { text: source.replaceAll('\n', ' '), code: [] };
    }
    return shownText(container);
  }
}

/** `source` cut at blank lines that no list, quote, fence or text that folds goes on after. */
export function piecesOf(source: string): string[] {
  if (source.length < 2 * pieceLength || isWhole(source)) return [source];
  const pieces: string[] = [];
  let start = 0;
  let fence: FenceNesting | undefined;
  let wasBlank = false;
  for (let at = 0; at < source.length;) {
    const newline = source.indexOf('\n', at);
    const end = newline === -1 ? source.length : newline + 1;
    const line = source.slice(at, Math.min(end, at + 80));
    if (!fence && wasBlank && at - start >= pieceLength && beginsAnew(line)) {
      pieces.push(source.slice(start, at));
      start = at;
    }
    if (!fence) fence = fenceThat(line);
    else if (fence.closes(line.trimEnd())) fence = undefined;
    wasBlank = line.trim() === '';
    at = end;
  }
  pieces.push(source.slice(start));
  return pieces;
}

/** A definition of a link counts for all of the text; where what folds ends is known only to who reads it. */
function isWhole(source: string): boolean {
  return /^ {0,3}\[[^\]\n]+\]:/m.test(source) || mayHaveDetails(source);
}

/** The fence that `line` opens. */
function fenceThat(line: string): FenceNesting | undefined {
  const [, , marker = '', info = ''] = openingFence.exec(`${line.trimEnd()}\n`) ?? [];
  return marker === '' ? undefined : new FenceNesting(marker, info);
}

/** Neither indented, which could belong to a list, nor the next item of one, nor raw HTML that goes on. */
function beginsAnew(line: string): boolean {
  return /^[\p{L}\p{N}#`*_[|>]/u.test(line) && !/^(?:[*+-]|\d+[.)])\s/.test(line);
}
