import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { isRunning, type Turn } from '../shared/conversation.ts';
import { fillsWindow, isNearlyFull, type NextSize } from '../shared/nextSize.ts';
import { t } from './ui/l10n.ts';
import { useServices } from './services.ts';
import { shareText } from './size/sizeText.ts';
import { formatCount } from './ui/numberText.ts';
import { Icon } from './ui/Icon.tsx';
import { IconButton } from './ui/IconButton.tsx';
import { RoomOffers } from './size/RoomOffers.tsx';

/** Why room has to be made: the answer filled the window, it is nearly full, or nobody has to. */
type Reason = 'filled' | 'full' | 'asked';

/**
 * The ways to go on with a conversation that no longer fits the context window, or soon won't. Where the endpoint has
 * refused it, they stand with the refusal.
 */
export function WindowNotice() {
  const { store } = useServices();
  const view = store.view.value;
  const size = store.size.value;
  const turns = view?.conversation.turns ?? [];
  const last = turns.findLast(turn => turn.role === 'user' || !turn.isSummary);
  const reason = reasonFor(last, size, store.showsRoom.value);
  const id = view?.conversation.id ?? '';
  // Closed once, it stays closed for the same reason in the same conversation.
  const closed = useSignal('');
  const key = `${id} ${reason} ${reason === 'filled' ? last?.id : ''}`;
  if (!reason || turns.some(isRunning) || (closed.value === key && reason !== 'asked')) return null;
  const close = (): void => {
    store.showsRoom.value = false;
    closed.value = key;
    document.getElementById('composer')?.focus();
  };
  return <Offers key={key} reason={reason} size={size} close={close} />;
}

function reasonFor(last: Turn | undefined, size: NextSize | undefined, isAsked: boolean): Reason | undefined {
  if (last?.role === 'assistant') {
    const { state } = last;
    const kind = state.phase === 'failed' || state.phase === 'truncated' ? state.problem.kind : undefined;
    if (kind === 'promptTooLong' || kind === 'tooLarge') return isAsked ? 'asked' : undefined;
    if (state.phase === 'complete' && state.stopReason === 'model_context_window_exceeded') return 'filled';
  }
  if (isAsked) return 'asked';
  return size && isNearlyFull(size) ? 'full' : undefined;
}

interface Props {
  reason: Reason;
  size: NextSize | undefined;
  close: () => void;
}

function Offers({ reason, size, close }: Props) {
  const { announce } = useServices();
  const title = titleOf(reason, size);
  useEffect(() => announce(title), [title]);
  return (
    <section class={`composer-notice ${reason === 'asked' ? 'info' : 'warning'}`} aria-label={t('Make Room')}>
      <Icon name={reason === 'asked' ? 'info' : 'warning'} class="notice-icon" />
      <div class="composer-notice-body">
        <h3>{title}</h3>
        <RoomOffers />
      </div>
      <IconButton icon="close" label={t('Close')} onClick={close} />
    </section>
  );
}

function titleOf(reason: Reason, size: NextSize | undefined): string {
  const share = size && shareText(size);
  switch (reason) {
    case 'filled':
      return t('The answer filled the context window. Make room, and it can go on.');
    case 'full':
      if (size && size.tokens > (size.contextWindow ?? Infinity)) {
        return t('This does not fit the context window ({0}). Make room to send it.', share ?? '');
      }
      return size && !fillsWindow(size)
        ? t(
            'With an answer of {0} tokens this fills the context window ({1} without). Make room to go on.',
            formatCount(size.maxTokens),
            share ?? '',
          )
        : t('The context window is nearly full: {0}. Make room to go on.', share ?? '');
    case 'asked':
      return share === undefined
        ? t('Make room in the context window')
        : t('Make room in the context window ({0} used)', share);
  }
}
