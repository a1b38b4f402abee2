import { useComputed, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { isRunning, type AssistantTurn } from '../../shared/conversation.ts';
import { t } from '../l10n.ts';
import { shortModelName } from '../modelName.ts';
import { useServices } from '../services.ts';
import { AnswerBlocks } from './AnswerBlocks.tsx';
import { AnswerEnd } from './AnswerEnd.tsx';
import { FindingsList } from './FindingsList.tsx';
import { Icon } from './Icon.tsx';
import { RetryWait } from './RetryWait.tsx';
import { SummarizedMark } from './RequestMarks.tsx';
import { SummaryView } from './SummaryView.tsx';
import { ToolResultsForm } from './ToolResultsForm.tsx';
import type { TurnPlace } from './turnPlace.ts';
import { TurnEditor } from './TurnEditor.tsx';

/** An answer: what arrived so far, and how it stands. */
export function AnswerView({ turn, place }: { turn: AssistantTurn; place: TurnPlace }) {
  const { store } = useServices();
  const isEditing = useComputed(() => store.editing.value?.turnId === turn.id).value;
  if (turn.isSummary) return <SummaryView turn={turn} place={place} />;
  const running = isRunning(turn);
  const isStreaming = turn.state.phase === 'streaming';
  return (
    <article class={`turn answer ${turn.state.phase}`} aria-label={t('Assistant')} aria-busy={running} {...place}>
      <h2 class="visually-hidden">{t('Assistant')}</h2>
      <div class="answer-model" title={turn.model}>
        {shortModelName(turn.model)}
        {turn.isEdited && <span class="edited"> · {t('edited')}</span>}
      </div>
      {isEditing ? <TurnEditor turn={turn} /> : <AnswerBlocks turn={turn} />}
      {(turn.state.phase === 'waiting' || isStreaming) && <Waiting turn={turn} />}
      {turn.state.phase === 'retrying' && <RetryWait state={turn.state} />}
      {turn.findings && <FindingsList findings={turn.findings} turnId={turn.id} />}
      {!running && <ToolResultsForm turn={turn} />}
      {!running && <AnswerEnd turn={turn} />}
      <SummarizedMark turn={turn} />
    </article>
  );
}

/** Stands until the first character is there: a block that has begun shows nothing yet. */
function Waiting({ turn }: { turn: AssistantTurn }) {
  const { store } = useServices();
  const last = turn.blocks.length - 1;
  const isEmpty = turn.state.phase === 'waiting' || last === -1 || store.textOf(turn.id, last) === '';
  const hasBegun = useSignal(false);
  useEffect(() => {
    hasBegun.value = false;
    return store.onText(turn.id, last, () => (hasBegun.value = true));
  }, [turn.id, last]);
  // Thinking says itself that it goes on.
  if (!isEmpty || hasBegun.value || turn.blocks[last]?.type === 'thinking') return null;
  return (
    <p class="progress">
      <Icon name="loading" class="codicon-modifier-spin" />
      {t('Waiting for the answer…')}
    </p>
  );
}
