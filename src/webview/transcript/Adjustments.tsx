import { adjustmentText } from '../../shared/adjustmentText.ts';
import type { Adjustment } from '../../shared/adjustment.ts';
import { t } from '../ui/l10n.ts';
import { language } from '../ui/language.ts';
import { listText } from '../../shared/listText.ts';

/** What was sent otherwise than it was set: one line, the reasons behind it. */
export function Adjustments({ adjustments }: { adjustments: Adjustment[] }) {
  return (
    <details class="adjustments">
      <summary>
        {t('Adjusted in this request: {0}', listText([...new Set(adjustments.map(({ field }) => field))], language()))}
      </summary>
      <ul>
        {adjustments.map(adjustment => (
          <li key={`${adjustment.field} ${adjustment.reason}`}>{adjustmentText(adjustment, t)}</li>
        ))}
      </ul>
    </details>
  );
}
