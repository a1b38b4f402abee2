import * as vscode from 'vscode';
import type { ToolPorts } from '../../core/agent/agent.ts';
import type { Servers } from '../../core/mcp/servers.ts';
import type { Shells } from '../../core/shell/shells.ts';
import { createBash } from '../../core/tools/bash.ts';
import { computerTool } from '../../core/tools/computer.ts';
import type { DecidingFiles } from '../../core/tools/decidingFiles.ts';
import { type EditRules, ruled } from '../../core/tools/editRules.ts';
import { openPageTool } from '../../core/tools/openPage.ts';
import { ToolRegistry } from '../../core/tools/registry.ts';
import { textEditor } from '../../core/tools/textEditor.ts';
import { todo } from '../../core/tools/todo.ts';
import { amongOthers, type AnyTool } from '../../core/tools/tool.ts';
import { readBrowserSettings, readCommandTimeout, readTodoEnabled } from '../config.ts';
import type { ApiKeys } from '../connection/apiKeys.ts';
import { browsers } from './browsers.ts';
import { commandRules } from './commandRules.ts';
import type { EditorTools } from '../mcp/editorTools.ts';
import { CustomTools } from './customTools.ts';
import { editorWorkspace } from './editorWorkspace.ts';
import { environmentWithoutKeys } from './shells.ts';
import { ToolRecordings } from './toolRecordings.ts';
import { ToolStates } from './toolStates.ts';

/** Names that the service's own tools and those of the product have, or will have. */
const reserved = [
  textEditor.name,
  ...(textEditor.otherNames ?? []),
  'bash',
  'computer',
  'open_page',
  'memory',
  'report_findings',
  todo.name,
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

const listing = amongOthers(todo);
const inBrowser = [amongOthers(openPageTool(browsers)), amongOthers(computerTool(browsers))];

/** Where tools are from besides the product itself, and what those of the product need. */
export interface ToolSources {
  shells: Shells;
  customTools: CustomTools;
  servers: Servers;
  editorTools: EditorTools;
  deciding: DecidingFiles;
  editRules: EditRules;
}

/** The tools that models are offered, and what they work on. */
export function createTools({
  shells,
  customTools,
  servers,
  editorTools,
  deciding,
  editRules,
}: ToolSources): ToolPorts {
  const always = [
    amongOthers(textEditor),
    amongOthers(createBash({ shells, timeoutMs: readCommandTimeout, ...commandRules(deciding) })),
  ];
  const offered = (): AnyTool[] => [
    ...always,
    ...(readTodoEnabled() ? [listing] : []),
    ...(readBrowserSettings().isEnabled ? inBrowser : []),
    ...customTools.offered,
    ...servers.offered,
    ...editorTools.offered,
  ];
  return {
    registry: new ToolRegistry(offered),
    workspace: ruled(editorWorkspace, editRules),
    ready: signal => servers.ready(signal),
    isTrusted: () => vscode.workspace.isTrusted,
    left: conversationId => void browsers.end(conversationId),
  };
}
