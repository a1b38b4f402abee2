import { useComputed } from '@preact/signals';
import { isMedia } from '../../shared/attachment.ts';
import type { UserTurn } from '../../shared/conversation.ts';
import { t } from '../ui/l10n.ts';
import { useServices } from '../services.ts';
import { SentAttachments } from '../attachments/SentAttachments.tsx';
import { ExcerptView } from '../attachments/ExcerptView.tsx';
import { RestoreCard } from './RestoreCard.tsx';
import { OmittedNote, StartMark, SummarizedMark } from './RequestMarks.tsx';
import { SentText } from './SentText.tsx';
import { ToolResultView } from '../tools/ToolResultView.tsx';
import type { TurnPlace } from './turnPlace.ts';
import { TurnEditor } from './TurnEditor.tsx';
import { TurnToolbar } from './TurnToolbar.tsx';
import { VersionSwitch } from './VersionSwitch.tsx';

/** What the user asked, with the code that went along. */
export function PromptView({ turn, place }: { turn: UserTurn; place: TurnPlace }) {
  const { store } = useServices();
  const isEditing = useComputed(() => store.editing.value?.turnId === turn.id).value;
  const name = t('You, turn {0}', place['aria-posinset']);
  return (
    <article
      class={`turn prompt ${hasCode(turn) ? 'with-code' : ''} ${isEditing ? 'editing' : ''}`}
      aria-label={name}
      {...place}
    >
      <h2 class="visually-hidden">{name}</h2>
      <StartMark turn={turn} />
      <div class="bubble">
        {isEditing ? <TurnEditor turn={turn} /> : <SentText turn={turn} />}
        {turn.attachments && <SentAttachments attachments={turn.attachments} turnId={turn.id} />}
        {turn.toolResults?.map((result, index) => (
          <ToolResultView key={index} turnId={turn.id} part={`result ${index}`} result={result} />
        ))}
        {turn.excerpts.map((excerpt, index) => (
          <ExcerptView key={index} excerpt={excerpt} turnId={turn.id} part={`excerpt ${index}`} />
        ))}
      </div>
      <OmittedNote turn={turn} />
      <SummarizedMark turn={turn} />
      <VersionSwitch turn={turn} />
      {!isEditing && <TurnToolbar turn={turn} />}
      <RestoreCard turn={turn} />
    </article>
  );
}

function hasCode({ excerpts, toolResults, attachments = [] }: UserTurn): boolean {
  return excerpts.length > 0 || toolResults !== undefined || attachments.some(attachment => !isMedia(attachment));
}
