import * as vscode from 'vscode';
import { selectionExcerpts, symbolExcerpt } from '../workspace/excerpts.ts';
import { gitApi } from '../workspace/git.ts';
import { attachReading } from '../mentions/attachReading.ts';
import { chooseKind } from '../mentions/chooseKind.ts';
import { offeredKinds } from '../mentions/kinds.ts';
import { readFileChanges, readStaged, readUnstaged } from '../mentions/readChanges.ts';
import { readDocument, readExcerpt, readFile } from '../mentions/readFile.ts';
import { readFolder } from '../mentions/readFolder.ts';
import { readProblems } from '../mentions/readProblems.ts';
import { readTerminal } from '../mentions/readTerminal.ts';
import type { Reader } from '../mentions/reading.ts';
import type { ChatPlace } from '../places/chatPlace.ts';
import { showInformation } from '../show.ts';

/**
 * The commands that put something beside the message from elsewhere; the keyboard stays where it is. `target` names the
 * place that is meant.
 */
export function createAddToChat(target: () => Pick<ChatPlace, 'chat' | 'reveal'>) {
  const add = async (...readers: Reader[]): Promise<void> => {
    if (readers.length === 0) return;
    const place = target();
    await place.reveal({ preserveFocus: true });
    for (const reader of readers) await attachReading(place.chat, reader);
  };
  return {
    /** The selected lines, or without any the symbol or the block at the cursor. */
    selection: async () => {
      const editor = vscode.window.activeTextEditor;
      const selected = editor ? selectionExcerpts(editor) : [];
      if (selected.length > 0) {
        await add(...selected.map(excerpt => (id: string) => readExcerpt(id, 'selection', excerpt)));
        return;
      }
      const symbol = editor && (await symbolExcerpt(editor));
      await add(id =>
        symbol
          ? readExcerpt(id, 'symbol', symbol)
          : { refusal: vscode.l10n.t('Open a file and select the code to add.') },
      );
    },
    file: () => {
      const document = vscode.window.activeTextEditor?.document;
      return add(id => (document ? readDocument(id, document) : { refusal: vscode.l10n.t('Open the file to add.') }));
    },
    /** Files and folders of the explorer: the one that was clicked, or all that are selected with it. */
    files: async (clicked: unknown, selected: unknown) => {
      const all = Array.isArray(selected) ? selected.filter(uri => uri instanceof vscode.Uri) : [];
      const uris = all.length > 0 ? all : clicked instanceof vscode.Uri ? [clicked] : [];
      await add(...(await Promise.all(uris.map(readerOf))));
    },
    terminal: () => add(readTerminal),
    problems: () => add(id => readProblems(id)),
    /** Of a group or of files in the source control view; elsewhere it asks which. */
    changes: async (...resources: unknown[]) => {
      const readers = await changeReaders(resources);
      await add(...(readers ?? (await chooseChanges())));
    },
  };
}

async function readerOf(uri: vscode.Uri): Promise<Reader> {
  const type = await vscode.workspace.fs.stat(uri).then(
    stat => stat.type,
    () => vscode.FileType.Unknown,
  );
  return id => ((type & vscode.FileType.Directory) !== 0 ? readFolder(id, uri) : readFile(id, uri));
}

/** Undefined where the command was not run on anything of a repository. */
async function changeReaders(resources: unknown[]): Promise<Reader[] | undefined> {
  const git = await gitApi();
  const [first] = resources;
  if (!git || typeof first !== 'object' || first === null) return undefined;
  if ('resourceStates' in first && 'id' in first && Array.isArray(first.resourceStates)) {
    const uris = resourceUris(first.resourceStates);
    const repository = uris[0] && git.getRepository(uris[0]);
    if (!repository) return undefined;
    return [id => (first.id === 'index' ? readStaged(id, repository) : readUnstaged(id, repository))];
  }
  const uris = resourceUris(resources);
  const repository = uris[0] && git.getRepository(uris[0]);
  return repository ? [id => readFileChanges(id, repository, uris)] : undefined;
}

function resourceUris(states: readonly unknown[]): vscode.Uri[] {
  return states.flatMap(state =>
    typeof state === 'object' && state !== null && 'resourceUri' in state && state.resourceUri instanceof vscode.Uri
      ? [state.resourceUri]
      : [],
  );
}

async function chooseChanges(): Promise<Reader[]> {
  const kinds = (await offeredKinds()).filter(({ name }) => ['staged', 'unstaged', 'commit'].includes(name));
  if (kinds.length === 0) {
    void showInformation(vscode.l10n.t('There is no Git repository open.'));
    return [];
  }
  const chosen = await chooseKind(kinds, vscode.l10n.t('Which changes?'));
  return (await chosen?.readers()) ?? [];
}
