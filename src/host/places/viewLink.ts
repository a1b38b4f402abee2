import type { InEditor } from '../../shared/inEditor.ts';
import type { Held, NextSize } from '../../shared/nextSize.ts';
import type { Turn } from '../../shared/conversation.ts';
import type { CodeColours } from '../../shared/codeColours.ts';
import type { RulesOfFolder } from '../../shared/rules.ts';
import type { RequestPreview } from '../../shared/requestPreview.ts';
import { type Change, moreText, type ViewState } from '../../shared/protocol/changes.ts';
import type { HostMessage } from '../../shared/protocol/hostMessage.ts';
import type { ViewSettings } from '../../shared/viewSettings.ts';

/**
 * Milliseconds over which deltas are gathered into one message, once the first has gone. A message costs far more than
 * its text, and the frame that it leads to far more than the message; 25 a second read as one flow.
 */
const gatherMs = 40;

/** Characters of turns that go with a snapshot, and with each piece after it. */
const firstPiece = 60_000;
const laterPiece = 500_000;

type Delta = Change & { type: 'delta' };

/**
 * The way from the host to the view. Counts the changes, so that the view notices a lost one, and gathers deltas. A
 * snapshot holds the last turns of a conversation; those before go when the view asks for more.
 * While no view listens nothing is posted: a view that comes back asks for a snapshot.
 */
export class ViewLink {
  #post: ((message: HostMessage) => void) | undefined;
  #isHeard = false;
  /** Whether the view has had a snapshot: what changes before is in it. */
  #hasState = false;
  #revision = 0;
  #gathered: Delta | undefined;
  /** Where the text has ended that was posted last; undefined after anything else. */
  #end: { turnId: string; index: number; offset: number } | undefined;
  /** Runs from a delta that went until the next may go. */
  #timer: NodeJS.Timeout | undefined;
  /** Turns of the last snapshot that the view does not have yet. */
  #earlier: Turn[] = [];

  /**
   * Replaces the view that is posted to; undefined while there is none. One whose script does not run yet keeps what is
   * posted until it does: see `heard`.
   */
  connect(post: ((message: HostMessage) => void) | undefined): void {
    this.#post = post;
    this.#isHeard = false;
    this.#hasState = false;
    this.#end = undefined;
    this.#earlier = [];
    this.#dropGathered();
  }

  /** The view's script runs. */
  heard(): void {
    this.#isHeard = true;
  }

  /** Whether there is a view that acts on what is posted. */
  get connected(): boolean {
    return this.#post !== undefined && this.#isHeard;
  }

