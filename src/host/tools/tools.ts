import * as vscode from 'vscode';
import type { ToolPorts } from '../../core/agent/agent.ts';
import type { Shells } from '../../core/shell/shells.ts';
import { createBash } from '../../core/tools/bash.ts';
import { ToolRegistry } from '../../core/tools/registry.ts';
import { textEditor } from '../../core/tools/textEditor.ts';
import { amongOthers } from '../../core/tools/tool.ts';
import { readCommandTimeout } from '../config.ts';
import { editorWorkspace } from './editorWorkspace.ts';

/** The tools that models are offered, and what they work on. */
export function createTools(shells: Shells): ToolPorts {
  const bash = createBash({ shells, timeoutMs: readCommandTimeout });
  return {
    registry: new ToolRegistry(() => [amongOthers(textEditor), amongOthers(bash)]),
    workspace: editorWorkspace,
    isTrusted: () => vscode.workspace.isTrusted,
  };
}
