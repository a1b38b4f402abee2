import * as vscode from 'vscode';
import { visibleWithin } from '../../shared/visible.ts';
import type { EditorTools } from '../mcp/editorTools.ts';
import { createPicker, showInformation, type ShownItem, shownItem } from '../show.ts';

/** Characters of a description that a line of the list shows. */
const mostShown = 300;

interface ToolItem extends vscode.QuickPickItem {
  name: string;
}

/** Lists the tools of other extensions; those that are ticked are offered to models. */
export function chooseEditorTools(tools: EditorTools): void {
  const { t } = vscode.l10n;
  if (tools.all.length === 0) {
    void showInformation(t('No other extension offers tools here.'));
    return;
  }
  const picker = createPicker<ToolItem>();
  picker.canSelectMany = true;
  picker.title = shownItem({ label: t('Tools of Other Extensions') }).label;
  picker.placeholder = shownItem({
    label: t('Those that are ticked are offered in Plan and Act, and each call is asked about'),
  }).label;
  const items = tools.all.map(({ name, description }): ShownItem<ToolItem> => {
    return shownItem({ name, label: name, detail: visibleWithin(description.replace(/\s+/g, ' '), mostShown) });
  });
  picker.items = items;
  picker.selectedItems = items.filter(({ name }) => tools.isOn(name));
  picker.onDidAccept(async () => {
    const chosen = picker.selectedItems.map(({ name }) => name);
    picker.hide();
    await tools.setOn(chosen);
  });
  picker.onDidHide(() => picker.dispose());
  picker.show();
}
