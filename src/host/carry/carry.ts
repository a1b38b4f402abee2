import { TextDecoder } from 'node:util';
import * as vscode from 'vscode';
import type { CarriedConversation } from '../../core/carry/carried.ts';
import type { Birth, ReadConversation } from '../../core/carry/trouble.ts';
import type { ChatSession } from '../../core/chat/session.ts';
import { type ConversationStore, emptyConversation, type StoredConversation } from '../../core/conversation/store.ts';
import type { TurnRecord } from '../../core/conversation/turns.ts';

/** What reads and writes the files of conversations: a bundle of its own beside extension.cjs; see esbuild.mjs. */
export async function loadCarry(): Promise<typeof import('./carry.cjs')> {
  return import('./carry.cjs');
}

/**
 * The conversation as it may leave this machine: with all its versions, without the key, and without the addresses of
 * files, of which the paths within the folder stay.
 */
export async function carriedConversation(
  session: ChatSession,
  store: ConversationStore,
  keys: readonly string[],
): Promise<CarriedConversation> {
  const { carriedFrom, withCountedTurns, withoutKeys, withPlaces } = await loadCarry();
  const { id, conversation, branch } = session;
  await session.saved();
  const { stored, records } = await readStored(id, store);
  const { title, parameters } = conversation;
  const carried = carriedFrom({ ...stored, title, parameters }, records, branch.turns);
  return withoutKeys(
    withPlaces(withCountedTurns(carried), () => ''),
    keys,
  );
}

/** Where nothing could be stored, or the file is locked, the conversation is in memory alone. */
async function readStored(
  id: string,
  store: ConversationStore,
): Promise<{ stored: StoredConversation; records: TurnRecord[] }> {
  try {
    const [stored, records] = await Promise.all([store.load(id), store.loadTurns(id)]);
    return { stored: stored ?? emptyConversation(id), records };
  } catch {
    return { stored: emptyConversation(id), records: [] };
  }
}

/** Reads a file in either format; what it says of places is looked for in the folders that are open here. */
export async function readCarried(bytes: Uint8Array, birth: Birth): Promise<ReadConversation> {
  const { parseJsonConversation, parseMarkdown, withPlaces } = await loadCarry();
  const text = decode(bytes);
  const read = /^\s*[{[]/.test(text) ? parseJsonConversation(text) : parseMarkdown(text, birth);
  return read.ok ? { ...read, conversation: withPlaces(read.conversation, ({ path }) => addressOf(path)) } : read;
}

/** UTF-8, or the UTF-16 that some editors on Windows write. Takes the byte order mark off. */
function decode(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}

/** Of a file within the folders that are open; empty for every other: whoever wrote the path may be anybody. */
function addressOf(path: string): string {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const isAbsolute = /^(\/|[A-Za-z]:)/.test(path);
  const named = folders.length > 1 ? folders.find(({ name }) => path.startsWith(`${name}/`)) : undefined;
  const folder = named ?? folders[0];
  if (!folder || path === '') return '';
  const within = named ? path.slice(named.name.length + 1) : path;
  const uri = isAbsolute
    ? folder.uri.with({ path: path.startsWith('/') ? path : `/${path}` })
    : vscode.Uri.joinPath(folder.uri, within);
  return vscode.workspace.getWorkspaceFolder(uri) ? uri.toString() : '';
}
