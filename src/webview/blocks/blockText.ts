import { FrameFlush, type RequestFrame } from '../ui/frames.ts';
import type { DomElement } from '../markdown/dom.ts';
import type { Surroundings } from '../markdown/surroundings.ts';
import { StreamingMarkdown } from '../markdown/streamingMarkdown.ts';
import { beginningOf, mostShown } from './longText.ts';

export interface BlockTextPorts {
  nextFrame: RequestFrame;
  /** Runs what it is given in a later task; returns what calls it off. */
  later: (work: () => void) => () => void;
  /** Milliseconds of any clock. */
  now: () => number;
  /** All of a finished text is in the document. */
  drawn?: () => void;
}

/** Milliseconds of one task, to which the piece comes that is being worked on. */
const sliceMs = 12;
/** Characters that are drawn before the clock is looked at: all of a usual answer, which is there in its first frame. */
const pieceLength = 4_000;

/**
 * The Markdown of one block in its element, from the first character to the finished block. No component renders while
 * it grows; what arrives between two frames is shown together. What takes longer is drawn on in later tasks, so that Stop
 * and what is typed come in between; until then the element is busy. A very long text is shown up to a limit.
 */
export class BlockText {
  readonly #container: DomElement;
  readonly #around: Surroundings;
  readonly #ports: BlockTextPorts;
  readonly #frames: FrameFlush;
  #markdown: StreamingMarkdown;
  /** What was given to the renderer, and what waits for the next frame. */
  #shown = '';
  #pending = '';
  /** Nothing comes after what waits. */
  #isWhole = false;
  #isFinished = false;
  /** Shows what the renderer could not take, as it is. */
  #plain: DomElement | undefined;
  /** Calls off what is to be drawn on. */
  #stopRest: (() => void) | undefined;
  #limit = mostShown;
  #isLong = false;

  constructor(container: DomElement, around: Surroundings, ports: BlockTextPorts) {
    this.#container = container;
    this.#around = around;
    this.#ports = ports;
    this.#frames = new FrameFlush(() => this.#flush(), ports.nextFrame);
    this.#markdown = new StreamingMarkdown(container, around);
  }

  /** Whether there is more than is shown where nobody asks for all. */
  get isLong(): boolean {
    return this.#isLong;
  }

  add(text: string): void {
    if (this.#isLong && this.#limit === mostShown) return;
    const length = this.#shown.length + this.#pending.length;
    this.#isLong ||= length + text.length > mostShown;
    this.#pending += beginningOf(text, this.#limit - length);
    if (!this.#stopRest) this.#frames.schedule();
  }

  /** Shows exactly `text`, of a long one the beginning or all; goes on from what is shown where that is its beginning. */
  sync(whole: string, isFinished: boolean, isAll = false): void {
    this.#limit = isAll ? Infinity : mostShown;
    this.#isLong = whole.length > mostShown;
    const text = beginningOf(whole, this.#limit);
    const isDone = this.#isFinished && isFinished && text === this.#shown;
    if (!isDone && (this.#isFinished || !text.startsWith(this.#shown))) this.#restart();
    this.#pending = text.slice(this.#shown.length);
    this.#isWhole = isFinished;
    this.#flush();
  }

  /** What is not drawn yet won't be. */
  dispose(): void {
    this.#frames.dispose();
    this.#endRest();
  }

  #restart(): void {
    this.#markdown = new StreamingMarkdown(this.#container, this.#around);
    this.#plain = undefined;
    this.#shown = '';
    this.#isFinished = false;
  }

  #endRest(): void {
    if (!this.#stopRest) return;
    this.#stopRest();
    this.#stopRest = undefined;
    this.#container.removeAttribute('aria-busy');
  }

  #putOff(): void {
    this.#container.setAttribute('aria-busy', 'true');
    this.#stopRest = this.#ports.later(() => this.#flush());
  }

  #flush(): void {
    this.#endRest();
    const endsAt = this.#ports.now() + sliceMs;
    while (this.#pending !== '') {
      this.#drawPiece();
      // The end of a text may take as long as a piece of it.
      const isLeft = this.#pending !== '' || (this.#isWhole && this.#shown.length > pieceLength);
      if (isLeft && this.#ports.now() >= endsAt) {
        this.#putOff();
        return;
      }
    }
    if (!this.#isWhole) return;
    if (!this.#isFinished) this.#guarded(() => this.#markdown.finish());
    this.#isFinished = true;
    this.#ports.drawn?.();
  }

  #drawPiece(): void {
    const piece = beginningOf(this.#pending, pieceLength);
    this.#pending = this.#pending.slice(piece.length);
    this.#shown += piece;
    if (this.#plain) this.#plain.append(piece);
    else this.#guarded(() => this.#markdown.append(piece));
  }

  /** Text that the renderer cannot take, such as quotes nested ten thousand deep, is shown as it is. */
  #guarded(render: () => void): void {
    if (this.#plain) return;
    try {
      render();
    } catch {
      this.#plain = this.#around.document.createElement('p');
      this.#plain.className = 'raw-html';
      this.#plain.append(this.#shown);
      this.#container.replaceChildren(this.#plain);
    }
  }
}
