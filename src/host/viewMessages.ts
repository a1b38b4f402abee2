import * as vscode from 'vscode';
import { namePlace } from '../core/chat/namedPlaces.ts';
import type { KeyPlace } from '../shared/keyPlaces.ts';
import type { ViewMessage } from '../shared/protocol.ts';
import type { BudgetGuard } from '../core/usage/budgetGuard.ts';
import type { ChatController } from './chatController.ts';
import type { CodeApplier } from './applyCode.ts';
import { attach, attachData } from './commands/attach.ts';
import type { ReviewThreads } from './reviewThreads.ts';
import { runCommand } from './runCommand.ts';
import { showWarning } from './show.ts';
import { useCode } from './useCode.ts';
import type { ViewLink } from './viewLink.ts';
import type { WorkspacePaths } from './workspacePaths.ts';

/** Everything but the page's own beginning. */
type Taken = Exclude<ViewMessage, { type: 'ready' | 'scriptFailed' | 'started' | 'drawn' }>;

/** What messages lead to beside the conversation. */
export interface AnswerPorts {
  link: ViewLink;
  /** The keyboard has come into the page, or left it. */
  focusChanged: (isFocused: boolean) => void;
  paths: WorkspacePaths;
  applier: CodeApplier;
  budgets: BudgetGuard;
  threads: ReviewThreads;
  setUpKey: (from: KeyPlace) => Promise<void>;
}

type Handlers = {
  [Type in Taken['type']]: (
    chat: ChatController,
    message: Extract<Taken, { type: Type }>,
    ports: AnswerPorts,
  ) => unknown;
};

const handlers: Handlers = {
  moreTurns: (_, __, { link }) => {
    link.earlierTurns();
  },
  send: async (chat, { text }) => {
    if (text.trim() !== '' || chat.session.unsent.attachments.length > 0) await chat.parts.asking.sendTyped(text);
  },
  sendQueued: (chat, { id }) => chat.parts.asking.sendQueued(id),
  sendToolResults: (chat, { results }) => chat.parts.asking.answerTools(results),
  unqueue: (chat, { id, isEdited }) => {
    chat.session.unsent.unqueue(id, isEdited);
  },
  stop: chat => {
    chat.session.stop();
  },
  retry: (chat, { turnId }) => chat.parts.again.retry(turnId),
  retryWithout: (chat, { turnId }) => chat.parts.again.without(turnId),
  retryWithoutRefused: (chat, { turnId }) => chat.parts.again.withoutRefused(turnId),
  retryWithLarger: (chat, { turnId }) => chat.parts.again.withLarger(turnId),
  retryWithModel: (chat, { turnId }) => chat.parts.again.withModel(turnId),
  retryWithSuccessor: (chat, { turnId }) => chat.parts.again.withSuccessor(turnId),
  retryWithOtherKeyHeader: (chat, { turnId }) => chat.parts.again.withOtherKeyHeader(turnId),
  editTurn: (chat, { turnId, text }) => chat.parts.again.edit(turnId, text),
  switchTurn: ({ session }, { turnId }) => session.switchTo(turnId),
  deleteTurn: ({ session }, { turnId }) => session.deleteTurn(turnId),
  restoreTurn: ({ session }) => session.restoreTurn(),
  forkTurn: (chat, { turnId }) => chat.parts.goingOn.fork(turnId),
  compareTurns: (chat, { turnId, otherId }) => chat.compare(turnId, otherId),
  retryNow: chat => {
    chat.session.retryNow();
  },
  continue: (chat, { turnId }) => chat.parts.again.continue(turnId),
  newConversation: chat => chat.show(),
  confirmSend: chat => {
    chat.parts.gate.confirm();
  },
  cancelSend: chat => {
    chat.parts.gate.cancel();
  },

  summarize: (chat, { inNewConversation }) => chat.parts.room.summarize(inNewConversation),
  retrySummary: (chat, { turnId }) => chat.parts.room.retry(turnId),
  editSummary: (chat, { turnId, text }) => {
    chat.session.condensing.edit(turnId, text);
  },
  undoSummary: (chat, { turnId }) => {
    chat.session.condensing.undo(turnId);
  },
  listAttached: chat => chat.parts.watch.sizes.listAttached(),
  finding: (chat, message, { threads }) => takeFinding(chat, message, threads),
  setStart: (chat, { turnId, startsOver }) => chat.session.setStart(turnId, startsOver),
  omit: (chat, { id, isOmitted }) => {
    chat.session.condensing.omit(id, isOmitted);
  },
  goOnInNew: (chat, { summaryTurnId }) => chat.parts.goingOn.inNew(summaryTurnId),

  setUpKey: (_, { from }, { setUpKey }) => setUpKey(from),
  timeZone: (_, { name }, { budgets }) => {
    budgets.timeZone = name;
  },
  focus: (_, { isFocused }, { focusChanged }) => {
    focusChanged(isFocused);
  },
  draft: (chat, { conversationId, text }) => {
    chat.conversations.keepDraft(conversationId, text);
    chat.parts.watch.refresh();
    chat.prompts.draftChanged();
  },
  attach: (chat, { name, data }) => attachData(chat, name, data),
  detach: ({ session }, { ids }) => {
    session.unsent.detach(ids);
  },
  findMentions: ({ mentions }, { requestId, query }) => mentions.find(requestId, query),
  findPasted: ({ mentions }, { requestId, text }) => {
    mentions.findPasted(requestId, text);
  },
  attachMention: ({ mentions }, { id }) => mentions.attach(id),
  openAttachment: ({ mentions }, { id, asSent }) => mentions.open(id, asSent),
  showAttachment: (chat, { id }) => {
    chat.postAttachment(id);
  },
  setParameter: (chat, { name, value }) => {
    chat.session.unsent.setParameter(name, value);
  },
  typeParameter: (chat, { name, text }) => {
    chat.session.unsent.typeParameter(name, text);
  },
  typeToolResults: (chat, { conversationId, turnId, results }) => {
    chat.conversations.keepToolResults(conversationId, turnId, results);
  },
  sendRefusedAgain: async (chat, { field }) => {
    await chat.session.sendRefusedAgain(field);
    chat.parts.watch.refresh();
  },
  watchRequest: (chat, { isOn }) => {
    chat.parts.watch.set(isOn);
  },
  countRequest: chat => chat.parts.watch.count(),
  sumConversation: chat => chat.postSum(),

  recall: chat => chat.postSentElsewhere(),
  copy: (_, { text }) => vscode.env.clipboard.writeText(text),
  useCode: (_, { action, text, language }) => useCode(action, text, language),
  applyCode: (_, code, { applier }) => applier.apply(code),
  resolvePaths: async (_, { paths: asked }, { link, paths }) => {
    link.paths(asked, [...(await paths.find(asked)).keys()]);
  },
  openPath: (_, { path, place }, { paths }) => paths.open(path, place),
  openLink: (_, { href }) => openLink(href),
  openLocation: (chat, { uri, line }) => openLocation(chat, uri, line),
  command: (chat, { command }) =>
    // From the view, the keyboard goes back to the message when the list is closed.
    command === 'marginalia.attach' ? attach(chat, () => chat.focusComposer()) : runCommand(command),
};

