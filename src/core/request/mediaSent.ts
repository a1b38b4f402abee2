import { attachedTo } from '../../shared/attached.ts';
import { isMedia, type MediaAttachment, type UserTurn } from '../../shared/conversation.ts';
import { goesOut } from './toMessages.ts';
import type { TurnRecord } from '../conversation/turns.ts';

/** The images and documents that a request carries for these turns, the oldest first. */
export function mediaIn(turns: readonly TurnRecord[]): MediaAttachment[] {
  return turns.flatMap((turn, index) => {
    if (turn.role !== 'user' || !goesOut(turns, index)) return [];
    return mediaOf(turn);
  });
}

/** What came with one turn. */
export function mediaOf(turn: UserTurn): MediaAttachment[] {
  return attachedTo(turn).flatMap(({ part }) => ('code' in part || !isMedia(part) ? [] : [part]));
}
