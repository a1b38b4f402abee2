import * as vscode from 'vscode';
import type { ToolPorts } from '../../core/agent/agent.ts';
import { ToolRegistry } from '../../core/tools/registry.ts';
import { textEditor } from '../../core/tools/textEditor.ts';
import { amongOthers } from '../../core/tools/tool.ts';
import { editorWorkspace } from './editorWorkspace.ts';

/** The tools that models are offered, and what they work on. */
export const tools: ToolPorts = {
  registry: new ToolRegistry(() => [amongOthers(textEditor)]),
  workspace: editorWorkspace,
  isTrusted: () => vscode.workspace.isTrusted,
};
