/** The messages between the extension host and the request inspector. */
import type { ExchangeDetail, ExchangeSummary } from '../exchange.ts';
import { type MessageReaders, oneOf, parseMessage, text } from './readers.ts';

export type InspectorHostMessage =
  /** Newest last. */
  | { type: 'exchanges'; exchanges: ExchangeSummary[] }
  /** Of the one that is selected; sent anew whenever it gets on. */
  | { type: 'detail'; detail: ExchangeDetail | undefined };

export const copyForms = ['curl', 'python', 'typescript', 'request', 'answer'] as const;
export type CopyForm = (typeof copyForms)[number];

export type InspectorViewMessage =
  | { type: 'ready' }
  | { type: 'select'; id: string }
  | { type: 'copy'; id: string; form: CopyForm }
  | { type: 'sendAgain'; id: string }
  /** Ends the requests that were sent again. */
  | { type: 'stop' }
  | { type: 'clear' };

const readers: MessageReaders<InspectorViewMessage> = {
  ready: {},
  select: { id: text },
  copy: { id: text, form: oneOf(copyForms) },
  sendAgain: { id: text },
  stop: {},
  clear: {},
};

/** A message from the inspector, or undefined where it is none. */
export function parseInspectorMessage(value: unknown): InspectorViewMessage | undefined {
  return parseMessage(readers, value);
}
