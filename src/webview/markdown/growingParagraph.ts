import type { Token, Tokens } from 'marked';
import { type DomElement, type DomNode, isText } from './dom.ts';
import { inlineTag } from './html/inlineTags.ts';
import type { Block } from './lex.ts';
import { morphChildren, morphText } from './morph.ts';
import { appendInline } from './renderInline.ts';
import type { Surroundings } from './surroundings.ts';

/**
 * The part of a long paragraph at the end of an answer that no longer changes. A paragraph can be read from any space
 * on where nothing before it is left open; what stands before that stays in the document and is not read again.
 */
export class GrowingParagraph {
  readonly type = 'paragraph';
  readonly element: DomElement;
  readonly #around: Surroundings;
  /** What was settled, exactly as it arrived. */
  #source = '';
  /** Stands before the rest in place of the settled words, so that the rest does not look like the start of a line. */
  #head = '';
  #settledNodes = 0;
  /** How much of the text that the rest goes on with is settled: see `settle`. */
  #settledCharacters = 0;

  constructor(element: DomElement, around: Surroundings) {
    this.element = element;
    this.#around = around;
  }

  /** Whether `block`, read from what is left, still continues this one: an underline makes all of it a heading. */
  continues(block: Block | undefined): boolean {
    return block?.type === 'paragraph';
  }

  /** Shows what `block` holds after the settled words. */
  show(block: Block): void {
    if (block.type === 'paragraph') this.#showRest(this.#render(block.tokens));
  }

  /** Settles what can be of `block`; returns what is left of `source`, which begins with it. */
  settle(block: Block, source: string): string {
    if (block.type !== 'paragraph' || block.raw.length < settleAtCharacters) return source;
    const cut = findCut(block);
    if (!cut) return source;
    const settled = this.#render(cut.before);
    const left = this.#render(cut.after, false);
    // Text on both sides of the cut stays one node: of several side by side, a browser shapes all at each change of one.
    const [before, after] = [settled.at(-1), left[0]];
    let joined = 0;
    if (before && after && isText(before) && isText(after)) {
      settled.pop();
      joined = before.data.length + (settled.length === 0 ? this.#settledCharacters : 0);
      after.data = before.data + after.data;
    }
    // The nodes that are shown do not end at the cut yet.
    this.#showRest([...settled, ...left]);
    this.#settledCharacters = joined;
    this.#settledNodes += settled.length;
    this.#source += source.slice(this.#head.length, cut.at);
    this.#head = 'x ';
    return this.#head + source.slice(cut.at);
  }

  /** The whole source again, where what follows shows that the block has to be read anew. */
  unsettle(rest: string): string {
    return this.#source + rest.slice(this.#head.length);
  }

  /** Shows `nodes` behind what is settled, which is neither read nor compared: of one text it may be most. */
  #showRest(nodes: DomNode[]): void {
    const [first, ...others] = nodes;
    const shown = this.element.childNodes[this.#settledNodes];
    if (this.#settledCharacters > 0 && first && shown && isText(first) && isText(shown)) {
      morphText(shown, first.data, this.#settledCharacters);
      morphChildren(this.element, others, this.#settledNodes + 1);
    } else morphChildren(this.element, nodes, this.#settledNodes);
  }

  #render(tokens: Token[], hasHead = true): DomNode[] {
    const rendered = this.#around.document.createElement('p');
    appendInline(rendered, tokens, this.#around);
    return hasHead ? this.#withoutHead(rendered) : Array.from(rendered.childNodes);
  }

  #withoutHead(rendered: DomElement): DomNode[] {
    const nodes = Array.from(rendered.childNodes);
    const [first] = nodes;
    if (this.#head === '' || !first || !isText(first)) return nodes;
    first.data = first.data.slice(this.#head.length);
    return first.data === '' && this.#settledCharacters === 0 ? nodes.slice(1) : nodes;
  }
}

const settleAtCharacters = 240;
/** Characters at the end that are left: a word there may still turn into something else. */
const leftCharacters = 60;
/** What may begin something that ends later. Numbers in brackets and marks within words or between spaces do not. */
const opener = /[`$]|(?<!\w)_(?!\s)|[*~](?!\s)|<(?=[a-z/!?])|\[(?![^[\]]*\](?![[(:]))/i;

interface Cut {
  /** Characters of the paragraph's source. */
  at: number;
  before: Token[];
  after: Token[];
}

/** The last space between two words before which nothing is open. */
function findCut({ raw, tokens }: Tokens.Paragraph): Cut | undefined {
  let cut: Cut | undefined;
  let offset = 0;
  let openTags = 0;
  for (const [index, token] of tokens.entries()) {
    if (!raw.startsWith(token.raw, offset)) return cut;
    if (token.type === 'html') openTags = Math.max(0, openTags + tagLevels(token.raw));
    if (token.type === 'text' && openTags === 0) {
      const open = opener.exec(token.raw)?.index;
      const end = Math.min(open ?? Infinity, raw.length - leftCharacters - offset);
      const at = token.raw.slice(0, Math.max(0, end)).search(/(?<=\S) (?=\S+\s*\S*$)/);
      const isWhole = 'text' in token && token.text === token.raw;
      if (at > 0 && isWhole && !hasCell(raw, offset + at)) {
        const [left, right] = [token.raw.slice(0, at + 1), token.raw.slice(at + 1)];
        const before = [...tokens.slice(0, index), { ...token, raw: left, text: left }];
        cut = {
          at: offset + at + 1,
          before,
          after: [{ ...token, raw: right, text: right }, ...tokens.slice(index + 1)],
        };
      }
      if (open !== undefined) return cut;
    }
    offset += token.raw.length;
  }
  return cut;
}

/** How many elements are open behind `html` that were not before. */
function tagLevels(html: string): number {
  const tag = inlineTag(html);
  return tag ? (tag.isEnd ? -1 : 1) : 0;
}

/** Whether the line up to `at` has a bar: it may be the first row of a table, whose cells are counted. */
function hasCell(raw: string, at: number): boolean {
  return raw.slice(raw.lastIndexOf('\n', at) + 1, at).includes('|');
}
