import { codeParts } from '../../shared/codeMarks.ts';
import type { Finding, FindingClosed, Placement, Severity } from '../../shared/finding.ts';
import type { FindingAction } from '../../shared/protocol/findings.ts';
import { t } from '../ui/l10n.ts';
import { useServices } from '../services.ts';
import { Icon } from '../ui/Icon.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { LocationButton } from '../paths/LocationButton.tsx';
import { LongText } from '../blocks/LongText.tsx';
import { StaticMarkdown } from '../blocks/StaticMarkdown.tsx';

/** One finding: its weight, title and place, and behind the title what it is about. */
export function FindingView({ finding, turnId }: { finding: Finding; turnId: string }) {
  const part = `finding ${finding.id}`;
  const isOpen = useServices().disclosures.of(turnId, part);
  const { placement } = finding;
  return (
    <li class={finding.closed ? `finding closed ${finding.closed}` : 'finding'}>
      <button
        type="button"
        class="disclosure"
        aria-expanded={isOpen.value === true}
        onClick={() => (isOpen.value = !isOpen.value)}
      >
        <Icon name={isOpen.value ? 'chevron-down' : 'chevron-right'} />
        <span
          class={`codicon codicon-${finding.severity} severity-${finding.severity}`}
          role="img"
          aria-label={severityName(finding.severity)}
        />
        <span class="finding-title" data-find={`${part} title`} dir="auto">
          {codeParts(finding.title).map(({ text, isCode }, index) => (isCode ? <code key={index}>{text}</code> : text))}
        </span>
      </button>
      <div class="finding-place">
        {placement.placed ? (
          <LocationButton uri={finding.uri} line={placement.line} text={`${finding.path}:${placement.line}`} />
        ) : (
          <p class="finding-reason">{reasonText(placement, finding.path)}</p>
        )}
        {finding.closed ? (
          <span class="finding-state">{closedText(finding.closed)}</span>
        ) : (
          <FindingActions finding={finding} turnId={turnId} />
        )}
      </div>
      {!placement.placed && finding.quote !== '' && (
        <Code turnId={turnId} text={finding.quote} label={t('Quoted code')} part={`${part} quote`} />
      )}
      {isOpen.value && (
        <div class="finding-detail">
          <LongText turnId={turnId} part={`${part} explanation`} text={finding.explanation}>
            {shown => <StaticMarkdown text={shown} part={`${part} explanation`} />}
          </LongText>
          {finding.replacement !== undefined && (
            <>
              <p class="finding-label">{t('Suggested replacement')}</p>
              <Code
                turnId={turnId}
                text={finding.replacement}
                label={t('Suggested replacement')}
                part={`${part} replacement`}
              />
            </>
          )}
        </div>
      )}
    </li>
  );
}

function FindingActions({ finding: { id, placement, replacement }, turnId }: { finding: Finding; turnId: string }) {
  const { post } = useServices();
  const act = (action: FindingAction) => () => post({ type: 'finding', turnId, findingId: id, action });
  return (
    <span class="finding-actions">
      {placement.placed && replacement !== undefined && (
        <IconButton icon="check" label={t('Apply Suggestion')} onClick={act('apply')} />
      )}
      {placement.placed && <IconButton icon="arrow-down" label={t('Next Finding')} onClick={act('next')} />}
      <IconButton icon="close" label={t('Dismiss Finding')} onClick={act('dismiss')} />
    </span>
  );
}

function Code({ turnId, text, label, part }: { turnId: string; text: string; label: string; part: string }) {
  return (
    <LongText turnId={turnId} part={part} text={text}>
      {shown => (
        <pre class="plain-code" data-find={part} tabindex={0} role="group" aria-label={label} dir="ltr">
          <code>{shown}</code>
        </pre>
      )}
    </LongText>
  );
}

function closedText(closed: FindingClosed): string {
  switch (closed) {
    case 'applied':
      return t('Applied');
    case 'dismissed':
      return t('Dismissed');
    case 'cleared':
      return t('Cleared');
  }
}

function severityName(severity: Severity): string {
  switch (severity) {
    case 'error':
      return t('Error');
    case 'warning':
      return t('Warning');
    case 'info':
      return t('Note');
  }
}

function reasonText(placement: Placement & { placed: false }, path: string): string {
  switch (placement.reason) {
    case 'notFound':
      return t('The quoted code is not in {0}.', path);
    case 'ambiguous':
      return t('The quoted code stands in several places of {0}.', path);
    case 'noFile':
      return t('{0} was not part of the review.', path);
  }
}
