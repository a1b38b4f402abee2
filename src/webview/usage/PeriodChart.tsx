import { useSignal } from '@preact/signals';
import type { NamedAmounts, UsagePeriod, UsageReport } from '../../shared/usageReport.ts';
import { t } from '../ui/l10n.ts';
import type { Measure } from './choices.ts';
import { PeriodTable } from './PeriodTable.tsx';
import {
  measured,
  measureText,
  periodText,
  requestsText,
  scaleText,
  scaleTop,
  spanText,
  tickText,
} from './usageText.ts';

interface Props {
  report: UsageReport;
  measure: Measure;
  /** Of the models. */
  colours: ReadonlyMap<string, string>;
}

/** So many names below the columns, at most: more would run into one another. */
const mostTicks = 6;

/** A column for each day or month, in pieces by model. Arrow keys go from one to the next and read it. */
export function PeriodChart({ report, measure, colours }: Props) {
  const { periods, unit } = report;
  const read = useSignal<number | undefined>(undefined);
  const top = scaleTop(Math.max(...periods.map(({ total }) => measured(total, measure)), 0));
  const title = unit === 'day' ? t('By Day') : t('By Month');
  const last = periods.length - 1;
  const onKeyDown = (event: KeyboardEvent): void => {
    const at = read.value ?? periods.length;
    const next = { ArrowLeft: Math.max(0, at - 1), ArrowRight: Math.min(last, at + 1), Home: 0, End: last }[event.key];
    if (next === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    read.value = next;
  };
  const shown = read.value === undefined ? undefined : periods[read.value];
  const names = [...colours.keys()];
  const step = Math.ceil(periods.length / mostTicks);
  return (
    <section class="usage-section">
      <h2>{title}</h2>
      <p class="usage-readout" role="status">
        {shown ? readout(shown, report, measure) : spanText(report)}
      </p>
      <div
        class="period-chart"
        role="group"
        tabIndex={0}
        aria-label={
          measure === 'cost'
            ? t('Cost from {0}. Arrow keys read one column after another.', spanText(report))
            : t('Tokens from {0}. Arrow keys read one column after another.', spanText(report))
        }
        onKeyDown={onKeyDown}
        onBlur={() => (read.value = undefined)}
        onPointerLeave={() => (read.value = undefined)}
      >
        <div class="chart-scale" aria-hidden="true">
          {[1, 0.5, 0].map(share => (
            <span key={share}>{scaleText(top * share, measure)}</span>
          ))}
        </div>
        <div class="chart-columns" aria-hidden="true">
          {periods.map((period, index) => (
            <div
              key={period.start}
              class={index === read.value ? 'chart-column read' : 'chart-column'}
              onPointerEnter={() => (read.value = index)}
            >
              {stacked(period.models, names).map(model => {
                const share = measured(model, measure) / top;
                if (share === 0) return null;
                return (
                  <span key={model.name} class={colours.get(model.name)} style={{ blockSize: `${share * 100}%` }} />
                );
              })}
            </div>
          ))}
        </div>
        <div class="chart-ticks" aria-hidden="true">
          {periods.map(({ start }, index) =>
            // The last one would be cut where its columns are few.
            index % step === 0 && (step === 1 || index <= periods.length - step / 2) ? (
              <span key={start} style={{ insetInlineStart: `${(index / periods.length) * 100}%` }}>
                {tickText(start, unit)}
              </span>
            ) : null,
          )}
        </div>
      </div>
      <PeriodTable report={report} />
    </section>
  );
}

/** In every column in the same order, whatever was dearest in it. */
function stacked(models: readonly NamedAmounts[], names: readonly string[]): NamedAmounts[] {
  return models.toSorted((a, b) => names.indexOf(a.name) - names.indexOf(b.name));
}

function readout({ start, total }: UsagePeriod, { unit }: UsageReport, measure: Measure): string {
  const value = measureText(measured(total, measure), measure);
  const amount = measure === 'cost' ? value : t('{0} tokens', value);
  return `${periodText(start, unit)}: ${amount}, ${requestsText(total.requests, t)}`;
}
