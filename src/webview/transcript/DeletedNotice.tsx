import { useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../ui/l10n.ts';
import { useServices } from '../services.ts';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';

/** Offers to bring back what was deleted last. It goes with the next message. */
export function DeletedNotice() {
  const { store, post } = useServices();
  const deletions = store.deletions.value;
  const card = useRef<HTMLDivElement>(null);
  // What had the keyboard goes with the turn; from here it is one step to the way back.
  useLayoutEffect(() => card.current?.focus(), [deletions]);
  if (deletions === 0) return null;
  const close = (): void => {
    store.deletions.value = 0;
    document.getElementById('composer')?.focus();
  };
  const restore = (): void => {
    post({ type: 'restoreTurn' });
    close();
  };
  return (
    <div class="card compact deleted" role="status" tabIndex={-1} ref={card}>
      <p class="card-text">{t('Message deleted.')}</p>
      <Button isSecondary onClick={restore}>
        {t('Undo')}
      </Button>
      <IconButton icon="close" label={t('Close')} onClick={close} />
    </div>
  );
}
