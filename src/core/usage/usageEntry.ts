import type { Problem } from '../../shared/problem.ts';
import type { Exchange } from '../inspect/exchangeLog.ts';
import { usageOf } from '../messages/usage.ts';
import { estimateCostUsd, type TokenPrices } from './cost.ts';
import type { UsageEntry, UsageOutcome } from './ledger.ts';

/** What the ledger keeps of a request that is over; undefined while it runs. Nothing of its text is in it. */
export function usageEntryOf(
  exchange: Exchange,
  pricesOf: (model: string) => TokenPrices | undefined,
): UsageEntry | undefined {
  const { id, startedAt, url, request, purpose, attempts, message } = exchange;
  const last = attempts.at(-1);
  const outcome = outcomeOf(exchange, last?.problem);
  if (!outcome) return undefined;
  const reported = message && usageOf(message.usage);
  // What a stream names before its end is no count of what was received.
  const outputTokens = outcome.kind === 'complete' ? (reported?.outputTokens ?? null) : null;
  const usage = reported && { ...reported, outputTokens: outputTokens ?? 0 };
  return {
    id,
    startedAt,
    origin: new URL(url).origin,
    model: request.model,
    purpose,
    inputTokens: reported?.inputTokens ?? null,
    outputTokens,
    cacheWriteTokens: reported?.cacheWriteTokens ?? null,
    cacheReadTokens: reported?.cacheReadTokens ?? null,
    costUsd: estimateCostUsd(usage, pricesOf(request.model)) ?? null,
    durationMs: last?.endedMs ?? 0,
    firstTokenMs: last?.firstTokenMs ?? null,
    retries: Math.max(0, attempts.length - 1),
    outcome,
    stopReason: message?.stopReason ?? null,
    requestId: last?.problem?.requestId ?? last?.responseHeaders?.['request-id'] ?? null,
  };
}

function outcomeOf({ outcome }: Exchange, problem: Problem | undefined): UsageOutcome | undefined {
  switch (outcome) {
    case 'running':
      return undefined;
    case 'complete':
    case 'stopped':
      return { kind: outcome };
    case 'truncated':
    case 'failed':
      return { kind: outcome, problem: problem?.kind ?? 'internal' };
  }
}
