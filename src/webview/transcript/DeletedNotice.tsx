import { t } from '../ui/l10n.ts';
import { useServices } from '../services.ts';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';

/** Offers to bring back what was deleted last. It goes with the next message. */
export function DeletedNotice() {
  const { store, post } = useServices();
  if (!store.hasDeleted.value) return null;
  const close = (): void => {
    store.hasDeleted.value = false;
    document.getElementById('composer')?.focus();
  };
  const restore = (): void => {
    post({ type: 'restoreTurn' });
    close();
  };
  return (
    <div class="card compact deleted" role="status">
      <p class="card-text">{t('Message deleted.')}</p>
      <Button isSecondary onClick={restore}>
        {t('Undo')}
      </Button>
      <IconButton icon="close" label={t('Close')} onClick={close} />
    </div>
  );
}
