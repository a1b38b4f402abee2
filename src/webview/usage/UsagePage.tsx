import type { ReadonlySignal } from '@preact/signals';
import type { UsageHostMessage } from '../../shared/protocol/usage.ts';
import type { UsageReport } from '../../shared/usageReport.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { t } from '../ui/l10n.ts';
import { AmountTable } from './AmountTable.tsx';
import { Budgets } from './Budgets.tsx';
import type { Measure, UsageChoices } from './choices.ts';
import { PeriodChart } from './PeriodChart.tsx';
import { coloursOf } from './seriesColours.ts';
import { Totals } from './Totals.tsx';
import { UsageBar } from './UsageBar.tsx';
import { spanText, unpricedText } from './usageText.ts';

interface Props {
  /** Undefined before the host has answered. */
  told: ReadonlySignal<UsageHostMessage | undefined>;
  choices: ReadonlySignal<UsageChoices>;
  choose: (changed: Partial<UsageChoices>) => void;
  tryAgain: () => void;
  exportCsv: () => void;
  setBudget: () => void;
}

/** What requests have cost, by day, model and endpoint. */
export function UsagePage({ told, choices, choose, tryAgain, exportCsv, setBudget }: Props) {
  const message = told.value;
  const { measure } = choices.value;
  if (!message) return <p class="shell">{t('Loading…')}</p>;
  const report = message.type === 'report' ? message.report : undefined;
  return (
    <main class="usage-page">
      <h1>{t('Usage')}</h1>
      <UsageBar
        choices={choices.value}
        choose={choose}
        {...(report && { report })}
        {...(report && report.total.requests > 0 && { exportCsv })}
      />
      {message.type === 'failed' && <Failed reason={message.reason} tryAgain={tryAgain} />}
      {report && <Budgets uses={report.budgets} setBudget={setBudget} />}
      {report &&
        (report.total.requests > 0 ? (
          <Charts report={report} measure={measure} />
        ) : (
          <Nothing report={report} isPast={choices.value.span.kind === 'custom'} />
        ))}
    </main>
  );
}

function Charts({ report, measure }: { report: UsageReport; measure: Measure }) {
  const { total, models, origins } = report;
  const colours = coloursOf(models.map(({ name }) => name));
  return (
    <>
      <Totals total={total} />
      {total.unpricedRequests > 0 && (
        <p class="usage-note">
          <Icon name="info" />
          {unpricedText(total.unpricedRequests, t)}
        </p>
      )}
      <PeriodChart report={report} measure={measure} colours={colours} />
      <AmountTable title={t('By Model')} column={t('Model')} rows={models} measure={measure} colours={colours} />
      <AmountTable title={t('By Endpoint')} column={t('Endpoint')} rows={origins} measure={measure} />
      <p class="usage-note">{t('Costs are estimates by the prices that are known of the models.')}</p>
    </>
  );
}

function Nothing({ report, isPast }: { report: UsageReport; isPast: boolean }) {
  return (
    <div class="usage-empty" role="status">
      <Icon name="graph" />
      <p>{t('No request was recorded from {0}.', spanText(report))}</p>
      {!isPast && <p class="usage-note">{t('What you ask from now on is counted here.')}</p>}
    </div>
  );
}

function Failed({ reason, tryAgain }: { reason: string; tryAgain: () => void }) {
  return (
    <div class="usage-empty" role="alert">
      <Icon name="error" />
      <p>{t('The recorded usage could not be read: {0}', reason)}</p>
      <Button onClick={tryAgain}>{t('Try Again')}</Button>
    </div>
  );
}
