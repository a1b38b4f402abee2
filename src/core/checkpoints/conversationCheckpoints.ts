import type { RestorePlan, RestorePoints, RestoreResult, Unseen } from '../../shared/restore.ts';
import type { ToolWorkspace } from '../tools/workspace.ts';
import {
  type CheckpointFiles,
  type CheckpointStore,
  type FileState,
  type KeptChange,
  type MovedBranch,
  type Restore,
  seenOf,
} from './checkpoint.ts';
import { recorded } from './recording.ts';
import { changesByFile, firstChangeOf, planOf, type RestoreStep, stepOf } from './restorePlan.ts';

export interface CheckpointPorts {
  store: CheckpointStore;
  files: CheckpointFiles;
  /** Tools are about to change these, or programs have; see DecidingFiles. */
  filesChanged?: (paths: readonly string[], isDeciding: boolean) => Promise<void>;
}

export interface ConversationCheckpointsPorts extends CheckpointPorts {
  conversationId: string;
  /** The user's turn that has begun the run. */
  turnId: () => string;
  newId: () => string;
  /** Other turns can be gone back to. */
  changed: (points: RestorePoints) => void;
  failed: (error: unknown) => void;
}

/** A file that the user wants to be brought back, as it was when they were asked; see RestoreFile. */
export interface ChosenFile {
  address: string;
  now: string;
}

/** A file that the tools of the conversation have changed. */
export interface ChangedFile {
  address: string;
  path: string;
  /** What it held before the first change; null where there was no file. */
  before: FileState | null;
}

/** What the tools of one conversation have changed, and the way back. */
export class ConversationCheckpoints {
  readonly #ports: ConversationCheckpointsPorts;
  readonly #turnIds = new Set<string>();
  #last: Restore | undefined;
  #loaded: Promise<void> | undefined;

  constructor(ports: ConversationCheckpointsPorts) {
    this.#ports = ports;
  }

