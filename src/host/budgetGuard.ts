import * as vscode from 'vscode';
import { type Budgets, budgetUses, toWarnOf, usedUp } from '../core/usage/budget.ts';
import type { UsageLedger } from '../core/usage/ledger.ts';
import { isTimeZone, ownTimeZone } from '../core/usage/localDays.ts';
import type { BudgetUse } from '../shared/usageReport.ts';
import { budgetStopText, dollarsText } from '../shared/budgetText.ts';
import { runCommand } from './runCommand.ts';
import { showWarning } from './show.ts';

export interface BudgetGuardPorts {
  ledger: UsageLedger;
  budgets: () => Budgets;
  /** The ledger could not be read; that stops nothing. */
  failed: (error: unknown) => void;
}

/** Knows how much of the user's budgets is used. Read anew each time: other windows spend from them, too. */
export class BudgetGuard {
  readonly #ports: BudgetGuardPorts;
  #timeZone = ownTimeZone();

  constructor(ports: BudgetGuardPorts) {
    this.#ports = ports;
  }

  /** Where the user is, which is not always where this runs. */
  set timeZone(name: string) {
    if (isTimeZone(name)) this.#timeZone = name;
  }

  async uses(): Promise<BudgetUse[]> {
    const budgets = this.#ports.budgets();
    if (budgets.dayUsd <= 0 && budgets.monthUsd <= 0) return [];
    try {
      return await budgetUses(this.#ports.ledger, budgets, this.#when);
    } catch (error) {
      this.#ports.failed(error);
      return [];
    }
  }

  /** The budget that lets nothing more go out, where there is one. */
  async usedUp(): Promise<BudgetUse | undefined> {
    return usedUp(await this.uses());
  }

  /** A request has ended: says it where little of a budget is left. */
  async recorded(): Promise<void> {
    try {
      const uses = await this.uses();
      for (const use of await toWarnOf(uses, this.#ports.ledger, this.#when)) void warn(use);
    } catch (error) {
      this.#ports.failed(error);
    }
  }

  /** Whether what is asked outside of the chat may go out. Resolves when the user has decided, where they have to. */
  async passes(): Promise<boolean> {
    const use = await this.usedUp();
    if (!use) return true;
    const sendAnyway = vscode.l10n.t('Send Anyway');
    const { title, text } = budgetStopText(use, vscode.l10n.t, vscode.env.language);
    return (await offer(`${title} ${text}`, sendAnyway)) === sendAnyway;
  }

  get #when(): { now: number; timeZone: string } {
    return { now: Date.now(), timeZone: this.#timeZone };
  }
}

async function warn({ period, spentUsd, limitUsd }: BudgetUse): Promise<void> {
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
