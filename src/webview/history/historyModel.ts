import { batch, computed, type ReadonlySignal, signal } from '@preact/signals';
import type { FoundConversation, HistoryHostMessage, HistoryRequest } from '../../shared/protocol/history.ts';
import type { ViewMessage } from '../../shared/protocol/viewMessage.ts';
import type { ConversationSummary, Shelf } from '../../shared/storedConversations.ts';
import { t } from '../ui/l10n.ts';
import type { Ask } from '../requests.ts';
import { ListedRows } from './listedRows.ts';

/** A conversation that is listed or was found; what was found shows where. */
export type HistoryRow = ConversationSummary & Partial<FoundConversation>;

/** What is said above the list. */
export type HistoryNotice =
  { kind: 'deleted'; row: HistoryRow } | { kind: 'eraseFirst'; row: HistoryRow } | { kind: 'failed' };

export interface HistoryModelPorts {
  ask: Ask;
  post: (message: ViewMessage) => void;
  announce: (sentence: string) => void;
  close: () => void;
}

type HistoryNews = Exclude<HistoryHostMessage, { type: 'showHistory' }>;

/** The state of the history while it is shown; the host has the conversations. */
export class HistoryModel {
  readonly shelf = signal<Shelf>('current');
  readonly query = signal('');
  readonly notice = signal<HistoryNotice | undefined>(undefined);
  /** Whether the list could not be read. */
  readonly hasFailed = signal(false);
  /** Whether there is anything to show yet. */
  readonly isLoading = signal(true);
  /** Whether more is looked for than is shown. */
  readonly isSearching = signal(false);
  readonly answering = signal<ReadonlySet<string>>(new Set());
  /** Answered in other windows. */
  readonly elsewhere = signal<ReadonlySet<string>>(new Set());
  readonly open = signal<ReadonlySet<string>>(new Set());
  /** The row that has the keyboard, or would get it. */
  readonly activeId = signal<string | undefined>(undefined);
  /** The row whose title is being changed. */
  readonly renamedId = signal<string | undefined>(undefined);
  /** Grows each time that a row is taken out, and with it what had the keyboard. */
  readonly removals = signal(0);
  /** Grows each time that the history is asked for. */
  readonly openings = signal(0);
  /** Whether the rows are what was found, and no list. */
  readonly isFound = computed(() => this.#found.value !== undefined);
  readonly rows: ReadonlySignal<readonly HistoryRow[]> = computed(() => this.#rows());
  readonly #ports: HistoryModelPorts;
  readonly #listed = new ListedRows();
  readonly #list = signal<readonly ConversationSummary[]>([]);
  readonly #found = signal<readonly HistoryRow[] | undefined>(undefined);
  /** Another object for every list that is read. */
  #reading = {};
  #searchId = 0;
  /** Enter was pressed before anything was found. */
  #opensFirst = false;
  /** Whether the states are those that opening the history has brought. */
  #isFirstNews = true;
  #isRenewing = false;
  #isStale = false;

  constructor(ports: HistoryModelPorts) {
    this.#ports = ports;
  }

  get activeRow(): HistoryRow | undefined {
    const rows = this.rows.value;
    return rows.find(({ id }) => id === this.activeId.value) ?? rows[0];
  }

  opened(): void {
    batch(() => {
      this.query.value = '';
      this.#found.value = undefined;
      this.isSearching.value = false;
      this.notice.value = undefined;
      this.renamedId.value = undefined;
      this.openings.value++;
    });
    this.#opensFirst = false;
    this.#isFirstNews = true;
    this.#ports.post({ type: 'watchHistory', isOn: true });
    this.show('current');
  }

  closed(): void {
    this.#reading = {};
    this.#ports.post({ type: 'watchHistory', isOn: false });
  }

  /** Reads a list from its beginning. */
  show(shelf: Shelf): void {
    batch(() => {
      this.shelf.value = shelf;
      this.activeId.value = undefined;
      this.isLoading.value = true;
      this.hasFailed.value = false;
      this.#listed.clear();
      this.#list.value = [];
    });
    void this.#read(shelf);
    if (this.query.peek() !== '') this.search(this.query.peek());
  }

  receive(message: HistoryNews): void {
    if (message.type === 'foundInHistory') {
      if (message.searchId === this.#searchId && this.query.peek() !== '') this.#take(message);
      return;
    }
    batch(() => {
      this.answering.value = new Set(message.answering);
      this.elsewhere.value = new Set(message.elsewhere);
      this.open.value = new Set(message.open);
    });
    if (!this.#isFirstNews) void this.#renew();
    this.#isFirstNews = false;
  }

  search(query: string): void {
    this.#opensFirst = false;
    this.#searchId++;
    batch(() => {
      this.query.value = query;
      this.activeId.value = undefined;
      this.isSearching.value = query.trim() !== '';
      // What was found before stands until there is something else.
      if (query.trim() === '') this.#found.value = undefined;
    });
    this.#ports.post({ type: 'searchHistory', searchId: this.#searchId, query });
  }

  /** Opens what stands first, once what was typed has found something. */
  openFirst(): void {
    this.#opensFirst = this.isSearching.peek();
    const [first] = this.rows.peek();
    if (!this.#opensFirst && first) this.openRow(first);
  }

  openRow(row: HistoryRow, isInTab = false): void {
    if (this.shelf.peek() === 'deleted') {
      void this.restore(row);
      return;
    }
    this.#ports.close();
    const type = isInTab ? 'openConversationInTab' : 'openConversation';
    this.#ports.post({ type, id: row.id, ...(row.turnId !== undefined && { turnId: row.turnId }) });
  }

  async rename({ id, title }: HistoryRow, typed: string): Promise<void> {
    this.renamedId.value = undefined;
    const renamed = typed.trim();
    if (renamed === '' || renamed === title) return;
    // Seen at once.
    this.#change(id, { title: renamed });
    if (!(await this.#do({ type: 'renameConversation', id, title: renamed }))) this.#change(id, { title });
  }

  async pin({ id, isPinned }: HistoryRow): Promise<void> {
    if (await this.#do({ type: 'pinConversation', id, isPinned: !isPinned })) this.#change(id, { isPinned: !isPinned });
  }

  async archive({ id, isArchived }: HistoryRow): Promise<void> {
    if (!(await this.#do({ type: 'archiveConversation', id, isArchived: !isArchived }))) return;
    if (this.isFound.peek()) this.#change(id, { isArchived: !isArchived });
    else this.#remove(id);
  }

  /** What is deleted already goes for good, once the user has said so. */
  async deleteOrAsk(row: HistoryRow): Promise<void> {
    if (this.shelf.peek() === 'deleted') {
      this.notice.value = { kind: 'eraseFirst', row };
      return;
    }
    if (!(await this.#do({ type: 'deleteConversation', id: row.id }))) return;
    batch(() => {
      this.#remove(row.id);
      this.notice.value = { kind: 'deleted', row };
    });
  }

  async restore(row: HistoryRow): Promise<void> {
    this.notice.value = undefined;
    if (!(await this.#do({ type: 'restoreConversation', id: row.id }))) return;
    if (this.shelf.peek() === 'deleted') this.#remove(row.id);
    else if (this.#found.peek()) this.search(this.query.peek());
    this.activeId.value = row.id;
  }

  async erase({ id }: HistoryRow): Promise<void> {
    this.notice.value = undefined;
    if (await this.#do({ type: 'eraseConversation', id })) this.#remove(id);
  }

  #rows(): readonly HistoryRow[] {
    const found = this.#found.value;
    const shelf = this.shelf.value;
    const query = this.query.value.trim().toLowerCase();
    // What is deleted is in no index, and is soon gone: its titles are all that is looked through.
    if (shelf === 'deleted') return this.#list.value.filter(({ title }) => title.toLowerCase().includes(query));
    if (!found) return this.#list.value;
    return shelf === 'archived' ? found.filter(({ isArchived }) => isArchived) : found;
  }

  /** Page after page, so that what is seen is there at once. */
  async #read(shelf: Shelf): Promise<void> {
    const reading = {};
    this.#reading = reading;
    try {
      let after: ConversationSummary | undefined;
      for (;;) {
        const page = await this.#ports.ask({
          type: 'listConversations',
          shelf,
          ...(after && { after: placeOf(after) }),
        });
        if (this.#reading !== reading) return;
        this.#listed.add(page.conversations);
        batch(() => {
          this.#list.value = this.#listed.sorted;
          this.isLoading.value = false;
        });
        after = page.conversations.at(-1);
        if (page.isLast || !after) break;
      }
      if (!this.isFound.peek()) this.#ports.announce(countText(this.#list.peek().length));
    } catch {
      if (this.#reading !== reading) return;
      batch(() => {
        this.isLoading.value = false;
        this.hasFailed.value = true;
      });
    }
  }

  /** Something has changed, most likely at the list's beginning. What changes meanwhile is asked for once more. */
  async #renew(): Promise<void> {
    this.#isStale = true;
    if (this.#isRenewing) return;
    this.#isRenewing = true;
    while (this.#isStale) {
      this.#isStale = false;
      const reading = this.#reading;
      const page = await this.#ports
        .ask({ type: 'listConversations', shelf: this.shelf.peek() })
        // The list stays as it is known.
        .catch(() => undefined);
      if (!page || this.#reading !== reading || this.isLoading.peek()) continue;
      this.#listed.renewStart(page.conversations, page.isLast);
      this.#list.value = this.#listed.sorted;
    }
    this.#isRenewing = false;
  }

  #take({ found, isDone }: { found: FoundConversation[]; isDone: boolean }): void {
    // Nothing so far is no reason to take away what is shown.
    if (found.length === 0 && !isDone) return;
    batch(() => {
      this.#found.value = found;
      if (isDone) this.isSearching.value = false;
    });
    const [first] = this.rows.peek();
    if (this.#opensFirst && first) {
      this.#opensFirst = false;
      this.openRow(first);
    } else if (isDone) this.#ports.announce(foundText(this.rows.peek().length));
  }

  async #do(request: Exclude<HistoryRequest, { type: 'listConversations' }>): Promise<boolean> {
    try {
      await this.#ports.ask(request);
      return true;
    } catch {
      this.notice.value = { kind: 'failed' };
      return false;
    }
  }

  #change(id: string, changed: Partial<ConversationSummary>): void {
    this.#listed.change(id, changed);
    batch(() => {
      this.#list.value = this.#listed.sorted;
      this.#found.value = this.#found.peek()?.map(row => (row.id === id ? changedHit(row, changed) : row));
    });
  }

  /** The row behind it, or else the one before, takes the keyboard. */
  #remove(id: string): void {
    const rows = this.rows.peek();
    const at = rows.findIndex(row => row.id === id);
    this.#listed.remove(id);
    batch(() => {
      this.removals.value++;
      if (at !== -1) this.activeId.value = (rows[at + 1] ?? rows[at - 1])?.id;
      this.#list.value = this.#listed.sorted;
      this.#found.value = this.#found.peek()?.filter(row => row.id !== id);
    });
  }
}

function placeOf({
  id,
  updatedAt,
  isPinned,
}: ConversationSummary): Pick<ConversationSummary, 'id' | 'updatedAt' | 'isPinned'> {
  return { id, updatedAt, isPinned };
}

/** What was found in the title before is not found in another one. */
function changedHit(row: HistoryRow, changed: Partial<ConversationSummary>): HistoryRow {
  return { ...row, ...changed, ...(changed.title !== undefined && { titleMarks: [] }) };
}

function countText(count: number): string {
  return count === 1 ? t('1 conversation') : t('{0} conversations', count);
}

function foundText(count: number): string {
  if (count === 0) return t('Nothing holds these words.');
  return count === 1 ? t('1 conversation found') : t('{0} conversations found', count);
}
