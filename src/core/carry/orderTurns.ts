import type { CarriedTurn } from './carried.ts';

export interface PlacedTurn {
  /** Of its making; a turn without one was made after all others. */
  number?: number | undefined;
  line: number;
  turn: CarriedTurn;
}

/**
 * The turns in the order of their making, every one after the turn that it follows. `loose` are those that follow
 * themselves in a circle; they become first turns.
 */
export function orderTurns(placed: readonly PlacedTurn[]): { ordered: CarriedTurn[]; loose: PlacedTurn[] } {
  const waiting = new Map<string | null, PlacedTurn[]>();
  const ready = new Set<string | null>([null]);
  const ordered: CarriedTurn[] = [];
  const add = (first: PlacedTurn): void => {
    const stack = [first];
    for (let next = stack.pop(); next; next = stack.pop()) {
      ordered.push(next.turn);
      const { id } = next.turn.record;
      ready.add(id);
      for (const follower of (waiting.get(id) ?? []).reverse()) stack.push(follower);
      waiting.delete(id);
    }
  };
  const last = Number.MAX_SAFE_INTEGER;
  const byMaking = [...placed].sort((first, second) => (first.number ?? last) - (second.number ?? last));
  for (const next of byMaking) {
    const { parentId } = next.turn;
    if (ready.has(parentId)) add(next);
    else waiting.set(parentId, [...(waiting.get(parentId) ?? []), next]);
  }
  const loose: PlacedTurn[] = [];
  for (const next of byMaking) {
    const { id } = next.turn.record;
    if (ready.has(id)) continue;
    loose.push(next);
    waiting.set(
      next.turn.parentId,
      (waiting.get(next.turn.parentId) ?? []).filter(other => other !== next),
    );
    add({ ...next, turn: { ...next.turn, parentId: null } });
  }
  return { ordered, loose };
}
