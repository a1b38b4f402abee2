import type { MediaAttachment, UserTurn } from '../../shared/conversation.ts';
import { widestOfMany } from '../../shared/imageFit.ts';
import { isWide } from '../context/mediaLimits.ts';
import { withoutAttached } from '../conversation/attached.ts';
import { mediaOf } from './mediaSent.ts';
import { goesOut } from './toMessages.ts';
import type { TurnRecord } from '../conversation/turns.ts';

/** Turns as they were made without some of their images: the same again is the same object, by which its size is known. */
const lighter = new WeakMap<UserTurn, { left: string; turn: UserTurn }>();

/**
 * The turns without the oldest images that a request has no room for: the service refuses more than so many, and where
 * there are more than a few, those with a long edge. What is asked now keeps all of its own.
 */
export function withinImageRoom(turns: readonly TurnRecord[], mostImages: number): readonly TurnRecord[] {
  const last = turns.findLastIndex(({ role }) => role === 'user');
  const images = turns.flatMap((turn, index) =>
    turn.role === 'user' && goesOut(turns, index)
      ? imagesOf(turn).map(image => ({ image, isEarlier: index < last }))
      : [],
  );
  const left = new Set<string>();
  const kept = () => images.filter(({ image }) => !left.has(image.id));
  const leave = (found: { image: MediaAttachment } | undefined): boolean => {
    if (found) left.add(found.image.id);
    return found !== undefined;
  };
  const earlier = (isMeant: (image: MediaAttachment) => boolean) =>
    kept().find(({ image, isEarlier }) => isEarlier && isMeant(image));
  while (kept().length > widestOfMany.images && leave(earlier(isWide)));
  while (kept().length > mostImages && leave(earlier(() => true)));
  if (left.size === 0) return turns;
  return turns.map(turn => (turn.role === 'user' ? without(turn, left) : turn));
}

function imagesOf(turn: UserTurn): MediaAttachment[] {
  return mediaOf(turn).filter(({ kind }) => kind === 'image');
}

function without(turn: UserTurn, left: ReadonlySet<string>): UserTurn {
  const ids = imagesOf(turn).flatMap(({ id }) => (left.has(id) ? [id] : []));
  if (ids.length === 0) return turn;
  const key = ids.join(' ');
  const known = lighter.get(turn);
  if (known?.left === key) return known.turn;
  const made = { left: key, turn: withoutAttached(turn, left) };
  lighter.set(turn, made);
  return made.turn;
}
