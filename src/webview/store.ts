import { signal, type Signal } from '@preact/signals';
import { applyChange } from '../shared/applyChange.ts';
import type { RequestPreview } from '../shared/requestPreview.ts';
import type { Change, HostMessage, ViewMessage, ViewState } from '../shared/protocol.ts';

/** Hears the text that was added to a block. */
export type TextListener = (text: string) => void;

/**
 * The view's copy of the conversation. Everything but text that goes on is published through `view`; text goes to the
 * listeners of its block alone, so that no component renders for it.
 */
export class Store {
  /** Undefined before the first snapshot. Blocks may have grown since it was set: see `textOf`. */
  readonly view: Signal<ViewState | undefined> = signal(undefined);
  /** Whether the parameters are shown in place of the transcript. */
  readonly showsParameters = signal(false);
  /** The request that would go out, while the parameters are shown. */
  readonly preview: Signal<RequestPreview | undefined> = signal(undefined);
  readonly #post: (message: ViewMessage) => void;
  readonly #listeners = new Map<string, Set<TextListener>>();
  #state: ViewState | undefined;
  #awaitsSnapshot = false;

  constructor(post: (message: ViewMessage) => void) {
    this.#post = post;
  }

  /** The state with all text that has arrived. */
  get state(): ViewState | undefined {
    return this.#state;
  }

  /** Asks for the whole state, unless it is on its way already. */
  requestSnapshot(): void {
    if (this.#awaitsSnapshot) return;
    this.#awaitsSnapshot = true;
    this.#post({ type: 'ready' });
  }

  /** Forgets everything and asks for it anew. */
  restart(): void {
    this.#state = undefined;
    this.view.value = undefined;
    this.#awaitsSnapshot = false;
    this.requestSnapshot();
  }

  receive(message: HostMessage): void {
    if (message.type === 'snapshot') {
      this.#awaitsSnapshot = false;
      this.#publish(message.state);
    } else if (message.type === 'change') {
      this.#apply(message.revision, message.change);
    } else if (message.type === 'requestPreview') {
      this.preview.value = message.preview;
    } else if (message.type === 'showParameters') {
      this.showsParameters.value = true;
    }
  }

  /** The text of a block as far as it has arrived. */
  textOf(turnId: string, index: number): string {
    const turn = this.#state?.conversation.turns.find(({ id }) => id === turnId);
    return (turn?.role === 'assistant' && turn.blocks[index]?.text) || '';
  }

  /** Calls `listener` with every text that is added to the block; returns what ends that. */
  onText(turnId: string, index: number, listener: TextListener): () => void {
    const key = `${turnId}/${index}`;
    const listeners = this.#listeners.get(key) ?? new Set();
    this.#listeners.set(key, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#listeners.delete(key);
    };
  }

  #apply(revision: number, change: Change): void {
    const state = this.#state;
    // A change that the snapshot on its way already holds, or that this state held before.
    if (!state || revision <= state.revision) {
      if (!state) this.requestSnapshot();
      return;
    }
    const changed = revision === state.revision + 1 ? applyChange(state, change) : undefined;
    if (!changed) {
      this.requestSnapshot();
      return;
    }
    const next = { ...changed, revision };
    if (change.type !== 'delta') {
      this.#publish(next);
      return;
    }
    this.#state = next;
    for (const listener of this.#listeners.get(`${change.turnId}/${change.index}`) ?? []) listener(change.text);
  }

  #publish(state: ViewState): void {
    this.#state = state;
    this.view.value = state;
  }
}
