import type { ToolTrialViewMessage, Trial } from '../../shared/protocol/toolTrial.ts';
import { Button } from '../ui/Button.tsx';
import { t } from '../ui/l10n.ts';
import { secondsText } from '../tools/callText.ts';

interface Props {
  trial: Trial;
  post: (message: ToolTrialViewMessage) => void;
}

/** What a run has brought, or has so far. */
export function TrialResult({ trial, post }: Props) {
  const text = trial.phase === 'running' ? trial.output : trial.text;
  return (
    <section aria-label={t('Result of the tool')}>
      <h2>{t('Result of the tool')}</h2>
      <p role="status" class={trial.phase === 'ended' && trial.isError ? 'field-note wrong' : 'field-note'}>
        {statusText(trial)}
      </p>
      <pre tabindex={0} role="group" aria-label={t('Result of the tool')} dir="auto">
        <code>{text === '' && trial.phase === 'ended' ? t('(nothing)') : text}</code>
      </pre>
      {trial.phase === 'ended' && (
        <div class="button-row">
          <Button isSecondary onClick={() => post({ type: 'record' })}>
            {t('Use as Recorded Result')}
          </Button>
        </div>
      )}
    </section>
  );
}

function statusText(trial: Trial): string {
  if (trial.phase === 'running') return t('It runs…');
  const time = secondsText(trial.durationMs);
  return trial.isError ? t('Failed after {0}', time) : t('Done after {0}', time);
}
