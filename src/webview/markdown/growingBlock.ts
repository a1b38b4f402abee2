import type { Tokens } from 'marked';
import type { DomElement } from './dom.ts';
import type { Block } from './lex.ts';
import { paintCodeIn } from './codeBlock.ts';
import { morph } from './morph.ts';
import { renderListItem, renderRow, type Surroundings } from './renderBlock.ts';

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
  readonly #around: Surroundings;
  /** What the items that are not settled were made of when they were shown. */
  readonly #shown: (string | undefined)[] = [];

  constructor(type: 'list' | 'table', element: DomElement, loose: boolean, around: Surroundings) {
    this.type = type;
    this.element = element;
    this.#loose = loose;
    this.#around = around;
  }

  /** Whether `block`, read from what is left, still continues this one. A list that turns loose changes all its items. */
  continues(block: Block | undefined): boolean {
    if (block?.type !== this.type) return false;
    return block.type !== 'list' || block.loose === this.#loose;
  }

  /** Shows the items of `block` after the settled ones; those that have not changed are left alone. */
  show(block: Block): void {
    const parent = itemsOf(this.type, this.element);
    if (!parent) return;
    const items = itemsIn(block, this.#around);
    for (const [index, { source, render }] of items.entries()) {
      if (this.#shown[index] === source) continue;
      const element = render();
      const old = parent.childNodes[this.#settled + index];
      if (!old) parent.appendChild(element);
      else if (!morph(old, element)) parent.replaceChild(element, old);
      this.#shown[index] = source;
    }
    this.#shown.length = items.length;
    for (let last = parent.childNodes.length - 1; last >= this.#settled + items.length; last--) {
      const extra = parent.childNodes[last];
      if (extra) parent.removeChild(extra);
    }
  }

  /** The last item is shown with more than it was read with. */
  changed(): void {
    if (this.#shown.length > 0) this.#shown[this.#shown.length - 1] = undefined;
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
    this.#settleShown(done.length);
    this.source += raw;
    return source.slice(raw.length);
  }

  #settleRows(table: Tokens.Table, source: string): string {
    const done = table.rows.length - 2;
    const lines = source.split('\n');
    if (done <= 0 || lines.length < done + 4) return source;
    const head = `${lines.slice(0, 2).join('\n')}\n`;
    const rows = `${lines.slice(2, 2 + done).join('\n')}\n`;
    this.#settleShown(done);
    this.source += this.head === '' ? head + rows : rows;
    this.head = head;
    return head + lines.slice(2 + done).join('\n');
  }

  #settleShown(count: number): void {
    const parent = itemsOf(this.type, this.element);
    for (let index = this.#settled; index < this.#settled + count; index++) {
      const item = parent?.children[index];
      if (item) paintCodeIn(item, this.#around);
    }
    this.#settled += count;
    this.#shown.splice(0, count);
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

/** The items of a list or the rows of a table's body, each with what it is made of. */
function itemsIn(block: Block, around: Surroundings): { source: string; render: () => DomElement }[] {
  if (block.type === 'list') {
    return block.items.map(item => ({ source: item.raw, render: () => renderListItem(item, around) }));
  }
  if (block.type !== 'table') return [];
  return block.rows.map(cells => ({
    source: cells.map(({ text }) => text).join('\n'),
    render: () => renderRow(cells, around),
  }));
}
