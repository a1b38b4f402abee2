import * as vscode from 'vscode';
import type { EditRules } from '../../core/tools/editRules.ts';
import { isFields } from '../../shared/json.ts';
import { readShellRules, saveShellRules } from '../config.ts';
import { pickOne } from '../show.ts';

interface RuleItem extends vscode.QuickPickItem {
  takeBack: () => Promise<void>;
}

/** Lists what the user lets tools do without asking; a rule that is chosen is taken back. */
export async function listRules(editRules: EditRules): Promise<void> {
  const { t } = vscode.l10n;
  for (;;) {
    const items = [...editItems(editRules), ...commandItems()];
    if (items.length === 0) {
      await pickOne([{ label: t('Nothing is allowed without asking.') }], { placeHolder: t('Rules of Tools') });
      return;
    }
    const chosen = await pickOne(items, {
      title: t('Rules of Tools'),
      placeHolder: t('Choose a rule to take it back'),
    });
    if (!chosen) return;
    await chosen.takeBack();
  }
}

function editItems(rules: EditRules): RuleItem[] {
  return rules.list.map(rule => ({
    label: vscode.l10n.t('Edits of {0}', rule),
    description: vscode.l10n.t('in this workspace'),
    iconPath: new vscode.ThemeIcon('edit'),
    takeBack: () => rules.remove(rule),
  }));
}

/** Those of the user's setting that allow. */
function commandItems(): RuleItem[] {
  const { user } = readShellRules();
  const all: unknown[] = Array.isArray(user) ? user : [];
  return all.flatMap((rule): RuleItem[] => {
    if (!isFields(rule) || rule['decision'] !== 'allow' || typeof rule['command'] !== 'string') return [];
    const { command, folder } = rule;
    return [
      {
        label: vscode.l10n.t('Command {0}', command),
        description: typeof folder === 'string' ? folder : vscode.l10n.t('everywhere'),
        iconPath: new vscode.ThemeIcon('terminal'),
        takeBack: () => saveShellRules(all.filter(other => other !== rule)),
      },
    ];
  });
}
