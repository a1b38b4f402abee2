import type { Tokens } from 'marked';
import type { DomElement } from './dom.ts';
import type { Block } from './lex.ts';
import { morphChildren } from './morph.ts';

/**
 * The part of a long list or table at the end of an answer that no longer changes. Its items stay in the document and
 * leave the source that is read again, so that the thousandth item costs as much as the tenth.
 */
export class GrowingBlock {
  readonly type: 'list' | 'table';
  readonly element: DomElement;
  /** What was settled, exactly as it arrived. */
  source = '';
  /** What has to stand before the rest for the lexer to see the same kind of block: a table's first two lines. */
  head = '';
  #settled = 0;
  readonly #loose: boolean;

  constructor(type: 'list' | 'table', element: DomElement, loose: boolean) {
    this.type = type;
    this.element = element;
    this.#loose = loose;
  }

  /** Whether `block`, read from what is left, still continues this one. A list that turns loose changes all its items. */
  continues(block: Block | undefined): boolean {
    if (block?.type !== this.type) return false;
    return block.type !== 'list' || block.loose === this.#loose;
  }

  /** Shows the items of `rendered` after the settled ones. */
  patch(rendered: DomElement): void {
    const items = itemsOf(this.type, rendered);
    const parent = itemsOf(this.type, this.element);
    if (items && parent) morphChildren(parent, Array.from(items.childNodes), this.#settled);
  }

  /** Settles all but the last two items of `block`; returns what is left of `source`, which begins with it. */
  settle(block: Block, source: string): string {
    if (block.type === 'list') return this.#settleItems(block, source);
    if (block.type === 'table') return this.#settleRows(block, source);
    return source;
  }

  #settleItems(list: Tokens.List, source: string): string {
    const done = list.items.slice(0, -2);
    const raw = done.map(item => item.raw).join('');
    if (done.length === 0 || !source.startsWith(raw)) return source;
    this.#settled += done.length;
    this.source += raw;
    return source.slice(raw.length);
  }

  #settleRows(table: Tokens.Table, source: string): string {
    const done = table.rows.length - 2;
    const lines = source.split('\n');
    if (done <= 0 || lines.length < done + 4) return source;
    const head = `${lines.slice(0, 2).join('\n')}\n`;
    const rows = `${lines.slice(2, 2 + done).join('\n')}\n`;
    this.#settled += done;
    this.source += this.head === '' ? head + rows : rows;
    this.head = head;
    return head + lines.slice(2 + done).join('\n');
  }

  /** The whole source again, where what follows shows that the block has to be read anew. */
  unsettle(rest: string): string {
    return this.source + rest.slice(this.head.length);
  }
}

/** The element whose children are the items: the list itself, or the table's body. */
function itemsOf(type: 'list' | 'table', element: DomElement): DomElement | undefined {
  return type === 'list' ? element : element.children[0]?.children[1];
}
