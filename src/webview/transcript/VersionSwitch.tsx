import { isRunning, type Turn } from '../../shared/conversation.ts';
import { t } from '../ui/l10n.ts';
import { useServices } from '../services.ts';
import { IconButton } from '../ui/IconButton.tsx';

/** Leads to the other turns that stand in this one's place. */
export function VersionSwitch({ turn }: { turn: Turn }) {
  const { store, post } = useServices();
  const conversation = store.view.value?.conversation;
  const siblings = conversation?.siblings[turn.id];
  if (!conversation || !siblings) return null;
  const at = siblings.indexOf(turn.id);
  const isBusy = conversation.turns.some(isRunning);
  const show = (id: string | undefined): void => {
    if (id !== undefined) post({ type: 'switchTurn', turnId: id });
  };
  return (
    <div class="versions" role="group" aria-label={t('Version {0} of {1}', at + 1, siblings.length)}>
      <IconButton
        icon="chevron-left"
        label={t('Previous Version')}
        isDisabled={isBusy || at <= 0}
        onClick={() => show(siblings[at - 1])}
      />
      <span aria-hidden="true">{`${at + 1}/${siblings.length}`}</span>
      <IconButton
        icon="chevron-right"
        label={t('Next Version')}
        isDisabled={isBusy || at === siblings.length - 1}
        onClick={() => show(siblings[at + 1])}
      />
    </div>
  );
}
