import { type Fields, parseObjects } from './json.ts';

/** Characters; what is longer is no error that somebody wrote onto a stream. */
const longestStray = 1024 * 1024;

/**
 * Collects the lines of an event stream that are no fields of one. Relays write late errors, and whole messages behind
 * a heartbeat, as bare JSON, in one line or over several; servers before them write pages.
 */
export class StrayLines {
  readonly #found: (fields: Fields) => void;
  #text = '';

  constructor(found: (fields: Fields) => void) {
    this.#found = found;
  }

  /** What has come and is no JSON object: words, a page, or an object that was cut. */
  get rest(): string {
    return this.#text;
  }

  take(line: string): void {
    const trimmed = line.trimEnd();
    if (this.#text.length + trimmed.length > longestStray) return;
    // Only the outermost braces stand at a line's start, so that a long object is not parsed at every line.
    if (trimmed.startsWith('{')) {
      const objects = parseObjects(trimmed);
      if (objects) return objects.forEach(this.#found);
    }
    this.#text += `${trimmed}\n`;
    if (!trimmed.startsWith('}')) return;
    const objects = parseObjects(this.#text.slice(this.#text.lastIndexOf('\n{') + 1));
    if (!objects) return;
    this.#text = '';
    objects.forEach(this.#found);
  }
}
