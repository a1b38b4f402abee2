/** The messages between the extension host and the usage page. */
import type { UsageReport, UsageSpanChoice } from './usageReport.ts';

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

/** A message from the usage page, or undefined where it is none. */
export function parseUsageMessage(value: unknown): UsageViewMessage | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { type, span, timeZone } = value as Record<string, unknown>;
  if (type === 'setBudget') return { type };
  if ((type !== 'show' && type !== 'export') || typeof timeZone !== 'string') return undefined;
  const choice = parseSpan(span);
  return choice && { type, span: choice, timeZone };
}

/** A span, or undefined where it is none; its days are not checked here. */
export function parseSpan(value: unknown): UsageSpanChoice | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { kind, count, from, to } = value as Record<string, unknown>;
  if (kind === 'days' && (count === 7 || count === 30)) return { kind, count };
  if (kind === 'months' && count === 12) return { kind, count };
  if (kind === 'custom' && typeof from === 'string' && typeof to === 'string') return { kind, from, to };
  return undefined;
}
