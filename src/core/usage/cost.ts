import type { Usage } from '../../shared/conversation.ts';

/** US dollars for a million tokens. */
export interface TokenPrices {
  input: number;
  output: number;
  cacheWrite5m: number;
  cacheWrite1h: number;
  cacheRead: number;
}

/** `cacheWrite1hTokens` is the part of `cacheWriteTokens` that is kept for an hour. */
export interface ChargedUsage extends Usage {
  cacheWrite1hTokens?: number;
}

/**
 * An estimate in US dollars; undefined where the price is not known or the endpoint has reported nothing. Input, cache
 * writes and cache reads are disjoint in this protocol, also at relays. What makes no sense counts as nothing, so the
 * result is never negative.
 */
export function estimateCostUsd(usage: ChargedUsage | undefined, prices: TokenPrices | undefined): number | undefined {
  if (!prices || !usage || (usage.inputTokens === undefined && usage.outputTokens === undefined)) return undefined;
  const written = countOf(usage.cacheWriteTokens);
  const writtenFor1h = Math.min(written, countOf(usage.cacheWrite1hTokens));
  const millionths =
    countOf(usage.inputTokens) * prices.input +
    countOf(usage.outputTokens) * prices.output +
    countOf(usage.cacheReadTokens) * prices.cacheRead +
    (written - writtenFor1h) * prices.cacheWrite5m +
    writtenFor1h * prices.cacheWrite1h;
  return millionths / 1_000_000;
}

/** Relays have reported negative counts and counts that are no numbers. */
function countOf(tokens: number | undefined): number {
  return tokens !== undefined && Number.isFinite(tokens) && tokens > 0 ? tokens : 0;
}
