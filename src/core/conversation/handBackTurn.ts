import type { UserTurn } from '../../shared/conversation.ts';
import type { Birth } from './editTurn.ts';
import type { TurnRecord } from './turns.ts';

/** The turn that hands back what the calls of the answer before have brought: they hold it. */
export function handBackTurn(birth: Birth): UserTurn {
  return { ...birth, role: 'user', intent: 'chat', text: '', excerpts: [], handsBack: true };
}

/** The last turn of the user's own: what hands results back goes on with it. */
export function askedIn(turns: readonly TurnRecord[]): UserTurn | undefined {
  return turns.findLast((turn): turn is UserTurn => turn.role === 'user' && !turn.handsBack);
}
