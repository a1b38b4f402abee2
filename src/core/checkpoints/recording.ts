import { ToolError, type ToolPlace, type ToolWorkspace } from '../tools/workspace.ts';
import type { CheckpointFiles, CheckpointStore } from './checkpoint.ts';

export interface RecordingPorts {
  conversationId: string;
  store: CheckpointStore;
  files: CheckpointFiles;
  /** The user's turn that has begun the run. */
  turnId: () => string;
  /** Something was changed that can be brought back. */
  changed: (turnId: string) => void;
  failed: (error: unknown) => void;
  /** See CheckpointPorts. */
  filesChanged?: (paths: readonly string[], isDeciding: boolean) => Promise<void>;
}

/** What a model is told where a change could not be taken back. */
export const cannotKeep =
  'Error: Nothing was changed, since what the files hold could not be kept to bring it back later.';

/**
 * The workspace for the tools of a conversation: what a file holds is kept before it is changed, and nothing is changed that
 * could not be kept.
 */
export function recorded(workspace: ToolWorkspace, ports: RecordingPorts): ToolWorkspace {
  return {
    ...workspace,
    write: (place, before, after) => write(workspace, ports, place, before, after),
    aroundProgram: run => aroundProgram(ports, run),
  };
}

async function write(
  workspace: ToolWorkspace,
  ports: RecordingPorts,
  place: ToolPlace,
  before: string | undefined,
  after: string,
): Promise<void> {
  const { conversationId, store, files } = ports;
  const turnId = ports.turnId();
  await ports.filesChanged?.([place.path], place.runs);
  const address = await files.addressOf(place.path);
  const seq = await keeping(ports, async () =>
    store.begin({
      conversationId,
      turnId,
      restoreId: null,
      address,
      path: place.path,
      before: await files.read(address),
    }),
  );
  try {
    await workspace.write(place, before, after);
  } finally {
    // Also of one that has failed half-way: it may stand there unsaved.
    await ended(ports, seq, address);
  }
  ports.changed(turnId);
}

/** Where that fails, the file counts as changed by somebody else, and is left alone unless the user wants it. */
async function ended({ store, files, failed }: RecordingPorts, seq: number, address: string): Promise<void> {
  try {
    await store.end(seq, await files.read(address));
  } catch (error) {
    failed(error);
  }
}

/** Runs what may change any file of the workspace, and keeps what it changes. */
async function aroundProgram<Result>(ports: RecordingPorts, run: () => Promise<Result>): Promise<Result> {
  const { conversationId, store, files } = ports;
  const turnId = ports.turnId();
  const scan = await keeping(ports, () => store.scanBefore(files.roots()));
  try {
    return await run();
  } finally {
    // What was stopped has changed files, too.
    try {
      const count = await store.scanAfter(scan, { conversationId, turnId });
      if (count > 0) {
        ports.changed(turnId);
        const changes = await store.changes(conversationId);
        await ports.filesChanged?.(
          changes.slice(-count).map(({ path }) => path),
          false,
        );
      }
    } catch (error) {
      ports.failed(error);
    }
  }
}

async function keeping<Kept>({ failed }: RecordingPorts, keep: () => Promise<Kept>): Promise<Kept> {
  try {
    return await keep();
  } catch (error) {
    failed(error);
    throw new ToolError(cannotKeep);
  }
}
