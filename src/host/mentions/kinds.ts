import * as vscode from 'vscode';
import { displayPath, selectionExcerpts } from '../workspace/excerpts.ts';
import { gitApi, type GitRepository } from '../workspace/git.ts';
import { chooseCommit, chooseFiles, chooseFolder, chooseRepository, chooseSymbol } from './choose.ts';
import { addressReaders } from './readAddress.ts';
import { readCommit, readStaged, readUnstaged } from './readChanges.ts';
import { readDocument, readExcerpt, readFile } from './readFile.ts';
import { readFolder } from './readFolder.ts';
import { countProblems, readProblems } from './readProblems.ts';
import { readTerminal } from './readTerminal.ts';
import type { Reader, Reading } from './reading.ts';
import { readSymbol } from './symbols.ts';

/** Something that can be attached without naming it by its path. */
export interface Kind {
  name: KindName;
  label: string;
  detail?: string;
  /** Of the codicons. */
  icon: string;
  /** One after the other: what is chosen may be several. */
  readers: () => Reader[] | Promise<Reader[]>;
  /** Whether `readers` asks the user something. */
  asks?: boolean;
}

export type KindName =
  | 'selection'
  | 'file'
  | 'symbol'
  | 'problemsHere'
  | 'problems'
  | 'staged'
  | 'unstaged'
  | 'commit'
  | 'terminal'
  | 'folder'
  | 'files'
  | 'address'
  | 'conversation'
  | 'resource';

const longestGitWaitMs = 100;

/** What there is to attach now, the likeliest first. */
export async function offeredKinds(): Promise<Kind[]> {
  const kinds: (Kind | undefined)[] = [
    selection(),
    currentFile(),
    { name: 'symbol', label: vscode.l10n.t('Symbol…'), icon: 'symbol-method', readers: symbolReaders, asks: true },
    problemsHere(),
    problems(),
    ...(await changes()),
    terminal(),
    { name: 'folder', label: vscode.l10n.t('Folder…'), icon: 'folder', readers: folderReaders, asks: true },
    {
      name: 'files',
      label: vscode.l10n.t('File, Image or PDF…'),
      icon: 'file-media',
      readers: fileReaders,
      asks: true,
    },
    {
      name: 'address',
      label: vscode.l10n.t('Image or PDF by URL…'),
      icon: 'link',
      readers: addressReaders,
      asks: true,
    },
  ];
  return kinds.filter(kind => kind !== undefined);
}

function selection(): Kind | undefined {
  const editor = vscode.window.activeTextEditor;
  const excerpts = editor ? selectionExcerpts(editor) : [];
  const [first] = excerpts;
  if (!first) return undefined;
  const lines = excerpts.map(({ startLine, endLine }) =>
    startLine === endLine ? startLine : `${startLine}–${endLine}`,
  );
  return {
    name: 'selection',
    label: vscode.l10n.t('Selection'),
    detail: `${first.path}:${lines.join(', ')}`,
    icon: 'selection',
    readers: () => excerpts.map(excerpt => id => readExcerpt(id, 'selection', excerpt)),
  };
}

function currentFile(): Kind | undefined {
  const document = vscode.window.activeTextEditor?.document;
  if (!document) return undefined;
  return {
    name: 'file',
    label: vscode.l10n.t('Current File'),
    detail: displayPath(document.uri),
    icon: 'file',
    readers: () => [id => readDocument(id, document)],
  };
}

async function symbolReaders(): Promise<Reader[]> {
  const symbol = await chooseSymbol();
  return symbol ? [id => readSymbol(id, symbol)] : [];
}

function problemsHere(): Kind | undefined {
  const uri = vscode.window.activeTextEditor?.document.uri;
  const count = uri ? countProblems(uri) : 0;
  if (!uri || count === 0) return undefined;
  return {
    name: 'problemsHere',
    label: vscode.l10n.t('Problems of the Current File'),
    detail: `${displayPath(uri)} (${count})`,
    icon: 'warning',
    readers: () => [id => readProblems(id, uri)],
  };
}

function problems(): Kind {
  const count = countProblems();
  return {
    name: 'problems',
    label: vscode.l10n.t('Problems of the Workspace'),
    ...(count > 0 && { detail: `(${count})` }),
    icon: 'warning',
    readers: () => [id => readProblems(id)],
  };
}

async function changes(): Promise<Kind[]> {
  // The Git extension may still be starting; what else there is to attach does not wait for it.
  const git = await Promise.race([gitApi(), nothingAfter(longestGitWaitMs)]);
  if (!git || git.repositories.length === 0) return [];
  const { repositories } = git;
  const read = (reader: (id: string, repository: GitRepository) => Promise<Reading>) => async (): Promise<Reader[]> => {
    const repository = await chooseRepository(repositories);
    return repository ? [id => reader(id, repository)] : [];
  };
  const asks = repositories.length > 1;
  return [
    { name: 'staged', label: vscode.l10n.t('Staged Changes'), icon: 'git-commit', readers: read(readStaged), asks },
    {
      name: 'unstaged',
      label: vscode.l10n.t('Unstaged Changes'),
      icon: 'git-compare',
      readers: read(readUnstaged),
      asks,
    },
    {
      name: 'commit',
      label: vscode.l10n.t('Commit…'),
      icon: 'history',
      asks: true,
      readers: async () => {
        const repository = await chooseRepository(repositories);
        const commit = repository && (await chooseCommit(repository));
        return repository && commit ? [id => readCommit(id, repository, commit)] : [];
      },
    },
  ];
}

function nothingAfter(milliseconds: number): Promise<undefined> {
  return new Promise(resolve => setTimeout(() => resolve(undefined), milliseconds));
}

function terminal(): Kind | undefined {
  const active = vscode.window.activeTerminal;
  if (!active) return undefined;
  return {
    name: 'terminal',
    label: vscode.l10n.t('Terminal Selection'),
    detail: active.name,
    icon: 'terminal',
    readers: () => [readTerminal],
  };
}

async function fileReaders(): Promise<Reader[]> {
  return (await chooseFiles()).map(uri => (id: string) => readFile(id, uri));
}

async function folderReaders(): Promise<Reader[]> {
  const uri = await chooseFolder();
  return uri ? [id => readFolder(id, uri)] : [];
}
