import { t } from '../ui/l10n.ts';
import { useServices } from '../services.ts';
import { asksForSummary, thoughtTitle } from './thinkingText.ts';
import { Icon } from '../ui/Icon.tsx';

interface Props {
  turnId: string;
  durationMs?: number | undefined;
}

/** Thinking that came without a word: says so, and under the last answer how to have it shown from the next one on. */
export function HiddenThinking({ turnId, durationMs }: Props) {
  const { store, post } = useServices();
  const conversation = store.view.value?.conversation;
  const thinking = conversation?.parameters.thinking;
  const isLast = conversation?.turns.at(-1)?.id === turnId;
  const isAsked = asksForSummary(thinking);
  const ask = (): void =>
    post({
      type: 'setParameter',
      name: 'thinking',
      value: { ...(thinking ?? { type: 'adaptive' }), display: 'summarized' },
    });
  return (
    <div class="thinking hidden-thinking">
      <Icon name="eye-closed" />
      <p>
        {t('{0}. This model does not show its thinking by itself.', thoughtTitle(durationMs))}{' '}
        {isAsked && t('A summary of it is asked for now.')}
        {isLast && !isAsked && (
          <button type="button" class="text-link" onClick={ask}>
            {t('Ask for a Summary')}
          </button>
        )}
      </p>
    </div>
  );
}
