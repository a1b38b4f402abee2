import type { ComposerMessage, RecallReplies, RecallRequest } from '../../shared/protocol/composer.ts';
import { readOrTell } from '../status/toldFailure.ts';
import { elsewhere, type Handlers, onShown, type RequestHandlers } from './handlers.ts';

export const composerHandlers: Handlers<ComposerMessage> = {
  send: onShown(async (chat, { text, steers }) => {
    if (text.trim() !== '' || chat.session.unsent.attachments.length > 0)
      await chat.parts.asking.sendTyped(text, steers ? { steers } : {});
  }),
  draft: elsewhere(async (chat, { conversationId, text }) => {
    await chat.conversations.tell(conversationId, ({ unsent }) => (unsent.draft = text));
    chat.parts.watch.refresh();
    chat.prompts.draftChanged();
  }),
};

/** Messages of other conversations that the arrow keys bring back. */
const mostRecalled = 100;

export const recallHandlers: RequestHandlers<RecallRequest, RecallReplies> = {
  recall: elsewhere((_, __, { store, storeFailed }) => readOrTell(() => store.sentTexts(mostRecalled), storeFailed)),
};
