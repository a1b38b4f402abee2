import type { UsageReport, UsageSpanChoice } from '../../shared/usageReport.ts';
import { Button } from '../ui/Button.tsx';
import { t } from '../ui/l10n.ts';
import type { UsageChoices } from './choices.ts';

interface Props {
  choices: UsageChoices;
  choose: (changed: Partial<UsageChoices>) => void;
  report?: UsageReport;
  /** Absent where there is nothing to be written. */
  exportCsv?: () => void;
}

/** What is shown: the span, and whether as money or as tokens. */
export function UsageBar({ choices, choose, report, exportCsv }: Props) {
  const { span, measure } = choices;
  const spans: [name: string, isChosen: boolean, choice: () => UsageSpanChoice][] = [
    [t('7 days'), span.kind === 'days' && span.count === 7, () => ({ kind: 'days', count: 7 })],
    [t('30 days'), span.kind === 'days' && span.count === 30, () => ({ kind: 'days', count: 30 })],
    [t('12 months'), span.kind === 'months', () => ({ kind: 'months', count: 12 })],
    [
      t('Custom'),
      span.kind === 'custom',
      // It begins with what is seen.
      () => ({ kind: 'custom', from: report?.from ?? '', to: report?.to ?? '' }),
    ],
  ];
  return (
    <div class="usage-bar">
      <div class="segments" role="group" aria-label={t('Span')}>
        {spans.map(([name, isChosen, choice]) => (
          <Segment key={name} name={name} isChosen={isChosen} choose={() => choose({ span: choice() })} />
        ))}
      </div>
      {span.kind === 'custom' && <CustomSpan span={span} choose={chosen => choose({ span: chosen })} />}
      <div class="segments" role="group" aria-label={t('Shown as')}>
        <Segment name={t('Cost')} isChosen={measure === 'cost'} choose={() => choose({ measure: 'cost' })} />
        <Segment name={t('Tokens')} isChosen={measure === 'tokens'} choose={() => choose({ measure: 'tokens' })} />
      </div>
      {exportCsv && (
        <Button isSecondary onClick={exportCsv}>
          {t('Export CSV…')}
        </Button>
      )}
    </div>
  );
}

function Segment({ name, isChosen, choose }: { name: string; isChosen: boolean; choose: () => void }) {
  return (
    <button type="button" class="segment" aria-pressed={isChosen} onClick={choose}>
      {name}
    </button>
  );
}

type Custom = UsageSpanChoice & { kind: 'custom' };

function CustomSpan({ span, choose }: { span: Custom; choose: (span: Custom) => void }) {
  const field = (name: string, end: 'from' | 'to') => (
    <label>
      {name}
      <input
        type="date"
        value={span[end]}
        onChange={event => {
          // While a date is being typed it is none.
          const day = event.currentTarget.value;
          if (day !== '') choose({ ...span, [end]: day });
        }}
      />
    </label>
  );
  return (
    <div class="usage-dates">
      {field(t('From'), 'from')}
      {field(t('To'), 'to')}
    </div>
  );
}
