import * as vscode from 'vscode';
import { readSettings, saveModel } from '../config.ts';

/** The models on the endpoint's page. Any other id can be typed. */
const knownModels = [
  'claude-sonnet-4-5-20250929',
  'claude-haiku-4-5-20251001',
  'claude-opus-4-1-20250805',
  'claude-sonnet-4-5-20250929-thinking',
  'claude-opus-4-1-20250805-thinking',
];

export async function chooseModel(): Promise<void> {
  const chosen = await pick(readSettings().model);
  if (chosen !== undefined && chosen !== '') await saveModel(chosen);
}

function pick(current: string): Promise<string | undefined> {
  const picker = vscode.window.createQuickPick();
  picker.title = vscode.l10n.t('Model');
  picker.placeholder = vscode.l10n.t('Choose a model, or type any model id');
  const toItem = (label: string): vscode.QuickPickItem => ({
    label,
    ...(label === current && { description: vscode.l10n.t('current') }),
  });
  const known = knownModels.includes(current) ? knownModels : [current, ...knownModels];
  const offer = (): void => {
    const typed = picker.value.trim();
    const isNew = typed !== '' && !known.includes(typed);
    picker.items = isNew ? [...known.map(toItem), { label: typed, alwaysShow: true }] : known.map(toItem);
  };
  offer();
  picker.activeItems = picker.items.filter(item => item.label === current);
  picker.onDidChangeValue(offer);
  return new Promise(resolve => {
    picker.onDidAccept(() => {
      resolve(picker.selectedItems[0]?.label);
      picker.hide();
    });
    picker.onDidHide(() => {
      resolve(undefined);
      picker.dispose();
    });
    picker.show();
  });
}
