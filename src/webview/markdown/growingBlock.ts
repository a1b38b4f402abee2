import type { Tokens } from 'marked';
import type { DomElement } from './dom.ts';
import type { Block } from './lex.ts';
import { paintCodeIn } from './codeBlock.ts';
import { morph } from './morph.ts';
import { renderListItem, renderRow } from './renderBlock.ts';
import type { Surroundings } from './surroundings.ts';

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
  readonly #loose: boolean;
  readonly #around: Surroundings;
  /** The items that are not settled: to find one among its siblings, a browser counts them from the first one on. */
  readonly #shown: ShownItem[];

  constructor(type: 'list' | 'table', element: DomElement, loose: boolean, around: Surroundings) {
    this.type = type;
    this.element = element;
    this.#loose = loose;
    this.#around = around;
    const items = itemsOf(type, element)?.children ?? [];
    this.#shown = Array.from(items, item => ({ element: item, source: undefined }));
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
      const old = this.#shown[index];
      if (old?.source === source) continue;
      const element = render();
      if (old && morph(old.element, element)) {
        old.source = source;
        continue;
      }
      if (old) parent.replaceChild(element, old.element);
      else parent.appendChild(element);
      this.#shown[index] = { element, source };
    }
    for (const { element } of this.#shown.splice(items.length)) parent.removeChild(element);
  }

  /** The last item is shown with more than it was read with. */
  changed(): void {
    const last = this.#shown.at(-1);
    if (last) last.source = undefined;
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
    for (const { element } of this.#shown.splice(0, count)) paintCodeIn(element, this.#around);
  }

  /** The whole source again, where what follows shows that the block has to be read anew. */
  unsettle(rest: string): string {
    return this.source + rest.slice(this.head.length);
  }
}

interface ShownItem {
  element: DomElement;
  /** What it was made of; undefined where that has to be compared again. */
  source: string | undefined;
}

/** The element whose children are the items: the list itself, or the table's body. */
function itemsOf(type: 'list' | 'table', element: DomElement): DomElement | undefined {
  return type === 'list' ? element : element.children[1]?.children[1];
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
