import * as vscode from 'vscode';
import type { FoundServer } from '../../core/mcp/foundServer.ts';
import { parseServersFile, parseServersSetting } from '../../core/mcp/parseServers.ts';
import type { ConfigProblem, ServerConfig } from '../../core/mcp/serverConfig.ts';
import { readServersSetting } from '../config.ts';
import { textWithin } from '../workspace/bytesWithin.ts';
import { displayPath } from '../workspace/excerpts.ts';

/** A configuration of servers, with what is wrong in it. */
export interface ServersSource {
  /** As it is shown. */
  source: string;
  /** Undefined for the user's settings. */
  file?: vscode.Uri;
  problems: readonly ConfigProblem[];
  servers: FoundServer[];
}

/** Bytes of a configuration; whatever is larger is none. */
const mostBytes = 1_000_000;

/** The configurations that count: the user's setting, and the file of each folder that is open. */
export async function findServers(): Promise<ServersSource[]> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const [first] = folders;
  const own = sourceOf('user', 'marginalia.mcp.servers', parseServersSetting(readServersSetting()), first);
  const ofFolders = await Promise.all(folders.map(readFolder));
  return [own, ...ofFolders.filter(source => source !== undefined)];
}

async function readFolder(folder: vscode.WorkspaceFolder): Promise<ServersSource | undefined> {
  const file = vscode.Uri.joinPath(folder.uri, '.vscode', 'mcp.json');
  const config = await readConfig(file);
  return config && { ...sourceOf('workspace', displayPath(file), config, folder), file };
}

/** Undefined where there is no such file. */
async function readConfig(file: vscode.Uri): Promise<ServerConfig | undefined> {
  try {
    return parseServersFile((await textWithin(file, mostBytes)) ?? '');
  } catch {
    return undefined;
  }
}

function sourceOf(
  origin: FoundServer['origin'],
  source: string,
  { servers, inputs, problems }: ServerConfig,
  folder: vscode.WorkspaceFolder | undefined,
): ServersSource {
  const place = origin === 'workspace' ? folder?.uri.toString() : undefined;
  // A process can only run where there are files.
  const path = folder?.uri.scheme === 'file' ? folder.uri.fsPath : undefined;
  const found = servers.map(entry => ({
    ...entry,
    id: JSON.stringify([origin, place, entry.name]),
    origin,
    source,
    folder: path,
    inputs,
  }));
  return { source, problems, servers: found };
}
