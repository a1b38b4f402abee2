import * as vscode from 'vscode';
import type { Servers } from '../../core/mcp/servers.ts';
import type { SignInMemory } from '../../core/mcp/signIns.ts';
import type { EditorTools } from '../mcp/editorTools.ts';
import { serverParts } from '../mcp/serverParts.ts';
import type { ReportDocument } from '../panels/reportDocument.ts';
import type { ConversationStore } from '../../core/conversation/store.ts';
import type { ModelRules } from '../../core/models/modelRules.ts';
import type { Shells } from '../../core/shell/shells.ts';
import type { EditRules } from '../../core/tools/editRules.ts';
import type { UsageLedger } from '../../core/usage/ledger.ts';
import type { CommandId } from '../../shared/commandIds.ts';
import { isFields } from '../../shared/json.ts';
import type { ApiKeys } from '../connection/apiKeys.ts';
import type { BeforeContent } from '../checkpoints/beforeContent.ts';
import type { Inspector } from '../panels/inspector.ts';
import type { ToolTrial } from '../panels/toolTrial.ts';
import type { ChatPlaces } from '../places/chatPlaces.ts';
import type { Conversations } from '../../core/chat/conversations.ts';
import type { PromptRunner } from '../prompts/promptRunner.ts';
import type { ProjectRules } from '../workspace/projectRules.ts';
import type { Proposals } from '../code/proposals.ts';
import type { ReviewThreads } from '../review/reviewThreads.ts';
import type { CustomTools } from '../tools/customTools.ts';
import type { UsagePanel } from '../panels/usagePanel.ts';
import { createAddToChat } from './addToChat.ts';
import type { Ask } from './ask.ts';
import { askAboutSecrets } from './askAboutSecrets.ts';
import { attach } from './attach.ts';
import { chooseEditorTools } from './chooseEditorTools.ts';
import { chooseMode } from './chooseMode.ts';
import { chooseThinking } from './chooseThinking.ts';
import { copyRequest } from './copyRequest.ts';
import { explainSelection } from './explainSelection.ts';
import { copyConversation, exportConversation } from './exportConversation.ts';
import { exportUsage } from './exportUsage.ts';
import { changeFontSize, resetFontSize } from './fontSize.ts';
import { importConversation, openAsChat } from './importConversation.ts';
import { listPrograms } from './listPrograms.ts';
import { listRules } from './listRules.ts';
import { listTools } from './listTools.ts';
import { newTool } from './newTool.ts';
import { applyPreset, savePreset } from './presets.ts';
import { removeApiKey } from './removeApiKey.ts';
import { restore, undoRestore } from './restore.ts';
import { reviewChanges } from './reviewChanges.ts';
import { reviewFile } from './reviewFile.ts';
import { reviewSelection } from './reviewSelection.ts';
import { runPrompt } from './runPrompt.ts';
import { setApiKey } from './setApiKey.ts';
import { showConversationChanges } from './showConversationChanges.ts';
import { tryTool } from './tryTool.ts';
import { useTransport } from './useTransport.ts';

export interface CommandPorts {
  places: ChatPlaces;
  sessions: Conversations;
  store: ConversationStore;
  ledger: UsageLedger;
  keys: ApiKeys;
  /** For presets. */
  memento: vscode.Memento;
  log: vscode.LogOutputChannel;
  inspector: Inspector;
  usage: UsagePanel;
  threads: ReviewThreads;
  proposals: Proposals;
  beforeContent: BeforeContent;
  prompts: PromptRunner;
  rules: ProjectRules;
  customTools: CustomTools;
  toolTrial: ToolTrial;
  editRules: EditRules;
  shells: Shells;
  servers: Servers;
  signIns: SignInMemory;
  editorTools: EditorTools;
  reports: ReportDocument;
  ask: Ask;
  rulesFor: (model: string) => ModelRules;
  checkConnection: () => Promise<void>;
}

type Command = (...args: unknown[]) => unknown;

