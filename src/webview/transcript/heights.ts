import type { Turn } from '../../shared/conversation.ts';
import { beginningOf } from '../blocks/longText.ts';
import { isShownAtFirst, portionsOf } from './portions.ts';

/** Pixels of a turn besides its text: headings, bars and the space after it. */
const frameHeight = 76;
/** Roughly what a line of text takes, and how wide a character is, in pixels. */
const lineHeight = 20;
const characterWidth = 7;

/**
 * The heights of all turns in pixels, the space after each included: measured where they have been in the document,
 * else estimated by their texts.
 */
export class TurnHeights {
  readonly #measured = new Map<string, number>();
  #estimated = new WeakMap<Turn, number>();
  #width: number;

  /** `width` of the text in pixels. */
  constructor(width: number) {
    this.#width = width;
  }

  of(turn: Turn): number {
    const measured = this.#measured.get(turn.id);
    if (measured !== undefined) return measured;
    const known = this.#estimated.get(turn);
    if (known !== undefined) return known;
    const estimate = estimateHeight(turn, this.#width);
    this.#estimated.set(turn, estimate);
    return estimate;
  }

  measure(turnId: string, height: number): void {
    this.#measured.set(turnId, height);
  }

  /** Of another width, all texts break otherwise: what is not in the document now is estimated by what it was. */
  setWidth(width: number): void {
    if (width === this.#width || width <= 0) return;
    for (const [id, height] of this.#measured) {
      this.#measured.set(id, frameHeight + (Math.max(0, height - frameHeight) * this.#width) / width);
    }
    this.#estimated = new WeakMap();
    this.#width = width;
  }
}

function estimateHeight(turn: Turn, width: number): number {
  // Nothing is drawn of it.
  if (turn.role === 'user' && turn.handsBack) return 0;
  const perLine = Math.max(10, Math.floor(width / characterWidth));
  let lines = 0;
  for (const whole of textsOf(turn)) {
    const text = beginningOf(whole);
    for (let start = 0; start <= text.length;) {
      const end = text.indexOf('\n', start);
      const length = (end === -1 ? text.length : end) - start;
      lines += Math.max(1, Math.ceil(length / perLine));
      start += length + 1;
    }
  }
  return frameHeight + lines * lineHeight;
}

/** What of a turn is seen at first: thinking is closed, and of long code and of many blocks a few are shown. */
function* textsOf(turn: Turn): Generator<string> {
  if (turn.role === 'assistant') {
    const portions = portionsOf(turn.blocks).filter((_, index, all) => isShownAtFirst(index, all.length));
    for (const block of portions.flatMap(({ first, end }) => turn.blocks.slice(first, end))) {
      if (block.type === 'text' || block.type === 'toolUse') yield block.text;
    }
    for (const finding of turn.findings ?? []) yield finding.title;
    return;
  }
  yield turn.text;
  for (const { code } of turn.excerpts) yield code.slice(0, 400);
  for (const { text } of turn.toolResults ?? []) yield text;
}
