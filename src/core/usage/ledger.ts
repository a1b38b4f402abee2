import type { ProblemKind } from '../../shared/problem.ts';
import type { Purpose } from '../../shared/exchange.ts';
import type { UsageAmounts } from '../../shared/usageReport.ts';

/** How a request ended; of one that was cut or failed, why. */
export type UsageOutcome =
  { kind: 'complete' } | { kind: 'stopped' } | { kind: 'truncated' | 'failed'; problem: ProblemKind };

/** One request with its retries. There is no text of the user's in it, and no key. */
export interface UsageEntry {
  id: string;
  /** Milliseconds since the epoch. */
  startedAt: number;
  /** Where the request went. */
  origin: string;
  /** The model that was asked. */
  model: string;
  purpose: Purpose;
  /** Tokens as the endpoint counted them; null where it reported none. */
  inputTokens: number | null;
  outputTokens: number | null;
  cacheWriteTokens: number | null;
  cacheReadTokens: number | null;
  /** US dollars by the list's price; null where that is not known. */
  costUsd: number | null;
  durationMs: number;
  /** From the start to the first of the answer; null where nothing came. */
  firstTokenMs: number | null;
  retries: number;
  outcome: UsageOutcome;
  /** The protocol's own word. */
  stopReason: string | null;
  requestId: string | null;
}

/** A span of `startedAt`: from `from` on, before `to`. */
export interface UsageSpan {
  from?: number;
  to?: number;
}

/** What the requests to one model come to. A count that was not reported counts as 0. */
export interface UsageSum {
  model: string;
  requests: number;
  inputTokens: number;
  outputTokens: number;
  cacheWriteTokens: number;
  cacheReadTokens: number;
  /** US dollars, of the requests that have a price. */
  costUsd: number;
  /** Requests whose price is not known. */
  unpricedRequests: number;
}

/** What the requests to one model of one origin come to in one period, which is a place in a list of spans. */
export interface UsageCell {
  period: number;
  model: string;
  origin: string;
  amounts: UsageAmounts;
}

/** Keeps what requests have cost. */
export interface UsageLedger {
  /** Adds the entry, or replaces the one of its id. */
  record(entry: UsageEntry): Promise<void>;
  /** The latest first. */
  entries(span: UsageSpan & { limit?: number }): Promise<UsageEntry[]>;
  /** One sum a model, the dearest first. */
  sums(span: UsageSpan): Promise<UsageSum[]>;
  /** Sums in each of the spans, which do not overlap. What was not asked in a span has no cell there. */
  cells(periods: readonly Required<UsageSpan>[]): Promise<UsageCell[]>;
  /** US dollars of all requests from that moment on. */
  spentSince(from: number): Promise<Spent>;
  /** Whether nobody has asked with this key before, in any window. */
  firstTime(key: string): Promise<boolean>;
  close(): Promise<void>;
}

export type Spent = Pick<UsageAmounts, 'costUsd' | 'unpricedRequests'>;
