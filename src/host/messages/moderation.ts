import type { ModerationMessage } from '../../shared/protocol/moderation.ts';
import { changing, type Handlers, onShown } from './handlers.ts';

export const moderationHandlers: Handlers<ModerationMessage> = {
  decideModeration: onShown(({ session }, { passes }) => session.moderation?.decide(passes)),
  checkAgain: changing(({ session }, { turnId }) => session.again.checkAgain(turnId)),
};
