import * as vscode from 'vscode';
import { type Parameters, parseParameters } from '../../shared/parameters.ts';
import type { ChatController } from '../chatController.ts';
import { listText } from '../../shared/listText.ts';

const presetsKey = 'parameterPresets';

/** Keeps the conversation's parameters under a name. */
export async function savePreset(chat: ChatController, memento: vscode.Memento): Promise<void> {
  const { parameters } = chat.session.unsent;
  if (Object.keys(parameters).length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('This conversation has no parameters of its own that could be saved.'),
    );
    return;
  }
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t('Save Parameters as Preset'),
    prompt: vscode.l10n.t('A preset of the same name is replaced.'),
    validateInput: text => (text.trim() === '' ? vscode.l10n.t('A name is needed.') : undefined),
  });
  if (name === undefined) return;
  await memento.update(presetsKey, { ...read(memento), [name.trim()]: parameters });
}

interface PresetItem extends vscode.QuickPickItem {
  parameters: Parameters;
}

/** Gives the conversation the parameters of a preset, in place of its own. A preset can be deleted here too. */
export function applyPreset(chat: ChatController, memento: vscode.Memento): void {
  const picker = vscode.window.createQuickPick<PresetItem>();
  const remove: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('trash'),
    tooltip: vscode.l10n.t('Delete Preset'),
  };
  const list = (): void => {
    picker.items = [
      { label: vscode.l10n.t('Settings only'), description: vscode.l10n.t('no parameters of its own'), parameters: {} },
      ...Object.entries(read(memento)).map(([label, stored]) => {
        const parameters = parseParameters(stored);
        return {
          label,
          description: listText(Object.keys(parameters), vscode.env.language),
          parameters,
          buttons: [remove],
        };
      }),
    ];
  };
  list();
  picker.title = vscode.l10n.t('Apply Preset');
  picker.placeholder = vscode.l10n.t('The parameters of this conversation are replaced');
  picker.onDidTriggerItemButton(({ item }) => {
    const others = Object.entries(read(memento)).filter(([name]) => name !== item.label);
    void memento.update(presetsKey, Object.fromEntries(others)).then(list);
  });
  const { session } = chat;
  picker.onDidAccept(() => {
    const [chosen] = picker.selectedItems;
    if (chosen) session.unsent.parameters = chosen.parameters;
    picker.hide();
  });
  picker.onDidHide(() => picker.dispose());
  picker.show();
}

function read(memento: vscode.Memento): Record<string, unknown> {
  return memento.get<Record<string, unknown>>(presetsKey) ?? {};
}
