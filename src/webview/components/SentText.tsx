import type { UserTurn } from '../../shared/conversation.ts';
import { t } from '../l10n.ts';

/** What the user said. Of a prompt, how it was called, and behind a click the words that were sent for it. */
export function SentText({ turn }: { turn: UserTurn }) {
  const text = (
    <p class="prompt-text" data-find="text" dir="auto">
      {turn.text}
    </p>
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
