import type { Adjustment } from '../../shared/adjustment.ts';
import { goesOut, hasFailed, isBlocked, isFollowedByUser, isRefused } from './toMessages.ts';
import { expectsResults, type TurnRecord } from '../conversation/turns.ts';

/** What a request for the answer to `turns` leaves out of the conversation, although it was said and is shown. */
export function leftOutOf(turns: readonly TurnRecord[], handsToolsBack: boolean): Adjustment[] {
  const declined = turns.some(isRefused);
  const failed = turns.some(hasFailed);
  const calls = turns.some(
    (turn, index) =>
      turn.role === 'assistant' && expectsResults(turn) && goesOut(turns, index) && isFollowedByUser(turns, index),
  );
  return [
    ...(declined ? [{ field: 'messages', change: 'leftOut', reason: 'declined' } as const] : []),
    ...(turns.some(isBlocked) ? [{ field: 'messages', change: 'leftOut', reason: 'blocked' } as const] : []),
    ...(failed ? [{ field: 'messages', change: 'leftOut', reason: 'failed' } as const] : []),
    ...(calls && !handsToolsBack ? [{ field: 'tool_result', change: 'leftOut', reason: 'withoutTools' } as const] : []),
  ];
}
