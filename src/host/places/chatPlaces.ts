import * as vscode from 'vscode';
import { RecentPlaces } from '../../core/conversation/recentPlaces.ts';
import { parseTabState, type TabState } from '../../core/conversation/tabState.ts';
import type { ChatController } from '../chatController.ts';
import { setContext } from '../status/contextKeys.ts';
import { chatTabType } from './surfaceIds.ts';
import { webviewPageOptions } from './webviewPage.ts';
import type { ChatPlace, OwnPorts, PlaceParts } from './chatPlace.ts';
import type { EarlyPage } from './chatShell.ts';
import { ChatTab } from './chatTab.ts';
import { ChatView } from './chatView.ts';

export interface ChatPlacesPorts {
  createParts: (own: OwnPorts) => PlaceParts;
  extensionUri: vscode.Uri;
  /** Of the workspace. */
  memento: vscode.Memento;
  /** The user has looked at a chat. */
  looked: (chat: ChatController) => void;
  /** Another conversation is shown somewhere, or an answer has begun or ended there. */
  changed: () => void;
}

/** The view and the tabs: which of them shows a conversation, and which one a command means. */
export class ChatPlaces implements vscode.Disposable {
  readonly view: ChatView;
  readonly #ports: ChatPlacesPorts;
  readonly #recent: RecentPlaces<ChatPlace>;
  #tabs: ChatTab[] = [];
  /** Whose page has the keyboard. */
  #focused: ChatPlace | undefined;

  constructor(ports: ChatPlacesPorts) {
    this.#ports = ports;
    this.view = new ChatView({ ...ports, ...this.#events });
    this.#recent = new RecentPlaces<ChatPlace>(this.view);
  }

  /** See RecentPlaces. */
  get active(): ChatPlace {
    return this.#recent.active;
  }

  /** See RecentPlaces. */
  get target(): ChatPlace {
    return this.#recent.target;
  }

  get all(): ChatPlace[] {
    return [this.view, ...this.#tabs];
  }

  showing(conversationId: string): ChatPlace | undefined {
    return this.all.find(({ chat }) => chat.opened?.id === conversationId);
  }

  /** Goes to where the conversation is shown, or shows it where the user looks. Returns that place. */
  open(conversationId: string): Promise<ChatPlace> {
    return this.openIn(this.target, conversationId);
  }

  /** The same, in this place where it is shown nowhere. */
  async openIn(target: ChatPlace, conversationId: string): Promise<ChatPlace> {
    const shown = this.showing(conversationId);
    const place = shown ?? target;
    if (!shown) await place.chat.show(conversationId);
    await place.reveal({ preserveFocus: false });
    return place;
  }

  /** Shows the conversation in a tab; by itself the active one, which the view gives up for a new one. */
  async openInTab(id?: string): Promise<ChatTab> {
    const conversationId = id ?? (await this.active.chat.open()).id;
    const open = this.#tabs.find(({ chat }) => chat.opened?.id === conversationId);
    if (open) {
      await open.reveal({ preserveFocus: false });
      return open;
    }
    const panel = vscode.window.createWebviewPanel(
      chatTabType,
      vscode.l10n.t('New Conversation'),
      vscode.ViewColumn.Active,
      { ...webviewPageOptions(this.#ports.extensionUri), enableFindWidget: true },
    );
    const tab = this.#add(panel, undefined, undefined);
    await tab.chat.show(conversationId);
    await tab.reveal({ preserveFocus: false });
    return tab;
  }

  async openInWindow(conversationId?: string): Promise<void> {
    const tab = await this.openInTab(conversationId);
    await vscode.commands.executeCommand('workbench.action.moveEditorToNewWindow');
    await tab.reveal({ preserveFocus: false });
  }

  /** A tab comes back with the window. Where its conversation is shown elsewhere by now, that is gone to instead. */
  async restore(panel: vscode.WebviewPanel, kept: unknown, early: EarlyPage): Promise<void> {
    const state = parseTabState(kept);
    const shown = state && this.showing(state.id);
    if (shown) {
      panel.dispose();
      await shown.reveal({ preserveFocus: true });
    } else this.#add(panel, state, early);
  }

  /** Loads anew what did not start, else the chat that was used last. */
  reload(): void {
    const failed = this.all.filter(({ page }) => page.hasFailed);
    for (const { page } of failed.length > 0 ? failed : [this.active]) page.reload();
  }

  dispose(): void {
    this.view.dispose();
    for (const tab of this.#tabs) tab.dispose();
  }

  #add(panel: vscode.WebviewPanel, state: TabState | undefined, early: EarlyPage | undefined): ChatTab {
    const tab = new ChatTab(panel, state, early, {
      ...this.#ports,
      ...this.#events,
      activated: activated => this.#use(activated),
      closed: closed => {
        this.#tabs = this.#tabs.filter(known => known !== closed);
        this.#recent.closed(closed);
        this.#tellAnswering();
        this.#ports.changed();
      },
    });
    this.#tabs = [...this.#tabs, tab];
    if (panel.active) this.#use(tab);
    return tab;
  }

  get #events() {
    return {
      focusChanged: (place: ChatPlace, isFocused: boolean): void => {
        if (isFocused) this.#use(place);
        // One page may hear that it has the keyboard before the other one hears that it has lost it.
        const focused = isFocused ? place : this.#focused === place ? undefined : this.#focused;
        if (focused === this.#focused) return;
        this.#focused = focused;
        setContext('chatFocused', focused !== undefined);
      },
      runningChanged: () => {
        this.#tellAnswering();
        this.#ports.changed();
      },
    };
  }

  #use(place: ChatPlace): void {
    this.#recent.used(place);
    this.#ports.looked(place.chat);
    this.#tellAnswering();
  }

  #tellAnswering(): void {
    setContext('answering', this.active.chat.opened?.running === true);
  }
}
