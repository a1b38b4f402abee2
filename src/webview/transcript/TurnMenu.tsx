import { useRef } from 'preact/hooks';
import type { Turn } from '../../shared/conversation.ts';
import { t } from '../ui/l10n.ts';
import { useServices } from '../services.ts';
import { turnText } from './turnText.ts';
import { Icon } from '../ui/Icon.tsx';
import { IconButton } from '../ui/IconButton.tsx';

interface Entry {
  icon: string;
  label: string;
  run: () => void;
}

/** What is done with a turn now and then. A native popover: the browser closes it on Escape and on a click outside. */
export function TurnMenu({ turn, offersModel }: { turn: Turn; offersModel: boolean }) {
  const { composition } = useServices();
  const menu = useRef<HTMLDivElement>(null);
  const entries = useEntries(turn, offersModel);
  const items = (): HTMLElement[] => [...(menu.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];

  const open = (): void => {
    menu.current?.togglePopover();
    items()[0]?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (composition.owns(event)) return;
    const all = items();
    const at = all.findIndex(item => item === document.activeElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (next !== undefined) {
      event.preventDefault();
      all.at(next % all.length)?.focus();
    }
    // It closes the menu, and stops no answer.
    if (event.key === 'Escape') event.stopPropagation();
    if (event.key === 'Tab') menu.current?.hidePopover();
  };
  return (
    <div class="turn-menu">
      <IconButton icon="ellipsis" label={t('More Actions')} hasMenu onClick={open} />
      <div ref={menu} popover="auto" class="menu" role="menu" aria-label={t('More Actions')} onKeyDown={onKeyDown}>
        {entries.map(({ icon, label, run }) => (
          <button
            key={label}
            type="button"
            role="menuitem"
            tabIndex={-1}
            class="menu-item"
            onClick={() => {
              menu.current?.hidePopover();
              run();
            }}
          >
            <Icon name={icon} />
            {label}
          </button>
        ))}
      </div>
    </div>
  );
}

/** `offersModel`: to ask another model stands nowhere else. */
function useEntries(turn: Turn, offersModel: boolean): Entry[] {
  const { store, post } = useServices();
  const turnId = turn.id;
  const place = store.view.value?.conversation.siblings[turnId];
  const otherId = place?.previousId ?? place?.nextId;
  const isAnswer = turn.role === 'assistant';
  // A review is what its tool reported; there is no text in it to change.
  const isEditable = isAnswer ? !turn.findings && turnText(turn) !== '' : !turn.toolResults;
  const remove = (type: 'deleteTurn' | 'deleteBranch'): void => {
    post({ type, turnId });
    store.deletions.value++;
  };
  const turns = store.view.value?.conversation.turns ?? [];
  // A question goes with its answer.
  const isFollowed = turns.findIndex(({ id }) => id === turnId) < turns.length - (isAnswer ? 1 : 2);
  return [
    ...(isEditable
      ? [{ icon: 'edit', label: t('Edit'), run: () => (store.editing.value = { turnId, text: turnText(turn) }) }]
      : []),
    ...(offersModel
      ? [
          {
            icon: 'sparkle',
            label: t('Try Again with Another Model…'),
            run: () => post({ type: 'retryWithModel', turnId }),
          },
        ]
      : []),
    ...(otherId === undefined
      ? []
      : [
          {
            icon: 'diff',
            label: t('Compare Versions'),
            run: () => post({ type: 'compareTurns', turnId, otherId }),
          },
        ]),
    {
      icon: 'repo-forked',
      label: t('Fork from Here'),
      run: () => {
        post({ type: 'forkTurn', turnId });
        document.getElementById('composer')?.focus();
      },
    },
    {
      icon: 'trash',
      label: isAnswer ? t('Delete Answer') : t('Delete with Its Answer'),
      run: () => remove('deleteTurn'),
    },
    ...(isFollowed
      ? [{ icon: 'clear-all', label: t('Delete This and All After It'), run: () => remove('deleteBranch') }]
      : []),
  ];
}
