import * as vscode from 'vscode';
import type { CommandId } from '../../shared/commandIds.ts';
import { contentPolicy } from '../../shared/contentPolicy.ts';
import { randomUUID } from '../randomUUID.ts';

/** The commands that a page without a script can run. */
export const failurePageCommands = [
  'marginalia.reloadChat',
  'marginalia.showLog',
] as const satisfies readonly CommandId[];

/** Says that the view does not start, and what to do. Needs no script of ours: the editor itself follows its links. */
export function failurePage(): string {
  const nonce = randomUUID();
  const link = (command: (typeof failurePageCommands)[number], text: string): string =>
    `<a href="command:${command}">${escape(text)}</a>`;
  const sentence = (text: string): string => `<p>${escape(text)}</p>`;
  return `<!doctype html>
<html lang="${vscode.env.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentPolicy(`style-src 'nonce-${nonce}'`)}">
<style nonce="${nonce}">
body { padding: 16px; color: var(--vscode-foreground); line-height: 1.5; }
h1 { margin: 0 0 8px; font-size: 1.2em; font-weight: 600; }
p { margin: 0 0 8px; }
a { margin-inline-end: 16px; color: var(--vscode-textLink-foreground); text-underline-offset: 2px; }
a:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: 2px; }
</style>
<title>Marginalia</title>
</head>
<body>
<main>
<h1>${escape(vscode.l10n.t('The chat did not start'))}</h1>
${sentence(vscode.l10n.t('Your conversations and what you have typed are safe.'))}
${sentence(vscode.l10n.t('Reload the chat. If that does not help, reload the window: the editor may have lost the files of this view.'))}
<p>${link('marginalia.reloadChat', vscode.l10n.t('Reload Chat'))} ${link('marginalia.showLog', vscode.l10n.t('Show Log'))}</p>
</main>
</body>
</html>`;
}

/** Translations are text, whatever stands in them. */
function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
