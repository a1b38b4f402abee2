import { useSignal } from '@preact/signals';
import type { AnswerBlock } from '../../shared/conversation.ts';
import { t } from '../l10n.ts';
import { BlockMarkdown } from './BlockMarkdown.tsx';
import { Icon } from './Icon.tsx';

interface Props {
  turnId: string;
  index: number;
  block: AnswerBlock;
  isGrowing: boolean;
}

/** What the model thought before it answered. Closed at first, and then not in the document at all. */
export function ThinkingView({ turnId, index, block, isGrowing }: Props) {
  const isOpen = useSignal(false);
  const title = isGrowing ? t('Thinking…') : t('Thought');
  if (block.type === 'redactedThinking') {
    return <p class="progress">{t('The model thought about this; the endpoint does not show what.')}</p>;
  }
  // Without a word there is nothing to open.
  if (block.text === '' && !isGrowing) return null;
  return (
    <div class="thinking">
      <button
        type="button"
        class="disclosure"
        aria-expanded={isOpen.value}
        onClick={() => (isOpen.value = !isOpen.value)}
      >
        <Icon name={isOpen.value ? 'chevron-down' : 'chevron-right'} />
        <span class={isGrowing ? 'shimmer' : ''}>{title}</span>
      </button>
      {isOpen.value && <BlockMarkdown turnId={turnId} index={index} isGrowing={isGrowing} />}
    </div>
  );
}
