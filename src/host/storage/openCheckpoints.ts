import * as vscode from 'vscode';
import type { CheckpointStore } from '../../core/checkpoints/checkpoint.ts';
import { WorkerCheckpoints } from '../../core/checkpoints/workerCheckpoints.ts';

/**
 * What files held before tools changed them, in the extension's own folder and in a thread of its own. A damaged file is set
 * aside; if nothing can be written, it is kept as long as the window.
 */
export function openCheckpoints(
  { extensionUri, globalStorageUri }: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
): CheckpointStore {
  return new WorkerCheckpoints({
    // A bundle of its own beside extension.cjs; see esbuild.mjs.
    script: vscode.Uri.joinPath(extensionUri, 'dist', 'checkpoints.cjs').fsPath,
    path: vscode.Uri.joinPath(globalStorageUri, 'checkpoints.sqlite').fsPath,
    troubled: trouble => log.error('The checkpoints could not be opened:', trouble.kind, trouble.reason),
  });
}
