import { CallsOnThread } from '../storage/callsOnThread.ts';
import type { StorageTrouble } from '../storage/openOrSetAside.ts';
import type {
  CheckpointStore,
  FileContent,
  FileState,
  KeptChange,
  NewChange,
  Restore,
  ScannedTurn,
  ScanRoot,
} from './checkpoint.ts';
import type { CheckpointCalls, CheckpointNews } from './checkpointCalls.ts';

export interface WorkerCheckpointsPorts {
  /** The file of `checkpointThread`. */
  script: string;
  /** The database. */
  path: string;
  /** The file was not opened as it was. */
  troubled: (trouble: StorageTrouble) => void;
}

/** Checkpoints in a file that a thread of its own reads and writes. */
export class WorkerCheckpoints implements CheckpointStore {
  readonly #thread: CallsOnThread<CheckpointCalls, CheckpointNews>;

  constructor({ script, path, troubled }: WorkerCheckpointsPorts) {
    this.#thread = new CallsOnThread({ script, path, told: ({ trouble }) => troubled(trouble) });
  }

  begin(change: NewChange): Promise<number> {
    return this.#thread.call('begin', change);
  }

  end(seq: number, after: FileContent | null): Promise<void> {
    return this.#thread.read('end', seq, after);
  }

  changes(conversationId: string): Promise<KeptChange[]> {
    return this.#thread.read('changes', conversationId);
  }

  identify(contents: readonly (FileContent | null)[]): Promise<(FileState | null)[]> {
    return this.#thread.read('identify', contents);
  }

  areKept(states: readonly (FileState | null)[]): Promise<boolean[]> {
    return this.#thread.read('areKept', states);
  }

  content(state: FileState): Promise<FileContent | undefined> {
    return this.#thread.read('content', state);
  }

  restored(conversationId: string, restore: Restore): Promise<void> {
    return this.#thread.read('restored', conversationId, restore);
  }

  lastRestore(conversationId: string): Promise<Restore | undefined> {
    return this.#thread.read('lastRestore', conversationId);
  }

  scanBefore(roots: readonly ScanRoot[]): Promise<number> {
    return this.#thread.read('scanBefore', roots);
  }

  scanAfter(scan: number, whose: { conversationId: string; turnId: string }): Promise<number> {
    return this.#thread.call('scanAfter', scan, whose);
  }

  scanned(conversationId: string): Promise<ScannedTurn[]> {
    return this.#thread.read('scanned', conversationId);
  }

  conversations(): Promise<string[]> {
    return this.#thread.read('conversations');
  }

  forget(conversationId: string): Promise<void> {
    return this.#thread.read('forget', conversationId);
  }

  close(): Promise<void> {
    return this.#thread.close('close');
  }
}
