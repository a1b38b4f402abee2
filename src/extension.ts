import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { MessagesClient } from './core/messages/client.ts';
import { placeFinding } from './core/review/place.ts';
import { ApiKeys } from './host/apiKeys.ts';
import { ChatController } from './host/chatController.ts';
import { ChatView, chatViewId } from './host/chatView.ts';
import { createAsk } from './host/commands/ask.ts';
import { chooseModel } from './host/commands/chooseModel.ts';
import { explainSelection } from './host/commands/explainSelection.ts';
import { exportUsage } from './host/commands/exportUsage.ts';
import { openConversation } from './host/commands/openConversation.ts';
import { removeApiKey } from './host/commands/removeApiKey.ts';
import { reviewChanges } from './host/commands/reviewChanges.ts';
import { reviewFile } from './host/commands/reviewFile.ts';
import { reviewSelection } from './host/commands/reviewSelection.ts';
import { setApiKey } from './host/commands/setApiKey.ts';
import { onConfigChange } from './host/config.ts';
import { connect, connectionStatus } from './host/connection.ts';
import { readLines } from './host/documents.ts';
import { createFindingActions, findingActionKinds } from './host/findingActions.ts';
import { LazyTransport } from './host/lazyTransport.ts';
import { readNetworkSettings, readTransportKind } from './host/network.ts';
import { openLedger } from './host/openLedger.ts';
import { openStore } from './host/openStore.ts';
import { ReviewThreads } from './host/reviewThreads.ts';
import { RunningIndicator } from './host/runningIndicator.ts';
import { selectionActionKinds, selectionActions } from './host/selectionActions.ts';
import { reportStoreFailure } from './host/storeFailure.ts';
import { ViewLink } from './host/viewLink.ts';

/** Builds the parts and connects them; every decision is made elsewhere. */
export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('Marginalia', { log: true });
  const keys = new ApiKeys(context.secrets);
  const store = openStore(context.globalStorageUri, log);
  const ledger = openLedger(context.globalStorageUri, log);
  const transport = new LazyTransport(() => ({ kind: readTransportKind(), network: readNetworkSettings() }));
  const client = new MessagesClient({ transport: () => transport.get() });
  const link = new ViewLink();
  const running = new RunningIndicator();
  const threads = new ReviewThreads((turnId, ids) => chat.session.dismissFindings(turnId, ids));
  const chat: ChatController = new ChatController({
    store,
    client,
    link,
    memento: context.workspaceState,
    connect: () => connect(keys),
    connectionStatus: () => connectionStatus(keys),
    runningChanged: isRunning => running.set(isRunning),
    placeFindings: (reported, asked) =>
      Promise.all(reported.map(finding => placeFinding(randomUUID(), finding, asked.excerpts, readLines))),
    findingsReported: (turnId, findings) => threads.show(turnId, findings),
    storeFailed: error => reportStoreFailure(error, log),
  });
  const view = new ChatView({ extensionUri: context.extensionUri, chat, link, warmUp: () => void transport.get() });
  const ask = createAsk(chat, view);
  const postConnection = async (): Promise<void> => {
    link.change({ type: 'connection', connection: await connectionStatus(keys) });
  };
  const lastReview = chat.lastReview();
  if (lastReview) threads.show(lastReview.turnId, lastReview.findings);

  const command = (id: string, run: (argument: unknown) => unknown): vscode.Disposable =>
    vscode.commands.registerCommand(`marginalia.${id}`, run);
  context.subscriptions.push(
    log,
    threads,
    running,
    vscode.window.registerWebviewViewProvider(chatViewId, view),
    vscode.languages.registerCodeActionsProvider({ pattern: '**' }, selectionActions, selectionActionKinds),
    vscode.languages.registerCodeActionsProvider({ pattern: '**' }, createFindingActions(threads), findingActionKinds),
    onConfigChange(() => void postConnection()),
    keys.onChange(() => void postConnection()),
    command('openChat', () => view.reveal({ preserveFocus: false })),
    command('newConversation', async () => {
      await chat.show();
      await view.reveal({ preserveFocus: false });
    }),
    command('openConversation', () => openConversation(store, chat)),
    command('stop', () => chat.session.stop()),
    command('explainSelection', () => explainSelection(ask)),
    command('reviewSelection', () => reviewSelection(ask)),
    command('reviewFile', () => reviewFile(ask)),
    command('reviewChanges', source => reviewChanges(ask, source)),
    command('clearReview', () => threads.clear()),
    command('applySuggestion', thread => threads.applyOrExplain(thread)),
    command('dismissFinding', thread => threads.dismiss(thread)),
    command('chooseModel', () => chooseModel()),
    command('setApiKey', () => setApiKey(keys)),
    command('removeApiKey', () => removeApiKey(keys)),
    command('openSettings', () =>
      vscode.commands.executeCommand('workbench.action.openSettings', '@ext:marginalia.marginalia'),
    ),
    command('exportUsage', () => exportUsage(ledger)),
    command('showLog', () => log.show()),
    {
      dispose: () => {
        chat.dispose();
        store.close();
        ledger.close();
        void transport.dispose();
      },
    },
  );
}
