import * as vscode from 'vscode';
import { pickOne } from '../show.ts';
import type { Kind } from './kinds.ts';

/** Asks which of these is meant. */
export async function chooseKind(kinds: readonly Kind[], placeHolder: string): Promise<Kind | undefined> {
  const items = kinds.map(offered => ({
    label: offered.label,
    ...(offered.detail !== undefined && { description: offered.detail }),
    iconPath: new vscode.ThemeIcon(offered.icon),
    offered,
  }));
  const title = vscode.l10n.t('Attach');
  return (await pickOne(items, { title, placeHolder, matchOnDescription: true }))?.offered;
}
