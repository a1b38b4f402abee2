import type { UserTurn } from '../../shared/conversation.ts';
import { t } from '../l10n.ts';
import { AttachmentList } from './AttachmentChips.tsx';
import { ExcerptView } from './ExcerptView.tsx';
import { ToolResultView } from './ToolResultView.tsx';
import { TurnToolbar } from './TurnToolbar.tsx';

/** What the user asked, with the code that went along. */
export function PromptView({ turn }: { turn: UserTurn }) {
  return (
    <article
      class={turn.excerpts.length > 0 || turn.toolResults ? 'turn prompt with-code' : 'turn prompt'}
      aria-label={t('You')}
    >
      <h2 class="visually-hidden">{t('You')}</h2>
      <div class="bubble">
        {turn.text !== '' && (
          <p class="prompt-text" dir="auto">
            {turn.text}
          </p>
        )}
        {turn.attachments && <AttachmentList attachments={turn.attachments} />}
        {turn.toolResults?.map(result => (
          <ToolResultView key={result.toolUseId} result={result} />
        ))}
        {turn.excerpts.map((excerpt, index) => (
          <ExcerptView key={index} excerpt={excerpt} />
        ))}
      </div>
      <TurnToolbar turn={turn} />
    </article>
  );
}
