/* A fresh editor shows its own, empty, chat first; a person would have to know that there is something to open. */
const { env } = require('node:process');
const vscode = require('vscode');

exports.activate = async context => {
  if (context.globalState.get('opened')) return;
  await context.globalState.update('opened', true);
  const folder = vscode.workspace.workspaceFolders?.[0];
  const file = env.MARGINALIA_DEMO_FILE;
  if (folder && file) {
    await vscode.window.showTextDocument(vscode.Uri.joinPath(folder.uri, file), { preview: false });
  }
  await vscode.commands.executeCommand('marginalia.openChat');
};
