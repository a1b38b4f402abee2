import { attachedTo } from '../../shared/attached.ts';
import { isMedia, type MediaAttachment } from '../../shared/attachment.ts';
import { imagesOfCalls } from '../../shared/ranCalls.ts';
import { goesOut, isFollowedByUser } from './toMessages.ts';
import type { TurnRecord } from '../conversation/turns.ts';

/** The images and documents that a request carries for these turns, the oldest first. */
export function mediaIn(turns: readonly TurnRecord[]): MediaAttachment[] {
  return turns.flatMap((turn, index) => (isHandedOn(turns, index) ? mediaOf(turn) : []));
}

/** Whether what came with the turn at `index` goes out; what calls have brought stands in the turn after them. */
export function isHandedOn(turns: readonly TurnRecord[], index: number): boolean {
  if (!goesOut(turns, index)) return false;
  return turns[index]?.role === 'user' || isFollowedByUser(turns, index);
}

/** What came with one turn: with an answer, what its calls have brought. */
export function mediaOf(turn: TurnRecord): MediaAttachment[] {
  if (turn.role === 'assistant') return imagesOfCalls(turn.calls ?? []);
  return attachedTo(turn).flatMap(({ part }) => ('code' in part || !isMedia(part) ? [] : [part]));
}
