/** The messages between the extension host and the usage page. */
import { parseSpan, type UsageReport, type UsageSpanChoice } from '../usageReport.ts';
import { type MessageReaders, parseMessage, refused, text } from './readers.ts';

export type UsageHostMessage =
  | { type: 'report'; report: UsageReport }
  /** The ledger can't be read, for this reason. */
  | { type: 'failed'; reason: string };

export type UsageViewMessage =
  /** Show this span, now and whenever a request ends. `timeZone` is where the user is. */
  | { type: 'show'; span: UsageSpanChoice; timeZone: string }
  /** Write the requests of this span as CSV. */
  | { type: 'export'; span: UsageSpanChoice; timeZone: string }
  | { type: 'setBudget' };

const readers: MessageReaders<UsageViewMessage> = {
  show: { span, timeZone: text },
  export: { span, timeZone: text },
  setBudget: {},
};

/** A message from the usage page, or undefined where it is none. */
export function parseUsageMessage(value: unknown): UsageViewMessage | undefined {
  return parseMessage(readers, value);
}

function span(value: unknown): UsageSpanChoice | typeof refused {
  return parseSpan(value) ?? refused;
}
