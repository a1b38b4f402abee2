/**
 * Sits beside the product in the windows that journeys drive, and brings a window back to how a person finds it at the
 * start. A journey itself drives the window by keys and mouse alone.
 */
import { createConnection } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { CompanionAnswer, CompanionOrder } from '../support/companion.ts';

export function activate(context: vscode.ExtensionContext): void {
  const port = Number(process.env['MARGINALIA_COMPANION_PORT']);
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  if (!port || folder === undefined) return;
  const socket = createConnection(port, '127.0.0.1');
  // The run is over, or its window is about to be.
  socket.on('error', () => undefined);
  const answer = (message: CompanionAnswer): void => void socket.write(`${JSON.stringify(message)}\n`);
  answer({ folder });
  const run: Run = command => {
    answer({ begun: command });
    return vscode.commands.executeCommand(command);
  };
  createInterface({ input: socket }).on('line', line => {
    const order = JSON.parse(line) as CompanionOrder;
    void carryOut(order, run).then(
      () => answer({ done: order.id }),
      (error: unknown) => answer({ done: order.id, error: String(error) }),
    );
  });
  context.subscriptions.push({ dispose: () => socket.destroy() }, vscode.lm.registerTool('companion_echo', echo));
}

/** What another extension offers to the editor's own chat. */
const echo: vscode.LanguageModelTool<{ words: string }> = {
  invoke: ({ input }) => new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(`echo: ${input.words}`)]),
};

type Run = (command: string) => Thenable<unknown>;

async function carryOut(order: CompanionOrder, run: Run): Promise<void> {
  if (order.kind === 'close') await closeAll(run);
  else if (order.kind === 'change') await change(order.settings);
  else if (order.kind === 'refresh') await run('git.refresh');
  else if (order.kind === 'begin') await begin(run);
  else await settle(run);
}

/** Closes what a journey has opened; what was not saved is given up. */
async function closeAll(run: Run): Promise<void> {
  await run('workbench.action.closeQuickOpen');
  // Those with a tab: the editor itself has the settings open while they are written.
  for (const { input, isDirty } of vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs)) {
    if (!isDirty || !(input instanceof vscode.TabInputText)) continue;
    await vscode.window.showTextDocument(input.uri);
    await run('workbench.action.revertAndCloseActiveEditor');
  }
  await run('workbench.action.closeAllEditors');
  // The editor's own command waits for ever for the end of one that has ended, such as a task's.
  for (const terminal of vscode.window.terminals) terminal.dispose();
  while (vscode.window.terminals.length > 0) await sleep(20);
  await run('marginalia.stop');
  await run('marginalia.clearReview');
}

async function change(settings: Record<string, unknown>): Promise<void> {
  for (const [key, value] of Object.entries(settings)) {
    await vscode.workspace.getConfiguration().update(key, value ?? undefined, vscode.ConfigurationTarget.Global);
  }
}

async function begin(run: Run): Promise<void> {
  await run('marginalia.newConversation');
  // A page that begins anew has nothing open that a journey before has opened.
  await run('workbench.action.webview.reloadWebviewAction');
}

/** Once the pages are there again: one of them may have taken the keyboard. */
async function settle(run: Run): Promise<void> {
  await Promise.all([run('notifications.clearAll'), run('workbench.action.closePanel')]);
  // The explorer may be at a file that is gone just now.
  await run('workbench.view.explorer').then(undefined, () => run('workbench.view.explorer'));
}
