import type { Translate } from './translate.ts';
import type { BudgetUse } from './usageReport.ts';

/** What is said where a budget lets nothing more go out. `language` is that of the numbers. */
export function budgetStopText(
  { period, spentUsd, limitUsd, unpricedRequests }: BudgetUse,
  t: Translate,
  language: string | undefined,
): { title: string; text: string } {
  const [spent, limit] = [dollarsText(spentUsd, language), dollarsText(limitUsd, language)];
  const text = t('About {0} have been spent. Nothing was sent, and nothing is lost.', spent);
  const unpriced =
    unpricedRequests === 0
      ? ''
      : unpricedRequests === 1
        ? t('1 request without a known price is not counted.')
        : t(
            '{0} requests without a known price are not counted.',
            new Intl.NumberFormat(language).format(unpricedRequests),
          );
  return {
    title:
      period === 'day'
        ? t('Today’s budget of {0} is used up.', limit)
        : t('This month’s budget of {0} is used up.', limit),
    text: unpriced === '' ? text : `${text} ${unpriced}`,
  };
}

/** US dollars and cents. */
export function dollarsText(usd: number, language: string | undefined): string {
  const format = { style: 'currency', currency: 'USD', currencyDisplay: 'narrowSymbol' } as const;
  return new Intl.NumberFormat(language, format).format(usd);
}
