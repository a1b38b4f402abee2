import { existsSync } from 'node:fs';
import * as vscode from 'vscode';
import type { ShellStart } from '../../core/shell/persistentShell.ts';
import { shellEnvironment } from '../../core/shell/shellEnvironment.ts';
import { chooseShell } from '../../core/shell/shellProgram.ts';
import { Shells } from '../../core/shell/shells.ts';
import { ToolError } from '../../core/tools/workspace.ts';
import { readBaseUrl } from '../config.ts';
import type { ApiKeys } from '../connection/apiKeys.ts';

/** The shells of the conversations, on the machine where the workspace is and this runs. */
export function createShells(keys: Pick<ApiKeys, 'find'>): Shells {
  return new Shells(
    () => startOf(keys),
    () => import('./shell.cjs'),
  );
}

async function startOf(keys: Pick<ApiKeys, 'find'>): Promise<ShellStart> {
  const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file');
  if (!folder) throw new ToolError('Error: There is no folder on a disk here that a command could run in.');
  const { platform, env: environment } = process;
  const program = chooseShell({ platform, environment, isFile: existsSync });
  if (!program) {
    const why =
      platform === 'win32' ? 'On Windows this needs the bash of Git for Windows, which is not installed.' : '';
    throw new ToolError(`Error: There is no shell on this machine. ${why}`.trim());
  }
  return {
    program,
    folder: folder.uri.fsPath,
    environment: await environmentWithoutKeys(keys),
  };
}

/** What a program that a model starts gets of the user's environment. */
export async function environmentWithoutKeys(keys: Pick<ApiKeys, 'find'>): Promise<Record<string, string>> {
  return shellEnvironment(process.env, await keysInUse(keys));
}

async function keysInUse(keys: Pick<ApiKeys, 'find'>): Promise<string[]> {
  const baseUrl = readBaseUrl();
  if (!baseUrl.ok) return [];
  const { key } = await keys.find(baseUrl.origin);
  return key === '' ? [] : [key];
}
