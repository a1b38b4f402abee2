import * as vscode from 'vscode';
import type { CommandId } from '../shared/commandIds.ts';

/** Runs a command of ours as if the user had chosen it. */
export async function runCommand(command: CommandId, ...args: unknown[]): Promise<void> {
  await vscode.commands.executeCommand(command, ...args);
}
