import * as vscode from 'vscode';
import { terminalText } from '../../core/context/terminalText.ts';
import { showInformation, showWarning } from '../show.ts';

/** Puts a block of code of an answer where the user wants it. Nothing of it runs by itself. */
export async function useCode(
  action: 'insert' | 'newFile' | 'terminal',
  text: string,
  language: string,
): Promise<void> {
  switch (action) {
    case 'insert':
      await insert(text);
      return;
    case 'newFile':
      await openNew(text, language);
      return;
    case 'terminal':
      await putIntoTerminal(text);
  }
}

/** At the cursor, or in place of the selection, as one step to undo. */
async function insert(text: string): Promise<void> {
  // The view has the focus, so no editor counts as active where the chat was clicked last.
  const editor = vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors[0];
  if (!editor) {
    void showInformation(vscode.l10n.t('Open a file first: the code goes to its cursor.'));
    return;
  }
  const done = await editor.edit(edit => {
    for (const selection of editor.selections) edit.replace(selection, text);
  });
  if (done) await vscode.window.showTextDocument(editor.document, editor.viewColumn);
  else void showWarning(vscode.l10n.t('This file can’t be edited.'));
}

async function openNew(text: string, named: string): Promise<void> {
  const known = new Set(await vscode.languages.getLanguages());
  const language = aliases[named.toLowerCase()] ?? named.toLowerCase();
  const document = await vscode.workspace.openTextDocument({
    content: text,
    ...(known.has(language) && { language }),
  });
  await vscode.window.showTextDocument(document);
}

/** Names that answers use for languages which the editor calls otherwise. */
const aliases: Record<string, string> = {
  ts: 'typescript',
  tsx: 'typescriptreact',
  js: 'javascript',
  jsx: 'javascriptreact',
  py: 'python',
  rb: 'ruby',
  rs: 'rust',
  sh: 'shellscript',
  bash: 'shellscript',
  zsh: 'shellscript',
  'c++': 'cpp',
  'c#': 'csharp',
  cs: 'csharp',
  md: 'markdown',
  yml: 'yaml',
};

/** Stands at the prompt and waits for the user's Enter. */
async function putIntoTerminal(code: string): Promise<void> {
  const text = terminalText(code);
  const terminal = vscode.window.activeTerminal ?? (await newTerminal());
  terminal.show();
  if (!text.includes('\n')) {
    terminal.sendText(text, false);
    return;
  }
  // Several lines may run as they arrive, so they go the editor's own way, which warns.
  await vscode.env.clipboard.writeText(text);
  await vscode.commands.executeCommand('workbench.action.terminal.paste');
}

/** Milliseconds that a shell may take to its first prompt. */
const promptWithinMs = 2_000;

/** One that stands at its prompt: what comes before would be shown twice. */
async function newTerminal(): Promise<vscode.Terminal> {
  const terminal = vscode.window.createTerminal();
  terminal.show();
  await new Promise<void>(resolve => {
    const end = (): void => {
      clearTimeout(timer);
      listener.dispose();
      resolve();
    };
    const timer = setTimeout(end, promptWithinMs);
    // Of shells that the editor is integrated with; of others the time has to do.
    const listener = vscode.window.onDidChangeTerminalShellIntegration(event => {
      if (event.terminal === terminal) end();
    });
  });
  return terminal;
}
