import { flag, type MessageReaders, text } from './readers.ts';

export type ModerationMessage =
  /** The user's word on what their own check leaves to them. */
  | { type: 'decideModeration'; passes: boolean }
  /** Have the answer checked once more that was kept back. */
  | { type: 'checkAgain'; turnId: string };

export const moderationReaders: MessageReaders<ModerationMessage> = {
  decideModeration: { passes: flag },
  checkAgain: { turnId: text },
};
