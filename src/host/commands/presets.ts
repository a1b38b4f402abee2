import * as vscode from 'vscode';
import { parseParameters } from '../../shared/parameterProblem.ts';
import type { Parameters } from '../../shared/parameters.ts';
import type { ChatController } from '../chatController.ts';
import { listText } from '../../shared/listText.ts';
import { shown } from '../../shared/shown.ts';
import { askForText, createPicker, showInformation, shownItem } from '../show.ts';

const presetsKey = 'parameterPresets';

/** Keeps the conversation's parameters under a name. */
export async function savePreset(chat: ChatController, memento: vscode.Memento): Promise<void> {
  const { parameters } = (await chat.open()).unsent;
  if (Object.keys(parameters).length === 0) {
    void showInformation(vscode.l10n.t('This conversation has no parameters of its own that could be saved.'));
    return;
  }
  const name = await askForText({
    title: vscode.l10n.t('Save Parameters as Preset'),
    prompt: vscode.l10n.t('A preset of the same name is replaced.'),
    validateInput: text => (text.trim() === '' ? vscode.l10n.t('A name is needed.') : undefined),
  });
  if (name === undefined) return;
  await memento.update(presetsKey, { ...read(memento), [name.trim()]: parameters });
}

interface PresetItem extends vscode.QuickPickItem {
  /** The preset's; undefined where it is none. */
  name?: string;
  parameters: Parameters;
}

/** Gives the conversation the parameters of a preset, in place of its own. A preset can be deleted here too. */
export async function applyPreset(chat: ChatController, memento: vscode.Memento): Promise<void> {
  const session = await chat.open();
  const picker = createPicker<PresetItem>();
  const remove: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('trash'),
    tooltip: vscode.l10n.t('Delete Preset'),
  };
  const list = (): void => {
    const items: PresetItem[] = [
      { label: vscode.l10n.t('Settings only'), description: vscode.l10n.t('no parameters of its own'), parameters: {} },
      ...Object.entries(read(memento)).map(([name, stored]) => {
        const parameters = parseParameters(stored);
        return {
          name,
          label: name,
          description: listText(Object.keys(parameters), vscode.env.language),
          parameters,
          buttons: [remove],
        };
      }),
    ];
    picker.items = items.map(shownItem);
  };
  list();
  picker.title = shown(vscode.l10n.t('Apply Preset'));
  picker.placeholder = shown(vscode.l10n.t('The parameters of this conversation are replaced'));
  picker.onDidTriggerItemButton(({ item }) => {
    const others = Object.entries(read(memento)).filter(([name]) => name !== item.name);
    void memento.update(presetsKey, Object.fromEntries(others)).then(list);
  });
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
