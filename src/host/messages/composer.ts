import type { ComposerMessage } from '../../shared/protocol/composer.ts';
import { elsewhere, type Handlers, onShown } from './handlers.ts';

export const composerHandlers: Handlers<ComposerMessage> = {
  send: onShown(async (chat, { text }) => {
    if (text.trim() !== '' || chat.session.unsent.attachments.length > 0) await chat.sendTyped(text);
  }),
  draft: elsewhere((chat, { conversationId, text }) => {
    chat.keepDraft(conversationId, text);
    chat.watch.refresh();
    chat.prompts.draftChanged();
  }),
  recall: elsewhere(chat => chat.postSentElsewhere()),
};
