import { t } from '../ui/l10n.ts';

/** Milliseconds over which paths are gathered into one question. */
const gatherMs = 50;

/** Milliseconds after which a path is asked for again: a file that was not there may have been made since. */
const askAgainMs = 5_000;

/** How many paths are remembered; the oldest are asked for again. */
const mostRemembered = 5_000;

/** The part of the DOM that is used, so that tests need no browser. */
export interface PathElement {
  readonly textContent: string | null;
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
}

interface Ports {
  /** That which names the place: elements without it are nobody's here. */
  attribute: 'data-path' | 'data-symbol';
  /** How many the host takes in one question. */
  mostAtOnce: number;
  /** Which of them there are; see Requests. */
  find: (paths: string[]) => Promise<readonly string[]>;
  now: () => number;
  later: (callback: () => void, milliseconds: number) => void;
}

/**
 * Makes links of the paths, or of the symbols, that the host has found. Only attributes change: a selection in the text stays, and so does
 * everything that the renderer compares.
 */
export class PathLinks {
  readonly #ports: Ports;
  /** What is known, and since when. */
  readonly #known = new Map<string, { isFound: boolean; at: number }>();
  /** What was asked for, or will be, and the elements that wait for it. */
  readonly #waiting = new Map<string, Set<PathElement>>();
  #toAsk = new Set<string>();

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  /** Takes care of elements whose text does not change any more; asks the host for what is not known yet. */
  link(elements: Iterable<PathElement>): void {
    for (const element of elements) {
      const path = element.getAttribute(this.#ports.attribute);
      if (path === null || element.getAttribute('role') === 'link') continue;
      const known = this.#known.get(path);
      if (known?.isFound) makeLink(element);
      if (known && this.#ports.now() - known.at < askAgainMs) continue;
      this.#ask(path, element);
    }
  }

  #ask(path: string, element: PathElement): void {
    const waiting = this.#waiting.get(path);
    if (waiting) {
      waiting.add(element);
      return;
    }
    this.#waiting.set(path, new Set([element]));
    if (this.#toAsk.size === 0) this.#ports.later(() => this.#findGathered(), gatherMs);
    this.#toAsk.add(path);
  }

  #findGathered(): void {
    const paths = [...this.#toAsk];
    this.#toAsk = new Set();
    const { mostAtOnce } = this.#ports;
    for (let at = 0; at < paths.length; at += mostAtOnce) {
      void this.#find(paths.slice(at, at + mostAtOnce));
    }
  }

  async #find(paths: string[]): Promise<void> {
    try {
      const found = new Set(await this.#ports.find(paths));
      for (const path of paths) this.#found(path, found.has(path));
    } catch {
      // Nobody knows: they are asked for again where they are seen again.
      for (const path of paths) this.#waiting.delete(path);
    }
  }

  #found(path: string, isFound: boolean): void {
    this.#remember(path, isFound);
    if (isFound) for (const element of this.#waiting.get(path) ?? []) makeLink(element);
    this.#waiting.delete(path);
  }

  #remember(path: string, isFound: boolean): void {
    this.#known.delete(path);
    this.#known.set(path, { isFound, at: this.#ports.now() });
    const [oldest] = this.#known.keys();
    if (this.#known.size > mostRemembered && oldest !== undefined) this.#known.delete(oldest);
  }
}

function makeLink(element: PathElement): void {
  element.setAttribute('role', 'link');
  element.setAttribute('tabindex', '0');
  element.setAttribute('title', t('Open {0}', placeText(element)));
}

/** Where it leads, in full: a label can say something else. */
function placeText(element: PathElement): string {
  const path = element.getAttribute('data-path') ?? element.getAttribute('data-symbol') ?? '';
  const line = element.getAttribute('data-line');
  return line === null ? path : `${path}:${line}`;
}
