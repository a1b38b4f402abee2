import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { AnswerState } from '../../shared/conversation.ts';
import { problemText } from '../../shared/problemText.ts';
import { t } from '../ui/l10n.ts';
import { useServices } from '../services.ts';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';

/** The wait between two attempts: why, how long, and the two ways to end it. */
export function RetryWait({ state }: { state: AnswerState & { phase: 'retrying' } }) {
  const { post } = useServices();
  const seconds = useSecondsUntil(state.retryAt);
  const when =
    seconds > 0
      ? t('Retrying in {0} s ({1} of {2})', seconds, state.attempt, state.maxAttempts)
      : t('Retrying now ({0} of {1})', state.attempt, state.maxAttempts);
  return (
    <Notice
      severity="warning"
      title={problemText(state.problem, t).title}
      text={when}
      detail={state.problem.detail}
      actions={
        <>
          <Button onClick={() => post({ type: 'retryNow' })}>{t('Retry Now')}</Button>
          <Button isSecondary onClick={() => post({ type: 'stop' })}>
            {t('Cancel')}
          </Button>
        </>
      }
    />
  );
}

function useSecondsUntil(time: number): number {
  const seconds = useSignal(secondsUntil(time));
  useEffect(() => {
    const update = (): void => {
      seconds.value = secondsUntil(time);
    };
    update();
    const timer = setInterval(update, 250);
    return () => clearInterval(timer);
  }, [time]);
  return seconds.value;
}

function secondsUntil(time: number): number {
  return Math.max(0, Math.ceil((time - Date.now()) / 1000));
}