/** What every command of the manifest does, by its id. What acts on “the chat” means the one that was used last. */
export function createCommands(ports: CommandPorts): Record<CommandId, Command> {
  const { places, store, keys, memento, threads, proposals, prompts, ask } = ports;
  const addToChat = createAddToChat(() => places.target);
  const open = (id: string) => places.open(id);
  return {
    'marginalia.openChat': () => places.active.reveal({ preserveFocus: false }),
    'marginalia.newConversation': async () => {
      const place = places.target;
      await place.chat.show();
      await place.reveal({ preserveFocus: false });
    },
    'marginalia.openConversation': () => places.target.want(link => link.post({ type: 'showHistory' })),
    'marginalia.openInEditor': () => places.openInTab(),
    'marginalia.openInWindow': () => places.openInWindow(),
    'marginalia.openWalkthrough': () =>
      vscode.commands.executeCommand('workbench.action.openWalkthrough', 'marginalia.marginalia#start', false),
    'marginalia.reloadChat': () => places.reload(),
    'marginalia.increaseFontSize': () => changeFontSize(1),
    'marginalia.decreaseFontSize': () => changeFontSize(-1),
    'marginalia.resetFontSize': () => resetFontSize(),
    'marginalia.exportConversation': () => exportConversation({ chat: places.active.chat, store, keys }),
    'marginalia.copyConversation': () => copyConversation({ chat: places.active.chat, store, keys }),
    'marginalia.importConversation': () => importConversation({ store, open }),
    'marginalia.openAsChat': source => openAsChat(source, { store, open }),
    'marginalia.stop': () => places.active.chat.opened?.stop(),
    'marginalia.explainSelection': () => explainSelection(prompts),
    'marginalia.reviewSelection': () => reviewSelection(ask),
    'marginalia.reviewFile': () => reviewFile(ask),
    'marginalia.reviewChanges': source => reviewChanges(ask, source),
    'marginalia.runPrompt': name => runPrompt(prompts, name),
    'marginalia.clearReview': () => threads.clear(),
    'marginalia.applySuggestion': thread => threads.applyOrExplain(thread),
    'marginalia.nextFinding': thread => threads.next(thread),
    'marginalia.dismissFinding': thread => threads.dismiss(thread),
    'marginalia.acceptProposal': resource => proposals.accept(resource),
    'marginalia.discardProposal': resource => proposals.discard(resource),
    'marginalia.restore': () => restore(places.active),
    'marginalia.undoRestore': () => undoRestore(places.active),
    'marginalia.showConversationChanges': () => showConversationChanges(places.active.chat, ports.beforeContent),
    'marginalia.revertHunk': place => ports.beforeContent.editors.revertHunk(lineOf(place)),
    'marginalia.find': () => places.active.want(link => link.find()),
    'marginalia.showParameters': () => places.active.want(link => link.showParameters()),
    'marginalia.savePreset': () => savePreset(places.active.chat, memento),
    'marginalia.applyPreset': () => applyPreset(places.active.chat, memento),
    'marginalia.copyRequest': () => copyRequest(places.active.chat),
    'marginalia.attach': () => attach(places.active.chat),
    'marginalia.addSelection': () => addToChat.selection(),
    'marginalia.addFile': () => addToChat.file(),
    'marginalia.addToChat': (clicked, selected) => addToChat.files(clicked, selected),
    'marginalia.addTerminalSelection': terminal => addToChat.terminal(terminal),
    'marginalia.addProblems': () => addToChat.problems(),
    'marginalia.addChanges': (...resources) => addToChat.changes(...resources),
    'marginalia.toggleEditorContext': async () => {
      const { chat } = places.active;
      await chat.open();
      await chat.parts.followed.toggle();
    },
    'marginalia.toggleRules': () => ports.rules.toggle(),
    'marginalia.chooseModel': () => places.active.chat.parts.model.choose(),
    'marginalia.chooseThinking': () => chooseThinking(places.active.chat, ports.rulesFor),
    'marginalia.chooseMode': () => chooseMode(places.active.chat),
    'marginalia.newTool': () => newTool(ports.customTools),
    'marginalia.listTools': () => listTools(ports.customTools, ports.toolTrial),
    'marginalia.listRules': () => listRules(ports.editRules),
    'marginalia.listPrograms': () => listPrograms(ports.shells),
    'marginalia.tryTool': () => tryTool(ports.customTools, ports.toolTrial),
    'marginalia.chooseEditorTools': () => chooseEditorTools(ports.editorTools),
    'marginalia.listServers': async () => {
      const { listServers } = await serverParts();
      const { servers, signIns, reports } = ports;
      await listServers({ servers, signIns, showText: (title, text) => reports.show(title, text) });
    },
    'marginalia.checkConnection': ports.checkConnection,
    'marginalia.setApiKey': () => setApiKey(keys),
    'marginalia.removeApiKey': () => removeApiKey(keys),
    'marginalia.openSettings': () =>
      vscode.commands.executeCommand('workbench.action.openSettings', '@ext:marginalia.marginalia'),
    'marginalia.setBudget': () =>
      vscode.commands.executeCommand('workbench.action.openSettings', '@ext:marginalia.marginalia budget'),
    'marginalia.setUpCheck': () =>
      vscode.commands.executeCommand('workbench.action.openSettings', '@ext:marginalia.marginalia moderation'),
    'marginalia.askAboutSecrets': () => askAboutSecrets(places.active),
    'marginalia.showRequests': () => ports.inspector.show(),
    'marginalia.showUsage': () => ports.usage.show(),
    'marginalia.exportUsage': () => exportUsage(ports.ledger),
    'marginalia.showLog': () => ports.log.show(),
    'marginalia.useEditorNetwork': () => useTransport('vscode'),
    'marginalia.useOwnNetwork': () => useTransport('undici'),
  };
}

/** 0-based; of what the menu beside the line numbers hands over. */
function lineOf(place: unknown): number | undefined {
  const number = isFields(place) ? place['lineNumber'] : undefined;
  return typeof number === 'number' ? number - 1 : undefined;
}
