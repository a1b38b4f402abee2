import type { UserTurn } from '../../shared/conversation.ts';
import type { Birth } from './editTurn.ts';

/** The turn that hands back what the calls of the answer before have brought: they hold it. */
export function handBackTurn(birth: Birth): UserTurn {
  return { ...birth, role: 'user', intent: 'chat', text: '', excerpts: [], handsBack: true };
}
