import * as vscode from 'vscode';
import type { Excerpt, Intent } from '../../shared/conversation.ts';
import type { ChatController } from '../chatController.ts';
import type { ChatView } from '../chatView.ts';

/** Shows the chat and asks there; the keyboard stays where it is. */
export type Ask = (intent: Intent, text: string, excerpts: Excerpt[]) => Promise<void>;

/** More does not fit any model's context window, and a slip with a huge file should not cost a fortune. */
const longestCode = 600_000;

export function createAsk(chat: ChatController, view: ChatView): Ask {
  return async (intent, text, excerpts) => {
    const length = excerpts.reduce((sum, excerpt) => sum + excerpt.code.length, 0);
    if (length > longestCode) {
      void vscode.window.showErrorMessage(
        vscode.l10n.t(
          'This is too much code for one question: {0} characters, and {1} are the most. Select less of it.',
          length.toLocaleString(vscode.env.language),
          longestCode.toLocaleString(vscode.env.language),
        ),
      );
      return;
    }
    await view.reveal({ preserveFocus: true });
    await chat.ask(intent, text, excerpts);
  };
}
