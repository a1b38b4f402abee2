import type { CheckpointFiles, CheckpointStore, FileContent, ScanRoot } from '../../src/core/checkpoints/checkpoint.ts';
import { callsOn } from '../../src/core/checkpoints/checkpointCalls.ts';
import type { SqliteCheckpoints } from '../../src/core/checkpoints/sqliteCheckpoints.ts';

/** Checkpoints of this thread behind the port that others have in a thread of their own. */
export function checkpointPort(kept: SqliteCheckpoints): CheckpointStore {
  const calls = callsOn(() => kept);
  const later = <Result>(work: () => Result): Promise<Result> => new Promise(resolve => resolve(work()));
  return {
    begin: change => later(() => calls.begin(change)),
    end: (seq, after) => later(() => calls.end(seq, after)),
    changes: conversationId => later(() => calls.changes(conversationId)),
    identify: contents => later(() => calls.identify(contents)),
    areKept: states => later(() => calls.areKept(states)),
    content: state => later(() => calls.content(state)),
    restored: (conversationId, restore) => later(() => calls.restored(conversationId, restore)),
    lastRestore: conversationId => later(() => calls.lastRestore(conversationId)),
    scanBefore: roots => later(() => calls.scanBefore(roots)),
    scanAfter: (scan, whose) => later(() => calls.scanAfter(scan, whose)),
    scanned: conversationId => later(() => calls.scanned(conversationId)),
    conversations: () => later(() => calls.conversations()),
    forget: conversationId => later(() => calls.forget(conversationId)),
    close: () => later(() => calls.close()),
  };
}

/** The files of `files`, whose addresses are their paths. Those in `unsaved` are shown with this text. */
export class MemoryFiles implements CheckpointFiles {
  readonly files: Map<string, string>;
  readonly unsaved = new Map<string, string>();
  /** Paths that are in no folder of the workspace. */
  readonly elsewhere = new Set<string>();

  constructor(files: Map<string, string>) {
    this.files = files;
  }

  addressOf = (path: string): Promise<string> => Promise.resolve(path);

  isHere = (address: string): Promise<boolean> => Promise.resolve(!this.elsewhere.has(address));

  read = (address: string): Promise<FileContent | null> => {
    const disk = this.files.get(address);
    const text = this.unsaved.get(address);
    if (disk === undefined && text === undefined) return Promise.resolve(null);
    return Promise.resolve({
      disk: disk === undefined ? null : new TextEncoder().encode(disk),
      ...(text !== undefined && { text }),
    });
  };

  put = (address: string, content: FileContent | null): Promise<void> => {
    this.unsaved.delete(address);
    if (content?.disk) this.files.set(address, new TextDecoder().decode(content.disk));
    else this.files.delete(address);
    if (content?.text !== undefined) this.unsaved.set(address, content.text);
    return Promise.resolve();
  };

  roots = (): ScanRoot[] => [];
}
