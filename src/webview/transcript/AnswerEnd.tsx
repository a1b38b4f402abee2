import { type AssistantTurn, canContinue } from '../../shared/conversation.ts';
import { t } from '../ui/l10n.ts';
import { useServices } from '../services.ts';
import { stopNotice } from './stopNotice.ts';
import { Adjustments } from './Adjustments.tsx';
import { EditMessage } from './EditMessage.tsx';
import { Button } from '../ui/Button.tsx';
import { isLastSaid } from './lastAnswer.ts';
import { Notice, PastNotice } from '../ui/Notice.tsx';
import { ProblemNotice } from './ProblemNotice.tsx';
import { TurnFigures } from './TurnFigures.tsx';
import { TurnToolbar } from './TurnToolbar.tsx';
import { VersionSwitch } from './VersionSwitch.tsx';

/** What stands under an answer that is over: why it ended, what it took, what can be done with it. */
export function AnswerEnd({ turn }: { turn: AssistantTurn }) {
  const { state } = turn;
  return (
    <>
      {state.phase === 'complete' && <StopReason turn={turn} stopReason={state.stopReason} />}
      {(state.phase === 'failed' || state.phase === 'truncated') && (
        <ProblemNotice problem={state.problem} turn={turn} />
      )}
      {state.phase === 'failed' && <NotSent turn={turn} />}
      {turn.adjustments && <Adjustments adjustments={turn.adjustments} />}
      {state.phase === 'failed' ? (
        <VersionSwitch turn={turn} />
      ) : (
        <div class="answer-footer">
          {state.phase === 'stopped' && <span class="stopped">{t('Stopped')}</span>}
          <VersionSwitch turn={turn} />
          <TurnToolbar turn={turn} />
          <TurnFigures turn={turn} />
        </div>
      )}
    </>
  );
}

function NotSent({ turn }: { turn: AssistantTurn }) {
  const { store } = useServices();
  const isLast = isLastSaid(store.view.value?.conversation.turns ?? [], turn.id);
  return (
    <p class="progress">
      {isLast ? t('Not part of the conversation until it is tried again.') : t('Not part of the conversation.')}
    </p>
  );
}

function StopReason({ turn, stopReason }: { turn: AssistantTurn; stopReason: string | null }) {
  const { store, post } = useServices();
  const isLast = isLastSaid(store.view.value?.conversation.turns ?? [], turn.id);
  const goesOn = isLast && canContinue(turn);
  const notice = stopNotice(stopReason, turn, { goesOn, isLast }, t);
  const isEmpty =
    turn.findings === undefined && turn.blocks.every(block => block.type !== 'toolUse' && block.text === '');
  if (!notice) return isEmpty ? <p class="progress">{t('The model had nothing to add.')}</p> : null;
  const detail = notice.detail ?? '';
  if (!isLast) return <PastNotice severity={notice.severity} text={notice.text} detail={detail} />;
  const actions = (
    <>
      {goesOn && <Button onClick={() => post({ type: 'continue', turnId: turn.id })}>{t('Continue')}</Button>}
      {notice.offersRetry && <Button onClick={() => post({ type: 'retry', turnId: turn.id })}>{t('Try Again')}</Button>}
      {notice.offersOther && (
        <>
          <EditMessage turn={turn} />
          <Button isSecondary onClick={() => post({ type: 'retryWithModel', turnId: turn.id })}>
            {t('Another Model…')}
          </Button>
          <Button isSecondary onClick={() => post({ type: 'retry', turnId: turn.id })}>
            {t('Try Again')}
          </Button>
        </>
      )}
      {notice.offers === 'settings' && (
        <Button isSecondary onClick={() => post({ type: 'command', command: 'marginalia.openSettings' })}>
          {t('Open Settings')}
        </Button>
      )}
      {notice.offers === 'parameters' && (
        <Button isSecondary onClick={() => (store.showsParameters.value = true)}>
          {t('Open Parameters')}
        </Button>
      )}
    </>
  );
  const hasActions = goesOn || notice.offersRetry || notice.offersOther || notice.offers;
  return (
    <Notice severity={notice.severity} text={notice.text} detail={detail} actions={hasActions ? actions : undefined} />
  );
}
