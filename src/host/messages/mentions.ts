import type { MentionMessage } from '../../shared/protocol/mentions.ts';
import { changing, elsewhere, type Handlers } from './handlers.ts';

export const mentionHandlers: Handlers<MentionMessage> = {
  findMentions: elsewhere(({ mentions }, { requestId, query }) => mentions.find(requestId, query)),
  findPasted: elsewhere(({ mentions }, { requestId, text }) => mentions.findPasted(requestId, text)),
  attachMention: changing(({ mentions }, { id }) => mentions.attach(id)),
};
