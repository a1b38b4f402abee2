import type { UserTurn } from '../../shared/conversation.ts';
import type { AnswerSources } from '../request/prepareAnswer.ts';
import type { ChatSession } from './session.ts';
import type { TurnRecord } from '../conversation/turns.ts';

/** The turn that sending the draft would add: a prompt that it calls is filled in. */
export type NextTurn = (session: ChatSession) => Promise<UserTurn>;

/** The turns of the request that would go out now, and what else decides about it. */
export async function nextTurns(
  session: ChatSession,
  nextTurn: NextTurn,
): Promise<{ history: readonly TurnRecord[]; sources: AnswerSources }> {
  const next = session.running ? undefined : await nextTurn(session);
  const { history, sources } = await session.nextRequest(next);
  return { history: next ? [...history, next] : history, sources };
}
