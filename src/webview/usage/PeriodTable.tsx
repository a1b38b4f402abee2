import { tokensOf, type UsageReport } from '../../shared/usageReport.ts';
import { t } from '../ui/l10n.ts';
import { formatCount } from '../ui/numberText.ts';
import { amountText, periodText } from './usageText.ts';

/** The numbers of the chart; of the days or months on which something was asked. */
export function PeriodTable({ report: { periods, unit } }: { report: UsageReport }) {
  return (
    <details>
      <summary>{t('Show as Table')}</summary>
      <table class="usage-table">
        <thead>
          <tr>
            <th scope="col">{unit === 'day' ? t('Day') : t('Month')}</th>
            <th scope="col">{t('Cost')}</th>
            <th scope="col">{t('Tokens')}</th>
            <th scope="col" class="wide-only">
              {t('Requests')}
            </th>
          </tr>
        </thead>
        <tbody>
          {periods
            .filter(({ total }) => total.requests > 0)
            .map(({ start, total }) => (
              <tr key={start}>
                <th scope="row">{periodText(start, unit)}</th>
                <td>{amountText(total.costUsd)}</td>
                <td>{formatCount(tokensOf(total))}</td>
                <td class="wide-only">{formatCount(total.requests)}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </details>
  );
}
