import type { UsageAmounts } from '../../shared/usageReport.ts';
import { t } from '../ui/l10n.ts';
import { formatCount } from '../ui/numberText.ts';
import { amountText } from './usageText.ts';

/** What the whole span comes to. */
export function Totals({ total }: { total: UsageAmounts }) {
  const figures: [name: string, value: string][] = [
    [t('Cost'), amountText(total.costUsd)],
    [t('Requests'), formatCount(total.requests)],
    [t('Input tokens'), formatCount(total.inputTokens)],
    [t('Output tokens'), formatCount(total.outputTokens)],
    [t('Read from the cache'), formatCount(total.cacheReadTokens)],
    [t('Written to the cache'), formatCount(total.cacheWriteTokens)],
  ];
  return (
    <dl class="usage-totals">
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
