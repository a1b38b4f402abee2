import type { ModelAdvice } from '../modelAdvice.ts';
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
  /** Let the request go that waits for this. */
  | { type: 'confirmSend' }
  | { type: 'cancelSend' }
  /** Ask the model that was suggested, in this conversation. */
  | { type: 'takeAdvice' }
  /** Suggest no other model in this conversation. */
  | { type: 'dismissAdvice' };

export const nextRequestReaders: MessageReaders<NextRequestMessage> = {
  watchRequest: { isOn: flag },
  countRequest: {},
  confirmSend: {},
  cancelSend: {},
  takeAdvice: {},
  dismissAdvice: {},
};

export type NextRequestHostMessage =
  | { type: 'requestPreview'; conversationId: string; preview: RequestPreview }
  | { type: 'size'; conversationId: string; size: NextSize }
  /** A request waits for the user's word; undefined: none does any more. */
  | { type: 'held'; conversationId: string; held?: Held }
  /** Another model suits what is written better; undefined: none does any more. */
  | { type: 'modelAdvice'; conversationId: string; advice?: ModelAdvice };

/** Tell what the conversation has taken until now. */
export interface SumRequest {
  type: 'sumConversation';
}

export const sumReaders: MessageReaders<SumRequest> = { sumConversation: {} };

export interface SumReplies {
  /** In all its branches. */
  sumConversation: UsageAmounts;
}
