import { type Fields } from '../../shared/json.ts';
import { parseObjects } from './json.ts';
import { ObjectEnds } from './objectEnds.ts';

/** Characters; what is longer is no error that somebody wrote onto a stream. */
const longestStray = 1024 * 1024;

/**
 * Collects the lines of an event stream that are no fields of one. Relays write late errors, and whole messages behind
 * a heartbeat, as bare JSON, in one line or over several; servers before them write pages.
 */
export class StrayLines {
  readonly #found: (fields: Fields) => void;
  /** What is no object. */
  #words = '';
  /** The lines of an object whose end has not come, and what looks for that. */
  #open = '';
  #ends: ObjectEnds | undefined;

  constructor(found: (fields: Fields) => void) {
    this.#found = found;
  }

  /** What has come and is no JSON object: words, a page, or an object that was cut. */
  get rest(): string {
    return this.#words + this.#open;
  }

  take(line: string): void {
    const trimmed = line.trimEnd();
    if (this.#words.length + this.#open.length + trimmed.length > longestStray) return;
    // Only the outermost braces stand at a line's start.
    if (trimmed.startsWith('{')) {
      const objects = parseObjects(trimmed);
      if (objects) return objects.forEach(this.#found);
      this.#giveUp();
      this.#ends = new ObjectEnds();
    }
    if (!this.#ends) {
      this.#words += `${trimmed}\n`;
      return;
    }
    this.#open += `${trimmed}\n`;
    if (!this.#isOver(trimmed)) return;
    const objects = parseObjects(this.#open);
    if (objects) this.#open = '';
    this.#giveUp();
    objects?.forEach(this.#found);
  }

  /** Whether the open object ends with this line. */
  #isOver(line: string): boolean {
    const ends = this.#ends;
    for (let end = ends?.next(line, 0); end !== undefined && end !== -1; end = ends?.next(line, end));
    return ends?.isOpen === false;
  }

  /** What looked like the start of an object is none, or is over. */
  #giveUp(): void {
    this.#words += this.#open;
    this.#open = '';
    this.#ends = undefined;
  }
}
