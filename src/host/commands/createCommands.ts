import * as vscode from 'vscode';
import type { ConversationStore } from '../../core/chat/store.ts';
import type { UsageLedger } from '../../core/usage/ledger.ts';
import type { ApiKeys } from '../apiKeys.ts';
import type { Inspector } from '../inspector.ts';
import type { ChatPlaces } from '../places/chatPlaces.ts';
import type { LiveSessions } from '../places/liveSessions.ts';
import type { PromptRunner } from '../prompts/promptRunner.ts';
import type { Proposals } from '../proposals.ts';
import type { ReviewThreads } from '../reviewThreads.ts';
import type { UsagePanel } from '../usagePanel.ts';
import { createAddToChat } from './addToChat.ts';
import type { Ask } from './ask.ts';
import { attach } from './attach.ts';
import { copyRequest } from './copyRequest.ts';
import { explainSelection } from './explainSelection.ts';
import { copyConversation, exportConversation } from './exportConversation.ts';
import { exportUsage } from './exportUsage.ts';
import { changeFontSize, resetFontSize } from './fontSize.ts';
import { importConversation, openAsChat } from './importConversation.ts';
import { applyPreset, savePreset } from './presets.ts';
import { removeApiKey } from './removeApiKey.ts';
import { reviewChanges } from './reviewChanges.ts';
import { reviewFile } from './reviewFile.ts';
import { reviewSelection } from './reviewSelection.ts';
import { runPrompt } from './runPrompt.ts';
import { setApiKey } from './setApiKey.ts';
import { showHistory } from './showHistory.ts';
import { useTransport } from './useTransport.ts';

export interface CommandPorts {
  places: ChatPlaces;
  sessions: LiveSessions;
  store: () => ConversationStore;
  ledger: UsageLedger;
  keys: ApiKeys;
  /** For presets. */
  memento: vscode.Memento;
  log: vscode.LogOutputChannel;
  inspector: Inspector;
  usage: UsagePanel;
  threads: ReviewThreads;
  proposals: Proposals;
  prompts: PromptRunner;
  ask: Ask;
  checkConnection: () => Promise<void>;
}

type Command = (...args: unknown[]) => unknown;

/** What every command of the manifest does, by its id. What acts on “the chat” means the one that was used last. */
export function createCommands(ports: CommandPorts): ReadonlyMap<string, Command> {
  const { places, store, keys, memento, threads, proposals, prompts, ask } = ports;
  const addToChat = createAddToChat(() => places.target);
  const open = (id: string) => places.open(id);
  const history = () =>
    showHistory({
      history: store().history,
      showing: id => places.showing(id),
      findLive: id => ports.sessions.find(id),
      open,
      openInTab: id => places.openInTab(id),
    });
  const commands = new Map<string, Command>();
  const command = (id: string, run: Command): void => {
    commands.set(`marginalia.${id}`, run);
  };
  command('openChat', () => places.active.reveal({ preserveFocus: false }));
  command('newConversation', async () => {
    const place = places.target;
    await place.chat.show();
    await place.reveal({ preserveFocus: false });
  });
  command('openConversation', history);
  command('openInEditor', () => places.openInTab());
  command('openInWindow', () => places.openInWindow());
  command('openWalkthrough', () =>
    vscode.commands.executeCommand('workbench.action.openWalkthrough', 'marginalia.marginalia#start', false),
  );
  command('reloadChat', () => places.reload());
  command('increaseFontSize', () => changeFontSize(1));
  command('decreaseFontSize', () => changeFontSize(-1));
  command('resetFontSize', () => resetFontSize());
  command('exportConversation', () => exportConversation({ chat: places.active.chat, store: store(), keys }));
  command('copyConversation', () => copyConversation({ chat: places.active.chat, store: store(), keys }));
  command('importConversation', () => importConversation({ store: store(), open }));
  command('openAsChat', source => openAsChat(source, { store: store(), open }));
  command('stop', () => places.active.chat.session.stop());
  command('explainSelection', () => explainSelection(prompts));
  command('reviewSelection', () => reviewSelection(ask));
  command('reviewFile', () => reviewFile(ask));
  command('reviewChanges', source => reviewChanges(ask, source));
  command('runPrompt', name => runPrompt(prompts, name));
  command('clearReview', () => threads.clear());
  command('applySuggestion', thread => threads.applyOrExplain(thread));
  command('dismissFinding', thread => threads.dismiss(thread));
  command('acceptProposal', resource => proposals.accept(resource));
  command('discardProposal', resource => proposals.discard(resource));
  command('find', () => places.active.want(link => link.find()));
  command('showParameters', () => places.active.want(link => link.showParameters()));
  command('savePreset', () => savePreset(places.active.chat, memento));
  command('applyPreset', () => applyPreset(places.active.chat, memento));
  command('copyRequest', () => copyRequest(places.active.chat));
  command('attach', () => attach(places.active.chat));
  command('addSelection', () => addToChat.selection());
  command('addFile', () => addToChat.file());
  command('addToChat', (clicked, selected) => addToChat.files(clicked, selected));
  command('addTerminalSelection', () => addToChat.terminal());
  command('addProblems', () => addToChat.problems());
  command('addChanges', (...resources) => addToChat.changes(...resources));
  command('chooseModel', () => places.active.chat.chooseModel());
  command('checkConnection', ports.checkConnection);
  command('setApiKey', () => setApiKey(keys));
  command('removeApiKey', () => removeApiKey(keys));
  command('openSettings', () =>
    vscode.commands.executeCommand('workbench.action.openSettings', '@ext:marginalia.marginalia'),
  );
  command('setBudget', () =>
    vscode.commands.executeCommand('workbench.action.openSettings', '@ext:marginalia.marginalia budget'),
  );
  command('showRequests', () => ports.inspector.show());
  command('showUsage', () => ports.usage.show());
  command('exportUsage', () => exportUsage(ports.ledger));
  command('showLog', () => ports.log.show());
  command('useEditorNetwork', () => useTransport('vscode'));
  command('useOwnNetwork', () => useTransport('undici'));
  return commands;
}
