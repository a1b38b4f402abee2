import * as vscode from 'vscode';
import { showProgress } from '../show.ts';

/** The progress bar of a view, while an answer is running there. */
export class RunningIndicator implements vscode.Disposable {
  readonly #viewId: string;
  #endProgress: (() => void) | undefined;

  constructor(viewId: string) {
    this.#viewId = viewId;
  }

  set(running: boolean): void {
    this.#endProgress?.();
    this.#endProgress = undefined;
    if (!running) return;
    void showProgress(
      { location: { viewId: this.#viewId } },
      () => new Promise<void>(resolve => (this.#endProgress = resolve)),
    );
  }

  dispose(): void {
    this.#endProgress?.();
  }
}