/** What changes the conversation beside its draft. */
const changing: ReadonlySet<Taken['type']> = new Set([
  'unqueue',
  'sendQueued',
  'retry',
  'retryWithModel',
  'retryWithSuccessor',
  'retryWithOtherKeyHeader',
  'retryWithout',
  'retryWithoutRefused',
  'retryWithLarger',
  'continue',
  'editTurn',
  'deleteTurn',
  'attach',
  'detach',
  'attachMention',
  'setParameter',
  'typeParameter',
  'summarize',
  'retrySummary',
  'editSummary',
  'undoSummary',
  'omit',
]);

/** Does what the view's user has asked for: in the conversation that is shown, once that is read. */
export async function takeViewMessage(chat: ChatController, message: Taken, ports: AnswerPorts): Promise<void> {
  const { isDamaged } = await chat.open();
  if (isDamaged && changing.has(message.type)) {
    await chat.parts.goingOn.leaveDamaged();
    // Its turns have other names, and it is not the one that was meant. What was typed is nowhere else.
    if ('turnId' in message && 'text' in message) ports.link.returned(chat.session.id, message.text);
  }
  const handler = handlers[message.type] as (chat: ChatController, message: Taken, ports: AnswerPorts) => unknown;
  await handler(chat, message, ports);
}

/** One that stands nowhere in the editor can be dismissed all the same. */
async function takeFinding(
  { session }: ChatController,
  { turnId, findingId, action }: Extract<Taken, { type: 'finding' }>,
  threads: ReviewThreads,
): Promise<void> {
  if (action === 'apply') await threads.applyOrExplain(findingId);
  else if (action === 'next') await threads.next(findingId);
  else if (threads.has(findingId)) threads.dismiss(findingId);
  else await session.closeFindings(turnId, new Set([findingId]), 'dismissed');
}

/** Opens only what the conversation itself names. */
async function openLocation(chat: ChatController, uri: string, line: number): Promise<void> {
  if (!namePlace(chat.session.conversation.turns, uri) || line < 1) return;
  const position = new vscode.Position(line - 1, 0);
  try {
    await vscode.window.showTextDocument(vscode.Uri.parse(uri, true), {
      selection: new vscode.Range(position, position),
      preview: true,
    });
  } catch {
    void showWarning(vscode.l10n.t('The file can no longer be opened.'));
  }
}

/** The schemes that an answer may lead to; everything else could run something. */
const openableSchemes = new Set(['http:', 'https:', 'mailto:']);

async function openLink(href: string): Promise<void> {
  if (!URL.canParse(href) || !openableSchemes.has(new URL(href).protocol)) return;
  await vscode.env.openExternal(vscode.Uri.parse(href, true));
}
