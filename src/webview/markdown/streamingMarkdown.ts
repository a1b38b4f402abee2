import type { Links } from 'marked';
import { mostSteps } from './boundedLexer.ts';
import { paintCodeIn } from './codeBlock.ts';
import type { DomElement } from './dom.ts';
import { GrowingBlock } from './growingBlock.ts';
import { GrowingParagraph } from './growingParagraph.ts';
import { lex, type Block } from './lex.ts';
import { mayHaveMath } from './math/mathSyntax.ts';
import { Mentions } from './mentions.ts';
import { morph } from './morph.ts';
import { isClosed, OpenFence, openingLength } from './openFence.ts';
import { lastText, PlainEnd } from './plainEnd.ts';
import { renderBlock } from './renderBlock.ts';
import type { Surroundings } from './surroundings.ts';
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
  /** What is shown and not settled: always the last elements of the container. */
  readonly #open: Shown[] = [];
  /** Link definitions in the settled part. */
  readonly #links = Object.create(null) as Links;
  #hasDefinitions = false;
  readonly #mentions = new Mentions();
  /** Definitions by whether they are shown: what is used later goes when all is there. */
  readonly #shownDefinitions = new Map<string, boolean>();
  readonly #definitions = new Map<string, DomElement>();
  #fence: OpenFence | undefined;
  #growing: GrowingBlock | GrowingParagraph | undefined;
  /** Where words can be added without reading; `undefined` while nobody has looked, `false` where there is no such place. */
  #plainEnd: PlainEnd | false | undefined = false;
  /** What the next reading may cost, and what has come in for it: characters of the tail, in steps. */
  #cost = 0;
  #credit = 0;
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
    this.#mentions.finish();
    if (this.#fence) {
      this.#tail = this.#fence.source;
      this.#open.push({ element: this.#fence.element, raw: undefined });
      this.#fence = undefined;
    }
    const blocks = this.#read(this.#tail, 'none');
    this.#hasDefinitions ||= blocks.some(block => block.type === 'def');
    // A formula without an end looked as if it would get one.
    for (const shown of this.#open) shown.raw = undefined;
    if (this.#hasDefinitions) this.#renderAll();
    else this.#patch(blocks);
    for (const { element } of this.#open) paintCodeIn(element, this.#around);
    this.#open.length = 0;
    this.#tail = '';
    this.#plainEnd = false;
  }

  /** A link definition also counts for what stands before it, which may be settled without it. */
  #renderAll(): void {
    // What goes is taken out first: else everything below it would be compared with its neighbour, and made anew.
    for (const [tag, element] of this.#definitions) {
      if (this.#mentions.has(tag) && Array.from(this.#container.children).includes(element)) {
        this.#container.removeChild(element);
      }
    }
    this.#open.splice(0, Infinity, ...Array.from(this.#container.children, element => ({ element, raw: undefined })));
    this.#growing = undefined;
    this.#shownDefinitions.clear();
    this.#patch(lex(this.#source));
  }

  #take(text: string): void {
    if (text === '') return;
    this.#source += text;
    this.#mentions.add(text);
    if (this.#fence) {
      const rest = this.#fence.feed(text);
      if (rest === undefined) return;
      this.#closeFence(this.#fence);
      this.#tail = rest;
    } else {
      this.#plainEnd ??= PlainEnd.of(this.#tail, this.#open.at(-1)?.element) ?? false;
      this.#tail += text;
      if (this.#plainEnd && this.#plainEnd.append(text)) {
        this.#changed();
        return;
      }
      this.#credit += text.length * stepsForCharacter;
      if (this.#credit < this.#cost) {
        this.#showUnread(text);
        return;
      }
    }
    this.#advance();
    this.#credit = 0;
    this.#cost = this.#tail.length > alwaysRead ? mostSteps(this.#tail) : 0;
  }

  /** Text that waits for the next reading is shown as it is. */
  #showUnread(text: string): void {
    this.#plainEnd = false;
    lastText(this.#open.at(-1)?.element)?.appendData(text);
    this.#changed();
  }

  /** What is shown of the last block is no longer what a reading of it gave. */
  #changed(): void {
    const last = this.#open.at(-1);
    if (last) last.raw = undefined;
    if (this.#growing instanceof GrowingBlock) this.#growing.changed();
  }

  /** Reads the tail, settles what is done and shows the rest. */
  #advance(): void {
    this.#plainEnd = false;
    for (;;) {
      const visible = withoutAmbiguousEnd(this.#tail);
      const blocks = this.#read(visible, 'block');
      const fenceAt = this.#findOpenFence(blocks, visible);
      if (fenceAt !== -1) {
        if (this.#openFence(blocks, fenceAt)) continue;
        return;
      }
      const settled = this.#settle(blocks);
      const open = blocks.slice(settled);
      const last = asItWillRead(open.at(-1), this.#links);
      this.#patch(last ? [...open.slice(0, -1), last] : open);
      if (last) this.#changed();
      if (visible === this.#tail && hasWords(open.at(-1))) this.#plainEnd = undefined;
      this.#grow(open);
      return;
    }
  }

  #read(source: string, openMath: 'none' | 'block'): Block[] {
    const blocks = lex(source, { links: this.#links, openMath });
    if (!this.#growing || this.#growing.continues(blocks[0])) return blocks;
    // What was settled as a list reads differently with what followed: take all of it back and read it again.
    const whole = this.#growing.unsettle(source);
    this.#tail = this.#growing.unsettle(this.#tail);
    this.#growing = undefined;
    return lex(whole, { links: this.#links, openMath });
  }

  /** Settles all but the last two blocks; returns how many tokens that were. */
  #settle(blocks: Block[]): number {
    const shown = blocks.map((block, index) => (block.type === 'space' ? -1 : index)).filter(index => index !== -1);
    const last = blocks.at(-1);
    // Three items or rows, or so many words, are proof enough that what stands before them is done.
    const isLong =
      last?.type === 'list'
        ? last.items.length > 2
        : last?.type === 'table'
          ? last.rows.length > 2
          : last?.type === 'paragraph' && last.raw.length > longParagraph;
    const firstOpen = shown.at(isLong ? -1 : -2) ?? 0;
    if (firstOpen > 0) this.#settleBlocks(blocks.slice(0, firstOpen));
    return firstOpen;
  }

  #settleBlocks(blocks: Block[]): void {
    const count = this.#showAll(blocks);
    for (const block of blocks) {
      if (block.type === 'def') {
        this.#hasDefinitions = true;
        this.#links[block.tag] ??= { href: block.href, title: block.title };
      }
      this.#tail = this.#tail.slice(block.raw.length);
    }
    for (const { element } of this.#open.splice(0, count)) paintCodeIn(element, this.#around);
    this.#growing = undefined;
  }

  /** Shows `blocks` in place of what is open. */
  #patch(blocks: Block[]): void {
    this.#removeOpen(this.#showAll(blocks));
  }

  #removeOpen(from: number): void {
    for (const { element } of this.#open.splice(from)) this.#container.removeChild(element);
  }

  /** Shows `blocks` in place of the first of what is open; returns how many elements they are. */
  #showAll(blocks: Block[]): number {
    let at = 0;
    for (const block of blocks) {
      if (!this.#showsSomething(block)) continue;
      const shown = this.#open[at];
      if (shown?.raw !== block.raw) this.#show(block, at, shown);
      const element = this.#open[at]?.element;
      if (block.type === 'def' && element) this.#definitions.set(block.tag, element);
      at += 1;
    }
    return at;
  }

  #showsSomething(block: Block): boolean {
    if (block.type !== 'def') return block.type !== 'space';
    const isShown = this.#shownDefinitions.get(block.tag) ?? !this.#mentions.has(block.tag);
    this.#shownDefinitions.set(block.tag, isShown);
    return isShown;
  }

  #show(block: Block, at: number, shown: Shown | undefined): void {
    if (shown && at === 0 && this.#growing?.continues(block)) {
      this.#growing.show(block);
      return;
    }
    const element = renderBlock(block, this.#around);
    if (!element) return;
    // A formula that is still arriving has the same source as the text that it may turn out to be.
    const raw = block.type === 'math' && block.isOpen ? undefined : block.raw;
    if (shown && morph(shown.element, element)) {
      shown.raw = raw;
      return;
    }
    if (shown) this.#container.replaceChild(element, shown.element);
    else this.#container.append(element);
    this.#open[at] = { element, raw };
  }

  #grow(blocks: Block[]): void {
    const [block] = blocks;
    const [shown] = this.#open;
    if (blocks.length !== 1 || !block || !shown) return;
    if (block.type === 'list' || block.type === 'table') {
      this.#growing ??= new GrowingBlock(block.type, shown.element, block.type === 'list' && block.loose, this.#around);
    } else if (block.type === 'paragraph') {
      this.#growing ??= new GrowingParagraph(shown.element, this.#around);
    } else return;
    shown.raw = undefined;
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
    const begun = this.#open.find(({ element }) => element.className === 'code-block');
    const fence = new OpenFence(this.#tail.slice(0, length), this.#around, begun?.element);
    for (const { element } of this.#open.splice(0)) {
      if (element !== fence.element) this.#container.removeChild(element);
    }
    // Taken out and put back it would lose the keyboard.
    if (fence.element !== begun?.element) this.#container.append(fence.element);
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
    paintCodeIn(fence.element, this.#around);
    this.#fence = undefined;
  }
}

/** An element that may still change. */
interface Shown {
  element: DomElement;
  /** The source of the block as it is shown; undefined where it has to be compared again. */
  raw: string | undefined;
}

/**
 * A tail that can't be settled, such as a paragraph of open marks, is read again whenever so much has come that it pays:
 * read at every delta, it would cost the square of its length. Usual text is far below.
 */
const stepsForCharacter = 5_000;
/** Characters of a tail that is read at every delta. */
const alwaysRead = 400;

/** Characters beyond which a paragraph grows piece by piece. */
const longParagraph = 160;

/** Characters of a line that may be nothing but marks, such as that below the head of a wide table. */
const longestMarks = 1_000;

/**
 * A last line of marks only is not shown before it is clear what it becomes: a list item, a rule, a table's second
 * line, a fence, or the underline that would turn the paragraph above into a heading for one frame.
 */
function withoutAmbiguousEnd(source: string): string {
  const start = source.lastIndexOf('\n') + 1;
  if (source.length - start > longestMarks) return source;
  return /^[\s>]*(?:[-+*=_#`~|:$\s]+|\\\[?|\d{1,9}[.)]?)$/.test(source.slice(start)) ? source.slice(0, start) : source;
}

/** `last` as it reads with open emphasis closed; undefined where that is how it reads anyway. */
function asItWillRead(last: Block | undefined, links: Links): Block | undefined {
  const start = last ? startOfOpenText(last) : -1;
  if (!last || start === -1) return undefined;
  const text = last.raw.slice(start);
  const closed = closeInline(text);
  if (text.trim() === '' || (closed === text.trimEnd() && !mayHaveMath(text))) return undefined;
  const [again, ...more] = lex(last.raw.slice(0, start) + closed, { links, openMath: 'any' });
  return again?.type === last.type && more.length === 0 && isLoose(again) === isLoose(last) ? again : undefined;
}

/** Where the text begins that emphasis can span and that still grows; -1 where nothing does. */
function startOfOpenText(block: Block): number {
  const { type, raw } = block;
  if (type === 'paragraph' || type === 'heading') return 0;
  if (type === 'list' || type === 'blockquote') return raw.lastIndexOf('\n') + 1;
  if (type === 'table') return Math.max(raw.lastIndexOf('\n'), raw.lastIndexOf('|')) + 1;
  return -1;
}

/** Whether `block` ends with words to which more can be added. */
function hasWords(block: Block | undefined): boolean {
  return block !== undefined && startOfOpenText(block) !== -1;
}

function isLoose(block: Block): boolean {
  return block.type === 'list' && block.loose;
}
