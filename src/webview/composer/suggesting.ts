import { signal, type Signal } from '@preact/signals';
import { type Token, tokenAt, type Trigger } from './token.ts';

/** One thing to choose. */
export interface Suggestion {
  /** Its own among those of its source. */
  id: string;
  label: string;
  /** Said beside the label, in less weight. */
  detail?: string;
  /** Of the codicons. */
  icon?: string;
  /** The heading that it stands below; suggestions of one group follow one another. */
  group?: string;
}

/** Where suggestions come from, and what becomes of one. */
export interface SuggestionSource extends Trigger {
  /** The list's name for screen readers. */
  label: string;
  /** The best first; an empty list shows nothing. An answer that a later query has overtaken is dropped. */
  find: (query: string) => Suggestion[] | Promise<Suggestion[]>;
  /**
   * Does what picking it means, and returns the text that stands in place of the token. A text that ends in a space
   * closes the list; another one, such as `@src/`, is searched for in turn.
   */
  pick: (suggestion: Suggestion) => string;
}

/** The open list. */
export interface SuggestionList {
  label: string;
  items: Suggestion[];
  /** The position of the one that Enter picks. */
  selected: number;
}

/** A text that takes the place of what stands between two offsets. */
export interface TextEdit {
  start: number;
  end: number;
  text: string;
}

/** How far Page Up and Page Down go. */
const pageLength = 8;

/** What the list of suggestions shows, decided without the page. Opens by typing only, never by a caret that moves. */
export class Suggesting {
  readonly list: Signal<SuggestionList | undefined> = signal(undefined);
  readonly #sources: readonly SuggestionSource[];
  #token: Token | undefined;
  /** Where the token stands that the list was closed for; it stays closed until that is gone. */
  #dismissedAt: number | undefined;
  /** The answer to the last query is not there yet; what is shown, if anything, belongs to an earlier one. */
  #isSearching = false;
  /** Called with the answer that `pickWhenFound` has waited for. */
  #found: (() => void) | undefined;
  /** Counts the queries: an answer to any but the last one is too late. */
  #query = 0;

  constructor(sources: readonly SuggestionSource[]) {
    this.#sources = sources;
  }

  /** After every change of the text or of the caret; `isTyped` where the user has typed. */
  update(text: string, caret: number, isTyped: boolean): void {
    const token = tokenAt(text, caret, this.#sources);
    this.#forgetDismissed(text, token);
    const isSame = token?.start === this.#token?.start && token?.character === this.#token?.character;
    if (!token || token.start === this.#dismissedAt || !(isTyped || (isSame && this.#token))) {
      this.close();
      return;
    }
    const isAsked = isSame && token.query === this.#token?.query;
    if (!isSame) this.list.value = undefined;
    this.#token = token;
    if (!isAsked) void this.#find(token);
  }

  /** Moves the selection. False where there is none, so that the key does what it does elsewhere. */
  move(key: string): boolean {
    const list = this.list.value;
    if (!list) return false;
    const { selected } = list;
    const { length } = list.items;
    const last = length - 1;
    const targets: Record<string, number> = {
      ArrowDown: (selected + 1) % length,
      ArrowUp: (selected + last) % length,
      PageDown: Math.min(last, selected + pageLength),
      PageUp: Math.max(0, selected - pageLength),
    };
    const target = targets[key];
    if (target === undefined) return false;
    this.list.value = { ...list, selected: target };
    return true;
  }

  /** Picks the one at `position`, or the selected one. Returns what that changes in the text. */
  pick(position = this.list.value?.selected): TextEdit | undefined {
    const suggestion = this.list.value?.items[position ?? -1];
    const token = this.#token;
    const source = this.#sources.find(({ character }) => character === token?.character);
    if (!suggestion || !token || !source) return undefined;
    const text = source.pick(suggestion);
    this.close();
    return { start: token.start, end: token.end, text };
  }

  /**
   * Calls `found` once the answer that is on its way is there and holds something: whoever types fast means what was
   * typed and not what is still shown. False where no answer is awaited, or this one has been waited for before.
   */
  pickWhenFound(found: () => void): boolean {
    if (!this.#isSearching || this.#found) return false;
    this.#found = found;
    return true;
  }

  /** Closes the list, and keeps it closed for this token. False where it was not open. */
  dismiss(): boolean {
    if (!this.list.value) return false;
    this.#dismissedAt = this.#token?.start;
    this.close();
    return true;
  }

  close(): void {
    this.#query++;
    this.#isSearching = false;
    this.#found = undefined;
    this.#token = undefined;
    this.list.value = undefined;
  }

  #forgetDismissed(text: string, token: Token | undefined): void {
    const at = this.#dismissedAt;
    if (at === undefined || token?.start === at) return;
    const isThere = tokenAt(text, at + 1, this.#sources)?.start === at;
    if (!isThere || token) this.#dismissedAt = undefined;
  }

  #answerPick(isThere: boolean): void {
    const found = this.#found;
    this.#found = undefined;
    if (isThere) found?.();
  }

  async #find(token: Token): Promise<void> {
    const source = this.#sources.find(({ character }) => character === token.character);
    if (!source) return;
    const query = ++this.#query;
    this.#found = undefined;
    const found = source.find(token.query);
    this.#isSearching = !Array.isArray(found);
    // What is there at once is shown at once: a promise would let a frame with the old list pass.
    const items = Array.isArray(found) ? found : await found.catch(() => []);
    if (query !== this.#query) return;
    this.#isSearching = false;
    this.list.value = items.length === 0 ? undefined : { label: source.label, items, selected: 0 };
    this.#answerPick(items.length > 0);
  }
}
