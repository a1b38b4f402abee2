import type { SaveFailure } from '../storage/sqliteErrors.ts';
import type { ChatSession } from './session.ts';

/** What has to be said of the conversation that is shown. */
export type DueNotice =
  /** It is ahead of what is stored. */
  | { kind: 'unsaved'; reason: SaveFailure }
  | { kind: 'damaged' }
  /** Nothing can be stored at all. */
  | { kind: 'inMemory' }
  /** What was shown here before is no longer there. */
  | { kind: 'missing' };

/** One thing at a time: what may be lost comes first. Undefined where there is nothing to say. */
export function dueNotice(
  { unsavedReason, isDamaged }: Pick<ChatSession, 'unsavedReason' | 'isDamaged'>,
  { isInMemory, isMissing }: { isInMemory: boolean; isMissing: boolean },
): DueNotice | undefined {
  if (unsavedReason) return { kind: 'unsaved', reason: unsavedReason };
  if (isDamaged) return { kind: 'damaged' };
  if (isInMemory) return { kind: 'inMemory' };
  return isMissing ? { kind: 'missing' } : undefined;
}
