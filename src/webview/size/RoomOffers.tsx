import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { attachedTo } from '../../shared/attached.ts';
import type { Turn } from '../../shared/conversation.ts';
import { t } from '../ui/l10n.ts';
import { useServices } from '../services.ts';
import { AttachedPicker } from '../attachments/AttachedPicker.tsx';
import { Button } from '../ui/Button.tsx';

interface Props {
  /** The answer to ask for again once there is room. */
  retryTurnId?: string | undefined;
  /** Other ways on. */
  children?: ComponentChildren;
}

/** The ways to make room in what requests carry. */
export function RoomOffers({ retryTurnId, children }: Props) {
  const { store, post } = useServices();
  const showsAttached = useSignal(false);
  const turns = store.view.value?.conversation.turns ?? [];
  const omitted = store.view.value?.conversation.omitted ?? [];
  // The size does not count what came with a question that has failed, nor the view what is not drawn yet.
  const hasAttached = omitted.length > 0 || (store.size.value?.attachments ?? 0) > 0 || turns.some(holdsAttached);
  const canSummarize = turns.some(isAnswer);
  const madeRoom = omitted.length > 0 || turns.some(turn => turn.role === 'assistant' && turn.isSummary);
  const retry =
    retryTurnId === undefined ? null : (
      <Button isSecondary={!madeRoom} onClick={() => post({ type: 'retry', turnId: retryTurnId })}>
        {t('Try Again')}
      </Button>
    );
  return (
    <>
      <div class="button-row">
        {madeRoom && retry}
        {canSummarize && (
          <Button isSecondary={madeRoom} onClick={() => post({ type: 'summarize', inNewConversation: false })}>
            {t('Summarize Older Turns')}
          </Button>
        )}
        {hasAttached && (
          <Button isSecondary={madeRoom || canSummarize} onClick={() => (showsAttached.value = !showsAttached.value)}>
            {t('Attachments…')}
          </Button>
        )}
        {canSummarize && (
          <Button isSecondary onClick={() => post({ type: 'summarize', inNewConversation: true })}>
            {t('New with Summary')}
          </Button>
        )}
        {children}
        <Button isSecondary onClick={() => post({ type: 'goOnInNew' })}>
          {t('New Conversation')}
        </Button>
        {!madeRoom && retry}
      </div>
      {showsAttached.value && <AttachedPicker />}
    </>
  );
}

function holdsAttached(turn: Turn): boolean {
  return turn.role === 'user' && attachedTo(turn).length > 0;
}

function isAnswer(turn: Turn): boolean {
  return turn.role === 'assistant' && !turn.isSummary && turn.state.phase !== 'failed';
}
