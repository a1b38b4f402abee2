import { useComputed, useSignal } from '@preact/signals';
import { useLayoutEffect } from 'preact/hooks';
import { isRunning, type AssistantTurn } from '../../shared/conversation.ts';
import { keptBackOf, type ModerationState } from '../../shared/moderation.ts';
import { t } from '../ui/l10n.ts';
import { shortModelName } from '../ui/modelName.ts';
import { useServices } from '../services.ts';
import { showsNothing } from '../ui/waiting.ts';
import { AnswerBlocks } from './AnswerBlocks.tsx';
import { AnswerEnd } from './AnswerEnd.tsx';
import { CheckNotice } from './CheckNotice.tsx';
import { FindingsList } from '../findings/FindingsList.tsx';
import { HandBackNotice } from './HandBackNotice.tsx';
import { Icon } from '../ui/Icon.tsx';
import { RetryWait } from './RetryWait.tsx';
import { RunLine } from './RunLine.tsx';
import { SourceList } from './SourceList.tsx';
import { SummarizedMark } from './RequestMarks.tsx';
import { SummaryView } from './SummaryView.tsx';
import { ToolResultsForm } from '../tools/ToolResultsForm.tsx';
import type { TurnPlace } from './turnPlace.ts';
import { TurnEditor } from './TurnEditor.tsx';
import { VersionSwitch } from './VersionSwitch.tsx';

interface Props {
  turn: AssistantTurn;
  place: TurnPlace;
  namesModel: boolean;
}

/** An answer: what arrived so far, and how it stands. */
export function AnswerView({ turn, place, namesModel }: Props) {
  const { store, disclosures } = useServices();
  const isEditing = useComputed(() => store.editing.value?.turnId === turn.id).value;
  if (turn.isSummary) return <SummaryView turn={turn} place={place} />;
  const running = isRunning(turn);
  const isStreaming = turn.state.phase === 'streaming';
  const isElsewhere = turn.state.phase === 'elsewhere';
  const isOver = !running && !isElsewhere;
  const kept = keptBackOf(turn);
  const isSeen = !kept || disclosures.of(turn.id, 'keptBack').value === true;
  const name = t('Assistant, turn {0}', place['aria-posinset']);
  return (
    <article class={`turn answer ${turn.state.phase}`} aria-label={name} aria-busy={running || isElsewhere} {...place}>
      <h2 class="visually-hidden">{name}</h2>
      {(namesModel || turn.isEdited) && (
        <div class="answer-model" title={turn.model}>
          {namesModel && shortModelName(turn.model)}
          {namesModel && turn.isEdited && ' · '}
          {turn.isEdited && <span class="edited">{t('edited')}</span>}
        </div>
      )}
      {kept && <CheckNotice turn={turn} kept={kept} />}
      {isEditing ? <TurnEditor turn={turn} /> : isSeen && <AnswerBlocks turn={turn} />}
      {isSeen && !isEditing && <SourceList blocks={turn.blocks} />}
      {(turn.state.phase === 'waiting' || isStreaming) && <Waiting turn={turn} />}
      {turn.state.phase === 'retrying' && <RetryWait state={turn.state} />}
      {turn.findings && <FindingsList findings={turn.findings} turnId={turn.id} />}
      {isElsewhere && <AnsweredElsewhere turn={turn} />}
      {isOver && !kept && <ToolResultsForm turn={turn} />}
      {isOver && <HandBackNotice turn={turn} />}
      {isOver && <AnswerEnd turn={turn} />}
      {!isElsewhere && <RunLine turn={turn} />}
      <SummarizedMark turn={turn} />
    </article>
  );
}

/** What is written there is seen here as it is saved. */
function AnsweredElsewhere({ turn }: { turn: AssistantTurn }) {
  return (
    <>
      <p class="progress">
        <Icon name="loading" class="codicon-modifier-spin" />
        {t('Answering in another window…')}
      </p>
      <VersionSwitch turn={turn} />
    </>
  );
}

/** Stands until something of the answer is seen: a block that has begun shows nothing yet. */
function Waiting({ turn }: { turn: AssistantTurn }) {
  const { store } = useServices();
  const last = turn.blocks.length - 1;
  const hasBegun = useSignal(false);
  // Before the browser paints: words may come before an effect that waits for that.
  useLayoutEffect(() => {
    hasBegun.value = false;
    return store.onText(turn.id, last, () => (hasBegun.value = true));
  }, [turn.id, last, turn.state.phase]);
  if (hasBegun.value || !showsNothing(turn, index => store.textOf(turn.id, index))) return null;
  const { clearance, moderation } = store.view.value ?? {};
  const isUsersTurn = Boolean(clearance) || moderation?.phase === 'asks';
  return (
    <p class="progress">
      <Icon name={isUsersTurn ? 'watch' : 'loading'} class={isUsersTurn ? '' : 'codicon-modifier-spin'} />
      {waitingText(Boolean(clearance), moderation)}
    </p>
  );
}

/** Where something has to be decided first, nothing was sent yet. */
function waitingText(isAskedAboutSecrets: boolean, moderation: ModerationState | null | undefined): string {
  if (isAskedAboutSecrets) return t('Not sent yet: it waits for your word on what was found.');
  if (moderation?.way !== 'out') return t('Waiting for the answer…');
  return moderation.phase === 'asks'
    ? t('Not sent yet: it waits for your word.')
    : t('Not sent yet: your check looks at it…');
}
