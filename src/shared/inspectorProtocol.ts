/** The messages between the extension host and the request inspector. */
import type { ExchangeDetail, ExchangeSummary } from './exchange.ts';

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

/** A message from the inspector, or undefined where it is none. */
export function parseInspectorMessage(value: unknown): InspectorViewMessage | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { type, id, form } = value as Record<string, unknown>;
  switch (type) {
    case 'ready':
    case 'clear':
    case 'stop':
      return { type };
    case 'select':
    case 'sendAgain':
      return typeof id === 'string' ? { type, id } : undefined;
    case 'copy': {
      const known = copyForms.find(name => name === form);
      return typeof id === 'string' && known ? { type, id, form: known } : undefined;
    }
    default:
      return undefined;
  }
}
