import * as vscode from 'vscode';
import { chatViewId } from './chatView.ts';

/** Tells the editor that an answer is running: a context key for commands and keys, and the view's progress bar. */
export class RunningIndicator implements vscode.Disposable {
  #endProgress: (() => void) | undefined;

  set(running: boolean): void {
    void vscode.commands.executeCommand('setContext', 'marginalia.answering', running);
    this.#endProgress?.();
    this.#endProgress = undefined;
    if (!running) return;
    void vscode.window.withProgress(
      { location: { viewId: chatViewId } },
      () => new Promise<void>(resolve => (this.#endProgress = resolve)),
    );
  }

  dispose(): void {
    this.#endProgress?.();
  }
}
