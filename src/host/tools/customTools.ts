import * as vscode from 'vscode';
import { type PinnedFiles, pinnedFiles } from '../../core/process/pinnedFiles.ts';
import { customTool, type RunTool } from '../../core/tools/customTool.ts';
import { recordedFor } from '../../core/tools/recordings.ts';
import type { AnyTool } from '../../core/tools/tool.ts';
import { type ListedTool, ToolFileReader } from '../../core/tools/toolList.ts';
import type { Fields } from '../../shared/json.ts';
import type { ToolState } from '../../shared/toolState.ts';
import { inFolder, lookAtFile } from '../workspace/lookAtFile.ts';
import { runOf } from './runToolFile.ts';
import { findToolFiles, type ToolFileOnDisk } from './toolFiles.ts';
import type { ToolRecordings } from './toolRecordings.ts';
import type { ToolStates } from './toolStates.ts';

export interface CustomToolsPorts {
  /** Where the user's own tool files are. */
  userFolder: vscode.Uri;
  states: ToolStates;
  /** Of the programs that they start. */
  environment: () => Promise<Record<string, string>>;
  recordings: ToolRecordings;
  /** Names that built-in tools have. */
  reserved: readonly string[];
}

/** The tools of the user's and the workspace's files, as they were when somebody last asked for them. */
export class CustomTools {
  readonly #ports: CustomToolsPorts;
  readonly #reader: ToolFileReader;
  #listed: ListedTool<ToolFileOnDisk>[] = [];
  /** How often files were read, and which of these times is the one that is listed. */
  #begun = 0;
  #shown = 0;

  constructor(ports: CustomToolsPorts) {
    this.#ports = ports;
    this.#reader = new ToolFileReader(ports.reserved);
  }

  get recordings(): ToolRecordings {
    return this.#ports.recordings;
  }

  /** Whether calls are answered with recorded results. */
  replays({ file, tool }: ListedTool<ToolFileOnDisk> & { ok: true }): boolean {
    return tool.way.kind !== 'byHand' && (this.recordings.replays(file) ?? tool.replay);
  }

  get userFolder(): vscode.Uri {
    return this.#ports.userFolder;
  }

  /** Those that models are offered. */
  get offered(): AnyTool[] {
    return this.#listed.flatMap(listed => {
      if (!listed.ok) return [];
      const { file, tool } = listed;
      const state = this.stateOf(listed);
      if (state === 'off') return [];
      const recorded = this.replays(listed)
        ? { recorded: (input: Fields) => recordedFor(this.recordings.of(file), input) }
        : {};
      const ports = { source: file.source, state, run: this.runOf(listed), ...recorded };
      return [customTool(tool, { ...ports, ...(tool.way.kind === 'command' && { pins: () => pinsOf(listed) }) })];
    });
  }

  /** What a call of the tool does. */
  runOf({ tool, file }: Pick<ListedTool<ToolFileOnDisk> & { ok: true }, 'tool' | 'file'>): RunTool {
    return runOf(tool, file, this.#ports.environment);
  }

  /** All tool files, with those that are wrong, as they are now. */
  async list(): Promise<readonly ListedTool<ToolFileOnDisk>[]> {
    await this.refresh();
    return this.#listed;
  }

  /** What would become of the files if those that are open were saved; `texts` by their addresses. */
  async check(texts: ReadonlyMap<string, string>): Promise<ListedTool<ToolFileOnDisk>[]> {
    const files = await findToolFiles(this.#ports.userFolder);
    const asTyped = files.map(file => {
      const text = file.text === undefined ? undefined : texts.get(file.uri.toString());
      return text === undefined ? file : { ...file, text };
    });
    return new ToolFileReader(this.#ports.reserved).list(asTyped);
  }

  stateOf({ file }: ListedTool<ToolFileOnDisk>): ToolState {
    return this.#ports.states.of(file);
  }

  async setState({ file }: ListedTool<ToolFileOnDisk>, state: ToolState): Promise<void> {
    await this.#ports.states.set(file, state);
  }

  /** Reads the files anew: before each request, so that it waits for no watcher. */
  async refresh(): Promise<void> {
    const turn = ++this.#begun;
    const files = await findToolFiles(this.#ports.userFolder);
    if (turn < this.#shown) return;
    this.#shown = turn;
    this.#listed = this.#reader.list(files);
  }
}

/** The files of the folder that the tool's command names, and those that they import. */
async function pinsOf({ tool: { way }, file }: ListedTool<ToolFileOnDisk> & { ok: true }): Promise<PinnedFiles> {
  if (way.kind !== 'command' || file.folder?.scheme !== 'file') return { files: [] };
  return pinnedFiles({ words: way.argv }, { folder: file.folder.fsPath, inFolder, look: lookAtFile });
}
