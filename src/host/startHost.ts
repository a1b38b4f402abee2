import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { CapabilityProfiles } from '../core/endpoint/profile.ts';
import { withoutSecrets } from '../core/filter/clearance.ts';
import { ExchangeLog } from '../core/inspect/exchangeLog.ts';
import { MessagesClient } from '../core/messages/client.ts';
import { ModelCatalog } from '../core/endpoint/modelCatalog.ts';
import { countTokens } from '../core/tokens/countTokens.ts';
import { estimateRequestTokens } from '../core/tokens/estimate.ts';
import { DecidingFiles } from '../core/tools/decidingFiles.ts';
import { EditRules } from '../core/tools/editRules.ts';
import { forgetGone } from '../core/checkpoints/forgetGone.ts';
import { BudgetGuard } from '../core/usage/budgetGuard.ts';
import { usageEntryOf } from '../core/usage/usageEntry.ts';
import type { CommandId } from '../shared/commandIds.ts';
import { excerptsOf } from '../shared/conversation.ts';
import { placeFinding } from '../core/review/place.ts';
import { ApiKeys } from './connection/apiKeys.ts';
import { CodeApplier } from './code/applyCode.ts';
import { createAsk } from './commands/ask.ts';
import { BeforeContent } from './checkpoints/beforeContent.ts';
import { editorFiles } from './checkpoints/editorFiles.ts';
import { checkConnection } from './commands/checkConnection.ts';
import { type ModelSources, pickModel } from './commands/chooseModel.ts';
import { createCommands } from './commands/createCommands.ts';
import { setUpKey } from './commands/setApiKey.ts';
import {
  isModelSet,
  onConfigChange,
  readAuthentication,
  readBaseUrl,
  readBudgets,
  readFilterModes,
  readModels,
  readModeration,
  readSettings,
  readViewSettings,
} from './config.ts';
import { KeyHeaders } from '../core/endpoint/authentication.ts';
import { lacksDefault } from './models/defaultModel.ts';
import { connect, connectionStatus } from './connection/connection.ts';
import { readLines } from './workspace/documents.ts';
import { setContext } from './status/contextKeys.ts';
import { createCountingMemory } from './connection/countingMemory.ts';
import { editorContext } from './workspace/editorContext.ts';
import { createFindingActions, findingActionKinds } from './review/findingActions.ts';
import { DismissedAdvice } from './models/dismissedAdvice.ts';
import { FavouriteModels } from './models/favouriteModels.ts';
import { FindingComments } from './review/findingComments.ts';
import { onInEditorChange } from './workspace/inEditor.ts';
import { Inspector } from './panels/inspector.ts';
import { lazily, once } from './lazily.ts';
import { EditorTools } from './mcp/editorTools.ts';
import { createServers } from './mcp/createServers.ts';
import { ServerPrompts } from './mcp/serverPrompts.ts';
import { LazyTransport } from './connection/lazyTransport.ts';
import { ModelSettings } from './models/modelSettings.ts';
import { readNetworkSettings, readTransportKind } from './connection/network.ts';
import { AttachmentFiles } from './mentions/attachmentFiles.ts';
import { onFileChange, readNow } from './mentions/fileNow.ts';
import { MentionSearch } from './mentions/mentionSearch.ts';
import { openCheckpoints } from './storage/openCheckpoints.ts';
import { openLedger } from './storage/openLedger.ts';
import { openStore, storePath } from './storage/openStore.ts';
import { createRefusalMemory } from './connection/refusalMemory.ts';
import { createModeration } from './connection/moderation.ts';
import { createSecretFilter } from './connection/secretFilter.ts';
import { createOriginMemory } from './connection/originMemory.ts';
import { ChatPlaces } from './places/chatPlaces.ts';
import { type ChatPlace, createParts, type SharedPorts } from './places/chatPlace.ts';
import { Conversations } from '../core/chat/conversations.ts';
import { windowOfProcess } from '../core/conversation/runSign.ts';
import { randomUUID } from './randomUUID.ts';
import { PromptLibrary } from './prompts/promptLibrary.ts';
import { PromptRunner } from './prompts/promptRunner.ts';
import { ProjectRules } from './workspace/projectRules.ts';
import { Proposals } from './code/proposals.ts';
import { RecentModels } from './models/recentModels.ts';
import { ReportDocument } from './panels/reportDocument.ts';
import { ReviewThreads } from './review/reviewThreads.ts';
import { selectionActionKinds, selectionActions } from './code/selectionActions.ts';
import { StatusItem } from './status/statusItem.ts';
import { tellAsk } from './status/tellAsk.ts';
import { tellEnd } from './status/tellEnd.ts';
import { tellModelEnd } from './status/tellModelEnd.ts';
import { reportStoreFailure } from './storage/storeFailure.ts';
import { maySendAnyway, warnOfBudget } from './status/tellBudget.ts';
import { tellFailure } from './status/tellFailure.ts';
import { onCodeColoursChange, readCodeColours } from './places/themeColours.ts';
import { browsers } from './tools/browsers.ts';
import { ShellTerminals } from './tools/shellTerminals.ts';
import { createShells, environmentWithoutKeys } from './tools/shells.ts';
import { ToolDiagnostics } from './tools/toolDiagnostics.ts';
import { createCustomTools, createTools } from './tools/tools.ts';
import { ToolTrial } from './panels/toolTrial.ts';
import { UsagePanel } from './panels/usagePanel.ts';
import { WorkspacePaths } from './workspace/workspacePaths.ts';
import { WorkspaceSymbols } from './workspace/workspaceSymbols.ts';

