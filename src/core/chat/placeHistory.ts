import type { HistoryHostMessage, HistoryReplies } from '../../shared/protocol/history.ts';
import type { ListPlace, Shelf } from '../../shared/storedConversations.ts';
import type { ConversationHistory } from '../history/history.ts';
import type { OwnWindow } from '../conversation/runSign.ts';
import { HistorySearch } from '../history/historySearch.ts';
import type { Conversations } from './conversations.ts';
import { RunsElsewhere } from './runsElsewhere.ts';
import type { ShownConversation } from './shownConversation.ts';

/** Conversations of a list that are given at a time. The first page is what is seen; the others follow in the background. */
const firstPage = 200;
const laterPage = 1_000;

type Shown = Pick<ShownConversation, 'opened' | 'show'>;

export interface PlaceHistoryPorts {
  history: ConversationHistory;
  conversations: Pick<Conversations, 'find' | 'sessions'>;
  /** What all places show. */
  shown: () => readonly Shown[];
  /** Goes to where the conversation is shown, or shows it in this place. */
  open: (id: string) => Promise<unknown>;
  openInTab: (id: string) => Promise<unknown>;
  /** A conversation was deleted: nothing of it may stand in the editor any more. */
  deleted: (id: string) => void;
  /** Nothing of it is stored any more. */
  erased: (id: string) => Promise<void>;
  /** Lists are not any more what they were, in all places. */
  changed: () => void;
  post: (message: HistoryHostMessage) => void;
  window: OwnWindow;
  /** Milliseconds since the epoch. */
  now: () => number;
  clock: () => number;
}

/** All stored conversations, as one place lists them: what its user finds there and does with them. */
export class PlaceHistory {
  readonly #ports: PlaceHistoryPorts;
  readonly #search: HistorySearch;
  readonly #elsewhere: RunsElsewhere;
  /** Where conversations were shown that were deleted here. */
  readonly #shownIn = new Map<string, Shown>();
  #isWatched = false;

  constructor(ports: PlaceHistoryPorts) {
    this.#ports = ports;
    const { history, window, now } = ports;
    this.#elsewhere = new RunsElsewhere({ history, window, now, changed: () => this.#tell() });
    this.#search = new HistorySearch({
      history: ports.history,
      report: found => ports.post({ type: 'foundInHistory', ...found }),
      clock: ports.clock,
    });
  }

  /** Resolves once all is in the index that can be searched, or nobody looks on any more. */
  async watch(isOn: boolean): Promise<void> {
    this.#isWatched = isOn;
    this.#elsewhere.watch(isOn);
    this.changed();
    if (isOn) await this.#search.open();
    else this.#search.close();
  }

  /** Something has become of a conversation: an answer has begun or ended, or it is shown elsewhere. */
  changed(): void {
    if (!this.#isWatched) return;
    this.#tell();
    void this.#elsewhere.look();
  }

  #tell(): void {
    const { conversations, shown, post } = this.#ports;
    post({
      type: 'conversationStates',
      answering: conversations.sessions.flatMap(({ id, running }) => (running ? [id] : [])),
      elsewhere: [...this.#elsewhere.ids],
      open: shown().flatMap(({ opened }) => (opened ? [opened.id] : [])),
    });
  }

  async list(shelf: Shelf, after: ListPlace | undefined): Promise<HistoryReplies['listConversations']> {
    const { conversations: live, history } = this.#ports;
    // One that was begun just now would be missing, until something becomes of it.
    await Promise.all(live.sessions.map(session => session.saved()));
    const limit = after ? laterPage : firstPage;
    const conversations = await history.list({ shelf, limit, ...(after && { after }) });
    return { conversations, isLast: conversations.length < limit };
  }

  /** See HistorySearch. */
  search(searchId: number, query: string): Promise<void> {
    return this.#search.start({ searchId, query });
  }

  async open(id: string, turnId: string | undefined): Promise<void> {
    await this.#ports.open(id);
    await this.#switchTo(id, turnId);
  }

  async openInTab(id: string, turnId: string | undefined): Promise<void> {
    await this.#ports.openInTab(id);
    await this.#switchTo(id, turnId);
  }

  /** An empty title changes nothing. */
  async rename(id: string, title: string): Promise<void> {
    const typed = title.trim();
    if (typed === '') return;
    const live = this.#ports.conversations.find(id);
    if (live) {
      live.rename(typed);
      await live.saved();
    } else await this.#ports.history.rename(id, typed);
    this.#ports.changed();
  }

  async pin(id: string, isPinned: boolean): Promise<void> {
    await this.#ports.history.mark(id, { isPinned });
    this.#ports.changed();
  }

  async archive(id: string, isArchived: boolean): Promise<void> {
    await this.#ports.history.mark(id, { isArchived });
    this.#ports.changed();
  }

  /** Whoever shows it shows a new conversation then. */
  async delete(id: string): Promise<void> {
    const { conversations, history, deleted, changed } = this.#ports;
    const shown = this.#showing(id);
    conversations.find(id)?.stop();
    await history.mark(id, { isDeleted: true });
    deleted(id);
    if (shown) this.#shownIn.set(id, shown);
    await shown?.show();
    changed();
  }

  /** It is shown again where it was, unless something has been begun there since. */
  async restore(id: string): Promise<void> {
    const { history, shown, changed } = this.#ports;
    await history.mark(id, { isDeleted: false });
    const before = this.#shownIn.get(id);
    this.#shownIn.delete(id);
    if (before && shown().includes(before) && isUntouched(before)) await before.show(id);
    changed();
  }

  /** Nothing of it is left, in the file neither. */
  async erase(id: string): Promise<void> {
    const { conversations, history, deleted, changed } = this.#ports;
    const live = conversations.find(id);
    live?.stop();
    // What is saved later would bring a part of it back.
    await live?.saved();
    const shown = this.#showing(id);
    await history.remove(id);
    await this.#ports.erased(id);
    deleted(id);
    this.#shownIn.delete(id);
    await shown?.show();
    changed();
  }

  #showing(id: string): Shown | undefined {
    return this.#ports.shown().find(({ opened }) => opened?.id === id);
  }

  /** What was found may stand on a branch that is not shown. */
  async #switchTo(id: string, turnId: string | undefined): Promise<void> {
    const session = this.#ports.conversations.find(id);
    if (!session || turnId === undefined || session.branch.turns.some(turn => turn.id === turnId)) return;
    await session.switchTo(turnId);
  }
}

function isUntouched({ opened }: Shown): boolean {
  return opened?.conversation.turns.length === 0 && opened.unsent.draft === '';
}
