import type { RequestPreview } from '../shared/requestPreview.ts';
import type { Change, HostMessage, ViewState } from '../shared/protocol.ts';

/** Milliseconds over which deltas are gathered into one message: a message costs far more than its text. */
const gatherMs = 16;

type Delta = Change & { type: 'delta' };

/**
 * The way from the host to the view. Counts the changes, so that the view notices a lost one, and gathers deltas.
 * While no view listens nothing is posted: a view that comes back asks for a snapshot.
 */
export class ViewLink {
  #post: ((message: HostMessage) => void) | undefined;
  #revision = 0;
  #gathered: Delta | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** Replaces the view that is posted to; undefined while there is none. */
  connect(post: ((message: HostMessage) => void) | undefined): void {
    this.#post = post;
    this.#dropGathered();
  }

  get connected(): boolean {
    return this.#post !== undefined;
  }

  change(change: Change): void {
    if (!this.#post) return;
    if (change.type === 'delta') this.#gather(change);
    else {
      this.#flush();
      this.#postChange(change);
    }
  }

  /** Posts the whole state; deltas that wait are in it already. */
  snapshot(state: Omit<ViewState, 'revision'>): void {
    this.#dropGathered();
    this.#post?.({ type: 'snapshot', state: { ...state, revision: this.#revision } });
  }

  requestPreview(preview: RequestPreview): void {
    this.#post?.({ type: 'requestPreview', preview });
  }

  showParameters(): void {
    this.#post?.({ type: 'showParameters' });
  }

  focusComposer(): void {
    this.#post?.({ type: 'focusComposer' });
  }

  #gather(delta: Delta): void {
    const waiting = this.#gathered;
    if (waiting?.turnId === delta.turnId && waiting.index === delta.index) {
      waiting.text += delta.text;
      return;
    }
    this.#flush();
    this.#gathered = { ...delta };
    this.#timer = setTimeout(() => this.#flush(), gatherMs);
  }

  #flush(): void {
    const delta = this.#gathered;
    this.#dropGathered();
    if (delta) this.#postChange(delta);
  }

  #dropGathered(): void {
    clearTimeout(this.#timer);
    this.#gathered = undefined;
  }

  #postChange(change: Change): void {
    this.#revision++;
    this.#post?.({ type: 'change', revision: this.#revision, change });
  }
}
