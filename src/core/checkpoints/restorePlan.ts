import type { RestoreFile, RestorePlan } from '../../shared/restore.ts';
import { type FileState, isSameState, type KeptChange, seenOf } from './checkpoint.ts';

/** What a file is to become, and what is known of what it is now. */
export interface RestoreStep {
  address: string;
  path: string;
  /** Null: there is to be no file. */
  target: FileState | null;
  now: FileState | null;
  /** Somebody else has changed it since, or in between. */
  isChanged: boolean;
}

/** What of the files of a conversation was changed from `since` on, by their addresses, each in its order. */
export function changesByFile(changes: readonly KeptChange[], since: number): Map<string, KeptChange[]> {
  const later = changes.filter(({ seq }) => seq >= since);
  return Map.groupBy(later, ({ address }) => address);
}

/**
 * The `seq` of the first change that restoring to the first of these turns takes back, which are that turn and all behind
 * it; undefined where there is none. What was changed later belongs to it, on whatever branch of the conversation.
 */
export function firstChangeOf(changes: readonly KeptChange[], turnIds: readonly string[]): number | undefined {
  const turns = new Set(turnIds);
  return changes.find(({ turnId, restoreId }) => restoreId === null && turns.has(turnId))?.seq;
}

/** What brings the file back to what it was ahead of its changes; undefined where it is that already. */
export function stepOf(changes: readonly KeptChange[], now: FileState | null): RestoreStep | undefined {
  const [first] = changes;
  if (!first || isSameState(first.before, now)) return undefined;
  const { address, path, before: target } = first;
  // Each change begins with what the one before has left, and the last has left what is there.
  const found = [...changes.slice(1).map(({ before }) => before), now];
  const isUnbroken = changes.every(({ after }, at) => isSameState(after, found[at] ?? null));
  return { address, path, target, now, isChanged: !isUnbroken };
}

/** As the user is asked. Those of which nothing is kept any more are `lost`. */
export function planOf(
  steps: readonly RestoreStep[],
  lost: ReadonlySet<string>,
  elsewhere: readonly string[],
): RestorePlan {
  const files = steps.filter(({ address }) => !lost.has(address)).map(toFile);
  return {
    files: files.sort((one, other) => one.path.localeCompare(other.path)),
    lost: steps.filter(({ address }) => lost.has(address)).map(({ path }) => path),
    elsewhere: [...elsewhere],
  };
}

function toFile({ address, path, target, now, isChanged }: RestoreStep): RestoreFile {
  const action = target === null ? 'delete' : now === null ? 'create' : 'change';
  return { address, path, action, isChanged, now: seenOf(now) ?? '' };
}
