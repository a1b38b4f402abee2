import * as vscode from 'vscode';
import { namePlace } from '../../core/conversation/namedPlaces.ts';
import type { PathMessage, PathReplies, PathRequest } from '../../shared/protocol/paths.ts';
import type { ChatController } from '../chatController.ts';
import { showWarning } from '../show.ts';
import { elsewhere, type Handlers, onShown, type RequestHandlers } from './handlers.ts';

export const pathHandlers: Handlers<PathMessage> = {
  openLink: elsewhere((_, { href }) => openLink(href)),
  openPath: elsewhere((_, { path, place, isBeside }, { paths }) => paths.open(path, place, isBeside)),
  openSymbol: elsewhere((_, { name, isBeside }, { symbols }) => symbols.open(name, isBeside)),
  openLocation: onShown((chat, { uri, line }) => openLocation(chat, uri, line)),
};

export const pathRequestHandlers: RequestHandlers<PathRequest, PathReplies> = {
  resolvePaths: elsewhere(async (_, { paths: asked }, { paths }) => [...(await paths.find(asked)).keys()]),
  peekPath: elsewhere((_, { path, place }, { paths }) => paths.peek(path, place)),
  resolveSymbols: elsewhere((_, { names }, { symbols }) => symbols.find(names)),
  peekSymbol: elsewhere((_, { name }, { symbols }) => symbols.peek(name)),
};

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
