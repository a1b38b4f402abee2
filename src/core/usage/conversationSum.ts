import type { AnswerFigures, Usage } from '../../shared/conversation.ts';
import { added, noAmounts, type UsageAmounts } from '../../shared/usageReport.ts';
import { estimateCostUsd, type TokenPrices } from './cost.ts';

interface Taken {
  model: string;
  usage?: Usage;
  figures?: AnswerFigures;
}

/** What the answers took together. What an older one has cost was not kept: it is estimated by today's price. */
export function sumOfAnswers(
  answers: readonly Taken[],
  priceOf: (model: string) => TokenPrices | undefined,
): UsageAmounts {
  return answers
    .filter(({ usage, figures }) => usage !== undefined || figures !== undefined)
    .map(({ model, usage = {}, figures }): UsageAmounts => {
      const requests = figures?.requests ?? 1;
      const costUsd = figures ? figures.costUsd : estimateCostUsd(usage, priceOf(model));
      return {
        requests,
        inputTokens: usage.inputTokens ?? 0,
        outputTokens: usage.outputTokens ?? 0,
        cacheReadTokens: usage.cacheReadTokens ?? 0,
        cacheWriteTokens: usage.cacheWriteTokens ?? 0,
        costUsd: costUsd ?? 0,
        unpricedRequests: costUsd === undefined ? requests : 0,
      };
    })
    .reduce(added, noAmounts);
}
