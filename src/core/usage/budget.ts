import type { BudgetUse } from '../../shared/usageReport.ts';
import type { UsageLedger } from './ledger.ts';
import { dayOf, plusMonths, startOfDay } from './localDays.ts';

/** US dollars; 0: none. */
export interface Budgets {
  dayUsd: number;
  monthUsd: number;
}

/** From this share on the user is told, once for each day or month and budget. */
const warningShare = 0.8;

/** How much of the budgets that are set is used, by the days of that time zone; all windows share the ledger. */
export async function budgetUses(
  ledger: Pick<UsageLedger, 'spentSince'>,
  budgets: Budgets,
  { now, timeZone }: { now: number; timeZone: string },
): Promise<BudgetUse[]> {
  const today = dayOf(now, timeZone);
  const limits = [
    { period: 'day', limitUsd: budgets.dayUsd, from: today },
    { period: 'month', limitUsd: budgets.monthUsd, from: plusMonths(today, 0) },
  ] as const;
  const set = limits.filter(({ limitUsd }) => limitUsd > 0);
  return Promise.all(
    set.map(async ({ period, limitUsd, from }) => {
      const { costUsd, unpricedRequests } = await ledger.spentSince(startOfDay(from, timeZone));
      return { period, spentUsd: costUsd, limitUsd, unpricedRequests };
    }),
  );
}

/** The budget that lets nothing more go out; of two the one that lasts longer. */
export function usedUp(uses: readonly BudgetUse[]): BudgetUse | undefined {
  return uses.findLast(({ spentUsd, limitUsd }) => spentUsd >= limitUsd);
}

/** The budgets that are nearly used up, of which this is the first to hear. */
export async function toWarnOf(
  uses: readonly BudgetUse[],
  ledger: Pick<UsageLedger, 'firstTime'>,
  { now, timeZone }: { now: number; timeZone: string },
): Promise<BudgetUse[]> {
  const today = dayOf(now, timeZone);
  const nearlyUsed = uses.filter(({ spentUsd, limitUsd }) => spentUsd >= limitUsd * warningShare);
  // Another budget, once set, is worth another word.
  const isNews = await Promise.all(
    nearlyUsed.map(({ period, limitUsd }) =>
      ledger.firstTime(`${period} ${period === 'day' ? today : today.slice(0, 7)} ${limitUsd}`),
    ),
  );
  return nearlyUsed.filter((_, at) => isNews[at]);
}
