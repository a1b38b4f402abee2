import type { Held, NextSize } from '../nextSize.ts';
import type { RequestPreview } from '../requestPreview.ts';
import type { UsageAmounts } from '../usageReport.ts';
import { flag, type MessageReaders } from './readers.ts';

/** Of the request that would go out, and of what has gone out until now. */
export type NextRequestMessage =
  /** Whether the request that would go out is to be shown, and kept up to date. */
  | { type: 'watchRequest'; isOn: boolean }
  /** Have the endpoint count its tokens. */
  | { type: 'countRequest' }
  /** Tell what the conversation has taken until now. */
  | { type: 'sumConversation' }
  /** Let the request go that waits for this. */
  | { type: 'confirmSend' }
  | { type: 'cancelSend' };

export const nextRequestReaders: MessageReaders<NextRequestMessage> = {
  watchRequest: { isOn: flag },
  countRequest: {},
  sumConversation: {},
  confirmSend: {},
  cancelSend: {},
};

export type NextRequestHostMessage =
  | { type: 'requestPreview'; preview: RequestPreview }
  | { type: 'size'; size: NextSize }
  /** A request waits for the user's word; undefined: none does any more. */
  | { type: 'held'; held?: Held }
  /** What the conversation has taken until now, in all its branches. */
  | { type: 'conversationSum'; conversationId: string; sum: UsageAmounts };
