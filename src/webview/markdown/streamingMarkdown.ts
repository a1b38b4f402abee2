import type { Links, Tokens } from 'marked';
import { mostSteps } from './boundedLexer.ts';
import { paintCodeIn } from './codeBlock.ts';
import type { DomElement } from './dom.ts';
import { GrowingBlock } from './growingBlock.ts';
import { GrowingParagraph } from './growingParagraph.ts';
import { detailsOpening } from './html/detailsSyntax.ts';
import { OpenDetails } from './html/openDetails.ts';
import { known, lex, type Block } from './lex.ts';
import { Mentions } from './mentions.ts';
import { morph } from './morph.ts';
import { openingLength } from './fences.ts';
import { OpenFence } from './openFence.ts';
import { lastText, PlainEnd } from './plainEnd.ts';
import { renderBlock } from './renderBlock.ts';
import type { Surroundings } from './surroundings.ts';
import { asItWillRead, hasWords, isHalf, isOpen, withoutAmbiguousEnd } from './unfinishedBlock.ts';

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
  readonly #links: Links;
  #hasDefinitions = false;
  readonly #mentions = new Mentions();
  /** Definitions by whether they are shown: what is used later goes when all is there. */
  readonly #shownDefinitions = new Map<string, boolean>();
  /** What is open at the end and takes all that comes until it is closed. */
  #inside: OpenFence | OpenDetails | undefined;
  /** Texts that fold and that this stands in. */
  readonly #foldedLevels: number;
  readonly #definitions = new Map<string, DomElement>();
  #growing: GrowingBlock | GrowingParagraph | undefined;
  /** Where words can be added without reading; `undefined` while nobody has looked, `false` where there is no such place. */
  #plainEnd: PlainEnd | false | undefined = false;
  /** What the next reading may cost, and what has come in for it: characters of the tail, in steps. */
  #cost = 0;
  #credit = 0;
  /** A carriage return at the end of a delta may be half of a line end. */
  #carriageReturn = '';

  constructor(container: DomElement, around: Surroundings, { foldedLevels = 0, links }: Within = {}) {
    this.#container = container;
    this.#around = around;
    this.#foldedLevels = foldedLevels;
    this.#links = links ?? (Object.create(null) as Links);
    container.replaceChildren();
  }

  append(text: string): void {
    const whole = this.#carriageReturn + text;
    this.#carriageReturn = whole.endsWith('\r') ? '\r' : '';
    this.#take(whole.slice(0, whole.length - this.#carriageReturn.length).replace(/\r\n?/g, '\n'));
  }

  get hasDefinitions(): boolean {
    return this.#hasDefinitions;
  }

  finish(): void {
    if (this.#carriageReturn !== '') this.#take('\n');
    this.#carriageReturn = '';
    this.#mentions.finish();
    if (this.#inside) {
      this.#endInside(this.#inside);
      this.#tail = this.#inside.source;
      this.#open.push({ element: this.#inside.element, raw: undefined });
      this.#inside = undefined;
    }
    const blocks = this.#read(this.#tail, 'none');
    this.#hasDefinitions ||= definitionsIn(blocks).length > 0;
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
    this.#patch(lex(this.#source, { foldedLevels: this.#foldedLevels }));
  }

  #take(text: string): void {
    if (text === '') return;
    this.#source += text;
    this.#mentions.add(text);
    if (this.#inside) {
      const rest = this.#inside.feed(text);
      if (rest === undefined) return;
      this.#close(this.#inside);
      this.#tail = rest;
    } else {
      this.#plainEnd ??= PlainEnd.of(this.#tail, this.#open.at(-1)?.element) ?? false;
      this.#tail += text;
      if (this.#plainEnd && this.#plainEnd.append(text)) {
        this.#changed();
        return;
      }
      this.#credit += Math.min(text.length, mostCredited) * stepsForCharacter;
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
      const openAt = this.#findOpen(blocks, visible);
      if (openAt !== -1) {
        if (this.#goInside(blocks, openAt)) continue;
        return;
      }
      const settled = this.#settle(blocks);
      const open = blocks.slice(settled);
      const last = asItWillRead(open.at(-1), this.#links);
      this.#patch(last ? [...open.slice(0, -1), last] : open);
      if (last) this.#changed();
      if (visible === this.#tail && hasWords(open.at(-1))) this.#plainEnd = undefined;
      // What was settled just now left the rest as it was read, with its marks open.
      if (!this.#grow(open) || !last) return;
    }
  }

  #read(source: string, openMath: 'none' | 'block'): Block[] {
    const options = { links: this.#links, openMath, foldedLevels: this.#foldedLevels };
    const blocks = lex(source, options);
    if (!this.#growing || this.#growing.continues(blocks[0])) return blocks;
    // What was settled as a list reads differently with what followed: take all of it back and read it again.
    const whole = this.#growing.unsettle(source);
    this.#tail = this.#growing.unsettle(this.#tail);
    this.#growing = undefined;
    return lex(whole, options);
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
    for (const { tag, href, title } of definitionsIn(blocks)) {
      this.#hasDefinitions = true;
      this.#links[tag] ??= { href, title };
    }
    for (const { raw } of blocks) this.#tail = this.#tail.slice(raw.length);
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
    // Within what folds, as in a quote, it may stand for itself.
    if (this.#foldedLevels > 0) return true;
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
    // What is still arriving has the same source as the text that it may turn out to be.
    const raw = isHalf(block) ? undefined : block.raw;
    if (shown && morph(shown.element, element)) {
      shown.raw = raw;
      return;
    }
    if (shown) this.#container.replaceChild(element, shown.element);
    else this.#container.append(element);
    this.#open[at] = { element, raw };
  }

  /** Settles what can be of a block that is long; true where that was something. */
  #grow(blocks: Block[]): boolean {
    const [block] = blocks;
    const [shown] = this.#open;
    if (blocks.length !== 1 || !block || !shown) return false;
    if (block.type === 'list' || block.type === 'table') {
      this.#growing ??= new GrowingBlock(block.type, shown.element, block.type === 'list' && block.loose, this.#around);
    } else if (block.type === 'paragraph') {
      this.#growing ??= new GrowingParagraph(shown.element, this.#around);
    } else return false;
    shown.raw = undefined;
    const { length } = this.#tail;
    this.#tail = this.#growing.settle(block, this.#tail);
    return this.#tail.length < length;
  }

  /** The index of a fence or a text that folds at the end that has its opening and not its end; -1 where there is none. */
  #findOpen(blocks: Block[], visible: string): number {
    const index = blocks.length - 1;
    const block = blocks[index];
    return block && isOpen(block) && visible.endsWith(block.raw) ? index : -1;
  }

  /** Settles what stands before it and lets it grow; true where the text went on behind its end. */
  #goInside(blocks: Block[], index: number): boolean {
    this.#settleBlocks(blocks.slice(0, index));
    const opening = this.#tail.slice(0, openingLength(this.#tail) || detailsOpening(this.#tail)?.raw.length);
    const inside = blocks[index]?.type === 'details' ? this.#unfold(opening) : this.#beginFence(opening);
    const isShown = this.#open.some(({ element }) => element === inside.element);
    for (const { element } of this.#open.splice(0)) {
      if (element !== inside.element) this.#container.removeChild(element);
    }
    // Taken out and put back it would lose the keyboard.
    if (!isShown) this.#container.append(inside.element);
    const rest = inside.feed(this.#tail.slice(opening.length));
    this.#tail = rest ?? '';
    if (rest === undefined) this.#inside = inside;
    else this.#close(inside);
    return rest !== undefined;
  }

  #beginFence(opening: string): OpenFence {
    const begun = this.#open.find(({ element }) => element.className === 'code-block');
    return new OpenFence(opening, this.#around, begun?.element);
  }

  #unfold(opening: string): OpenDetails {
    const foldedLevels = this.#foldedLevels;
    const [block] = lex(opening, { links: this.#links, foldedLevels });
    const shown = block && renderBlock(block, this.#around);
    const element = shown ?? this.#around.document.createElement('details');
    const body = element.children[1] ?? element;
    const within = { links: this.#links, foldedLevels: foldedLevels + 1 };
    return new OpenDetails(opening, element, new StreamingMarkdown(body, this.#around, within));
  }

  #close(inside: OpenFence | OpenDetails): void {
    this.#inside = undefined;
    if (this.#endInside(inside)) return;
    const [block] = lex(inside.source);
    const element = block && renderBlock(block, this.#around);
    if (element) morph(inside.element, element);
    paintCodeIn(inside.element, this.#around);
  }

  /** Whether `inside` has rendered itself all that there will be. */
  #endInside(inside: OpenFence | OpenDetails): boolean {
    if (inside instanceof OpenFence) return false;
    inside.close();
    this.#hasDefinitions ||= inside.hasDefinitions;
    return true;
  }
}

/** Where a text stands within others. */
interface Within {
  foldedLevels?: number;
  /** Of the text around it. */
  links?: Links;
}

/** The definitions in `blocks` and in what folds among them. */
function definitionsIn(blocks: Block[]): Tokens.Def[] {
  return blocks.flatMap(block =>
    block.type === 'def' ? [block] : block.type === 'details' ? definitionsIn(known(block.tokens)) : [],
  );
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
/** Characters of one piece that count for that: what comes in large pieces need not be seen between them. */
const mostCredited = 400;
/** Characters of a tail that is read at every delta. */
const alwaysRead = 400;

/** Characters beyond which a paragraph grows piece by piece. */
const longParagraph = 160;
