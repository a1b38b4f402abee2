import * as vscode from 'vscode';
import type { ToolPorts } from '../../core/agent/agent.ts';
import type { Servers } from '../../core/mcp/servers.ts';
import type { Shells } from '../../core/shell/shells.ts';
import { createBash } from '../../core/tools/bash.ts';
import { ToolRegistry } from '../../core/tools/registry.ts';
import { textEditor } from '../../core/tools/textEditor.ts';
import { amongOthers } from '../../core/tools/tool.ts';
import { readCommandTimeout } from '../config.ts';
import type { ApiKeys } from '../connection/apiKeys.ts';
import { allowCommand, commandRules } from './commandRules.ts';
import { CustomTools } from './customTools.ts';
import { editorWorkspace } from './editorWorkspace.ts';
import { environmentWithoutKeys } from './shells.ts';
import { ToolRecordings } from './toolRecordings.ts';
import { ToolStates } from './toolStates.ts';

const builtIn = [amongOthers(textEditor)];

/** Names that the service's own tools and those of the product have, or will have. */
const reserved = [
  ...builtIn.flatMap(({ name, otherNames = [] }) => [name, ...otherNames]),
  'bash',
  'computer',
  'memory',
  'report_findings',
  'web_fetch',
  'web_search',
];

type Storage = Pick<vscode.ExtensionContext, 'globalState' | 'workspaceState' | 'globalStorageUri'>;

/** The tools of the user's and the workspace's files. */
export function createCustomTools(
  { globalState, workspaceState, globalStorageUri }: Storage,
  keys: Pick<ApiKeys, 'find'>,
): CustomTools {
  const userFolder = vscode.Uri.joinPath(globalStorageUri, 'tools');
  const mementos = { user: globalState, workspace: workspaceState };
  return new CustomTools({
    userFolder,
    states: new ToolStates(mementos),
    environment: () => environmentWithoutKeys(keys),
    recordings: new ToolRecordings(mementos),
    reserved,
  });
}

/** The tools that models are offered, and what they work on. */
export function createTools(shells: Shells, custom: CustomTools, servers: Servers): ToolPorts {
  const bash = amongOthers(
    createBash({ shells, timeoutMs: readCommandTimeout, rules: commandRules, allow: allowCommand }),
  );
  return {
    registry: new ToolRegistry(() => [amongOthers(textEditor), bash, ...custom.offered, ...servers.offered]),
    workspace: editorWorkspace,
    ready: signal => servers.ready(signal),
    isTrusted: () => vscode.workspace.isTrusted,
  };
}
