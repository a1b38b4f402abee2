import type { NextSize } from '../../shared/nextSize.ts';
import { isGuessed } from '../models/modelRules.ts';
import { estimateCostUsd } from '../usage/cost.ts';
import type { AnswerSources } from './prepareAnswer.ts';
import type { RequestParts } from './requestMeter.ts';

/** What is known of a request beforehand. `cached`: tokens that the endpoint should still have, where anybody knows. */
export function nextSizeOf(parts: RequestParts, sources: AnswerSources, cached?: number): NextSize {
  const { total, ...others } = parts;
  const { settings, parameters, rules, refusedFields } = sources;
  const { price, priceSource, cacheMinimum } = rules;
  const caches = (parameters.cache ?? settings.promptCaching) && !refusedFields.has('cache_control');
  const read = cached === undefined ? 0 : Math.min(cached, total);
  // What is marked for the cache and is not in it yet is written to it, which costs more than reading it once.
  const isWritten = caches && total >= cacheMinimum;
  const inputCostUsd = estimateCostUsd(
    {
      inputTokens: isWritten ? 0 : total - read,
      cacheWriteTokens: isWritten ? total - read : 0,
      cacheReadTokens: read,
    },
    price,
  );
  return {
    tokens: total,
    isEstimate: true,
    ...others,
    ...(!isGuessed(rules) && { contextWindow: rules.contextWindow }),
    ...(read > 0 && { cached: read }),
    ...(inputCostUsd !== undefined && { inputCostUsd }),
    ...(price && { inputPrice: price.input, outputPrice: price.output, isOwnPrice: priceSource === 'setting' }),
  };
}

/** From where on a request asks before it goes out; 0: never. */
export interface SpendLimits {
  tokens: number;
  costUsd: number;
}

/** The limits that a request is above, or undefined where it may go out unasked. */
export function exceededLimits(
  { tokens, inputCostUsd }: Pick<NextSize, 'tokens' | 'inputCostUsd'>,
  limits: SpendLimits,
): { aboveTokens?: number; aboveCostUsd?: number } | undefined {
  const isLong = limits.tokens > 0 && tokens > limits.tokens;
  const isDear = limits.costUsd > 0 && inputCostUsd !== undefined && inputCostUsd > limits.costUsd;
  if (!isLong && !isDear) return undefined;
  return { ...(isLong && { aboveTokens: limits.tokens }), ...(isDear && { aboveCostUsd: limits.costUsd }) };
}
