import { type DomDocument, type DomElement, type DomNode, isText } from './dom.ts';
import type { highlightCode, knowsLanguage } from './highlight/highlightCode.ts';
import type { Run } from './highlight/runs.ts';

/** Colours the code of an element when it finds the time; what it says stays the same at every moment. */
export type PaintCode = (code: DomElement, language: string) => void;

/** The highlighter, which is larger than the renderer and comes later. */
export interface Highlighter {
  highlightCode: typeof highlightCode;
  knowsLanguage: typeof knowsLanguage;
}

export interface PainterPorts {
  document: DomDocument;
  load: () => Promise<Highlighter>;
  /** Runs `work` in a later task, when nothing more urgent is to be done. */
  later: (work: () => void) => void;
  /** Milliseconds of any clock. */
  now: () => number;
}

/** Code beyond this many characters stays plain. */
const mostCharacters = 100_000;
/** Milliseconds of one task, to which the slice that is being worked on comes. */
const taskMs = 6;
const frameMs = 16;

interface Job {
  code: DomElement;
  slices: Generator<Run[]>;
  /** How many of the element's nodes have their colours. */
  painted: number;
}

/** Colours code block by block, in tasks that leave frames their time. */
export class CodePainter {
  readonly #ports: PainterPorts;
  #highlighter: Highlighter | 'none' | 'loading' | undefined;
  readonly #waiting = new Map<DomElement, string>();
  #job: Job | undefined;
  #isScheduled = false;
  #restsAt = 0;

  constructor(ports: PainterPorts) {
    this.#ports = ports;
  }

  /** Code that has its colours already is left alone. */
  paint(code: DomElement, language: string): void {
    if (language === '' || code.children.length > 0 || this.#job?.code === code) return;
    this.#waiting.set(code, language);
    if (this.#highlighter === undefined) void this.#load();
    else if (!this.#isScheduled) this.#start();
  }

  async #load(): Promise<void> {
    this.#highlighter = 'loading';
    try {
      this.#highlighter = await this.#ports.load();
      this.#schedule();
    } catch {
      // Code without colours is still code.
      this.#highlighter = 'none';
      this.#waiting.clear();
    }
  }

  /** Short blocks have their colours from the first frame on, as long as the frame that shows them has time left. */
  #start(): void {
    const now = this.#ports.now();
    if (now > this.#restsAt + frameMs) this.#restsAt = now + taskMs;
    this.#work();
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    this.#ports.later(() => {
      this.#isScheduled = false;
      this.#restsAt = this.#ports.now() + taskMs;
      this.#work();
    });
  }

  #work(): void {
    while (this.#ports.now() < this.#restsAt) {
      this.#job ??= this.#nextJob();
      if (!this.#job) return;
      const slice = this.#job.slices.next();
      if (slice.done === true || !applySlice(this.#job, slice.value, this.#ports.document)) this.#job = undefined;
    }
    if (this.#job || this.#waiting.size > 0) this.#schedule();
  }

  #nextJob(): Job | undefined {
    const highlighter = this.#highlighter;
    if (typeof highlighter !== 'object') return undefined;
    for (const [code, language] of this.#waiting) {
      this.#waiting.delete(code);
      const text = code.textContent ?? '';
      if (text.length > mostCharacters || !highlighter.knowsLanguage(language)) continue;
      return { code, slices: highlighter.highlightCode(text, language), painted: 0 };
    }
    return undefined;
  }
}

/** Puts `runs` in place of the same text; false where the element holds something else by now. */
function applySlice(job: Job, runs: readonly Run[], document: DomDocument): boolean {
  const { code } = job;
  let length = runs.reduce((sum, { text }) => sum + text.length, 0);
  while (length > 0) {
    const first = code.childNodes[job.painted];
    if (!first || !isText(first)) return false;
    const text = first.data;
    if (text.length <= length) first.remove();
    else first.data = text.slice(length);
    length -= Math.min(length, text.length);
  }
  const rest = code.childNodes[job.painted] ?? null;
  for (const { text, role } of runs) code.insertBefore(nodeOf(text, role, document), rest);
  job.painted += runs.length;
  return true;
}

function nodeOf(text: string, role: Run['role'], document: DomDocument): DomNode {
  if (role === undefined) return document.createTextNode(text);
  const span = document.createElement('span');
  span.className = `code-${role}`;
  span.append(text);
  return span;
}
