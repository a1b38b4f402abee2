import type { ViewMessage } from '../../shared/protocol/viewMessage.ts';

export interface Timer {
  start(callback: () => void, milliseconds: number): void;
  stop(): void;
}

/** What is typed and not sent. Kept in the view at every key, and told to the host 300 ms after the last one. */
export class Draft {
  #conversationId = '';
  #text = '';
  #told: string[] = [];
  readonly #post: (message: ViewMessage) => void;
  readonly #timer: Timer;
  readonly #keep: () => void;

  /** `keep` stores the draft in the view. */
  constructor(post: (message: ViewMessage) => void, timer: Timer, keep: () => void) {
    this.#post = post;
    this.#timer = timer;
    this.#keep = keep;
  }

  get conversationId(): string {
    return this.#conversationId;
  }

  get text(): string {
    return this.#text;
  }

  /** The last two drafts that the host was told; the last may have been lost with the view. */
  get told(): string[] {
    return this.#told;
  }

  /** Begins with a conversation's draft, where the host has `hostText`. What was typed for the last one is told first. */
  open(conversationId: string, text: string, hostText: string): void {
    this.flush();
    this.#conversationId = conversationId;
    this.#text = text;
    this.#told = [hostText];
    this.flush();
    this.#keep();
  }

  change(text: string): void {
    this.#text = text;
    this.#keep();
    this.#timer.start(() => this.flush(), 300);
  }

  /** After sending: nothing is left to keep, on either side. */
  clear(): void {
    this.#text = '';
    this.#keep();
    this.flush();
  }

  /** Tells the host at once. */
  flush(): void {
    this.#timer.stop();
    if (this.#text === this.#told.at(-1) || this.#conversationId === '') return;
    this.#told = [...this.#told.slice(-1), this.#text];
    this.#post({ type: 'draft', conversationId: this.#conversationId, text: this.#text });
  }
}
