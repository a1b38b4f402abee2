import { randomUUID } from '../randomUUID.ts';
import * as vscode from 'vscode';
import type { NoteAtLine } from '../../core/carry/trouble.ts';
import type { ConversationStore } from '../../core/conversation/store.ts';
import { titleFrom } from '../../core/conversation/title.ts';
import { loadCarry, readCarried } from '../carry/carry.ts';
import { notesText, refusalText } from '../carry/carryText.ts';
import type { ChatPlace } from '../places/chatPlace.ts';
import { bytesWithin } from '../workspace/bytesWithin.ts';
import { showError, showInformation, showProgress, showWarning } from '../show.ts';
import { messageOf } from '../../shared/messageOf.ts';

export interface ImportPorts {
  store: ConversationStore;
  /** Shows it, and gives it the keyboard. */
  open: (conversationId: string) => Promise<ChatPlace>;
}

/** Asks for files, makes a new conversation of each, and shows the last one. */
export async function importConversation(ports: ImportPorts): Promise<void> {
  const chosen = await vscode.window.showOpenDialog({
    canSelectMany: true,
    title: vscode.l10n.t('Import Conversation'),
    openLabel: vscode.l10n.t('Import'),
    filters: { [vscode.l10n.t('Conversations')]: ['md', 'json'] },
  });
  if (chosen) await importFiles(chosen, ports);
}

/** Makes a new conversation of a file and shows it: the one that `source` names, else the one in the editor. */
export async function openAsChat(source: unknown, ports: ImportPorts): Promise<void> {
  const uri = source instanceof vscode.Uri ? source : vscode.window.activeTextEditor?.document.uri;
  if (uri) await importFiles([uri], ports);
  else void showInformation(vscode.l10n.t('Open the file of a conversation first.'));
}

async function importFiles(files: readonly vscode.Uri[], ports: ImportPorts): Promise<void> {
  const progress = { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Opening the conversation…') };
  const ids = await showProgress(progress, async () => {
    const read: string[] = [];
    for (const file of files) {
      const id = await importFile(file, ports.store);
      if (id !== undefined) read.push(id);
    }
    return read;
  });
  const last = ids.at(-1);
  if (last === undefined) return;
  await ports.open(last);
  if (ids.length > 1) {
    void showInformation(vscode.l10n.t('{0} conversations were imported. They stand in the history.', ids.length));
  }
}

/** The id of the new conversation; undefined where the file is none, which is said. */
async function importFile(file: vscode.Uri, store: ConversationStore): Promise<string | undefined> {
  const name = file.path.split('/').at(-1) ?? '';
  try {
    const result = await readCarried(await bytesOf(file), { newId: randomUUID, now: Date.now });
    if (!result.ok) {
      void offerLine(showError, refusalText(name, result), file, result.line ?? 1);
      return undefined;
    }
    const { conversation, notes } = result;
    if (notes.length > 0) void offerLine(showWarning, notesText(name, notes), file, lineOf(notes));
    const asked = conversation.turns.find(({ record }) => record.role === 'user')?.record;
    const title = conversation.title || (asked?.role === 'user' ? titleFrom(asked) : '') || name;
    const { storeCarried } = await loadCarry();
    return await storeCarried({ ...conversation, title }, store, randomUUID);
  } catch (error) {
    const reason = messageOf(error);
    void showError(vscode.l10n.t('{0} could not be imported: {1}', name, reason));
    return undefined;
  }
}

/** Far more than the longest conversations have, with what is attached to them: V8 makes no longer texts. */
const mostBytes = 400 * 1024 * 1024;

/** As the editor has it, where there are changes that are not saved. */
async function bytesOf(file: vscode.Uri): Promise<Uint8Array> {
  const address = file.toString();
  const open = vscode.workspace.textDocuments.find(({ uri, isDirty }) => isDirty && uri.toString() === address);
  const bytes = open ? Buffer.from(open.getText(), 'utf8') : await bytesWithin(file, mostBytes);
  if (!bytes) throw new Error(vscode.l10n.t('The file is too large.'));
  return bytes;
}

function lineOf([first]: readonly NoteAtLine[]): number {
  return first?.line ?? 1;
}

async function offerLine(
  show: (message: string, action: string) => Thenable<string | undefined>,
  message: string,
  file: vscode.Uri,
  line: number,
): Promise<void> {
  const open = vscode.l10n.t('Show Line');
  if ((await show(message, open)) !== open) return;
  const at = new vscode.Position(line - 1, 0);
  await vscode.window.showTextDocument(file, { selection: new vscode.Range(at, at) });
}
