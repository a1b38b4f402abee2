import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { isRunning, type Turn } from '../../shared/conversation.ts';
import { fillsWindow, isNearlyFull, type NextSize } from '../../shared/nextSize.ts';
import { t } from '../l10n.ts';
import { useServices } from '../services.ts';
import { shareText } from '../sizeText.ts';
import { formatCount } from '../stopNotice.ts';
import { AttachedPicker } from './AttachedPicker.tsx';
import { Button } from './Button.tsx';
import { Icon } from './Icon.tsx';
import { IconButton } from './IconButton.tsx';

/** Why room has to be made: the endpoint refused, the answer filled the window, it is nearly full, or nobody has to. */
type Reason = 'refused' | 'filled' | 'full' | 'asked';

/** The ways to go on with a conversation that no longer fits the context window, or soon won't. */
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
  const key = `${id} ${reason} ${reason === 'refused' || reason === 'filled' ? last?.id : ''}`;
  if (!reason || turns.some(isRunning) || (closed.value === key && reason !== 'asked')) return null;
  const close = (): void => {
    store.showsRoom.value = false;
    closed.value = key;
    document.getElementById('composer')?.focus();
  };
  return <Offers key={key} reason={reason} size={size} turns={turns} close={close} />;
}

function reasonFor(last: Turn | undefined, size: NextSize | undefined, isAsked: boolean): Reason | undefined {
  if (last?.role === 'assistant') {
    const { state } = last;
    const kind = state.phase === 'failed' || state.phase === 'truncated' ? state.problem.kind : undefined;
    if (kind === 'promptTooLong' || kind === 'tooLarge') return 'refused';
    if (state.phase === 'complete' && state.stopReason === 'model_context_window_exceeded') return 'filled';
  }
  if (isAsked) return 'asked';
  return size && isNearlyFull(size) ? 'full' : undefined;
}

interface Props {
  reason: Reason;
  size: NextSize | undefined;
  turns: readonly Turn[];
  close: () => void;
}

function Offers({ reason, size, turns, close }: Props) {
  const { store, post, announce } = useServices();
  const showsAttached = useSignal(false);
  const title = titleOf(reason, size);
  const omitted = store.view.value?.conversation.omitted ?? [];
  const hasAttached = omitted.length > 0 || (size?.attachments ?? 0) > 0;
  const canSummarize = turns.some(isAnswer);
  const last = turns.at(-1);
  const madeRoom = omitted.length > 0 || turns.some(turn => turn.role === 'assistant' && turn.isSummary);
  useEffect(() => announce(title), [title]);
  return (
    <section class={`composer-notice ${reason === 'asked' ? 'info' : 'warning'}`} aria-label={t('Make Room')}>
      <Icon name={reason === 'asked' ? 'info' : 'warning'} class="notice-icon" />
      <div class="composer-notice-body">
        <h3>{title}</h3>
        <div class="button-row">
          {madeRoom && reason === 'refused' && last?.role === 'assistant' && (
            <Button onClick={() => post({ type: 'retry', turnId: last.id })}>{t('Try Again')}</Button>
          )}
          {canSummarize && (
            <Button isSecondary={madeRoom} onClick={() => post({ type: 'summarize', inNewConversation: false })}>
              {t('Summarize Older Turns')}
            </Button>
          )}
          {hasAttached && (
            <Button isSecondary onClick={() => (showsAttached.value = !showsAttached.value)}>
              {t('Attachments…')}
            </Button>
          )}
          {canSummarize && (
            <Button isSecondary onClick={() => post({ type: 'summarize', inNewConversation: true })}>
              {t('New with Summary')}
            </Button>
          )}
          <Button isSecondary onClick={() => post({ type: 'goOnInNew' })}>
            {t('New Conversation')}
          </Button>
        </div>
        {showsAttached.value && <AttachedPicker />}
      </div>
      <IconButton icon="close" label={t('Close')} onClick={close} />
    </section>
  );
}

function isAnswer(turn: Turn): boolean {
  return turn.role === 'assistant' && !turn.isSummary && turn.state.phase !== 'failed';
}

function titleOf(reason: Reason, size: NextSize | undefined): string {
  const share = size && shareText(size);
  switch (reason) {
    case 'refused':
      return t('The conversation did not fit. Make room for it, and it goes on; nothing is lost.');
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
