import type { Adjustment } from '../../shared/adjustment.ts';
import { type Parameters, without } from '../../shared/parameters.ts';
import type { ModelRules } from '../models/modelRules.ts';
import { prepareRequest } from '../messages/prepareRequest.ts';
import { withCacheBreakpoints } from '../tokens/cacheBreakpoints.ts';
import { nativeTools } from '../messages/refusedField.ts';
import type { MessagesRequest, ToolParam } from '../messages/wire.ts';
import { buildRequest, forcesNoMore, handsToolsBack, type RequestSettings } from './buildRequest.ts';
import { continueRequest, prefillSeed, type Seed } from '../conversation/continuation.ts';
import { withinImageRoom } from './imageRoom.ts';
import { leftOutOf } from './leftOut.ts';
import type { AnswerRecord, TurnRecord } from '../conversation/turns.ts';

/** Everything besides the turns that decides about a request. */
export interface AnswerSources {
  settings: RequestSettings;
  parameters: Parameters;
  /** Of the model that is asked. */
  rules: ModelRules;
  /** What this endpoint has refused for this model before. */
  refusedFields: ReadonlySet<string>;
  isThinkingRefused: (turn: AnswerRecord) => boolean;
  /** What goes in the place of tools that the service defines, where it refuses those; see standIns. */
  standIns?: ReadonlyMap<string, ToolParam>;
  /** Whether it has refused them before, so that the others go. */
  areNativeToolsRefused?: boolean;
  /** See Agent.isHeldBack. */
  areToolsHeldBack?: boolean;
}

export interface PreparedAnswer {
  body: MessagesRequest;
  /** The same without the cache breakpoints that were added. */
  uncached?: MessagesRequest;
  adjustments: Adjustment[];
  /** The turns that it sends. */
  turns: readonly TurnRecord[];
  /** Where the answer goes on from text that is there already. */
  seed?: Seed;
  /** It goes on from all that is there. */
  resumes?: true;
}

const choiceFreed: Adjustment = { field: 'tool_choice', change: 'changed', reason: 'withResults', sent: 'auto' };

/** Tools go with schemas of our own. */
export const nativeToolsReplaced: Adjustment = {
  field: nativeTools,
  change: 'changed',
  reason: 'refusedBefore',
  sent: 'custom',
};

/**
 * The request for the answer to `history`. `soFar` holds the answer's texts where it was cut and is to go on; `paused` is
 * the answer where a tool of the service's own was at work in it, which goes on from what stands there.
 */
export function prepareAnswer(
  history: readonly TurnRecord[],
  soFar: readonly string[],
  sources: AnswerSources,
  paused?: AnswerRecord,
): PreparedAnswer {
  const turns = withinImageRoom(history, sources.rules.image.mostInRequest);
  const fittedAnswer = paused ? fittedPaused(turns, paused, sources) : fitted(turns, soFar, sources);
  const images = turns === history ? [] : [{ field: 'messages', change: 'leftOut', reason: 'imageRoom' } as const];
  const held = sources.areToolsHeldBack ? [{ field: 'tools', change: 'leftOut', reason: 'untrusted' } as const] : [];
  const standing = sources.areNativeToolsRefused ? [nativeToolsReplaced] : [];
  const freed = forcesNoMore(history, sources.parameters) ? [choiceFreed] : [];
  const left = [
    ...held,
    ...standing,
    ...freed,
    ...leftOutOf(history, handsToolsBack(history, sources.parameters)),
    ...images,
  ];
  const prepared = { ...fittedAnswer, adjustments: [...left, ...fittedAnswer.adjustments], turns };
  const { settings, parameters, rules, refusedFields } = sources;
  if (!(parameters.cache ?? settings.promptCaching)) return prepared;
  if (refusedFields.has('cache_control')) {
    const refused = { field: 'cache_control', change: 'leftOut', reason: 'refusedBefore' } as const;
    return { ...prepared, adjustments: [...prepared.adjustments, refused] };
  }
  return { ...prepared, body: withCacheBreakpoints(prepared.body, rules.cacheMinimum), uncached: prepared.body };
}

function fittedPaused(
  history: readonly TurnRecord[],
  paused: AnswerRecord,
  { settings, parameters, rules, refusedFields, isThinkingRefused }: AnswerSources,
): Omit<PreparedAnswer, 'turns'> {
  const wanted = buildRequest([...history, paused], settings, { parameters, isThinkingRefused, paused });
  return { ...prepareRequest(wanted, { rules, refusedFields, endsPaused: true }), resumes: true };
}

function fitted(
  history: readonly TurnRecord[],
  soFar: readonly string[],
  { settings, parameters, rules, refusedFields, isThinkingRefused }: AnswerSources,
): Omit<PreparedAnswer, 'turns'> {
  const options = { rules, refusedFields };
  const last = soFar.at(-1);
  if (last === undefined) {
    const wanted = buildRequest(history, settings, { parameters, isThinkingRefused });
    const prepared = prepareRequest(wanted, options);
    const seed = prefillSeed(prepared.body);
    return seed ? { ...prepared, seed } : prepared;
  }
  // The prefill is the beginning of what is there already.
  const wanted = buildRequest(history, settings, {
    parameters: without(parameters, ['prefill']),
    isThinkingRefused,
  });
  const { request, leastOverlap } = continueRequest(wanted, soFar.join('\n\n'), rules);
  return { ...prepareRequest(request, options), seed: { text: last, leastOverlap } };
}
