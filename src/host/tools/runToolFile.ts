import * as vscode from 'vscode';
import { untilAborted } from '../../core/agent/untilAborted.ts';
import { type RunTool, valueText } from '../../core/tools/customTool.ts';
import { runProgram } from '../../core/tools/runProgram.ts';
import type { ToolFile } from '../../core/tools/toolFile.ts';
import { ToolError } from '../../core/tools/workspace.ts';
import type { ToolFileOnDisk } from './toolFiles.ts';
import { runTask } from './runTask.ts';

/** What a tool file does when it is called. */
export function runOf(
  { way, timeLimitMs }: ToolFile,
  { folder }: ToolFileOnDisk,
  environmentOf: () => Promise<Record<string, string>>,
): RunTool {
  return async (input, signal, progress) => {
    switch (way.kind) {
      case 'command': {
        const place = { folder: pathOf(folder), environment: await environmentOf() };
        return runProgram({ ...place, argv: way.argv, input: JSON.stringify(input), timeLimitMs }, signal, progress);
      }
      case 'task':
        return runTask(way.name, folder, signal);
      case 'editorCommand':
        // It can't be ended, but nobody waits for it.
        return valueText(await untilAborted(Promise.resolve(vscode.commands.executeCommand(way.id, input)), signal));
      case 'byHand':
        throw new ToolError('Error: The results of this tool are typed by the user.');
    }
  };
}

function pathOf(folder: vscode.Uri | undefined): string {
  if (folder?.scheme === 'file') return folder.fsPath;
  throw new ToolError('Error: Commands run in a folder of this machine, and none is open.');
}
