import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { CapabilityProfiles } from './core/endpoint/profile.ts';
import { ExchangeLog } from './core/inspect/exchangeLog.ts';
import { MessagesClient } from './core/messages/client.ts';
import { ModelCatalog } from './core/messages/modelCatalog.ts';
import { countTokens } from './core/tokens/countTokens.ts';
import { estimateRequestTokens } from './core/tokens/estimate.ts';
import { usageEntryOf } from './core/usage/usageEntry.ts';
import { placeFinding } from './core/review/place.ts';
import { ApiKeys } from './host/apiKeys.ts';
import { ChatController } from './host/chatController.ts';
import { ChatView, chatViewId } from './host/chatView.ts';
import { createAsk } from './host/commands/ask.ts';
import { attach } from './host/commands/attach.ts';
import { checkConnection } from './host/commands/checkConnection.ts';
import { chooseModel } from './host/commands/chooseModel.ts';
import { copyRequest } from './host/commands/copyRequest.ts';
import { explainSelection } from './host/commands/explainSelection.ts';
import { exportUsage } from './host/commands/exportUsage.ts';
import { openConversation } from './host/commands/openConversation.ts';
import { applyPreset, savePreset } from './host/commands/presets.ts';
import { removeApiKey } from './host/commands/removeApiKey.ts';
import { reviewChanges } from './host/commands/reviewChanges.ts';
import { reviewFile } from './host/commands/reviewFile.ts';
import { reviewSelection } from './host/commands/reviewSelection.ts';
import { setApiKey } from './host/commands/setApiKey.ts';
import { useTransport } from './host/commands/useTransport.ts';
import { onConfigChange, readBaseUrl, readModels, readSettings } from './host/config.ts';
import { connect, connectionStatus } from './host/connection.ts';
import { readLines } from './host/documents.ts';
import { createCountingMemory } from './host/countingMemory.ts';
import { createFindingActions, findingActionKinds } from './host/findingActions.ts';
import { Inspector } from './host/inspector.ts';
import { LazyTransport } from './host/lazyTransport.ts';
import { ModelSettings } from './host/modelSettings.ts';
import { readNetworkSettings, readTransportKind } from './host/network.ts';
import { openLedger } from './host/openLedger.ts';
import { openStore } from './host/openStore.ts';
import { createRefusalMemory } from './host/refusalMemory.ts';
import { createOriginMemory } from './host/originMemory.ts';
import { RecentModels } from './host/recentModels.ts';
import { ReportDocument } from './host/reportDocument.ts';
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
  const createTransport = (): LazyTransport =>
    new LazyTransport(() => ({ kind: readTransportKind(), network: readNetworkSettings() }));
  const transport = createTransport();
  const exchanges = new ExchangeLog({ clock: () => performance.now(), now: Date.now, newId: randomUUID });
  const client = new MessagesClient({ transport: () => transport.get(), log: exchanges });
  const modelSettings = new ModelSettings(readModels, text => log.warn(text));
  const catalog = new ModelCatalog({
    memory: createOriginMemory(context.globalState, 'models'),
    overrides: () => modelSettings.overrides,
    origin: () => {
      const baseUrl = readBaseUrl();
      return baseUrl.ok ? baseUrl.origin : undefined;
    },
    now: Date.now,
  });
  const profiles = new CapabilityProfiles(createOriginMemory(context.globalState, 'capabilities'));
  const recent = new RecentModels(context.globalState);
  const reports = new ReportDocument();
  const counting = createCountingMemory(createOriginMemory(context.globalState, 'counting'));
  exchanges.onChange(exchange => {
    const entry = usageEntryOf(exchange, model => catalog.rulesFor(model).price);
    if (entry) ledger.record(entry);
  });
  const link = new ViewLink();
  const running = new RunningIndicator();
  const threads = new ReviewThreads((turnId, ids, how) => chat.session.closeFindings(turnId, ids, how));
  const chat: ChatController = new ChatController({
    store,
    client,
    link,
    memento: context.workspaceState,
    connect: () => connect(keys),
    rulesFor: model => catalog.rulesFor(model),
    refusals: createRefusalMemory(context.globalState),
    connectionStatus: () => connectionStatus(keys),
    countRequest: async body => {
      const connection = await connect(keys);
      if (!connection.ok) return estimateRequestTokens(body);
      const options = { transport: () => transport.get(), memory: counting };
      return countTokens(body, connection.endpoint, options, new AbortController().signal);
    },
    runningChanged: isRunning => running.set(isRunning),
    placeFindings: (reported, asked) =>
      Promise.all(reported.map(finding => placeFinding(randomUUID(), finding, asked.excerpts, readLines))),
    findingsReported: (turnId, findings) => threads.show(turnId, findings),
    storeFailed: error => reportStoreFailure(error, log),
  });
  const warmUp = (): void => {
    const baseUrl = readBaseUrl();
    if (baseUrl.ok) void transport.warmUp(baseUrl.messagesUrl);
  };
  const view = new ChatView({ extensionUri: context.extensionUri, chat, link, warmUp });
  const inspector = new Inspector({
    extensionUri: context.extensionUri,
    log: exchanges,
    client,
    connect: () => connect(keys),
  });
  const ask = createAsk(chat, view);
  const postConnection = async (): Promise<void> => {
    link.change({ type: 'connection', connection: await connectionStatus(keys) });
    chat.watch.refresh();
  };
  const lastReview = chat.lastReview();
  if (lastReview) threads.show(lastReview.turnId, lastReview.findings);

  const command = (id: string, run: (argument: unknown) => unknown): vscode.Disposable =>
    vscode.commands.registerCommand(`marginalia.${id}`, run);
  context.subscriptions.push(
    log,
    reports,
    threads,
    running,
    inspector,
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
    command('showParameters', () => view.showParameters()),
    command('savePreset', () => savePreset(chat, context.globalState)),
    command('applyPreset', () => applyPreset(chat, context.globalState)),
    command('copyRequest', () => copyRequest(chat)),
    command('attach', () => attach(chat)),
    command('chooseModel', () =>
      chooseModel({
        keys,
        catalog,
        recent,
        transport: () => transport.get(),
        current: () => chat.session.unsent.parameters.model ?? readSettings().model,
        save: id => chat.saveModel(id),
      }),
    ),
    command('checkConnection', () =>
      checkConnection({
        keys,
        catalog,
        profiles,
        reports,
        log: exchanges,
        openTransport: () => createTransport().get(),
      }),
    ),
    command('setApiKey', () => setApiKey(keys)),
    command('removeApiKey', () => removeApiKey(keys)),
    command('openSettings', () =>
      vscode.commands.executeCommand('workbench.action.openSettings', '@ext:marginalia.marginalia'),
    ),
    command('showRequests', () => inspector.show()),
    command('exportUsage', () => exportUsage(ledger)),
    command('showLog', () => log.show()),
    command('useEditorNetwork', () => useTransport('vscode')),
    command('useOwnNetwork', () => useTransport('undici')),
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