  /** As far as it was read; undefined where there is nothing to go back to. */
  get points(): RestorePoints | undefined {
    const last = this.#last;
    if (this.#turnIds.size === 0 && !last) return undefined;
    return { turnIds: [...this.#turnIds], ...(last && !last.isUndone && { restoredTurnId: last.turnId }) };
  }

  /** Reads what was kept of the conversation before, the first time. */
  load(): Promise<void> {
    this.#loaded ??= this.#load();
    return this.#loaded;
  }

  async #load(): Promise<void> {
    const { store, conversationId } = this.#ports;
    const [changes, last] = await Promise.all([store.changes(conversationId), store.lastRestore(conversationId)]);
    for (const { turnId, restoreId } of changes) if (restoreId === null) this.#turnIds.add(turnId);
    this.#last ??= last;
    this.#changed();
  }

  #changed(): void {
    const { points } = this;
    if (points) this.#ports.changed(points);
  }

  /** The workspace for the tools of the conversation. */
  recorded(workspace: ToolWorkspace): ToolWorkspace {
    const changed = (turnId: string): void => {
      if (this.#turnIds.has(turnId)) return;
      this.#turnIds.add(turnId);
      this.#changed();
    };
    return recorded(workspace, { ...this.#ports, changed });
  }

  /** What going back to the first of these turns does, which are that turn and all behind it. */
  async plan(turnIds: readonly string[]): Promise<RestorePlan> {
    const { steps, elsewhere } = await this.#stepsTo(turnIds);
    const kept = await this.#ports.store.areKept(steps.map(({ target }) => target));
    const lost = new Set(steps.filter((_, at) => !kept[at]).map(({ address }) => address));
    const unseen = await this.#unseenIn(turnIds);
    return { ...planOf(steps, lost, elsewhere), ...(unseen && { unseen }) };
  }

  /** Brings the chosen files back, each unless it has changed since it was chosen. */
  async restore(
    turnIds: readonly string[],
    chosen: readonly ChosenFile[],
    moved: MovedBranch | undefined,
  ): Promise<RestoreResult> {
    const { store, conversationId, newId } = this.#ports;
    const nowOf = new Map(chosen.map(({ address, now }) => [address, now]));
    const { steps } = await this.#stepsTo(turnIds);
    const restore: Restore = { id: newId(), turnId: turnIds[0] ?? '', isUndone: false, ...(moved && { moved }) };
    await store.restored(conversationId, restore);
    const wanted = steps.filter(({ address }) => nowOf.has(address));
    const result = await this.#perform(
      wanted,
      restore,
      ({ address, now }) => nowOf.get(address) === (seenOf(now) ?? ''),
    );
    this.#last = restore;
    this.#changed();
    return result;
  }

  /**
   * Brings back what the last restore has replaced, as far as nothing has changed it since. Undefined where there is
   * nothing to undo.
   */
  async undo(): Promise<(RestoreResult & { moved?: MovedBranch }) | undefined> {
    const { store, conversationId, newId } = this.#ports;
    await this.load();
    const last = this.#last;
    if (!last || last.isUndone) return undefined;
    const changes = await store.changes(conversationId);
    const { steps } = await this.#steps(Map.groupBy(ofRestore(changes, last.id), ({ address }) => address));
    const undone: Restore = { ...last, isUndone: true };
    await store.restored(conversationId, undone);
    const result = await this.#perform(steps, { ...last, id: newId() }, ({ isChanged }) => !isChanged);
    this.#last = undone;
    this.#changed();
    return { ...result, ...(last.moved && { moved: last.moved }) };
  }

  /** All files that were changed, by their paths. */
  async changedFiles(): Promise<ChangedFile[]> {
    const { store, conversationId } = this.#ports;
    const files = [...changesByFile(await store.changes(conversationId), 0).values()].flatMap(([first]) => first ?? []);
    return files
      .map(({ address, path, before }) => ({ address, path, before }))
      .sort((one, other) => one.path.localeCompare(other.path));
  }

  /** The most that was not seen around one of the programs; undefined where none ran. */
  async #unseenIn(turnIds: readonly string[]): Promise<Unseen | undefined> {
    const scanned = await this.#ports.store.scanned(this.#ports.conversationId);
    const unseen = scanned.filter(({ turnId }) => turnIds.includes(turnId)).map(scan => scan.unseen);
    if (unseen.length === 0) return undefined;
    return {
      beyond: Math.max(...unseen.map(({ beyond }) => beyond)),
      large: Math.max(...unseen.map(({ large }) => large)),
    };
  }

  async #stepsTo(turnIds: readonly string[]): Promise<{ steps: RestoreStep[]; elsewhere: string[] }> {
    const changes = await this.#ports.store.changes(this.#ports.conversationId);
    const since = firstChangeOf(changes, turnIds);
    return since === undefined ? { steps: [], elsewhere: [] } : this.#steps(changesByFile(changes, since));
  }

  async #steps(byFile: ReadonlyMap<string, KeptChange[]>): Promise<{ steps: RestoreStep[]; elsewhere: string[] }> {
    const { store, files } = this.#ports;
    const here = await Promise.all(
      [...byFile].map(async ([address, changes]) => ({
        changes,
        isHere: await files.isHere(address),
        address,
      })),
    );
    const reached = here.filter(({ isHere }) => isHere);
    const contents = await Promise.all(reached.map(({ address }) => files.read(address)));
    const states = await store.identify(contents);
    return {
      steps: reached.flatMap(({ changes }, at) => stepOf(changes, states[at] ?? null) ?? []),
      elsewhere: here.flatMap(({ isHere, changes }) => (isHere ? [] : (changes[0]?.path ?? []))),
    };
  }

  async #perform(
    steps: readonly RestoreStep[],
    restore: Restore,
    isAsWanted: (step: RestoreStep) => boolean,
  ): Promise<RestoreResult> {
    const failed: string[] = [];
    let restored = 0;
    for (const step of steps) {
      if (isAsWanted(step) && (await this.#bringBack(step, restore))) restored++;
      else failed.push(step.path);
    }
    return { restored, failed };
  }

  /** Keeps what the file holds, and brings back what it held. False where that can't be. */
  async #bringBack({ address, path, target, now }: RestoreStep, { id, turnId }: Restore): Promise<boolean> {
    const { conversationId, store, files, failed } = this.#ports;
    try {
      const wanted = target && (await store.content(target));
      if (wanted === undefined) return false;
      const before = await files.read(address);
      const [state = null] = await store.identify([before]);
      // Somebody has been quicker.
      if (seenOf(state) !== seenOf(now)) return false;
      const seq = await store.begin({ conversationId, turnId, restoreId: id, address, path, before });
      try {
        await files.put(address, wanted);
      } finally {
        await store.end(seq, await files.read(address));
      }
      return true;
    } catch (error) {
      failed(error);
      return false;
    }
  }
}

function ofRestore(changes: readonly KeptChange[], id: string): KeptChange[] {
  return changes.filter(({ restoreId }) => restoreId === id);
}
