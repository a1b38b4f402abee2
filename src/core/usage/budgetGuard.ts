import type { BudgetUse } from '../../shared/usageReport.ts';
import { type Budgets, budgetUses, toWarnOf, usedUp } from './budget.ts';
import type { UsageLedger } from './ledger.ts';
import { isTimeZone, ownTimeZone } from './localDays.ts';

export interface BudgetGuardPorts {
  ledger: Pick<UsageLedger, 'spentSince' | 'firstTime'>;
  budgets: () => Budgets;
  /** The ledger could not be read; that stops nothing. */
  failed: (error: unknown) => void;
  /** Little of the budget is left. */
  warn: (use: BudgetUse) => void;
  /** Asks whether something goes out although the budget is used up. */
  maySendAnyway: (use: BudgetUse) => Promise<boolean>;
  /** Milliseconds since the epoch. */
  now: () => number;
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
      for (const use of await toWarnOf(uses, this.#ports.ledger, this.#when)) this.#ports.warn(use);
    } catch (error) {
      this.#ports.failed(error);
    }
  }

  /** Whether what is asked outside of the chat may go out. Resolves when the user has decided, where they have to. */
  async passes(): Promise<boolean> {
    const use = await this.usedUp();
    return !use || this.#ports.maySendAnyway(use);
  }

  get #when(): { now: number; timeZone: string } {
    return { now: this.#ports.now(), timeZone: this.#timeZone };
  }
}
