import type { Adjustment } from '../../shared/adjustment.ts';
import type { ParameterName } from '../../shared/parameters.ts';
import { bodyFields, parameterNames, requestFields } from '../../shared/requestFields.ts';
import type { RequestPreview, RequestSize } from '../../shared/requestPreview.ts';
import type { ModelRules } from '../models/modelRules.ts';
import { estimateRequestTokens, type TokenCount } from '../tokens/estimate.ts';
import { estimateCostUsd } from '../usage/cost.ts';
import { type AnswerSources, prepareAnswer } from './prepareAnswer.ts';
import type { TurnRecord } from '../conversation/turns.ts';

/** Characters of a text in the body that are shown. */
const mostShown = 2_000;

export function previewRequest(history: readonly TurnRecord[], sources: AnswerSources): RequestPreview {
  const { body, adjustments } = prepareAnswer(history, [], sources);
  return {
    defaults: defaultsOf(history, sources),
    adjustments,
    unavailable: unavailableOf(history, sources),
    json: JSON.stringify(body, shortened, 2),
    length: JSON.stringify(body).length,
    size: sizeOf(estimateRequestTokens(body), sources.rules),
  };
}

export function sizeOf({ tokens, isEstimate }: TokenCount, { contextWindow, price }: ModelRules): RequestSize {
  const inputCostUsd = estimateCostUsd({ inputTokens: tokens }, price);
  return { tokens, isEstimate, contextWindow, ...(inputCostUsd !== undefined && { inputCostUsd }) };
}

function defaultsOf(history: readonly TurnRecord[], sources: AnswerSources): RequestPreview['defaults'] {
  const { body } = prepareAnswer(history, [], { ...sources, parameters: { cache: false } });
  const shown = bodyFields.filter(name => requestFields[name].hasSetting);
  return Object.fromEntries(
    shown.flatMap(name => {
      const value = body[name];
      return value === undefined ? [] : [[name, typeof value === 'string' ? value : JSON.stringify(value)]];
    }),
  );
}

function unavailableOf(history: readonly TurnRecord[], sources: AnswerSources): RequestPreview['unavailable'] {
  const { parameters } = sources;
  const unavailable: Partial<Record<ParameterName, Adjustment>> = {};
  for (const name of parameterNames) {
    const { sample } = requestFields[name];
    if (sample === undefined) continue;
    const tried = { ...parameters, cache: false, [name]: parameters[name] ?? sample };
    const { adjustments } = prepareAnswer(history, [], { ...sources, parameters: tried });
    const left = adjustments.find(({ field, change }) => field === name && change === 'leftOut');
    if (left) unavailable[name] = left;
  }
  return unavailable;
}

function shortened(_key: string, value: unknown): unknown {
  if (typeof value !== 'string' || value.length <= mostShown) return value;
  return `${value.slice(0, mostShown)}… (${value.length - mostShown} more characters)`;
}
