import * as vscode from 'vscode';
import type { ChatSession } from '../../core/chat/session.ts';
import { type Day, dayOf } from '../../core/history/days.ts';
import type { ConversationHistory, ConversationHit, ConversationSummary } from '../../core/history/history.ts';
import { shown } from '../../shared/shown.ts';
import type { ChatPlace } from '../places/chatPlace.ts';
import { askForText, createPicker, showInformation, shownItem } from '../show.ts';

/** More than anybody reads through; the rest is found by searching. */
const mostListed = 500;
const mostFound = 100;

type Item = vscode.QuickPickItem & { hit?: ConversationHit };

interface ItemButton extends vscode.QuickInputButton {
  run: (hit: ConversationHit) => unknown;
}

export interface HistoryPorts {
  history: ConversationHistory;
  /** The place that shows it. */
  showing: (conversationId: string) => ChatPlace | undefined;
  /** A conversation that is shown or being answered. */
  findLive: (conversationId: string) => ChatSession | undefined;
  open: (conversationId: string) => Promise<ChatPlace>;
  openInTab: (conversationId: string) => Promise<unknown>;
  /** Takes what stands of it in the editor away. */
  deleted: (conversationId: string) => void;
}

/** Lists the stored conversations by day, finds them by title and contents, and puts them in order. */
export function showHistory(ports: HistoryPorts): void {
  new HistoryPicker(ports).show();
}

class HistoryPicker {
  readonly #ports: HistoryPorts;
  readonly #history: ConversationHistory;
  readonly #picker = createPicker<Item>();
  readonly #dates = new Intl.DateTimeFormat(vscode.env.language, { dateStyle: 'full' });
  readonly #times = new Intl.DateTimeFormat(vscode.env.language, { dateStyle: 'medium', timeStyle: 'short' });
  #archived = false;
  #isOpen = true;
  /** The search whose hits are shown. */
  #search: AsyncIterable<ConversationHit[]> | undefined;
  /** Resolves once the list holds what is to be shown. */
  #offered: Promise<void> = Promise.resolve();

  constructor(ports: HistoryPorts) {
    this.#ports = ports;
    this.#history = ports.history;
  }

