import type { UserTurn } from '../../shared/conversation.ts';
import { without } from '../../shared/parameters.ts';
import { estimateRequestTokens } from '../tokens/estimate.ts';
import { buildRequest } from './buildRequest.ts';
import { type AnswerSources, type PreparedAnswer, prepareAnswer } from './prepareAnswer.ts';
import { shortenedTo } from './shorten.ts';
import type { TurnRecord } from '../conversation/turns.ts';

const instruction = [
  'Summarise our conversation so far. Your summary will stand in its place: you will go on from it and see nothing else of what was said.',
  'Keep, as far as there is any: what I want, and the limits I have set; what was decided, and why; the files, names, signatures and exact lines of code that are still needed; what was tried and failed; what is open, and the next step.',
  'Be complete and terse. Begin with the summary itself, in Markdown, in the language we have been using.',
].join('\n');

/** As much of the context window as the summary may have. */
const summaryShare = 1 / 16;
const leastSummaryTokens = 256;

/**
 * The request for a summary of `turns`. It begins as their own requests did, so that the cache still holds it. Where
 * they fill more than `share` of the window's room, what was attached is left out and long texts are shortened: a
 * conversation that is too long to be answered can still be summed up.
 */
export function prepareSummary(turns: readonly TurnRecord[], sources: AnswerSources, share: number): PreparedAnswer {
  const { contextWindow } = sources.rules;
  const wanted = sources.parameters.max_tokens ?? sources.settings.maxTokens;
  const maxTokens = Math.min(wanted, Math.max(leastSummaryTokens, Math.floor(contextWindow * summaryShare)));
  const parameters = {
    ...without(sources.parameters, ['prefill', 'stop_sequences', 'tool_choice']),
    max_tokens: maxTokens,
    ...(sources.parameters.tools && { tool_choice: { type: 'none' } as const }),
  };
  const settings = { ...sources.settings, stopSequences: [] };
  const asked: UserTurn = { id: '', role: 'user', createdAt: 0, intent: 'chat', text: instruction, excerpts: [] };
  const tokensOf = (shortened: readonly TurnRecord[]): number =>
    estimateRequestTokens(buildRequest([...shortened, asked], settings, { parameters })).tokens;
  const fitting = shortenedTo((contextWindow - maxTokens) * share, turns, tokensOf);
  return prepareAnswer([...fitting, asked], [], { ...sources, settings, parameters });
}
