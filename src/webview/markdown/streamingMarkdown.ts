import type { Links } from 'marked';
import type { DomElement } from './dom.ts';
import { GrowingBlock } from './growingBlock.ts';
import { lex, type Block } from './lex.ts';
import { morph } from './morph.ts';
import { isClosed, OpenFence, openingLength } from './openFence.ts';
import { renderBlock, type Surroundings } from './renderBlock.ts';
import { closeInline } from './unfinishedInline.ts';

/**
 * Markdown that is rendered while it arrives. All blocks but the last two are settled: they are never read, compared
 * or touched again, so that a delta costs the same at the end of a long answer as at its start. One block is not
 * enough: a half-typed list marker can still join the list before it.
 *
 * After `finish` the document is what renderMarkdown makes of the whole text.
 */
export class StreamingMarkdown {
  readonly #container: DomElement;
  readonly #around: Surroundings;
  /** Everything that arrived; read again only where a link definition came after its use. */
  #source = '';
  /** What is not settled. */
  #tail = '';
  /** The number of elements that are settled. */
  #settled = 0;
  /** Link definitions in the settled part. */
  readonly #links = Object.create(null) as Links;
  #hasDefinitions = false;
  #fence: OpenFence | undefined;
  #growing: GrowingBlock | undefined;
  /** A carriage return at the end of a delta may be half of a line end. */
  #carriageReturn = '';

  constructor(container: DomElement, around: Surroundings) {
    this.#container = container;
    this.#around = around;
    container.replaceChildren();
  }

  append(text: string): void {
    const whole = this.#carriageReturn + text;
    this.#carriageReturn = whole.endsWith('\r') ? '\r' : '';
    this.#take(whole.slice(0, whole.length - this.#carriageReturn.length).replace(/\r\n?/g, '\n'));
  }

  finish(): void {
    if (this.#carriageReturn !== '') this.#take('\n');
    this.#carriageReturn = '';
    if (this.#fence) {
      this.#tail = this.#fence.source;
      this.#fence = undefined;
    }
    const blocks = this.#read(this.#tail);
    this.#hasDefinitions ||= blocks.some(block => block.type === 'def');
    if (this.#hasDefinitions) this.#renderAll();
    else this.#patch(blocks);
    this.#tail = '';
  }

  /** A link definition also counts for what stands before it, which may be settled without it. */
  #renderAll(): void {
    this.#settled = 0;
    this.#growing = undefined;
    this.#patch(lex(this.#source));
  }

  #take(text: string): void {
    if (text === '') return;
    this.#source += text;
    if (this.#fence) {
      const rest = this.#fence.feed(text);
      if (rest === undefined) return;
      this.#closeFence(this.#fence);
      this.#tail = rest;
    } else {
      this.#tail += text;
    }
    this.#advance();
  }

  /** Reads the tail, settles what is done and shows the rest. */
  #advance(): void {
    for (;;) {
      const visible = withoutAmbiguousEnd(this.#tail);
      const blocks = this.#read(visible);
      const fenceAt = this.#findOpenFence(blocks, visible);
      if (fenceAt !== -1) {
        if (this.#openFence(blocks, fenceAt)) continue;
        return;
      }
      const settled = this.#settle(blocks);
      const open = blocks.slice(settled);
      this.#patch(asItWillRead(open, this.#links));
      this.#grow(open);
      return;
    }
  }

  #read(source: string): Block[] {
    const blocks = lex(source, this.#links);
    if (!this.#growing || this.#growing.continues(blocks[0])) return blocks;
    // What was settled as a list reads differently with what followed: take all of it back and read it again.
    const whole = this.#growing.unsettle(source);
    this.#tail = this.#growing.unsettle(this.#tail);
    this.#growing = undefined;
    return lex(whole, this.#links);
  }

  /** Settles all but the last two blocks; returns how many tokens that were. */
  #settle(blocks: Block[]): number {
    const shown = blocks.map((block, index) => (block.type === 'space' ? -1 : index)).filter(index => index !== -1);
    const last = blocks.at(-1);
    // Three items or rows are proof enough that what stands before them is done.
    const isLong = last?.type === 'list' ? last.items.length > 2 : last?.type === 'table' && last.rows.length > 2;
    const firstOpen = shown.at(isLong ? -1 : -2) ?? 0;
    if (firstOpen > 0) this.#settleBlocks(blocks.slice(0, firstOpen));
    return firstOpen;
  }

  #settleBlocks(blocks: Block[]): void {
    this.#patch(blocks);
    for (const block of blocks) {
      if (block.type === 'def') {
        this.#hasDefinitions = true;
        this.#links[block.tag] ??= { href: block.href, title: block.title };
      }
      if (showsSomething(block)) this.#settled += 1;
      this.#tail = this.#tail.slice(block.raw.length);
    }
    this.#growing = undefined;
  }

  /** Shows `blocks` after the settled ones. */
  #patch(blocks: Block[]): void {
    let at = this.#settled;
    const growing = this.#growing;
    for (const [index, block] of blocks.entries()) {
      const element = renderBlock(block, this.#around);
      if (!element) continue;
      const old = this.#container.children[at];
      if (index === 0 && growing?.continues(block)) growing.patch(element);
      else if (!old) this.#container.append(element);
      else if (!morph(old, element)) this.#container.replaceChild(element, old);
      at += 1;
    }
    for (let index = this.#container.children.length - 1; index >= at; index--) {
      const extra = this.#container.children[index];
      if (extra) this.#container.removeChild(extra);
    }
  }

  #grow(blocks: Block[]): void {
    const [block] = blocks;
    if (blocks.length !== 1 || (block?.type !== 'list' && block?.type !== 'table')) return;
    const element = this.#container.children[this.#settled];
    if (!element) return;
    this.#growing ??= new GrowingBlock(block.type, element, block.type === 'list' && block.loose);
    this.#tail = this.#growing.settle(block, this.#tail);
  }

