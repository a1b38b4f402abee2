import { keptBackOf } from '../../shared/moderation.ts';
import type { Branch } from './branch.ts';
import { answerText, type TurnRecord } from './turns.ts';

/** A text for the editor's diff. `id` is a part of its address. */
export interface NamedText {
  id: string;
  name: string;
  text: string;
}

/**
 * The texts of two turns that stand in one place, the other one first; undefined where one of them is not there. `time`
 * puts a moment, in milliseconds since the epoch, into words.
 */
export async function comparedTurns(
  branch: Pick<Branch, 'recordOf'>,
  { turnId, otherId }: { turnId: string; otherId: string },
  time: (createdAt: number) => string,
): Promise<[other: NamedText, turn: NamedText] | undefined> {
  const [other, turn] = await Promise.all([branch.recordOf(otherId), branch.recordOf(turnId)]);
  return other && turn && [namedText(other, time), namedText(turn, time)];
}

function namedText(turn: TurnRecord, time: (createdAt: number) => string): NamedText {
  const { id, createdAt } = turn;
  if (turn.role === 'user') return { id, name: time(createdAt), text: `${turn.text}\n` };
  const text = keptBackOf(turn) ? '' : answerText(turn);
  return { id, name: `${turn.model} ${time(createdAt)}`, text: `${text}\n` };
}
