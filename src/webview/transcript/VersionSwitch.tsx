import { useLayoutEffect, useRef } from 'preact/hooks';
import { isRunning, type Turn } from '../../shared/conversation.ts';
import { t } from '../ui/l10n.ts';
import { useServices } from '../services.ts';
import { IconButton } from '../ui/IconButton.tsx';

/** Leads to the other turns that stand in this one's place. */
export function VersionSwitch({ turn }: { turn: Turn }) {
  const { store, post } = useServices();
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (!box.current || store.switching?.turnId !== turn.id) return;
    focusAgain(box.current, store.switching.step);
    store.switching = undefined;
  });
  const conversation = store.view.value?.conversation;
  const place = conversation?.siblings[turn.id];
  if (!conversation || !place) return null;
  const { index, count, previousId, nextId } = place;
  const isBusy = conversation.turns.some(isRunning);
  const show = (turnId: string | undefined, step: -1 | 1): void => {
    if (turnId === undefined) return;
    store.switching = { turnId, step };
    post({ type: 'switchTurn', turnId });
  };
  return (
    <div ref={box} class="versions" role="group" aria-label={t('Version {0} of {1}', index + 1, count)}>
      <IconButton
        icon="chevron-left"
        label={t('Previous Version')}
        isDisabled={isBusy || previousId === undefined}
        onClick={() => show(previousId, -1)}
      />
      <span aria-hidden="true">{`${index + 1}/${count}`}</span>
      <IconButton
        icon="chevron-right"
        label={t('Next Version')}
        isDisabled={isBusy || nextId === undefined}
        onClick={() => show(nextId, 1)}
      />
    </div>
  );
}

/** The button that was pressed has gone with its version, and the keyboard with it, unless something else has taken it. */
function focusAgain(box: HTMLElement, step: -1 | 1): void {
  if (document.activeElement !== document.body) return;
  const [previous, next] = box.querySelectorAll('button');
  const [same, other] = step === -1 ? [previous, next] : [next, previous];
  (same?.disabled ? other : same)?.focus({ preventScroll: true });
}
