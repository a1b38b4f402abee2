import { linkable } from '../blocks/clicks.ts';
import type { PathElement } from './pathLinks.ts';

/** Milliseconds between two looks at an answer that grows. */
const scanEveryMs = 500;

/** Blocks at the end that can still change while text arrives, as StreamingMarkdown keeps them. */
const openBlocks = 2;

interface ScannedBlock {
  querySelectorAll(selector: string): Iterable<PathElement>;
}

interface Container extends ScannedBlock {
  readonly children: ArrayLike<ScannedBlock>;
}

/** Finds the paths in the finished blocks of an answer and hands them on, each block once. */
export class PathScan {
  readonly #container: Container;
  readonly #link: (elements: Iterable<PathElement>) => void;
  #scanned = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(container: Container, link: (elements: Iterable<PathElement>) => void) {
    this.#container = container;
    this.#link = link;
  }

  /** Text has arrived. */
  grew(): void {
    this.#timer ??= setTimeout(() => this.#scan(), scanEveryMs);
  }

  /** Nothing changes any more. */
  finished(): void {
    this.dispose();
    this.#link(this.#container.querySelectorAll(linkable));
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #scan(): void {
    this.#timer = undefined;
    const blocks = Array.from(this.#container.children).slice(0, -openBlocks);
    // An answer that is asked for again begins with an empty container.
    for (const block of blocks.slice(Math.min(this.#scanned, blocks.length))) {
      this.#link(block.querySelectorAll(linkable));
    }
    this.#scanned = blocks.length;
  }
}
