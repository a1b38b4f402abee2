import * as vscode from 'vscode';
import { toolTemplate } from '../../core/tools/toolTemplate.ts';
import { isToolName, toolFileProblemText } from '../../shared/toolFile.ts';
import { askForText, pickOne } from '../show.ts';
import type { CustomTools } from '../tools/customTools.ts';
import { workspaceToolFolder } from '../tools/toolFiles.ts';

/** Makes a tool file of a name that is asked for, and opens it. One that is there already is opened as it is. */
export async function newTool(tools: CustomTools): Promise<void> {
  const place = await choosePlace(tools.userFolder);
  if (!place) return;
  const { t } = vscode.l10n;
  const name = await askForText({
    title: t('New Tool'),
    prompt: t('The name that the model calls it by'),
    placeHolder: 'look_up_price',
    validateInput: text => (isToolName(text) ? undefined : toolFileProblemText({ kind: 'badName', detail: text }, t)),
  });
  if (name === undefined) return;
  const uri = vscode.Uri.joinPath(place, `${name}.json`);
  if (!(await isThere(uri))) {
    await vscode.workspace.fs.createDirectory(place);
    const text = toolTemplate(name, t('What the tool does, and when it is of use: the model goes by this.'));
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  }
  await vscode.window.showTextDocument(uri);
}

async function choosePlace(userFolder: vscode.Uri): Promise<vscode.Uri | undefined> {
  const { t } = vscode.l10n;
  const folders = vscode.workspace.isTrusted ? (vscode.workspace.workspaceFolders ?? []) : [];
  if (folders.length === 0) return userFolder;
  const items = [
    ...folders.map(({ name, uri }) => ({
      label: t('In the folder {0}', name),
      description: workspaceToolFolder,
      place: vscode.Uri.joinPath(uri, workspaceToolFolder),
    })),
    { label: t('For me, in all workspaces'), description: '', place: userFolder },
  ];
  const chosen = await pickOne(items, { title: t('New Tool'), placeHolder: t('Where the tool file is kept') });
  return chosen?.place;
}

async function isThere(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}
