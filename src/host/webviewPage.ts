import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

export interface PageContent {
  title: string;
  /** Of dist/webview. */
  script: string;
  /** Of media. */
  styles: string[];
}

/**
 * The page of a webview: everything forbidden but our own files and this page's one script. It shows a word before any
 * script has run.
 */
export function webviewPage(webview: vscode.Webview, extensionUri: vscode.Uri, content: PageContent): string {
  const uri = (...path: string[]): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, ...path)).toString();
  const nonce = randomBytes(16).toString('base64url');
  const csp = [
    "default-src 'none'",
    `font-src ${webview.cspSource}`,
    `style-src ${webview.cspSource} 'nonce-${nonce}'`,
    `script-src 'nonce-${nonce}' ${webview.cspSource}`,
  ].join('; ');
  // `<` is escaped: a translation must not be able to close the script element.
  const translations = JSON.stringify(vscode.l10n.bundle ?? {}).replaceAll('<', '\\u003c');
  return `<!doctype html>
<html lang="${vscode.env.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${csp}">
<link rel="stylesheet" href="${uri('dist', 'codicons', 'codicon.css')}" id="vscode-codicon-stylesheet">
${content.styles.map(style => `<link rel="stylesheet" href="${uri('media', style)}">`).join('\n')}
<title>${content.title}</title>
</head>
<body>
<div id="app"><p class="shell">${vscode.l10n.t('Marginalia is starting…')}</p></div>
<script type="application/json" id="l10n">${translations}</script>
<script nonce="${nonce}" type="module" src="${uri('dist', 'webview', content.script)}"></script>
</body>
</html>`;
}

export function webviewPageOptions(extensionUri: vscode.Uri): vscode.WebviewOptions {
  const folder = (...path: string[]): vscode.Uri => vscode.Uri.joinPath(extensionUri, ...path);
  return {
    enableScripts: true,
    enableCommandUris: false,
    localResourceRoots: [folder('dist', 'webview'), folder('dist', 'codicons'), folder('media')],
  };
}
