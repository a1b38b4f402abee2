import type { StorageTrouble } from '../storage/openOrSetAside.ts';
import type { FileContent, FileState, NewChange, Restore, ScanRoot } from './checkpoint.ts';
import { Scans } from './scans.ts';
import type { SqliteCheckpoints } from './sqliteCheckpoints.ts';

/** What the thread says without being asked: the file was not opened as it was. */
export interface CheckpointNews {
  trouble: StorageTrouble;
}

export type CheckpointCalls = ReturnType<typeof callsOn>;

/** The calls of the port, on checkpoints that the first of them opens. */
export function callsOn(open: () => SqliteCheckpoints) {
  let opened: SqliteCheckpoints | undefined;
  let scans: Scans | undefined;
  const kept = (): SqliteCheckpoints => (opened ??= open());
  const scanning = (): Scans => (scans ??= new Scans(kept()));
  return {
    begin: (change: NewChange) => kept().begin(change),
    end: (seq: number, after: FileContent | null) => kept().end(seq, after),
    changes: (conversationId: string) => kept().changes(conversationId),
    identify: (contents: readonly (FileContent | null)[]) => kept().identify(contents),
    areKept: (states: readonly (FileState | null)[]) => kept().areKept(states),
    content: (state: FileState) => kept().content(state),
    restored: (conversationId: string, restore: Restore) => kept().restored(conversationId, restore),
    lastRestore: (conversationId: string) => kept().lastRestore(conversationId),
    scanBefore: (roots: readonly ScanRoot[]) => scanning().before(roots),
    scanAfter: (scan: number, whose: { conversationId: string; turnId: string }) => scanning().after(scan, whose),
    scanned: (conversationId: string) => kept().scanned(conversationId),
    conversations: () => kept().conversations(),
    forget: (conversationId: string) => kept().forget(conversationId),
    close: () => opened?.close(),
  };
}
