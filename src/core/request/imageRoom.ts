import type { MediaAttachment } from '../../shared/attachment.ts';
import { widestOfMany } from '../../shared/imageFit.ts';
import { isWide, mostCharacters } from '../context/mediaLimits.ts';
import { withoutAttached } from '../conversation/attached.ts';
import { isHandedOn, mediaOf } from './mediaSent.ts';
import type { TurnRecord } from '../conversation/turns.ts';

/** Turns as they were made without some of their images: the same again is the same object, by which its size is known. */
const lighter = new WeakMap<TurnRecord, { left: string; calls: unknown; turn: TurnRecord }>();

interface Sent {
  image: MediaAttachment;
  /** Whether it may give way: what the user sends now stays. */
  mayLeave: boolean;
}

/**
 * The turns without the oldest images that a request has no room for: the service refuses more than so many, more bytes
 * than so many, and where there are more than a few, those with a long edge. What is asked now keeps all of its own; what
 * tools have brought gives way up to the last.
 */
export function withinImageRoom(turns: readonly TurnRecord[], mostImages: number): readonly TurnRecord[] {
  const last = turns.findLastIndex(({ role }) => role === 'user');
  const sent = turns.flatMap((turn, index): Sent[] =>
    isHandedOn(turns, index) ? imagesOf(turn).map(image => ({ image, mayLeave: index < last })) : [],
  );
  const left = new Set<string>();
  const kept = () => sent.filter(({ image }) => !left.has(image.id));
  const leave = (found: Sent | undefined): boolean => {
    if (found) left.add(found.image.id);
    return found !== undefined;
  };
  const oldest = (isMeant: (image: MediaAttachment) => boolean = () => true) =>
    kept().find(({ image, mayLeave }) => mayLeave && isMeant(image));
  while (kept().length > widestOfMany.images && leave(oldest(isWide)));
  while (kept().length > mostImages && leave(oldest()));
  while (charactersOf(kept()) > mostCharacters && leave(oldest()));
  return left.size === 0 ? turns : turns.map(turn => without(turn, left));
}

function imagesOf(turn: TurnRecord): MediaAttachment[] {
  return mediaOf(turn).filter(({ kind }) => kind === 'image');
}

function charactersOf(sent: readonly Sent[]): number {
  return sent.reduce((sum, { image: { source } }) => sum + (source.type === 'base64' ? source.data.length : 0), 0);
}

function without(turn: TurnRecord, left: ReadonlySet<string>): TurnRecord {
  const ids = imagesOf(turn).flatMap(({ id }) => (left.has(id) ? [id] : []));
  if (ids.length === 0) return turn;
  const key = ids.join(' ');
  // An answer gets the results of its calls in place.
  const calls = turn.role === 'user' ? undefined : turn.calls;
  const known = lighter.get(turn);
  if (known?.left === key && known.calls === calls) return known.turn;
  const made = { left: key, calls, turn: withoutAttached(turn, left) };
  lighter.set(turn, made);
  return made.turn;
}
