import type { InEditor } from '../../shared/inEditor.ts';
import type { ModelAdvice } from '../../shared/modelAdvice.ts';
import type { Held, NextSize } from '../../shared/nextSize.ts';
import type { Turn } from '../../shared/conversation.ts';
import type { CodeColours } from '../../shared/codeColours.ts';
import type { Outdated } from '../../shared/outdated.ts';
import type { RulesOfFolder } from '../../shared/rules.ts';
import type { RequestPreview } from '../../shared/requestPreview.ts';
import { type Change, moreText, type ViewState } from '../../shared/protocol/changes.ts';
import type { ConversationMessage, HostMessage } from '../../shared/protocol/hostMessage.ts';
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

/** What is about a conversation and no part of it. */
type AboutMessage = Exclude<ConversationMessage, { type: 'change' | 'returned' }>;

/**
 * The way from the host to the view. Counts the changes, so that the view notices a lost one, and gathers deltas. A
 * snapshot holds the last turns of a conversation; those before go when the view asks for more.
 * While no view listens nothing is posted: a view that comes back asks for a snapshot.
 */
export class ViewLink {
  #post: ((message: HostMessage) => void) | undefined;
  #isHeard = false;
  /** The conversation that the view has had a snapshot of; of any other one, what changes before is in it. */
  #shownId: string | undefined;
  /** What the view hears about a conversation once it has its snapshot, which is on its way. */
  #early: AboutMessage[] = [];
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
    this.#shownId = undefined;
    this.#early = [];
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

  change(conversationId: string, change: Change): void {
    if (!this.#post || conversationId !== this.#shownId) return;
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
    this.#shownId = state.conversation.id;
    const { turns } = state.conversation;
    const earlier = startOfPiece(turns, firstPiece);
    this.#earlier = turns.slice(0, earlier);
    const conversation = { ...state.conversation, turns: turns.slice(earlier) };
    this.#post({ type: 'snapshot', state: { ...state, conversation, earlier, revision: this.#revision } });
    for (const message of this.#early.splice(0)) if (message.conversationId === this.#shownId) this.#post(message);
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

  outdated(conversationId: string, outdated: Outdated[]): void {
    this.about({ type: 'outdated', conversationId, outdated });
  }

  rules(folders: RulesOfFolder[]): void {
    this.#post?.({ type: 'rules', folders });
  }

  requestPreview(conversationId: string, preview: RequestPreview): void {
    this.about({ type: 'requestPreview', conversationId, preview });
  }

  size(conversationId: string, size: NextSize): void {
    this.about({ type: 'size', conversationId, size });
  }

  held(conversationId: string, held: Held | undefined): void {
    this.about({ type: 'held', conversationId, ...(held && { held }) });
  }

  modelAdvice(conversationId: string, advice: ModelAdvice | undefined): void {
    this.about({ type: 'modelAdvice', conversationId, ...(advice && { advice }) });
  }

  returned(conversationId: string, text: string, instead?: string): void {
    this.#post?.({ type: 'returned', conversationId, text, ...(instead !== undefined && { instead }) });
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

  /** Posts what is about the page as a whole; lost while no view listens. */
  post(message: Exclude<HostMessage, ConversationMessage | { type: 'snapshot' }>): void {
    this.#post?.(message);
  }

  /** Posts what is about a conversation, of one that is still to be shown behind its snapshot; lost while no view listens. */
  about(message: AboutMessage): void {
    if (message.conversationId === this.#shownId) this.#post?.(message);
    else if (this.#post) this.#early.push(message);
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
    const conversationId = this.#shownId ?? '';
    this.#post?.({ type: 'change', conversationId, revision: this.#revision, change });
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
  if (turn.role === 'assistant') {
    const results = (turn.calls ?? []).reduce((size, { result }) => size + (result?.text.length ?? 0), 0);
    return turn.blocks.reduce((size, { text }) => size + text.length, results);
  }
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
    case 'cited':
    case 'answer':
    case 'calls':
      return isEarlier(change.turnId);
    case 'attachments':
    case 'clearance':
    case 'connection':
    case 'earlierTurns':
    case 'mode':
    case 'moderation':
    case 'notice':
    case 'omitted':
    case 'parameters':
    case 'queue':
    case 'restorePoints':
    case 'siblings':
    case 'startModel':
    case 'title':
    case 'unfinished':
      return false;
  }
}
