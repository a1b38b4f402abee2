import { tokensOf, type BudgetUse, type UsageAmounts, type UsageReport } from '../../shared/usageReport.ts';
import type { Translate } from '../../shared/translate.ts';
import { language } from '../ui/language.ts';
import { costText, formatCount } from '../ui/numberText.ts';
import type { Measure } from './choices.ts';

/** The number that a chart shows of the amounts. */
export function measured(amounts: UsageAmounts, measure: Measure): number {
  return measure === 'cost' ? amounts.costUsd : tokensOf(amounts);
}

export function measureText(value: number, measure: Measure): string {
  return measure === 'cost' ? amountText(value) : formatCount(value);
}

/** Nothing is nothing, and not less than a cent. */
export function amountText(usd: number): string {
  if (usd > 0) return costText(usd);
  return currency(0, 0);
}

/** For the scale of a chart, where there is little room. */
export function scaleText(value: number, measure: Measure): string {
  if (measure === 'tokens') {
    return new Intl.NumberFormat(language(), { notation: 'compact', maximumFractionDigits: 1 }).format(value);
  }
  return currency(value, value >= 10 || value === 0 ? 0 : value >= 0.1 ? 2 : 4);
}

function currency(usd: number, digits: number): string {
  return new Intl.NumberFormat(language(), {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: Math.min(digits, 2),
    maximumFractionDigits: digits,
  }).format(usd);
}

/** A day, or the month that it begins, in full. */
export function periodText(start: string, unit: UsageReport['unit']): string {
  return calendar(start, unit === 'day' ? { dateStyle: 'full' } : { year: 'numeric', month: 'long' });
}

/** The same for the axis of a chart. */
export function tickText(start: string, unit: UsageReport['unit']): string {
  return calendar(start, unit === 'day' ? { month: 'short', day: 'numeric' } : { year: '2-digit', month: 'short' });
}

export function spanText({ from, to }: Pick<UsageReport, 'from' | 'to'>): string {
  const format = new Intl.DateTimeFormat(language(), { dateStyle: 'medium', timeZone: 'UTC' });
  return format.formatRange(Date.parse(from), Date.parse(to));
}

function calendar(day: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(language(), { ...options, timeZone: 'UTC' }).format(Date.parse(day));
}

export function requestsText(count: number, t: Translate): string {
  return count === 1 ? t('1 request') : t('{0} requests', formatCount(count));
}

export function unpricedText(count: number, t: Translate): string {
  return count === 1
    ? t('1 request has no known price and is not in the cost.')
    : t('{0} requests have no known price and are not in the cost.', formatCount(count));
}

export function budgetText({ period, spentUsd, limitUsd }: BudgetUse, t: Translate): string {
  const [spent, limit] = [amountText(spentUsd), amountText(limitUsd)];
  return period === 'day' ? t('Today: {0} of {1}', spent, limit) : t('This month: {0} of {1}', spent, limit);
}

/** The top of a scale that the highest value fits under, and that reads well: 1, 2 or 5 of some power of ten. */
export function scaleTop(highest: number): number {
  if (highest <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(highest));
  return ([1, 2, 5, 10].find(step => step * power >= highest * (1 - 1e-9)) ?? 10) * power;
}
