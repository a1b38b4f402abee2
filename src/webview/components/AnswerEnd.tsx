import { type AssistantTurn, canContinue, type Usage } from '../../shared/conversation.ts';
import { t } from '../l10n.ts';
import { useServices } from '../services.ts';
import { formatCount, stopNotice } from '../stopNotice.ts';
import { Adjustments } from './Adjustments.tsx';
import { Button } from './Button.tsx';
import { Notice } from './Notice.tsx';
import { ProblemNotice } from './ProblemNotice.tsx';
import { TurnToolbar } from './TurnToolbar.tsx';

/** What stands under an answer that is over: why it ended, what it took, what can be done with it. */
export function AnswerEnd({ turn }: { turn: AssistantTurn }) {
  const { state } = turn;
  return (
    <>
      {state.phase === 'complete' && <StopReason turn={turn} stopReason={state.stopReason} />}
      {(state.phase === 'failed' || state.phase === 'truncated') && (
        <ProblemNotice problem={state.problem} turn={turn} />
      )}
      {turn.adjustments && <Adjustments adjustments={turn.adjustments} />}
      {state.phase !== 'failed' && (
        <div class="answer-footer">
          {state.phase === 'stopped' && <span class="stopped">{t('Stopped')}</span>}
          <TurnToolbar turn={turn} />
          {turn.usage && <UsageText usage={turn.usage} isFinal={state.phase === 'complete'} />}
        </div>
      )}
    </>
  );
}

function StopReason({ turn, stopReason }: { turn: AssistantTurn; stopReason: string | null }) {
  const { store, post } = useServices();
  const isLast = store.view.value?.conversation.turns.at(-1)?.id === turn.id;
  const notice = stopNotice(stopReason, turn.usage, t);
  const isEmpty =
    turn.findings === undefined && turn.blocks.every(block => block.type !== 'toolUse' && block.text === '');
  if (!notice) return isEmpty ? <p class="progress">{t('The model had nothing to add.')}</p> : null;
  const goesOn = isLast && canContinue(turn);
  const actions = (
    <>
      {goesOn && <Button onClick={() => post({ type: 'continue', turnId: turn.id })}>{t('Continue')}</Button>}
      {notice.offersSettings && (
        <Button isSecondary onClick={() => post({ type: 'command', command: 'marginalia.openSettings' })}>
          {t('Open Settings')}
        </Button>
      )}
    </>
  );
  const hasActions = goesOn || notice.offersSettings;
  return <Notice severity={notice.severity} text={notice.text} actions={hasActions ? actions : undefined} />;
}

/** What was received is counted at the end alone: before that, the endpoint has named a beginning. */
function UsageText({ usage, isFinal }: { usage: Usage; isFinal: boolean }) {
  const parts = [
    usage.inputTokens === undefined ? '' : t('{0} in', formatCount(totalInput(usage, usage.inputTokens))),
    usage.outputTokens === undefined || !isFinal ? '' : t('{0} out', formatCount(usage.outputTokens)),
  ].filter(part => part !== '');
  if (parts.length === 0) return null;
  return (
    <span class="usage" title={usageDetail(usage, isFinal)}>
      {t('Tokens: {0}', parts.join(' · '))}
    </span>
  );
}

/** The protocol counts what came from the cache, and went into it, apart from the rest of the input. */
function totalInput(usage: Usage, uncached: number): number {
  return uncached + (usage.cacheReadTokens ?? 0) + (usage.cacheWriteTokens ?? 0);
}

function usageDetail(usage: Usage, isFinal: boolean): string {
  const lines = [
    usage.inputTokens === undefined ? '' : t('Sent: {0}', formatCount(totalInput(usage, usage.inputTokens))),
    usage.cacheReadTokens ? t('Of these from the cache: {0}', formatCount(usage.cacheReadTokens)) : '',
    usage.cacheWriteTokens ? t('Of these into the cache: {0}', formatCount(usage.cacheWriteTokens)) : '',
    usage.outputTokens === undefined || !isFinal ? '' : t('Received: {0}', formatCount(usage.outputTokens)),
  ];
  return lines.filter(line => line !== '').join('\n');
}