  /** The index of a fence at the end that has its opening line and not its closing one; -1 where there is none. */
  #findOpenFence(blocks: Block[], visible: string): number {
    const index = blocks.length - 1;
    const block = blocks[index];
    if (block?.type !== 'code' || block.codeBlockStyle === 'indented') return -1;
    if (openingLength(block.raw) === 0 || isClosed(block.raw)) return -1;
    return visible.endsWith(block.raw) ? index : -1;
  }

  /** Settles what stands before the fence and lets it grow; true where the text went on behind its end. */
  #openFence(blocks: Block[], index: number): boolean {
    this.#settleBlocks(blocks.slice(0, index));
    const length = openingLength(this.#tail);
    const fence = new OpenFence(this.#tail.slice(0, length), this.#around);
    const old = this.#container.children[this.#settled];
    if (old) this.#container.replaceChild(fence.element, old);
    else this.#container.append(fence.element);
    const rest = fence.feed(this.#tail.slice(length));
    this.#tail = rest ?? '';
    if (rest === undefined) this.#fence = fence;
    else this.#closeFence(fence);
    return rest !== undefined;
  }

  #closeFence(fence: OpenFence): void {
    const [block] = lex(fence.source);
    const element = block && renderBlock(block, this.#around);
    if (element) morph(fence.element, element);
    this.#settled += 1;
    this.#fence = undefined;
  }
}

function showsSomething(block: Block): boolean {
  return block.type !== 'space' && block.type !== 'def';
}

/**
 * A last line of marks only is not shown before it is clear what it becomes: a list item, a rule, a table's second
 * line, a fence, or the underline that would turn the paragraph above into a heading for one frame.
 */
function withoutAmbiguousEnd(source: string): string {
  const start = source.lastIndexOf('\n') + 1;
  return /^[\s>]*(?:[-+*=_#`~|:\s]+|\d{1,9}[.)]?)$/.test(source.slice(start)) ? source.slice(0, start) : source;
}

/** `blocks` with open emphasis in the last one closed. */
function asItWillRead(blocks: Block[], links: Links): Block[] {
  const last = blocks.at(-1);
  if (!last) return blocks;
  const start = startOfOpenText(last);
  const text = last.raw.slice(start);
  const closed = closeInline(text);
  if (start === -1 || closed === text || text.trim() === '') return blocks;
  const [again, ...more] = lex(last.raw.slice(0, start) + closed, links);
  const isSame = again?.type === last.type && more.length === 0 && isLoose(again) === isLoose(last);
  return isSame ? [...blocks.slice(0, -1), again] : blocks;
}

/** Where the text begins that emphasis can span and that still grows; -1 where nothing does. */
function startOfOpenText(block: Block): number {
  const { type, raw } = block;
  if (type === 'paragraph' || type === 'heading') return 0;
  if (type === 'list' || type === 'blockquote') return raw.lastIndexOf('\n') + 1;
  if (type === 'table') return Math.max(raw.lastIndexOf('\n'), raw.lastIndexOf('|')) + 1;
  return -1;
}

function isLoose(block: Block): boolean {
  return block.type === 'list' && block.loose;
}
