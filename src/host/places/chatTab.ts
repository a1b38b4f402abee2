import * as vscode from 'vscode';
import type { TabState } from '../../core/conversation/tabState.ts';
import { shown } from '../../shared/shown.ts';
import type { PlaceHistory } from '../../core/chat/placeHistory.ts';
import type { ChatController } from '../chatController.ts';
import type { ViewLink } from './viewLink.ts';
import type { ChatPage } from './chatPage.ts';
import type { EarlyPage } from './chatShell.ts';
import type { ChatPlace, OwnPorts, PlaceParts, Revealing } from './chatPlace.ts';

export interface ChatTabPorts {
  createParts: (own: OwnPorts) => PlaceParts;
  extensionUri: vscode.Uri;
  focusChanged: (place: ChatPlace, isFocused: boolean) => void;
  /** It has become the tab that commands of the editor act on. */
  activated: (tab: ChatTab) => void;
  /** An answer has begun or ended in what the tab shows, or it shows something else. */
  runningChanged: () => void;
  closed: (tab: ChatTab) => void;
}

/** A conversation in an editor tab, or in a window of its own. Gone when it is closed. */
export class ChatTab implements vscode.Disposable, ChatPlace {
  readonly chat: ChatController;
  readonly page: ChatPage;
  readonly link: ViewLink;
  readonly history: PlaceHistory;
  readonly #panel: vscode.WebviewPanel;
  readonly #parts: PlaceParts;

  /** `state` says what to show; a new conversation without it. `early` is the page of a tab that comes back. */
  constructor(
    panel: vscode.WebviewPanel,
    state: TabState | undefined,
    early: EarlyPage | undefined,
    ports: ChatTabPorts,
  ) {
    this.#panel = panel;
    this.#parts = ports.createParts({
      place: this,
      remembered: () => state,
      // The page keeps it, with the tab.
      remember: () => Promise.resolve(),
      titleChanged: title => (panel.title = shown(title || vscode.l10n.t('New Conversation'))),
      runningChanged: ports.runningChanged,
      focusChanged: isFocused => ports.focusChanged(this, isFocused),
    });
    ({ chat: this.chat, page: this.page, link: this.link, history: this.history } = this.#parts);
    const icon = (name: string): vscode.Uri => vscode.Uri.joinPath(ports.extensionUri, 'media', name);
    panel.iconPath = { light: icon('tab-light.svg'), dark: icon('tab-dark.svg') };
    panel.onDidChangeViewState(() => {
      this.page.seen(panel);
      if (panel.active) ports.activated(this);
    });
    panel.onDidDispose(() => {
      this.page.closed(panel);
      this.dispose();
      ports.closed(this);
    });
    this.page.fill(panel, early);
  }

  reveal({ preserveFocus }: Revealing): Promise<void> {
    if (!preserveFocus) return this.want(link => link.focusComposer());
    this.#panel.reveal(undefined, true);
    return Promise.resolve();
  }

  want(wanted: (link: ViewLink) => void): Promise<void> {
    return this.page.want(wanted, () => this.#panel.reveal());
  }

  /** The tab itself stays, to come back with the window. */
  dispose(): void {
    this.#parts.dispose();
  }
}
