import {
  added,
  type BudgetUse,
  type NamedAmounts,
  noAmounts,
  type UsageAmounts,
  type UsagePeriod,
  type UsageReport,
  type UsageSpanChoice,
} from '../../shared/usageReport.ts';
import type { UsageCell, UsageLedger } from './ledger.ts';
import { dayOf, isDay, plusDays, plusMonths, startOfDay } from './localDays.ts';

/** From so many days on, months are shown: the days would be too narrow to be seen. */
const mostDays = 92;
/** A longer span ends there: nobody has used this for so long, and each month is asked for. */
const mostMonths = 240;

/** The days that are meant, first and last. Of a span that ends before it begins the ends change places. */
export function daysOf(choice: UsageSpanChoice, today: string): { from: string; to: string } {
  switch (choice.kind) {
    case 'days':
      return { from: plusDays(today, 1 - choice.count), to: today };
    case 'months':
      return { from: plusMonths(today, 1 - choice.count), to: today };
    case 'custom': {
      const [from = today, to = today] = [choice.from, choice.to].filter(isDay).sort();
      const earliest = plusMonths(to, -mostMonths);
      return { from: from < earliest ? earliest : from, to };
    }
  }
}

/** The moments that the days span: from the first on, before the second. */
export function momentsOf(days: { from: string; to: string }, timeZone: string): { from: number; to: number } {
  return { from: startOfDay(days.from, timeZone), to: startOfDay(plusDays(days.to, 1), timeZone) };
}

/** What the ledger has of a span, by the days of that time zone. */
export async function reportUsage(
  ledger: Pick<UsageLedger, 'cells'>,
  choice: UsageSpanChoice,
  { now, timeZone, budgets = [] }: { now: number; timeZone: string; budgets?: BudgetUse[] },
): Promise<UsageReport> {
  const { from, to } = daysOf(choice, dayOf(now, timeZone));
  const unit = choice.kind === 'months' || plusDays(from, mostDays) <= to ? 'month' : 'day';
  const starts = startsOf(from, to, unit);
  const ends = [...starts.slice(1), plusDays(to, 1)];
  const moments = [...starts, plusDays(to, 1)].map(day => startOfDay(day, timeZone));
  const cells = await ledger.cells(
    ends.map((_, index) => ({ from: moments[index] ?? 0, to: moments[index + 1] ?? 0 })),
  );
  const periods = starts.map((start, index): UsagePeriod => {
    const mine = cells.filter(({ period }) => period === index);
    return { start, total: totalOf(mine), models: byName(mine, ({ model }) => model) };
  });
  return {
    from,
    to,
    unit,
    periods,
    total: totalOf(cells),
    models: byName(cells, ({ model }) => model),
    origins: byName(cells, ({ origin }) => origin),
    budgets,
  };
}

function startsOf(from: string, to: string, unit: 'day' | 'month'): string[] {
  const starts: string[] = [];
  for (let day = from; day <= to; day = unit === 'day' ? plusDays(day, 1) : plusMonths(day, 1)) starts.push(day);
  return starts;
}

function totalOf(cells: readonly UsageCell[]): UsageAmounts {
  return cells.reduce((sum: UsageAmounts, { amounts }) => added(sum, amounts), noAmounts);
}

function byName(cells: readonly UsageCell[], nameOf: (cell: UsageCell) => string): NamedAmounts[] {
  return [...Map.groupBy(cells, nameOf)]
    .map(([name, mine]) => ({ name, ...totalOf(mine) }))
    .sort((a, b) => b.costUsd - a.costUsd || b.requests - a.requests || a.name.localeCompare(b.name));
}
