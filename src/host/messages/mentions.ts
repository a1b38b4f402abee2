import type { MentionMessage, MentionReplies, MentionRequest } from '../../shared/protocol/mentions.ts';
import { changing, elsewhere, type Handlers, type RequestHandlers } from './handlers.ts';

export const mentionHandlers: Handlers<MentionMessage> = {
  attachMention: changing(({ mentions }, { id }) => mentions.attach(id)),
};

export const mentionRequestHandlers: RequestHandlers<MentionRequest, MentionReplies> = {
  findMentions: elsewhere(({ mentions }, { query }) => mentions.find(query)),
  findPasted: elsewhere(({ mentions }, { text }) => mentions.findPasted(text)),
};
