/** What requests have taken, as the usage page shows it. Counts are of tokens; one that was not reported counts as 0. */
export interface UsageAmounts {
  requests: number;
  inputTokens: number;
  outputTokens: number;
  cacheReadTokens: number;
  cacheWriteTokens: number;
  /** US dollars, of the requests that have a price. */
  costUsd: number;
  /** Requests that got an answer, or a part of one, at a price that is not known. */
  unpricedRequests: number;
}

export interface NamedAmounts extends UsageAmounts {
  /** A model, or the origin of an endpoint. */
  name: string;
}

/** One day or one month. */
export interface UsagePeriod {
  /** Its first day, such as `2026-11-23`. */
  start: string;
  total: UsageAmounts;
  models: NamedAmounts[];
}

/** The user's own days: the last ones up to today, the last months up to this one, or from one day to another. */
export type UsageSpanChoice =
  { kind: 'days'; count: 7 | 30 } | { kind: 'months'; count: 12 } | { kind: 'custom'; from: string; to: string };

/** How much of a budget is used. */
export interface BudgetUse {
  period: 'day' | 'month';
  /** US dollars. */
  spentUsd: number;
  limitUsd: number;
  /** Requests in this period whose price is not known, and which the budget therefore does not count. */
  unpricedRequests: number;
}

export interface UsageReport {
  /** The first and the last day. */
  from: string;
  to: string;
  unit: 'day' | 'month';
  /** All of the span, also those in which nothing was asked; the oldest first. */
  periods: UsagePeriod[];
  total: UsageAmounts;
  /** The dearest first. */
  models: NamedAmounts[];
  origins: NamedAmounts[];
  /** Of this moment, whatever the span; empty where the user has set none. */
  budgets: BudgetUse[];
}

export const noAmounts: UsageAmounts = {
  requests: 0,
  inputTokens: 0,
  outputTokens: 0,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
  costUsd: 0,
  unpricedRequests: 0,
};

export function added(one: UsageAmounts, other: UsageAmounts): UsageAmounts {
  return {
    requests: one.requests + other.requests,
    inputTokens: one.inputTokens + other.inputTokens,
    outputTokens: one.outputTokens + other.outputTokens,
    cacheReadTokens: one.cacheReadTokens + other.cacheReadTokens,
    cacheWriteTokens: one.cacheWriteTokens + other.cacheWriteTokens,
    costUsd: one.costUsd + other.costUsd,
    unpricedRequests: one.unpricedRequests + other.unpricedRequests,
  };
}

/** All tokens: the protocol counts input, cache and output apart. */
export function tokensOf({ inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens }: UsageAmounts): number {
  return inputTokens + outputTokens + cacheReadTokens + cacheWriteTokens;
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
