import * as vscode from 'vscode';
import { shown } from '../../shared/shown.ts';
import { proposalScheme } from './proposals.ts';
import { createPicker, shownItem } from '../show.ts';
import { mostSearchedFiles, notSearched } from '../workspace/workspacePaths.ts';

/** A file that the user has chosen, or one that shall be made. */
export type PickedFile = { uri: vscode.Uri; isNew: boolean };

interface FileItem extends vscode.QuickPickItem {
  file?: PickedFile;
}

/** Asks for a file: the one that could be made, those that were named, those that are open, and all of the workspace. */
export async function pickFile(
  title: string,
  named: readonly vscode.Uri[],
  toCreate: vscode.Uri | undefined,
): Promise<PickedFile | undefined> {
  const pick = createPicker<FileItem>();
  pick.title = shown(title);
  pick.placeholder = shown(vscode.l10n.t('Choose the file that this code is for.'));
  const create: FileItem[] = toCreate
    ? [
        {
          label: vscode.l10n.t('Create {0}', vscode.workspace.asRelativePath(toCreate)),
          iconPath: new vscode.ThemeIcon('new-file'),
          file: { uri: toCreate, isNew: true },
        },
      ]
    : [];
  const first = [...create, ...withoutTwins([...named, ...openFiles()]).map(fileItem)].map(shownItem);
  pick.items = first;
  pick.busy = true;
  void vscode.workspace.findFiles('**/*', notSearched, mostSearchedFiles).then(found => {
    const listed = new Set(first.map(item => item.file?.uri.toString()));
    const others = found.filter(uri => !listed.has(uri.toString())).map(fileItem);
    const separator = { label: vscode.l10n.t('other files'), kind: vscode.QuickPickItemKind.Separator };
    pick.items = others.length === 0 ? first : [...first, ...[separator, ...others.sort(byLabel)].map(shownItem)];
    pick.busy = false;
  });
  const chosen = await new Promise<FileItem | undefined>(resolve => {
    pick.onDidAccept(() => resolve(pick.selectedItems[0]));
    pick.onDidHide(() => resolve(undefined));
    pick.show();
  });
  pick.dispose();
  return chosen?.file;
}

/** Files in tabs, that of the active editor first. */
export function openFiles(): vscode.Uri[] {
  const active = activeEditor()?.document.uri;
  const tabs = vscode.window.tabGroups.all.flatMap(group => group.tabs);
  const inTabs = tabs.flatMap(({ input }) => (input instanceof vscode.TabInputText ? [input.uri] : []));
  return withoutTwins([...(active ? [active] : []), ...inTabs]).filter(isEditable);
}

/** The editor that the user works in; the chat view has the focus, so it need not be the active one. */
export function activeEditor(): vscode.TextEditor | undefined {
  const editor = vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors[0];
  return editor && isEditable(editor.document.uri) ? editor : undefined;
}

function isEditable({ scheme }: vscode.Uri): boolean {
  return (
    scheme !== proposalScheme && (scheme === 'untitled' || vscode.workspace.fs.isWritableFileSystem(scheme) === true)
  );
}

function fileItem(uri: vscode.Uri): FileItem {
  return { label: vscode.workspace.asRelativePath(uri), file: { uri, isNew: false } };
}

function byLabel(a: FileItem, b: FileItem): number {
  return a.label < b.label ? -1 : 1;
}

function withoutTwins(uris: readonly vscode.Uri[]): vscode.Uri[] {
  return [...new Map(uris.map(uri => [uri.toString(), uri])).values()];
}
