import { type MessageReaders, oneOf, text } from './readers.ts';

export const findingActions = ['apply', 'dismiss', 'next'] as const;
export type FindingAction = (typeof findingActions)[number];

/** Of a review: put its suggestion into the file, close it, or go to the one after it. */
export interface FindingMessage {
  type: 'finding';
  turnId: string;
  findingId: string;
  action: FindingAction;
}

export const findingReaders: MessageReaders<FindingMessage> = {
  finding: { turnId: text, findingId: text, action: oneOf(findingActions) },
};