  show(): void {
    const picker = this.#picker;
    picker.placeholder = shown(vscode.l10n.t('Search titles and contents'));
    picker.onDidChangeValue(() => void this.#offer());
    picker.onDidAccept(() => void this.#accept());
    picker.onDidTriggerItemButton(({ item, button }) => {
      if (item.hit) void (button as ItemButton).run(item.hit);
    });
    picker.onDidTriggerButton(() => {
      this.#archived = !this.#archived;
      void this.#offer();
    });
    picker.onDidHide(() => {
      this.#isOpen = false;
      picker.dispose();
    });
    void this.#offer();
    picker.show();
    void this.#catchUp();
  }

  /** What was stored before there was an index is put into it beside other work. */
  async #catchUp(): Promise<void> {
    let added = false;
    while (this.#isOpen && (await this.#history.catchUp())) added = true;
    if (added && this.#isOpen && this.#picker.value !== '') await this.#offer();
  }

  #offer(): Promise<void> {
    this.#offered = this.#fillIn();
    return this.#offered;
  }

  async #fillIn(): Promise<void> {
    const picker = this.#picker;
    const query = picker.value.trim();
    picker.title = shown(this.#archived ? vscode.l10n.t('Archived Conversations') : vscode.l10n.t('Conversations'));
    picker.buttons = [
      this.#archived
        ? { iconPath: new vscode.ThemeIcon('history'), tooltip: vscode.l10n.t('Show Conversations') }
        : { iconPath: new vscode.ThemeIcon('archive'), tooltip: vscode.l10n.t('Show Archived Conversations') },
    ];
    this.#search = query === '' ? undefined : this.#history.search(query, mostFound);
    if (this.#search) await this.#showFound(this.#search, query);
    else await this.#showListed();
  }

  /** Shows more and more of what is found, beside other work, until something else is to be shown. */
  async #showFound(search: AsyncIterable<ConversationHit[]>, query: string): Promise<void> {
    const picker = this.#picker;
    picker.busy = true;
    let found: Item[] | undefined;
    for await (const hits of search) {
      if (search !== this.#search || !this.#isOpen) return;
      const isMore = hits.length !== found?.length;
      found = hits.map(hit => this.#found(hit));
      if (isMore) picker.items = found.map(shownItem);
    }
    if (search === this.#search && this.#isOpen) this.#fill(found ?? [], query);
  }

  #fill(items: Item[], query: string): void {
    this.#picker.busy = false;
    const listed = items.length > 0 ? items : [{ label: this.#emptyText(query), alwaysShow: true }];
    this.#picker.items = listed.map(shownItem);
  }

  #emptyText(query: string): string {
    if (query !== '') return vscode.l10n.t('Nothing holds these words.');
    return this.#archived
      ? vscode.l10n.t('No conversation is archived.')
      : vscode.l10n.t('There are no earlier conversations yet.');
  }

  async #showListed(): Promise<void> {
    const archived = this.#archived;
    const summaries = await this.#history.list({ archived, limit: mostListed });
    // Something is looked for by now.
    if (this.#search || archived !== this.#archived || !this.#isOpen) return;
    this.#fill(this.#listed(summaries), '');
  }

  #listed(summaries: readonly ConversationSummary[]): Item[] {
    let heading = '';
    return summaries.flatMap(summary => {
      const day = this.#nameOf(summary.isPinned ? { kind: 'pinned' } : dayOf(summary.updatedAt, Date.now()));
      const item = this.#item(summary);
      if (day === heading) return [item];
      heading = day;
      return [{ label: day, kind: vscode.QuickPickItemKind.Separator }, item];
    });
  }

  #nameOf(day: Day): string {
    switch (day.kind) {
      case 'pinned':
        return vscode.l10n.t('Pinned');
      case 'today':
        return vscode.l10n.t('Today');
      case 'yesterday':
        return vscode.l10n.t('Yesterday');
      case 'date':
        return this.#dates.format(day.at);
    }
  }

  /** The editor would leave out what does not hold the words in its title. */
  #found(hit: ConversationHit): Item {
    return { ...this.#item(hit), alwaysShow: true, ...(hit.snippet !== undefined && { detail: hit.snippet }) };
  }

  #item(hit: ConversationHit): Item {
    const marks = [
      this.#ports.findLive(hit.id)?.running ? vscode.l10n.t('answering') : '',
      this.#ports.showing(hit.id) ? vscode.l10n.t('open') : '',
      hit.isArchived && !this.#archived ? vscode.l10n.t('archived') : '',
      this.#times.format(hit.updatedAt),
    ];
    return {
      hit,
      label: hit.title || vscode.l10n.t('Untitled'),
      description: marks.filter(mark => mark !== '').join(' · '),
      buttons: this.#buttonsOf(hit),
    };
  }

  #buttonsOf({ isPinned, isArchived }: ConversationHit): ItemButton[] {
    const button = (icon: string, tooltip: string, run: ItemButton['run']): ItemButton => ({
      iconPath: new vscode.ThemeIcon(icon),
      tooltip,
      run,
    });
    return [
      button('go-to-file', vscode.l10n.t('Open in Editor Tab'), async ({ id, turnId }) => {
        this.#picker.hide();
        await this.#ports.openInTab(id);
        await this.#switchTo(id, turnId);
      }),
      button(isPinned ? 'pinned' : 'pin', isPinned ? vscode.l10n.t('Unpin') : vscode.l10n.t('Pin'), async ({ id }) => {
        await this.#history.mark(id, { isPinned: !isPinned });
        await this.#offer();
      }),
      button('edit', vscode.l10n.t('Rename…'), hit => this.#rename(hit)),
      button(
        isArchived ? 'folder-opened' : 'archive',
        isArchived ? vscode.l10n.t('Move Out of the Archive') : vscode.l10n.t('Archive'),
        async ({ id }) => {
          await this.#history.mark(id, { isArchived: !isArchived });
          await this.#offer();
        },
      ),
      button('trash', vscode.l10n.t('Delete'), hit => this.#delete(hit)),
    ];
  }

  async #rename({ id, title }: ConversationHit): Promise<void> {
    const typed = await askForText({
      title: vscode.l10n.t('Rename Conversation'),
      value: title,
      validateInput: text => (text.trim() === '' ? vscode.l10n.t('A title is needed.') : undefined),
    });
    if (typed === undefined) return;
    const live = this.#ports.findLive(id);
    if (live) {
      live.rename(typed.trim());
      await live.saved();
    } else await this.#history.rename(id, typed.trim());
    showHistory(this.#ports);
  }

  async #delete({ id, title }: ConversationHit): Promise<void> {
    const place = this.#ports.showing(id);
    this.#ports.findLive(id)?.stop();
    await this.#history.mark(id, { isDeleted: true });
    this.#ports.deleted(id);
    await place?.chat.show();
    await this.#offer();
    const undo = vscode.l10n.t('Undo');
    const chosen = await showInformation(vscode.l10n.t('“{0}” was deleted.', title || vscode.l10n.t('Untitled')), undo);
    if (chosen !== undo) return;
    await this.#history.mark(id, { isDeleted: false });
    await place?.chat.show(id);
    if (this.#isOpen) await this.#offer();
  }

  async #accept(): Promise<void> {
    // Enter right after the last character means what that finds.
    await this.#offered;
    // Even then the editor may name what was selected before the list has changed, or nothing.
    const { selectedItems, items } = this.#picker;
    const { hit } = selectedItems.find(item => items.includes(item)) ?? items.find(item => item.hit) ?? {};
    if (!hit) return;
    this.#picker.hide();
    await this.#ports.open(hit.id);
    await this.#switchTo(hit.id, hit.turnId);
  }

  /** What was found may stand on a branch that is not shown. */
  async #switchTo(id: string, turnId: string | undefined): Promise<void> {
    const session = this.#ports.findLive(id);
    if (session && turnId !== undefined && !session.branch.turns.some(turn => turn.id === turnId)) {
      await session.switchTo(turnId);
    }
  }
}
