import type { UserTurn } from '../../shared/conversation.ts';
import { t } from '../ui/l10n.ts';
import { LongText } from '../blocks/LongText.tsx';

/** What the user said. Of a prompt, how it was called, and behind a click the words that were sent for it. */
export function SentText({ turn }: { turn: UserTurn }) {
  const text = (
    <LongText turnId={turn.id} part="text" text={turn.text}>
      {shown => (
        <p class="prompt-text" data-find="text" dir="auto">
          {shown}
        </p>
      )}
    </LongText>
  );
  if (turn.call === undefined) return turn.text === '' ? null : text;
  return (
    <>
      <p class="prompt-text prompt-call" data-find="call" dir="auto">
        {turn.call}
      </p>
      <details class="prompt-sent">
        <summary>{t('Prompt')}</summary>
        {text}
      </details>
    </>
  );
}
