import type { NamedAmounts } from '../../shared/usageReport.ts';
import { t } from '../ui/l10n.ts';
import { language } from '../ui/language.ts';
import { formatCount } from '../ui/numberText.ts';
import type { Measure } from './choices.ts';
import { measured, measureText } from './usageText.ts';

interface Props {
  title: string;
  /** What the rows are called. */
  column: string;
  rows: readonly NamedAmounts[];
  measure: Measure;
  /** Of the bars, by name; one for all where absent. */
  colours?: ReadonlyMap<string, string>;
}

/** Bars that are a table, so that there is one thing to see and to hear. */
export function AmountTable({ title, column, rows, measure, colours }: Props) {
  const total = rows.reduce((sum, row) => sum + measured(row, measure), 0);
  const sorted = rows.toSorted((a, b) => measured(b, measure) - measured(a, measure));
  const highest = Math.max(...rows.map(row => measured(row, measure)), 0);
  return (
    <section class="usage-section">
      <h2>{title}</h2>
      <table class="usage-table">
        <thead>
          <tr>
            <th scope="col">{column}</th>
            <th scope="col">{measure === 'cost' ? t('Cost') : t('Tokens')}</th>
            <th scope="col" class="wide-only">
              {t('Share')}
            </th>
            <th scope="col" class="wide-only">
              {t('Requests')}
            </th>
          </tr>
        </thead>
        <tbody>
          {sorted.map(row => {
            const value = measured(row, measure);
            const isUnpriced = measure === 'cost' && row.unpricedRequests > 0 && row.costUsd === 0;
            return (
              <tr key={row.name}>
                <th scope="row">
                  <span class="usage-name" title={row.name}>
                    {row.name}
                  </span>
                  <span class="usage-track" aria-hidden="true">
                    <span
                      class={colours?.get(row.name) ?? 'series-0'}
                      style={{ inlineSize: `${highest === 0 ? 0 : (value / highest) * 100}%` }}
                    />
                  </span>
                </th>
                <td>{isUnpriced ? t('no price') : measureText(value, measure)}</td>
                <td class="wide-only">{shareOf(value, total)}</td>
                <td class="wide-only">{formatCount(row.requests)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

/** Little is not nothing. */
function shareOf(value: number, total: number): string {
  const percent = new Intl.NumberFormat(language(), { style: 'percent' });
  if (value === 0) return total === 0 ? '–' : percent.format(0);
  return value / total < 0.01 ? `<${percent.format(0.01)}` : percent.format(value / total);
}
