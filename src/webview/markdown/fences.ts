/**
 * The fences that are open within a block of Markdown as code: models write documents that hold blocks of their own and
 * give all of them the same marks. By the rules the first bare fence would end the block; here it ends the one that was
 * opened last.
 */
export class FenceNesting {
  /** Those that are open, the block's own first. Only within Markdown a fence opens another one. */
  readonly #open: { length: number; isMarkdown: boolean }[];
  readonly #outer: string;

  /** Of a block that `marker` opened, with what stands behind it. */
  constructor(marker: string, info: string) {
    this.#outer = marker;
    this.#open = [{ length: marker.length, isMarkdown: isMarkdown(info) }];
  }

  /** Takes the next line of the block, without its end; true where it closes the block. */
  closes(line: string): boolean {
    const [, marker = '', info = ''] = fence.exec(line) ?? [];
    // What can't end the block by the rules does not take part.
    if (!marker.startsWith(this.#outer)) return false;
    const last = this.#open.at(-1);
    if (/^ *$/.test(info)) {
      if (last && marker.length >= last.length) this.#open.pop();
      return this.#open.length === 0;
    }
    const isOpening = !(marker.startsWith('`') && info.includes('`'));
    if (last?.isMarkdown && isOpening && info.trim() !== '' && this.#open.length < deepest) {
      this.#open.push({ length: marker.length, isMarkdown: isMarkdown(info) });
    }
    return false;
  }
}

const fence = /^ {0,3}(`{3,}|~{3,})([^\n]*)$/;
/** Levels; a document within a document within a document is none that anybody writes. */
const deepest = 24;

export function isMarkdown(info: string): boolean {
  return /^\s*(?:md|markdown|mdx)(?![\w-])/i.test(info);
}

/** Where the line begins that closes the block whose lines are `source` from `start` on; undefined where none does. */
export function closingLine(source: string, start: number, nesting: FenceNesting): number | undefined {
  for (let at = start; at < source.length;) {
    const newline = source.indexOf('\n', at);
    const end = newline === -1 ? source.length : newline;
    if (nesting.closes(source.slice(at, end))) return at;
    at = end + 1;
  }
  return undefined;
}

/** The opening line of a fence: indentation, marker, info. */
export const openingFence = /^( {0,3})(`{3,}(?=[^`\n]*\n)|~{3,})([^\n]*)\n/;

/** The length of the opening line that `source` begins with, or 0 where it has none or the line is not complete. */
export function openingLength(source: string): number {
  return openingFence.exec(source)?.[0].length ?? 0;
}

/** Whether a fenced block's source, read by the lexer up to its end, has its closing fence. */
export function isClosed(raw: string): boolean {
  const [opening = '', , marker = '', info = ''] = openingFence.exec(raw) ?? [];
  return marker !== '' && closingLine(raw, opening.length, new FenceNesting(marker, info)) !== undefined;
}
