import * as vscode from 'vscode';
import type { AskedHow } from '../../core/chat/askedTurn.ts';
import type { Excerpt } from '../../shared/attachment.ts';
import type { Intent } from '../../shared/conversation.ts';
import type { ChatController } from '../chatController.ts';
import { showError } from '../show.ts';

/** Shows the chat and asks there; the keyboard stays where it is. False where nothing was asked. */
export type Ask = (intent: Intent, text: string, excerpts: Excerpt[], how?: AskedHow) => Promise<boolean>;

/** More does not fit any model's context window, and a slip with a huge file should not cost a fortune. */
const longestCode = 600_000;

/** Where a question can go. */
interface AskedPlace {
  chat: Pick<ChatController, 'ask'>;
  reveal: (options: { preserveFocus: boolean }) => Promise<void>;
}

/** `target` names the place that is meant, at the time of asking. */
export function createAsk(target: () => AskedPlace): Ask {
  return async (intent, text, excerpts, how) => {
    const length = excerpts.reduce((sum, excerpt) => sum + excerpt.code.length, text.length);
    if (length > longestCode) {
      void showError(
        vscode.l10n.t(
          'This is too much code for one question: {0} characters, and {1} are the most. Select less of it.',
          length.toLocaleString(vscode.env.language),
          longestCode.toLocaleString(vscode.env.language),
        ),
      );
      return false;
    }
    const place = target();
    await place.reveal({ preserveFocus: true });
    return place.chat.ask(intent, text, excerpts, how);
  };
}
