import * as vscode from 'vscode';
import { budgetStopText, dollarsText } from '../../shared/budgetText.ts';
import type { BudgetUse } from '../../shared/usageReport.ts';
import { runCommand } from '../runCommand.ts';
import { showWarning } from '../show.ts';

/** Asks whether something goes out although the budget is used up. */
export async function maySendAnyway(use: BudgetUse): Promise<boolean> {
  const sendAnyway = vscode.l10n.t('Send Anyway');
  const { title, text } = budgetStopText(use, vscode.l10n.t, vscode.env.language);
  return (await offer(`${title} ${text}`, sendAnyway)) === sendAnyway;
}

/** Says how much of a budget is used. */
export async function warnOfBudget({ period, spentUsd, limitUsd }: BudgetUse): Promise<void> {
  const { language } = vscode.env;
  const share = new Intl.NumberFormat(language, { style: 'percent' }).format(
    Math.floor((spentUsd * 100) / limitUsd) / 100,
  );
  const limit = dollarsText(limitUsd, language);
  await offer(
    period === 'day'
      ? vscode.l10n.t('{0} of today’s budget of {1} is used.', share, limit)
      : vscode.l10n.t('{0} of this month’s budget of {1} is used.', share, limit),
  );
}

async function offer(sentence: string, ...first: string[]): Promise<string | undefined> {
  const showUsage = vscode.l10n.t('Show Usage');
  const openSettings = vscode.l10n.t('Open Settings');
  const chosen = await showWarning(sentence, ...first, showUsage, openSettings);
  if (chosen === showUsage) await runCommand('marginalia.showUsage');
  if (chosen === openSettings) await runCommand('marginalia.setBudget');
  return chosen;
}
