import type { Usage } from '../../shared/conversation.ts';
import type { AnswerSources } from './prepareAnswer.ts';
import type { TurnRecord } from '../conversation/turns.ts';

/** Milliseconds that the endpoint keeps what was marked for its cache, after the request that last read it began. */
export const cacheLifeMs = 5 * 60 * 1000;

/** What the endpoint should still have in its cache of a conversation, by what it has said of the last request. */
export class CacheExpectation {
  #last: { turns: readonly TurnRecord[]; key: string; sentAt: number; tokens: number } | undefined;

  /** A request for the answer to `turns` has ended. `sentAt` in milliseconds since the epoch. */
  learn(turns: readonly TurnRecord[], sources: AnswerSources, usage: Usage | undefined, sentAt: number): void {
    const tokens = (usage?.cacheReadTokens ?? 0) + (usage?.cacheWriteTokens ?? 0);
    // A review has tools of its own, and no other request begins as it did.
    this.#last = tokens > 0 && !endsInReview(turns) ? { turns, key: keyOf(sources), sentAt, tokens } : undefined;
  }

  /**
   * Tokens of a request that begins with `turns`; undefined where nothing is known: the endpoint does not cache or does
   * not say so, too much time has passed, or the request begins otherwise.
   */
  expected(turns: readonly TurnRecord[], sources: AnswerSources, now: number): number | undefined {
    const last = this.#last;
    if (!last || now - last.sentAt >= cacheLifeMs || last.key !== keyOf(sources)) return undefined;
    return last.turns.every((turn, index) => turn === turns[index]) ? last.tokens : undefined;
  }
}

/** Everything but the turns that a request's beginning depends on, and some more: a change too many costs nothing. */
function keyOf({ settings, parameters, refusedFields }: AnswerSources): string {
  return JSON.stringify([settings, parameters, [...refusedFields]]);
}

function endsInReview(turns: readonly TurnRecord[]): boolean {
  const asked = turns.at(-1);
  return asked?.role === 'user' && asked.intent === 'review';
}
