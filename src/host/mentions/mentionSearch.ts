import { randomUUID } from '../randomUUID.ts';
import * as vscode from 'vscode';
import { findPasted } from '../../core/context/pastedPlace.ts';
import { looksSensitive } from '../../core/context/sensitive.ts';
import type { Servers } from '../../core/mcp/servers.ts';
import type { PathEntry } from '../../core/context/pathIndex.ts';
import type { MentionItem } from '../../shared/mention.ts';
import { displayPath, excerptOf } from '../workspace/excerpts.ts';
import { FileIndex, openFiles } from './fileIndex.ts';
import { type Kind, offeredKinds } from './kinds.ts';
import { conversationKind, type EarlierConversations } from './readConversation.ts';
import { readExcerpt, readFile } from './readFile.ts';
import { readFolder } from './readFolder.ts';
import { resourceKinds } from './readResource.ts';
import { codeAttachment, type Reader } from './reading.ts';
import { findSymbols, type FoundSymbol, readSymbol, symbolIcon } from './symbols.ts';

const mostFiles = 20;
const mostOpen = 5;
const mostSymbols = 20;
/** Answers whose items can still be picked: a list may stand while the next one is on its way. */
const mostAnswers = 5;
/** Milliseconds without a further key before the languages are asked, which is work for them. */
const symbolPauseMs = 120;

/** What an item stands for; known here alone, so that the view can name nothing that it was not offered. */
export interface Mentioned {
  /** The attachment's id where there is to be one only. */
  id: string;
  readers: () => Reader[] | Promise<Reader[]>;
  /** See Kind. */
  asks?: boolean | undefined;
}

interface Offer extends Omit<Mentioned, 'id'> {
  item: MentionItem;
}

/** Finds what a message can name with `@`. */
export class MentionSearch implements vscode.Disposable {
  readonly #servers: Servers;
  readonly #earlier: EarlierConversations;
  readonly #files = new FileIndex();
  readonly #answers: Map<string, Mentioned>[] = [];
  #query = 0;

  constructor(servers: Servers, earlier: EarlierConversations) {
    this.#servers = servers;
    this.#earlier = earlier;
  }

  /** The best first; undefined where a later query has come meanwhile. */
  async find(query: string): Promise<MentionItem[] | undefined> {
    const current = ++this.#query;
    const offers = await this.#offers(query, () => current === this.#query);
    return offers && this.#remember(offers);
  }

  /** The place in an open file that a pasted text stands in, where there is exactly one. */
  findPasted(text: string): MentionItem[] {
    const documents = vscode.workspace.textDocuments.filter(isOpenFile);
    const place = findPasted(
      text,
      documents.map(document => document.getText()),
    );
    const document = place && documents[place.index];
    // What is pasted from a file of secrets is sent as it was pasted, and as seen.
    if (!document || looksSensitive(displayPath(document.uri))) return [];
    const excerpt = excerptOf(document, place.startLine, place.endLine);
    const { name } = codeAttachment('', 'selection', excerpt);
    const item = { id: randomUUID(), label: name, detail: excerpt.path, icon: 'file-code', text: '' };
    return this.#remember([{ item, readers: () => [id => readExcerpt(id, 'selection', excerpt)] }]);
  }

  /** What there is to attach without naming it by its path. */
  async kinds(): Promise<Kind[]> {
    const [kinds, resources] = await Promise.all([offeredKinds(), resourceKinds(this.#servers)]);
    return [...kinds, conversationKind(this.#earlier), ...resources];
  }

  /** What an item stands for that was offered a moment ago. */
  resolve(id: string): Mentioned | undefined {
    return this.#answers.find(answer => answer.has(id))?.get(id);
  }

  dispose(): void {
    this.#files.dispose();
  }

  #remember(offers: readonly Offer[]): MentionItem[] {
    this.#answers.unshift(new Map(offers.map(({ item, readers, asks }) => [item.id, { id: item.id, readers, asks }])));
    this.#answers.length = Math.min(this.#answers.length, mostAnswers);
    return offers.map(({ item }) => item);
  }

  async #offers(query: string, isCurrent: () => boolean): Promise<Offer[] | undefined> {
    if (query.startsWith('#')) {
      await new Promise(resolve => setTimeout(resolve, symbolPauseMs));
      if (!isCurrent()) return undefined;
      const document = vscode.window.activeTextEditor?.document;
      return (await findSymbols(query.slice(1), document, mostSymbols)).map(symbolOffer);
    }
    if (query === '') {
      this.#files.prepare();
      return [...openOffers(), ...(await this.kinds()).map(kind => kindOffer(kind, vscode.l10n.t('Attach')))];
    }
    const [kinds, files] = await Promise.all([this.kinds(), this.#files.search(query, mostFiles)]);
    return [...kinds.filter(kind => isMeant(kind, query)).map(kind => kindOffer(kind)), ...files.map(fileOffer)];
  }
}

function openOffers(): Offer[] {
  return openFiles()
    .slice(0, mostOpen)
    .map(uri => {
      const { item, readers } = fileOffer({ path: displayPath(uri), isFolder: false, uri: uri.toString() });
      return { item: { ...item, group: vscode.l10n.t('Open Editors') }, readers };
    });
}

function fileOffer({ path, isFolder, uri }: PathEntry): Offer {
  const nameStart = path.lastIndexOf('/') + 1;
  const name = path.slice(nameStart);
  const parsed = vscode.Uri.parse(uri, true);
  const folder = path.slice(0, Math.max(0, nameStart - 1));
  return {
    item: {
      id: randomUUID(),
      label: isFolder ? `${name}/` : name,
      ...(folder !== '' && { detail: folder }),
      icon: isFolder ? 'folder' : 'file',
      text: isFolder ? `${name}/` : name,
    },
    readers: () => [id => (isFolder ? readFolder(id, parsed) : readFile(id, parsed))],
  };
}

function kindOffer({ name, label, detail, icon, readers, asks }: Kind, group?: string): Offer {
  // Symbols are searched for in the message itself.
  const text = name === 'symbol' ? '@#' : '';
  const item = {
    id: randomUUID(),
    label,
    ...(detail !== undefined && { detail }),
    icon,
    ...(group !== undefined && { group }),
    text,
  };
  return { item, readers, asks };
}

function symbolOffer(symbol: FoundSymbol): Offer {
  const place = `${displayPath(symbol.uri)}:${symbol.range.start.line + 1}`;
  return {
    item: {
      id: randomUUID(),
      label: symbol.name,
      detail: symbol.container === '' ? place : `${symbol.container} – ${place}`,
      icon: symbolIcon(symbol.kind),
      text: symbol.name,
    },
    readers: () => [id => readSymbol(id, symbol)],
  };
}

/** Whether what is typed begins a word of what a kind is called, here or in English. */
function isMeant({ label, name }: Kind, query: string): boolean {
  const wanted = query.toLowerCase();
  // One letter means a file.
  if (/^[a-z]$/.test(wanted)) return false;
  const words = `${label} ${name} ${name === 'staged' || name === 'unstaged' || name === 'commit' ? 'git diff' : ''}`;
  return words
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .some(word => word.length > 2 && word.startsWith(wanted));
}

const fileSchemes = new Set(['file', 'vscode-remote', 'vscode-vfs', 'untitled', 'vscode-notebook-cell']);

function isOpenFile({ uri }: vscode.TextDocument): boolean {
  return fileSchemes.has(uri.scheme);
}
