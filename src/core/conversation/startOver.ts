import type { Intent, UserTurn } from '../../shared/conversation.ts';
import type { TurnRecord } from './turns.ts';

/**
 * What a turn says of those before it: a command brings code of its own, which has nothing to do with what was said, so
 * requests begin with it until the user takes that back.
 */
export function startingOver(intent: Intent, before: readonly TurnRecord[]): Pick<UserTurn, 'startsOver'> {
  return intent !== 'chat' && before.length > 0 ? { startsOver: true } : {};
}

/** The place of the last turn that starts over, where requests for the answer to `turns` begin; undefined where none does. */
export function startOf(turns: readonly TurnRecord[]): number | undefined {
  const at = turns.findLastIndex(turn => turn.role === 'user' && turn.startsOver === true);
  return at === -1 ? undefined : at;
}
