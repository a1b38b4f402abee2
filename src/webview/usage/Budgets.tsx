import type { BudgetUse } from '../../shared/usageReport.ts';
import { t } from '../ui/l10n.ts';
import { budgetText } from './usageText.ts';

/** How much of the user's budgets is left. */
export function Budgets({ uses, setBudget }: { uses: readonly BudgetUse[]; setBudget: () => void }) {
  return (
    <section class="usage-budgets" aria-label={t('Budgets')}>
      {uses.map(use => (
        <div key={use.period} class={use.spentUsd >= use.limitUsd ? 'budget used-up' : 'budget'}>
          <span>{budgetText(use, t)}</span>
          <span class="budget-meter" aria-hidden="true">
            <span style={{ inlineSize: `${Math.min(1, use.spentUsd / use.limitUsd) * 100}%` }} />
          </span>
        </div>
      ))}
      <button type="button" class="text-link" onClick={setBudget}>
        {uses.length === 0 ? t('Set a Budget') : t('Change Budgets')}
      </button>
    </section>
  );
}