/** What the editor's questions are handed on to. */
export interface Host {
  places: ChatPlaces;
  usage: UsagePanel;
  /** Does what a command of the manifest is for. */
  run: (command: CommandId, args: unknown[]) => unknown;
  /** Saves what runs and ends it. What was registered is disposed of meanwhile. */
  close: () => Promise<void>;
}

/** Builds the parts and connects them; every decision is made elsewhere. */
export function startHost(context: vscode.ExtensionContext): Host {
  const log = vscode.window.createOutputChannel('Marginalia', { log: true });
  const keys = new ApiKeys(context.secrets);
  const store = openStore(context, log, () => takeOthers());
  const ledger = openLedger(context, log);
  const checkpoints = openCheckpoints(context, log);
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
  const keyHeaders = new KeyHeaders(createOriginMemory(context.globalState, 'keyHeader'), readAuthentication);
  const rules = new ProjectRules(context.workspaceState);
  const recent = new RecentModels(context.globalState);
  const favourites = new FavouriteModels(context.globalState);
  const dismissed = new DismissedAdvice(context.globalState);
  const reports = new ReportDocument();
  const counting = createCountingMemory(createOriginMemory(context.globalState, 'counting'));
  const budgets = new BudgetGuard({
    ledger,
    budgets: readBudgets,
    failed: error => log.error('Usage could not be read:', String(error)),
    warn: use => void warnOfBudget(use),
    maySendAnyway,
    now: Date.now,
  });
  exchanges.onChange(exchange => {
    const entry = usageEntryOf(exchange, model => catalog.rulesFor(model).price);
    if (!entry) return;
    // An entry that can't be recorded is lost: it stands in the way of no answer.
    ledger.record(entry).then(
      () => {
        usage.changed();
        return budgets.recorded();
      },
      (error: unknown) => log.error('Usage could not be recorded:', String(error)),
    );
  });
  const shells = createShells(keys);
  const terminals = new ShellTerminals(shells);
  const proposals = new Proposals();
  const beforeContent = new BeforeContent(checkpoints);
  const threads = new ReviewThreads(
    new FindingComments(vscode.Uri.joinPath(context.extensionUri, 'media')),
    (conversationId, turnId, ids, how) => void sessions.closeFindings(conversationId, turnId, ids, how),
    proposal => proposals.show(proposal),
  );
  const deciding = new DecidingFiles({
    read: () => context.workspaceState.get('decidingFiles'),
    write: value => context.workspaceState.update('decidingFiles', value),
  });
  const editRules = new EditRules({
    read: () => context.workspaceState.get('editRules'),
    write: value => context.workspaceState.update('editRules', value),
  });
  const customTools = createCustomTools(context, keys);
  const filter = createSecretFilter(readFilterModes);
  const moderation = createModeration({
    settings: readModeration,
    environment: () => environmentWithoutKeys(keys),
    folder: homedir(),
    transport: () => transport.get(),
  });
  const toolTrial = new ToolTrial(context.extensionUri, customTools);
  const { servers, signIns } = createServers(context, () => library.serversChanged());
  const serverPrompts = new ServerPrompts(servers);
  const editorTools = new EditorTools(context.globalState);
  // Once a window, when they are in use: most windows need no thread for them.
  const forgetCheckpoints = once(() => {
    // A store that lasts as long as the window knows of nothing else.
    const isStored = async (id: string): Promise<boolean> =>
      store.isInMemory || sessions.find(id) !== undefined || (await store.loadTree(id)).length > 0;
    forgetGone(checkpoints, isStored).catch((error: unknown) =>
      log.error('Checkpoints could not be read:', String(error)),
    );
  });
  const ownWindow = windowOfProcess(randomUUID);
  const sessions: Conversations = new Conversations({
    store,
    checkpoints: {
      store: checkpoints,
      files: editorFiles,
      filesChanged: (paths, isDeciding) => deciding.changed(paths, isDeciding),
    },
    client,
    connect: async () => {
      await customTools.refresh();
      return connect(keys, keyHeaders, rules);
    },
    rulesFor: model => catalog.rulesFor(model),
    hasLarger: tokens => catalog.mayHaveLarger(tokens),
    refusals: createRefusalMemory(context.globalState),
    tools: createTools({ shells, customTools, servers, editorTools, deciding, editRules }),
    filter,
    moderation,
    isOverBudget: async () => (await budgets.usedUp()) !== undefined,
    placeFindings: (reported, asked) =>
      Promise.all(reported.map(finding => placeFinding(randomUUID(), finding, excerptsOf(asked), readLines))),
    reviewed: review => threads.show(review),
    hasFindings: id => threads.hasFindings(id),
    storeFailed: error => reportStoreFailure(error, log, storePath(context.globalStorageUri)),
    failed: error => tellFailure(error, text => log.error(text)),
    now: Date.now,
    clock: () => performance.now(),
    newId: randomUUID,
    window: ownWindow,
    onAsk: session => {
      const isSeen = places.showing(session.id)?.page.isSeen === true;
      void tellAsk(session, isSeen, id => places.open(id));
    },
    onRun: news => {
      status.value.ran(news);
      if (news.end?.phase === 'complete') setContext('hasAnswer', true);
      if (news.end && news.session.checkpoints?.points) forgetCheckpoints();
      void tellEnd(news, id => places.open(id));
      historyChanged();
      void tellModelEnd(news, context.globalState, async (id, model) =>
        (await places.open(id)).chat.parts.model.replace(model),
      );
    },
  });
  const mentionSearch = new MentionSearch(servers, {
    list: options => store.history.list(options),
    read: id => {
      const live = sessions.find(id);
      return live ? Promise.resolve({ title: live.conversation.title, turns: live.branch.turns }) : store.load(id);
    },
    currentId: () => places.active.chat.opened?.id,
  });
  const attachmentFiles = new AttachmentFiles(
    id =>
      sessions.sessions.flatMap(session => session.findAttachment(id) ?? [])[0] ??
      places.view.chat.opened?.findAttachment(id),
  );
  const modelSources: ModelSources = {
    keys,
    catalog,
    recent,
    favourites,
    transport: () => transport.get(),
    current: () => places.active.chat.opened?.unsent.model ?? readSettings().model,
  };
  const warmUp = (): void => {
    const baseUrl = readBaseUrl();
    // One after the other: each is a pause of tens of milliseconds.
    if (baseUrl.ok) void transport.warmUp(baseUrl.messagesUrl).then(filter.warmUp);
  };
  const paths = new WorkspacePaths();
  const applier = new CodeApplier(paths, proposals);
  const library = new PromptLibrary(log);
  const historyChanged = (): void => {
    for (const { history } of places.all) history.changed();
  };
  /** Another window may have gone on with what is shown here, and made more of them. */
  const takeOthers = (): void => {
    void sessions.takeOthers();
    historyChanged();
  };
  const shared: SharedPorts = {
    extensionUri: context.extensionUri,
    conversations: sessions,
    store,
    rulesFor: model => catalog.rulesFor(model),
    storeFailed: error => reportStoreFailure(error, log, storePath(context.globalStorageUri)),
    connectionStatus: () => connectionStatus(keys),
    countRequest: async body => {
      const connection = await connect(keys, keyHeaders, rules);
      // What the user's own check has not seen goes nowhere.
      if (!connection.ok || moderation()?.ways.has('out')) return estimateRequestTokens(body);
      const options = { transport: () => transport.get(), memory: counting };
      // Counting asks nobody.
      return countTokens(
        await withoutSecrets(body, filter),
        connection.endpoint,
        options,
        new AbortController().signal,
      );
    },
    usedUpBudget: () => budgets.usedUp(),
    advice: {
      offered: () => ({
        listed: catalog.listed,
        preferred: [...favourites.ids, ...recent.ids],
        rulesFor: model => catalog.rulesFor(model),
      }),
      isDismissed: id => dismissed.has(id),
      dismiss: id => dismissed.add(id),
    },
    pickModel: need => pickModel(modelSources, need),
    tryOtherKeyHeader: async ask => {
      const baseUrl = readBaseUrl();
      if (baseUrl.ok) await keyHeaders.tryOther(baseUrl.origin, ask);
    },
    isDefaultGone: () => {
      const baseUrl = readBaseUrl();
      return !isModelSet() && baseUrl.ok && lacksDefault(catalog.listOf(baseUrl.origin));
    },
    editor: editorContext,
    readNow,
    showDiff: (left, right) => reports.showDiff(left, right),
    library,
    serverPrompts,
    mentionSearch,
    attachmentFiles,
    paths,
    symbols: new WorkspaceSymbols(),
    applier,
    budgets,
    setUpKey: from => setUpKey(keys, from),
    readCodeColours,
    rules: () => rules.folders(),
    history: {
      shown: () => places.all.map(({ chat }) => chat.parts.shown),
      openInTab: id => places.openInTab(id),
      deleted: id => {
        threads.forget(id);
        sessions.letGo(id);
        void shells.end(id);
      },
      erased: id => checkpoints.forget(id),
      changed: historyChanged,
      window: ownWindow,
    },
    openIn: (place, id) => places.openIn(place, id),
    log: text => log.warn(text),
    terminals,
    opened: once(({ chat }: ChatPlace) => void chat.open()),
    threads,
    drawn: once(warmUp),
  };
  const places: ChatPlaces = new ChatPlaces({
    createParts: own => createParts(shared, own),
    extensionUri: context.extensionUri,
    memento: context.workspaceState,
    looked: ({ opened }) => status.opened?.looked(opened?.id),
    changed: historyChanged,
  });
  const status = lazily(
    () =>
      new StatusItem({
        model: () => places.active.chat.opened?.unsent.model ?? readSettings().model,
        usageSince: from => ledger.sums({ from }),
      }),
  );
  const inspector = new Inspector({
    extensionUri: context.extensionUri,
    log: exchanges,
    client,
    connect: () => connect(keys, keyHeaders, rules),
    mayGoOut: () => budgets.passes(),
  });
  const usage = new UsagePanel({ extensionUri: context.extensionUri, ledger, budgets });
  const ask = createAsk(() => places.target);
  const prompts = new PromptRunner(library, ask);
  const postConnection = async (): Promise<void> => {
    const connection = await connectionStatus(keys);
    status.value.connected(connection);
    setContext('hasKey', connection.key !== 'missing');
    for (const { link, chat } of places.all) {
      if (!chat.opened) continue;
      link.change(chat.opened.id, { type: 'connection', connection });
      chat.parts.watch.refresh();
      if (link.connected) chat.postImageLimits();
    }
  };

  const commands = createCommands({
    places,
    sessions,
    store,
    ledger,
    keys,
    memento: context.globalState,
    log,
    inspector,
    usage,
    threads,
    proposals,
    beforeContent,
    prompts,
    rules,
    customTools,
    toolTrial,
    editRules,
    shells,
    servers,
    signIns,
    editorTools,
    reports,
    ask,
    rulesFor: model => catalog.rulesFor(model),
    checkConnection: () =>
      checkConnection({
        keys,
        keyHeaders,
        catalog,
        profiles,
        reports,
        log: exchanges,
        openTransport: () => createTransport().get(),
      }),
  });

  const toolDiagnostics = new ToolDiagnostics(customTools);
  context.subscriptions.push(
    log,
    toolDiagnostics,
    toolTrial,
    reports,
    proposals,
    beforeContent,
    threads,
    terminals,
    inspector,
    usage,
    library,
    mentionSearch,
    attachmentFiles,
    places,
    vscode.languages.registerCodeActionsProvider({ pattern: '**' }, selectionActions, selectionActionKinds),
    vscode.languages.registerCodeActionsProvider({ pattern: '**' }, createFindingActions(threads), findingActionKinds),
    onCodeColoursChange(() => {
      for (const { page } of places.all) void page.postCodeColours();
    }),
    onConfigChange(() => {
      for (const { link, chat } of places.all) {
        link.settings(readViewSettings());
        void chat.parts.followed.refresh();
      }
      usage.changed();
      void postConnection();
    }),
    rules,
    rules.onChange(async () => {
      const folders = await rules.folders();
      for (const { link, chat } of places.all) {
        link.rules(folders);
        if (chat.opened) chat.parts.watch.refresh();
      }
    }),
    onInEditorChange(inEditor => {
      for (const { link, chat } of places.all) {
        link.inEditor(inEditor);
        void chat.parts.followed.refresh();
      }
    }),
    onFileChange(uri => {
      for (const { link, chat } of places.all) if (link.connected) chat.parts.outdated.changed(uri);
    }),
    keys.onChange(() => void postConnection()),
    vscode.window.onDidChangeWindowState(({ focused }) => {
      if (focused) takeOthers();
    }),
    { dispose: () => status.opened?.dispose() },
  );
  const close = async (): Promise<void> => {
    await Promise.all([sessions.close(), shells.endAll(), servers.close(), browsers.endAll()]);
    const ends: (() => unknown)[] = [
      () => store.close(),
      () => ledger.close(),
      () => checkpoints.close(),
      () => transport.dispose(),
    ];
    for (const end of ends) {
      try {
        await end();
      } catch (error) {
        log.error('Not all could be closed:', String(error));
      }
    }
  };
  // Nothing waits for it.
  setImmediate(() => {
    void postConnection();
    toolDiagnostics.begin();
  });
  return { places, usage, run: (command, args) => commands[command](...args), close };
}