  change(change: Change): void {
    if (!this.#post || !this.#hasState) return;
    if (this.#earlier.length > 0 && needs(this.#earlier, change)) this.#sendEarlier(0);
    if (change.type === 'delta') this.#gather(change);
    else {
      this.#flush();
      this.#postChange(change);
    }
  }

  /** Posts the state; deltas that wait are in it already. */
  snapshot(state: Omit<ViewState, 'revision' | 'earlier'>): void {
    this.#end = undefined;
    this.#dropGathered();
    if (!this.#post) return;
    this.#hasState = true;
    const { turns } = state.conversation;
    const earlier = startOfPiece(turns, firstPiece);
    this.#earlier = turns.slice(0, earlier);
    const conversation = { ...state.conversation, turns: turns.slice(earlier) };
    this.#post({ type: 'snapshot', state: { ...state, conversation, earlier, revision: this.#revision } });
  }

  /** Posts some of the turns that the snapshot has left out, the last ones of them. */
  earlierTurns(): void {
    if (this.#earlier.length > 0) this.#sendEarlier(startOfPiece(this.#earlier, laterPiece));
  }

  settings(settings: ViewSettings): void {
    this.#post?.({ type: 'settings', settings });
  }

  inEditor(inEditor: InEditor | undefined): void {
    this.#post?.({ type: 'inEditor', ...(inEditor && { inEditor }) });
  }

  rules(folders: RulesOfFolder[]): void {
    this.#post?.({ type: 'rules', folders });
  }

  requestPreview(preview: RequestPreview): void {
    this.#post?.({ type: 'requestPreview', preview });
  }

  size(size: NextSize): void {
    this.#post?.({ type: 'size', size });
  }

  held(held: Held | undefined): void {
    this.#post?.({ type: 'held', ...(held && { held }) });
  }

  returned(conversationId: string, text: string): void {
    this.#post?.({ type: 'returned', conversationId, text });
  }

  find(): void {
    this.#post?.({ type: 'find' });
  }

  showParameters(): void {
    this.#post?.({ type: 'showParameters' });
  }

  codeColours(colours: CodeColours): void {
    this.#post?.({ type: 'codeColours', colours });
  }

  focusComposer(): void {
    this.#post?.({ type: 'focusComposer' });
  }

  /** Posts what is no change of the conversation; lost while no view listens. */
  post(message: Exclude<HostMessage, { type: 'snapshot' | 'change' }>): void {
    this.#post?.(message);
  }

  #sendEarlier(from: number): void {
    this.#flush();
    const turns = this.#earlier.splice(from);
    this.#postChange({ type: 'earlierTurns', turns, earlier: from });
  }

  #gather(delta: Delta): void {
    const waiting = this.#gathered;
    if (waiting?.turnId === delta.turnId && waiting.index === delta.index) {
      waiting.text += delta.text;
      return;
    }
    this.#flush();
    this.#gathered = { ...delta };
    if (!this.#timer) this.#flushNowAndThen();
  }

  #flushNowAndThen(): void {
    this.#flush();
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#gathered) this.#flushNowAndThen();
    }, gatherMs);
  }

  #flush(): void {
    const delta = this.#gathered;
    this.#gathered = undefined;
    if (!delta) return;
    const { turnId, index, offset, text } = delta;
    const end = this.#end;
    if (end?.turnId === turnId && end.index === index && end.offset === offset) {
      this.#revision++;
      this.#post?.(moreText(this.#revision, text));
    } else {
      this.#postChange(delta);
    }
    this.#end = { turnId, index, offset: offset + text.length };
  }

  #dropGathered(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#gathered = undefined;
  }

  #postChange(change: Change): void {
    this.#end = undefined;
    this.#revision++;
    this.#post?.({ type: 'change', revision: this.#revision, change });
  }
}

/** Where the last turns begin that have this many characters together; at least the last two. */
function startOfPiece(turns: readonly Turn[], characters: number): number {
  let start = turns.length;
  for (let size = 0; start > 0 && (size < characters || turns.length - start < 2); size += sizeOf(turns[start])) {
    start--;
  }
  return start;
}

function sizeOf(turn: Turn | undefined): number {
  if (!turn) return 0;
  if (turn.role === 'assistant') return turn.blocks.reduce((size, { text }) => size + text.length, 0);
  const excerpts = turn.excerpts.reduce((size, { code }) => size + code.length, 0);
  return (turn.toolResults ?? []).reduce((size, { text }) => size + text.length, excerpts + turn.text.length);
}

/** Whether the change can't be made by a view that does not have these turns: it is about one of them, or about all. */
function needs(earlier: readonly Turn[], change: Change): boolean {
  const isEarlier = (turnId: string): boolean => earlier.some(({ id }) => id === turnId);
  switch (change.type) {
    case 'turn':
      return change.afterTurnId === null || isEarlier(change.turn.id) || isEarlier(change.afterTurnId ?? '');
    case 'branch':
      return change.afterTurnId === null || isEarlier(change.afterTurnId);
    case 'summarized':
      return true;
    case 'turnRemoved':
    case 'block':
    case 'delta':
    case 'thought':
    case 'answer':
      return isEarlier(change.turnId);
    case 'attachments':
    case 'connection':
    case 'earlierTurns':
    case 'notice':
    case 'omitted':
    case 'parameters':
    case 'queue':
    case 'siblings':
    case 'title':
    case 'unfinished':
      return false;
  }
}
