import * as vscode from 'vscode';
import { codeColoursOf, parseCustomizations, parseTokenRules } from '../../core/theme/tokenColours.ts';
import { textWithin } from '../workspace/bytesWithin.ts';
import { parseCommentedJson } from '../../shared/commentedJson.ts';
import type { TokenRule } from '../../core/theme/tokenColours.ts';
import type { CodeColours } from '../../shared/codeColours.ts';

/** Themes include one another a few levels deep; this ends those that include themselves. */
const mostIncludes = 8;

/**
 * The colours of code in the theme that the window shows. The editor hands webviews the colours of its own parts only,
 * so the theme's file is read. Empty where there is none to be found: then the view has colours of its own.
 */
export async function readCodeColours(): Promise<CodeColours> {
  const name = themeName();
  const file = themeFile(name);
  const rules = file ? await readRules(file, 0).catch(() => []) : [];
  if (rules.length === 0) return {};
  const setting = vscode.workspace.getConfiguration('editor').get('tokenColorCustomizations');
  return codeColoursOf([...rules, ...parseCustomizations(setting, name)]);
}

/** The editor tells of another theme before the setting names it. */
const settingsThatDecide = [
  'editor.tokenColorCustomizations',
  'workbench.colorTheme',
  'workbench.preferredDarkColorTheme',
  'workbench.preferredLightColorTheme',
  'workbench.preferredHighContrastColorTheme',
  'workbench.preferredHighContrastLightColorTheme',
  'window.autoDetectColorScheme',
  'window.autoDetectHighContrast',
];

/** Calls `listener` when the colours of code may have changed. */
export function onCodeColoursChange(listener: () => void): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.window.onDidChangeActiveColorTheme(listener),
    vscode.workspace.onDidChangeConfiguration(event => {
      if (settingsThatDecide.some(name => event.affectsConfiguration(name))) listener();
    }),
  );
}

/** The editor tells extensions a theme's kind and not its name, which follows from the settings. */
function themeName(): string {
  const kind = vscode.window.activeColorTheme.kind;
  const { HighContrast, HighContrastLight, Dark } = vscode.ColorThemeKind;
  const setting = (name: string): string => vscode.workspace.getConfiguration().get<string>(name, '');
  const isHighContrast = kind === HighContrast || kind === HighContrastLight;
  if (isHighContrast && setting('window.autoDetectHighContrast')) {
    const preferred = kind === HighContrast ? 'HighContrastColorTheme' : 'HighContrastLightColorTheme';
    const chosen = setting('workbench.colorTheme');
    return /contrast/i.test(chosen) ? chosen : setting(`workbench.preferred${preferred}`);
  }
  if (!setting('window.autoDetectColorScheme')) return setting('workbench.colorTheme');
  return setting(kind === Dark ? 'workbench.preferredDarkColorTheme' : 'workbench.preferredLightColorTheme');
}

function themeFile(name: string): vscode.Uri | undefined {
  // Some were called `Default …` in earlier versions, and settings still name them so.
  const names = [name, name.replace(/^Default /, ''), `Default ${name}`];
  for (const wanted of names) {
    for (const { extensionUri, packageJSON } of vscode.extensions.all) {
      const themes: unknown = (packageJSON as { contributes?: { themes?: unknown } }).contributes?.themes;
      for (const theme of Array.isArray(themes)
        ? (themes as { id?: unknown; label?: unknown; path?: unknown }[])
        : []) {
        if ((theme.id ?? theme.label) !== wanted || typeof theme.path !== 'string') continue;
        return vscode.Uri.joinPath(extensionUri, theme.path);
      }
    }
  }
  return undefined;
}

/** Bytes: the largest themes have a tenth of it. */
const mostThemeBytes = 4 * 1024 * 1024;

async function readRules(file: vscode.Uri, depth: number): Promise<TokenRule[]> {
  const theme = parseCommentedJson((await textWithin(file, mostThemeBytes)) ?? '{}');
  const { include, tokenColors } = theme as { include?: unknown; tokenColors?: unknown };
  const folder = vscode.Uri.joinPath(file, '..');
  const included =
    typeof include === 'string' && depth < mostIncludes
      ? await readRules(vscode.Uri.joinPath(folder, include), depth + 1)
      : [];
  return [...included, ...parseTokenRules(tokenColors)];
}
