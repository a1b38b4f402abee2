import { useComputed } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { type AssistantTurn, isRunning } from '../../shared/conversation.ts';
import type { Problem } from '../../shared/problem.ts';
import { problemText } from '../../shared/problemText.ts';
import { t } from '../ui/l10n.ts';
import { useServices } from '../services.ts';
import { turnText } from './turnText.ts';
import { BlockMarkdown } from './BlockMarkdown.tsx';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Notice } from '../ui/Notice.tsx';
import { TurnEditor } from './TurnEditor.tsx';
import type { TurnPlace } from './turnPlace.ts';

/** What stands for the turns above in requests: written by the model, and the user's to change or take back. */
export function SummaryView({ turn, place }: { turn: AssistantTurn; place: TurnPlace }) {
  const { announce, store } = useServices();
  const isEditing = useComputed(() => store.editing.value?.turnId === turn.id).value;
  const running = isRunning(turn);
  const wasRunning = useRef(false);
  useEffect(() => {
    if (running) announce(t('Summarizing the turns above…'));
    else if (wasRunning.current && turn.state.phase === 'complete') announce(t('Summary finished'));
    wasRunning.current = running;
  }, [running]);
  return (
    <article
      class="turn summary"
      aria-label={t('Summary, turn {0}', place['aria-posinset'])}
      aria-busy={running}
      {...place}
    >
      <h2 class="summary-title">
        <Icon name={running ? 'loading' : 'fold'} class={running ? 'codicon-modifier-spin' : ''} />
        {running ? t('Summarizing the turns above…') : t('Summary of what was said before')}
      </h2>
      {isEditing ? <TurnEditor turn={turn} change="editSummary" /> : <SummaryText turn={turn} />}
    </article>
  );
}

function SummaryText({ turn }: { turn: AssistantTurn }) {
  const { post, store } = useServices();
  const { state } = turn;
  const edit = (): void => {
    store.editing.value = { turnId: turn.id, text: turnText(turn) };
  };
  const undo = (): void => post({ type: 'undoSummary', turnId: turn.id });
  const last = turn.blocks.length - 1;
  const { conversation, earlier } = store.view.value ?? {};
  const isFirst = earlier === 0 && conversation?.turns[0]?.id === turn.id;
  return (
    <>
      {turn.blocks.map((block, index) =>
        block.type === 'text' ? (
          <BlockMarkdown
            // Edited, it is another text and begins anew.
            key={state.phase === 'complete' ? block.text : index}
            turnId={turn.id}
            index={index}
            block={block}
            isGrowing={state.phase === 'streaming' && index === last}
          />
        ) : null,
      )}
      {isRunning(turn) && (
        <div class="button-row">
          <Button isSecondary onClick={() => post({ type: 'stop' })}>
            {t('Cancel')}
          </Button>
        </div>
      )}
      {(state.phase === 'failed' || state.phase === 'truncated') && (
        <SummaryProblem turn={turn} problem={state.problem} />
      )}
      {state.phase === 'complete' && (
        <>
          <p class="summary-note">
            {isFirst
              ? t('Requests begin with this in the place of the conversation before.')
              : t('Requests send this in the place of the turns above, which stay here for you.')}
          </p>
          <div class="button-row">
            <Button isSecondary onClick={edit}>
              {t('Edit Summary')}
            </Button>
            <Button isSecondary onClick={undo}>
              {t('Undo Summary')}
            </Button>
            {!isFirst && (
              <Button isSecondary onClick={() => post({ type: 'goOnInNew', summaryTurnId: turn.id })}>
                {t('New Conversation')}
              </Button>
            )}
          </div>
        </>
      )}
    </>
  );
}

function SummaryProblem({ turn, problem }: { turn: AssistantTurn; problem: Problem }) {
  const { post } = useServices();
  return (
    <Notice
      severity="error"
      title={problemText(problem, t).title}
      text={t('The summary was not written, so requests go on sending the turns.')}
      detail={problem.detail}
      requestId={problem.requestId}
      actions={
        <>
          <Button onClick={() => post({ type: 'retrySummary', turnId: turn.id })}>{t('Try Again')}</Button>
          <Button isSecondary onClick={() => post({ type: 'undoSummary', turnId: turn.id })}>
            {t('Discard')}
          </Button>
        </>
      }
    />
  );
}
