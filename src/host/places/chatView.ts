import * as vscode from 'vscode';
import { chatViewId } from './surfaceIds.ts';
import type { PlaceHistory } from '../../core/chat/placeHistory.ts';
import type { ChatController } from '../chatController.ts';
import { RunningIndicator } from '../status/runningIndicator.ts';
import type { ViewLink } from './viewLink.ts';
import type { ChatPage } from './chatPage.ts';
import type { EarlyPage } from './chatShell.ts';
import type { ChatPlace, OwnPorts, PlaceParts, Revealing } from './chatPlace.ts';

const openConversationKey = 'openConversation';

export interface ChatViewPorts {
  createParts: (own: OwnPorts) => PlaceParts;
  /** Remembers which conversation the view of this window shows. */
  memento: vscode.Memento;
  focusChanged: (place: ChatPlace, isFocused: boolean) => void;
  /** An answer has begun or ended in what the view shows, or it shows something else. */
  runningChanged: () => void;
}

/** The chat in the side bar, or wherever the user has moved the view. It is always there, perhaps hidden. */
export class ChatView implements vscode.Disposable, ChatPlace {
  readonly chat: ChatController;
  readonly page: ChatPage;
  readonly link: ViewLink;
  readonly history: PlaceHistory;
  readonly #indicator = new RunningIndicator(chatViewId);
  readonly #parts: PlaceParts;

  constructor({ createParts, memento, focusChanged, runningChanged }: ChatViewPorts) {
    this.#parts = createParts({
      place: this,
      remembered: () => {
        const id = memento.get<string>(openConversationKey);
        return id === undefined ? undefined : { id, hasTurns: false };
      },
      remember: id => memento.update(openConversationKey, id),
      titleChanged: () => undefined,
      runningChanged: running => {
        this.#indicator.set(running);
        runningChanged();
      },
      focusChanged: isFocused => focusChanged(this, isFocused),
    });
    ({ chat: this.chat, page: this.page, link: this.link, history: this.history } = this.#parts);
  }

  /** Goes on with the page that loads in the view. */
  take(view: vscode.WebviewView, early: EarlyPage): void {
    view.onDidChangeVisibility(() => this.page.seen(view));
    view.onDidDispose(() => this.page.closed(view));
    this.page.fill(view, early);
  }

  async reveal({ preserveFocus }: Revealing): Promise<void> {
    if (preserveFocus) await vscode.commands.executeCommand(`${chatViewId}.focus`, { preserveFocus });
    else await this.want(link => link.focusComposer());
  }

  want(wanted: (link: ViewLink) => void): Promise<void> {
    return this.page.want(wanted, () => vscode.commands.executeCommand(`${chatViewId}.focus`));
  }

  dispose(): void {
    this.#parts.dispose();
    this.#indicator.dispose();
  }
}
