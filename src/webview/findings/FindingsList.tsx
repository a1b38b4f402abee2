import type { Finding, Severity } from '../../shared/finding.ts';
import { t } from '../ui/l10n.ts';
import { FindingView } from './FindingView.tsx';
import { Icon } from '../ui/Icon.tsx';

/** What a review found: how many of which weight, then one row each; those without a place stand apart. */
export function FindingsList({ findings, turnId }: { findings: Finding[]; turnId: string }) {
  if (findings.length === 0) {
    return (
      <p class="findings-none">
        <Icon name="pass" />
        {t('The review found nothing to report.')}
      </p>
    );
  }
  const open = findings.filter(finding => !finding.closed);
  const placed = findings.filter(finding => finding.placement.placed);
  const unplaced = findings.filter(finding => !finding.placement.placed);
  return (
    <section class="findings" aria-label={t('Findings')}>
      <div class="findings-summary">
        {severities.map(severity => {
          const count = open.filter(finding => finding.severity === severity).length;
          return count > 0 && <SeverityCount key={severity} severity={severity} count={count} />;
        })}
        {open.length === 0 && <span class="findings-closed">{t('Nothing is open any more.')}</span>}
      </div>
      <ul>
        {placed.map(finding => (
          <FindingView key={finding.id} finding={finding} turnId={turnId} />
        ))}
      </ul>
      {unplaced.length > 0 && (
        <>
          <h3>{t('Not placed')}</h3>
          <ul>
            {unplaced.map(finding => (
              <FindingView key={finding.id} finding={finding} turnId={turnId} />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

const severities: Severity[] = ['error', 'warning', 'info'];

function SeverityCount({ severity, count }: { severity: Severity; count: number }) {
  return (
    <span class="severity-count">
      <Icon name={severity} class={`severity-${severity}`} />
      {countText(severity, count)}
    </span>
  );
}

function countText(severity: Severity, count: number): string {
  switch (severity) {
    case 'error':
      return count === 1 ? t('1 error') : t('{0} errors', count);
    case 'warning':
      return count === 1 ? t('1 warning') : t('{0} warnings', count);
    case 'info':
      return count === 1 ? t('1 note') : t('{0} notes', count);
  }
}
