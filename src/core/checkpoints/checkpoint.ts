import type { Unseen } from '../../shared/restore.ts';

/** What a file held: as it lay on the disk and, where the editor showed it with unsaved changes, the text of that. */
export interface FileContent {
  /** Null where it had never been saved. */
  disk: Uint8Array | null;
  text?: string;
}

/** The same by the hashes of its parts; see `hashOf`. */
export interface FileState {
  disk: string | null;
  text?: string;
}

/** A change of a file that a tool has made, or a restore. */
export interface KeptChange {
  /** Grows with every change, of whatever conversation. */
  seq: number;
  /** The user's turn that began the run, or the one that was gone back to. */
  turnId: string;
  /** The restore that made it; null: a tool. */
  restoreId: string | null;
  /** See `CheckpointFiles.addressOf`. */
  address: string;
  /** As the workspace shows it. */
  path: string;
  /** Null where there was no file. */
  before: FileState | null;
  /** Undefined where nobody knows: the process ended in between. */
  after: FileState | null | undefined;
}

/** A change that is about to be made. */
export interface NewChange {
  conversationId: string;
  turnId: string;
  restoreId: string | null;
  address: string;
  path: string;
  before: FileContent | null;
}

/** A time at which files were brought back. */
export interface Restore {
  id: string;
  turnId: string;
  isUndone: boolean;
  /** Where the conversation went back too: what it takes to go there again. */
  moved?: MovedBranch;
}

/** Where a conversation stood before it went back to a turn. */
export interface MovedBranch {
  headId: string;
  /** What was typed then. */
  draft: string;
  /** What was put in its place. */
  text: string;
}

/** A folder whose files programs may change. */
export interface ScanRoot {
  /** On the disk, absolute. */
  path: string;
  /** In front of its files' paths, as the workspace shows them; empty where it is the only folder. */
  name: string;
}

/** A turn of which programs ran that were scanned around. */
export interface ScannedTurn {
  turnId: string;
  unseen: Unseen;
}

/**
 * Keeps what files held before they were changed, each content once, in a place of its own: never in the workspace, and
 * never in a repository. What it keeps is bounded; the oldest goes first.
 */
export interface CheckpointStore {
  /** Keeps what the file holds. Resolves with the change's `seq` once that is on its way to the disk. */
  begin(change: NewChange): Promise<number>;
  /** The file holds this now: where that is what it has held before, there was no change. */
  end(seq: number, after: FileContent | null): Promise<void>;
  /** Of a conversation, in their order. */
  changes(conversationId: string): Promise<KeptChange[]>;
  /** The states that these contents are. */
  identify(contents: readonly (FileContent | null)[]): Promise<(FileState | null)[]>;
  /** Whether what was kept of each of these is still there. */
  areKept(states: readonly (FileState | null)[]): Promise<boolean[]>;
  /** What was kept of a state; undefined where that is no longer there, or was too large. */
  content(state: FileState): Promise<FileContent | undefined>;
  /** Files were brought back, or are about to be. */
  restored(conversationId: string, restore: Restore): Promise<void>;
  /** The last one of the conversation. */
  lastRestore(conversationId: string): Promise<Restore | undefined>;
  /** Takes in what the files of the folders hold, ahead of a program. Resolves with a number for `scanAfter`. */
  scanBefore(roots: readonly ScanRoot[]): Promise<number>;
  /** Keeps what has changed since. Resolves with how many files that were. */
  scanAfter(scan: number, whose: { conversationId: string; turnId: string }): Promise<number>;
  /** The turns of the conversation in which programs ran. */
  scanned(conversationId: string): Promise<ScannedTurn[]>;
  /** The conversations of which something is kept. */
  conversations(): Promise<string[]>;
  /** Nothing of the conversation can be read any more. */
  forget(conversationId: string): Promise<void>;
  close(): Promise<void>;
}

/** The files of the workspace, by addresses that are theirs in every window. */
export interface CheckpointFiles {
  /** Of a file by the name that tools have for it. Rejects where that leads out of the workspace. */
  addressOf(path: string): Promise<string>;
  /** Whether it is in this workspace, really. */
  isHere(address: string): Promise<boolean>;
  /** Null where there is no file. */
  read(address: string): Promise<FileContent | null>;
  /** Makes it hold this; null: there is to be no file. One that is open is changed in the editor. */
  put(address: string, content: FileContent | null): Promise<void>;
  /** The folders of the workspace that lie on the disk. */
  roots(): ScanRoot[];
}

/** What of a state is seen: the editor's text, where that was not saved. */
export function seenOf(state: FileState | null): string | null {
  return state === null ? null : (state.text ?? state.disk);
}

/** Whether a user would see the same. */
export function isSameState(one: FileState | null | undefined, other: FileState | null): boolean {
  return one !== undefined && seenOf(one) === seenOf(other);
}
