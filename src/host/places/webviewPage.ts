import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { contentPolicy } from '../../shared/contentPolicy.ts';
import { appearanceProperties } from '../../shared/viewSettings.ts';
import { readViewSettings } from '../config.ts';
import { keepMessages } from '../../shared/earlyMessages.ts';
import { randomUUID } from '../randomUUID.ts';

export interface PageContent {
  title: string;
  /** Of dist/webview. */
  script: string;
  /** Of dist/webview. */
  styles: string[];
  /** What stands there until the script runs. */
  sentence: string;
  /** Whether messages that come before the script runs are kept for it: see earlyMessages.ts. */
  keepsMessages?: boolean;
}

/**
 * The page of a webview: everything forbidden but our own files and this page's one script. It shows a word before any
 * script has run. The editor shows a page once it has loaded with all that stands in it: so its styles are part of it,
 * and its script is imported from a script, which the page does not wait for.
 */
export function webviewPage(webview: vscode.Webview, extensionUri: vscode.Uri, content: PageContent): string {
  const uri = (...path: string[]): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, ...path)).toString();
  const nonce = randomUUID();
  const csp = contentPolicy(
    `font-src ${webview.cspSource}`,
    `style-src ${webview.cspSource} 'nonce-${nonce}'`,
    `script-src 'nonce-${nonce}' ${webview.cspSource}`,
  );
  const appearance = Object.entries(appearanceProperties(readViewSettings()))
    .map(([property, value]) => `${property}: ${value};`)
    .join(' ');
  const folder = join(extensionUri.fsPath, 'dist', 'webview');
  const styles = content.styles
    .map(style => readFileSync(join(folder, style), 'utf8'))
    .join('\n')
    .replaceAll(/\.\/codicon\.ttf\?\w*/g, uri('dist', 'codicons', 'codicon.ttf'));
  // `<` is escaped: a translation must not be able to close the script element.
  const translations = JSON.stringify(vscode.l10n.bundle ?? {}).replaceAll('<', '\\u003c');
  const importFrom = (file: string): string => `import(${JSON.stringify(uri('dist', 'webview', file))})`;
  return `<!doctype html>
<html lang="${vscode.env.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${csp}">
<script nonce="${nonce}">${content.keepsMessages ? keepMessages : ''}
${importFrom(content.script)}.catch(() => acquireVsCodeApi().postMessage({ type: 'scriptFailed' }));
${importsOf(folder, content.script).map(importFrom).join(';\n')}</script>
<style nonce="${nonce}">:root { ${appearance} }
${styles}</style>
<title>${content.title}</title>
</head>
<body>
<div id="app"><p class="shell">${content.sentence}</p></div>
<script type="application/json" id="l10n">${translations}</script>
</body>
</html>`;
}

/** What `script` imports from the start, asked for with it: the page would learn of it only when it has the script. */
function importsOf(folder: string, script: string): string[] {
  return JSON.parse(readFileSync(join(folder, `${script}.imports.json`), 'utf8')) as string[];
}

export function webviewPageOptions(extensionUri: vscode.Uri): vscode.WebviewOptions {
  const folder = (...path: string[]): vscode.Uri => vscode.Uri.joinPath(extensionUri, ...path);
  return {
    enableScripts: true,
    enableCommandUris: false,
    localResourceRoots: [folder('dist', 'webview'), folder('dist', 'codicons')],
  };
}
