import { FrameFlush, type RequestFrame } from '../ui/frames.ts';
import type { DomElement } from '../markdown/dom.ts';
import type { Surroundings } from '../markdown/surroundings.ts';
import { StreamingMarkdown } from '../markdown/streamingMarkdown.ts';
import { beginningOf, mostShown } from './longText.ts';

/**
 * The Markdown of one block in its element, from the first character to the finished block. No component renders while
 * it grows; what arrives between two frames is shown together. A very long one is shown up to a limit.
 */
export class BlockText {
  readonly #container: DomElement;
  readonly #around: Surroundings;
  readonly #frames: FrameFlush;
  #markdown: StreamingMarkdown;
  /** What was given to the renderer, and what waits for the next frame. */
  #shown = '';
  #pending = '';
  #isFinished = false;
  #limit = mostShown;
  #isLong = false;

  constructor(container: DomElement, around: Surroundings, requestFrame: RequestFrame) {
    this.#container = container;
    this.#around = around;
    this.#frames = new FrameFlush(() => this.#flush(), requestFrame);
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
    this.#frames.schedule();
  }

  /** Shows exactly `text`, of a long one the beginning or all; goes on from what is shown where that is its beginning. */
  sync(whole: string, isFinished: boolean, isAll = false): void {
    this.#limit = isAll ? Infinity : mostShown;
    this.#isLong = whole.length > mostShown;
    const text = beginningOf(whole, this.#limit);
    this.#pending = '';
    if (this.#isFinished && isFinished && text === this.#shown) return;
    if (this.#isFinished || !text.startsWith(this.#shown)) this.#restart();
    this.#pending = text.slice(this.#shown.length);
    this.#flush();
    if (!isFinished) return;
    this.#guarded(() => this.#markdown.finish());
    this.#isFinished = true;
  }

  dispose(): void {
    this.#frames.dispose();
  }

  #restart(): void {
    this.#markdown = new StreamingMarkdown(this.#container, this.#around);
    this.#shown = '';
    this.#isFinished = false;
  }

  #flush(): void {
    const text = this.#pending;
    if (text === '') return;
    this.#pending = '';
    this.#shown += text;
    this.#guarded(() => this.#markdown.append(text));
  }

  /** Text that the renderer cannot take, such as quotes nested ten thousand deep, is shown as it is. */
  #guarded(render: () => void): void {
    try {
      render();
    } catch {
      const plain = this.#around.document.createElement('p');
      plain.className = 'raw-html';
      plain.append(this.#shown);
      this.#container.replaceChildren(plain);
    }
  }
}
