import type { TargetedMouseEvent } from 'preact';
import { canContinue, isRunning, type Turn, type UserTurn } from '../../shared/conversation.ts';
import { canRestoreTo } from '../../shared/restore.ts';
import { showCopied } from '../blocks/codeActions.ts';
import { t } from '../ui/l10n.ts';
import { useServices } from '../services.ts';
import { turnMarkdown } from '../../shared/turnMarkdown.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { selectedMarkdown } from './selectedMarkdown.ts';
import { TurnMenu } from './TurnMenu.tsx';

/** What can be done with a turn. Seen on hover, and whenever the focus is inside of the turn. */
export function TurnToolbar({ turn }: { turn: Turn }) {
  const { store, post, announce } = useServices();
  const turns = store.view.value?.conversation.turns ?? [];
  const isLast = turns.at(-1)?.id === turn.id;
  // A running answer is built on the branch as it stands.
  const isBusy = turns.some(isRunning);
  // After a problem its notice has the button.
  const isOver = turn.role === 'assistant' && (turn.state.phase === 'complete' || turn.state.phase === 'stopped');
  const isEmpty = turnMarkdown(turn) === '';
  const copy = (event: TargetedMouseEvent<HTMLButtonElement>): void => {
    const article = event.currentTarget.closest('article');
    const selected = article ? selectedMarkdown(article) : undefined;
    post({ type: 'copy', text: selected ?? turnMarkdown(turn) });
    showCopied(event.currentTarget);
    announce(selected === undefined ? t('Copied') : t('The selection was copied'));
  };
  return (
    <div class="turn-toolbar">
      {isLast && turn.role === 'assistant' && turn.state.phase === 'stopped' && canContinue(turn) && (
        <IconButton
          icon="debug-continue"
          label={t('Continue')}
          onClick={() => post({ type: 'continue', turnId: turn.id })}
        />
      )}
      {isOver && !isBusy && (
        <>
          <IconButton icon="refresh" label={t('Try Again')} onClick={() => post({ type: 'retry', turnId: turn.id })} />
          <IconButton
            icon="sparkle"
            label={t('Try Again with Another Model…')}
            onClick={() => post({ type: 'retryWithModel', turnId: turn.id })}
          />
        </>
      )}
      {turn.role === 'user' && !isBusy && <RestoreButtons turn={turn} />}
      {!isEmpty && <IconButton icon="copy" label={t('Copy as Markdown')} onClick={copy} />}
      {!isBusy && <TurnMenu turn={turn} offersModel={turn.role === 'assistant' && !isOver} />}
    </div>
  );
}

/** The way back to before the turn, where tools have changed files since, and the way back from there. */
function RestoreButtons({ turn }: { turn: UserTurn }) {
  const { store, post } = useServices();
  const { turns = [], restorePoints } = store.view.value?.conversation ?? {};
  const turnIds = turns.map(({ id }) => id);
  if (!canRestoreTo(restorePoints, turnIds, turn.id)) return null;
  return (
    <>
      <IconButton icon="discard" label={t('Restore…')} onClick={() => (store.restoring.value = turn.id)} />
      {restorePoints?.restoredTurnId === turn.id && (
        <IconButton icon="redo" label={t('Undo Restore')} onClick={() => post({ type: 'undoRestore' })} />
      )}
      <IconButton
        icon="diff-multiple"
        label={t('Changes of This Conversation')}
        onClick={() => post({ type: 'command', command: 'marginalia.showConversationChanges' })}
      />
    </>
  );
}
