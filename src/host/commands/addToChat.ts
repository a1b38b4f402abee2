import * as vscode from 'vscode';
import { selectionExcerpts, symbolExcerpt } from '../workspace/excerpts.ts';
import { attachReading } from '../mentions/attachReading.ts';
import { chooseKind } from '../mentions/chooseKind.ts';
import { offeredKinds } from '../mentions/kinds.ts';
import { readersOfPicked } from '../mentions/pickedChanges.ts';
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
    /**
     * Files and folders of the explorer, the one that was clicked or all that are selected with it, or the file of a tab;
     * a tab without one, such as that of the settings, passes none.
     */
    files: async (clicked: unknown, selected: unknown) => {
      const all = Array.isArray(selected) ? selected.filter(uri => uri instanceof vscode.Uri) : [];
      const uris = all.length > 0 ? all : clicked instanceof vscode.Uri ? [clicked] : [];
      const none: Reader = () => ({ refusal: vscode.l10n.t('Open the file to add.') });
      await add(...(uris.length === 0 ? [none] : await Promise.all(uris.map(readerOf))));
    },
    /** Of the terminal whose menu was opened; elsewhere of the one that is active. */
    terminal: (clicked: unknown) => add(id => readTerminal(id, terminalOf(clicked))),
    problems: () => add(id => readProblems(id)),
    /** Of a group, of folders or of files in the source control view; elsewhere it asks which. */
    changes: async (...resources: unknown[]) => {
      const readers = await readersOfPicked(resources);
      await add(...(readers ?? (await chooseChanges())));
    },
  };
}

/** As the editor gives it to commands of its menus: the API has no class to tell it by. */
function terminalOf(clicked: unknown): vscode.Terminal | undefined {
  return vscode.window.terminals.find(terminal => terminal === clicked) ?? vscode.window.activeTerminal;
}

async function readerOf(uri: vscode.Uri): Promise<Reader> {
  const type = await vscode.workspace.fs.stat(uri).then(
    stat => stat.type,
    () => vscode.FileType.Unknown,
  );
  return id => ((type & vscode.FileType.Directory) !== 0 ? readFolder(id, uri) : readFile(id, uri));
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
