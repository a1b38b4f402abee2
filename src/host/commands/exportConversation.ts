import { homedir } from 'node:os';
import * as vscode from 'vscode';
import type { CarriedConversation } from '../../core/carry/carried.ts';
import type { ConversationStore } from '../../core/conversation/store.ts';
import type { ChatSession } from '../../core/chat/session.ts';
import { toView } from '../../core/conversation/turns.ts';
import { conversationMarkdown } from '../../shared/turnMarkdown.ts';
import type { ApiKeys } from '../connection/apiKeys.ts';
import { carriedConversation, loadCarry } from '../carry/carry.ts';
import type { ChatController } from '../chatController.ts';
import { readBaseUrl } from '../config.ts';
import { pickOne, showDone, showError, showInformation, showProgress } from '../show.ts';
import { messageOf } from '../../shared/messageOf.ts';

export interface ExportPorts {
  chat: ChatController;
  store: ConversationStore;
  keys: ApiKeys;
}

interface Format extends vscode.QuickPickItem {
  extension: string;
  filter: string;
  write: (conversation: CarriedConversation) => string | Promise<string>;
}

/** Characters of JSON: what is longer takes long enough to be shown as work. */
const largeConversation = 2_000_000;

/** Writes the conversation to where the user wants it. */
export async function exportConversation(ports: ExportPorts): Promise<void> {
  const session = await ports.chat.open();
  if (isEmpty(session)) return;
  const carry = await loadCarry();
  const format = await pickOne(formats(carry), {
    title: vscode.l10n.t('Export Conversation'),
    placeHolder: vscode.l10n.t('Choose a format'),
    matchOnDetail: true,
  });
  if (!format) return;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir());
  const { title } = session.conversation;
  const target = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Export Conversation'),
    filters: { [format.label]: [format.filter] },
    defaultUri: vscode.Uri.joinPath(folder, `${carry.fileNameFrom(title)}.${format.extension}`),
  });
  if (!target) return;
  try {
    const conversation = await carried(session, ports);
    const isLarge = JSON.stringify(conversation).length > largeConversation;
    const progress = {
      location: isLarge ? vscode.ProgressLocation.Notification : vscode.ProgressLocation.Window,
      title: vscode.l10n.t('Exporting the conversation…'),
    };
    await showProgress(progress, async () => {
      await vscode.workspace.fs.writeFile(target, Buffer.from(await format.write(conversation), 'utf8'));
    });
  } catch (error) {
    const reason = messageOf(error);
    void showError(vscode.l10n.t('The conversation could not be exported: {0}', reason));
    return;
  }
  await offerToOpen(target);
}

/** Puts the conversation onto the clipboard, as it is read. */
export async function copyConversation(ports: ExportPorts): Promise<void> {
  const session = await ports.chat.open();
  if (isEmpty(session)) return;
  const conversation = await carried(session, ports);
  const { shownTurns } = await loadCarry();
  const turns = shownTurns(conversation).map(({ record }) => toView(record));
  await vscode.env.clipboard.writeText(conversationMarkdown(conversation.title, turns));
  showDone(vscode.l10n.t('Conversation copied'));
}

function formats({ conversationPage, toJson, toMarkdown }: Awaited<ReturnType<typeof loadCarry>>): Format[] {
  return [
    {
      label: vscode.l10n.t('Markdown'),
      detail: vscode.l10n.t('To read, compare, edit and commit. It can be opened as a chat again.'),
      iconPath: new vscode.ThemeIcon('markdown'),
      extension: 'chat.md',
      filter: 'md',
      write: toMarkdown,
    },
    {
      label: vscode.l10n.t('Web page'),
      detail: vscode.l10n.t('One HTML file to read and print. Nothing in it runs or is loaded.'),
      iconPath: new vscode.ThemeIcon('globe'),
      extension: 'html',
      filter: 'html',
      write: conversation => conversationPage(conversation, { t: vscode.l10n.t, language: vscode.env.language }),
    },
    {
      label: vscode.l10n.t('JSON'),
      detail: vscode.l10n.t('Everything, for programs. It can be imported again.'),
      iconPath: new vscode.ThemeIcon('json'),
      extension: 'json',
      filter: 'json',
      write: toJson,
    },
  ];
}

function isEmpty(session: ChatSession): boolean {
  if (session.branch.turns.length > 0) return false;
  void showInformation(vscode.l10n.t('There is nothing in this conversation yet.'));
  return true;
}

async function carried(session: ChatSession, { store, keys }: ExportPorts): Promise<CarriedConversation> {
  const baseUrl = readBaseUrl();
  const { key } = baseUrl.ok ? await keys.find(baseUrl.origin) : { key: '' };
  return carriedConversation(session, store, key === '' ? [] : [key]);
}

async function offerToOpen(target: vscode.Uri): Promise<void> {
  const open = vscode.l10n.t('Open');
  const chosen = await showInformation(
    vscode.l10n.t('The conversation was exported to {0}.', vscode.workspace.asRelativePath(target)),
    open,
  );
  if (chosen !== open) return;
  // A browser can't reach the files of another machine.
  const isPage = target.path.endsWith('.html') && target.scheme === 'file' && vscode.env.remoteName === undefined;
  if (isPage) await vscode.env.openExternal(target);
  else await vscode.commands.executeCommand('vscode.open', target);
}
