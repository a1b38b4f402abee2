/** What bringing a file back does to it. */
export type RestoreAction = 'change' | 'create' | 'delete';

/** A file that a restore would bring back. */
export interface RestoreFile {
  /** The host's; the view only hands it back. */
  address: string;
  /** As the workspace shows it. */
  path: string;
  action: RestoreAction;
  /** The user or a program has changed it since a tool has: it is left alone unless that is wanted. */
  isChanged: boolean;
  /** Stands for what the file holds at this moment: where it is another by then, it is left alone. */
  now: string;
}

/** What a scan around a program can't see or keep; all of it counts files. */
export interface Unseen {
  /** Beyond the number of files, or of bytes, that are kept. */
  beyond: number;
  /** Larger than a file may be that is kept. */
  large: number;
}

/** What a restore would do. */
export interface RestorePlan {
  files: RestoreFile[];
  /** Paths of files of which what they held is no longer kept, or was too large to be. */
  lost: string[];
  /** Paths of files that are in no folder of this workspace. */
  elsewhere: string[];
  /** Where programs have run: what of their changes may be missing, beside that in folders that are ignored. */
  unseen?: Unseen;
}

/** What a restore has done. */
export interface RestoreResult {
  restored: number;
  /** Paths of files that could not be brought back, or have changed while the user was asked. */
  failed: string[];
}

/** What of a conversation can be brought back. */
export interface RestorePoints {
  /** The turns in which tools have changed files. */
  turnIds: string[];
  /** The turn that was gone back to last, where that can be undone. */
  restoredTurnId?: string;
}

/** Whether files can be brought back to what they were ahead of the turn; `turnIds` are those of the branch, in order. */
export function canRestoreTo(points: RestorePoints | undefined, turnIds: readonly string[], turnId: string): boolean {
  const later = turnIds.slice(turnIds.indexOf(turnId));
  return points !== undefined && later.some(id => points.turnIds.includes(id));
}
