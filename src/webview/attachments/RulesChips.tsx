import type { RulesOfFolder } from '../../shared/rules.ts';
import { t } from '../ui/l10n.ts';
import { useServices } from '../services.ts';
import { Icon } from '../ui/Icon.tsx';
import { IconButton } from '../ui/IconButton.tsx';

/**
 * The rules of the project: those in effect, with a way out; before anything is said also those that could be. Nothing
 * of them goes along before a click.
 */
export function RulesChips({ leave }: { leave: () => void }) {
  const { store, post } = useServices();
  const isNew = (store.view.value?.conversation.turns.length ?? 0) === 0;
  const folders = store.rules.value;
  const toggle = (): void => {
    post({ type: 'command', command: 'marginalia.toggleRules' });
    leave();
  };
  const on = folders.filter(({ isOn }) => isOn);
  const off = isNew ? folders.filter(({ isOn }) => !isOn) : [];
  if (on.length + off.length === 0) return null;
  return (
    <ul class="attachments attachment-bar rules-chips" aria-label={t('Rules of the Project')}>
      {on.map(rules => (
        <InEffect key={rules.folder} rules={rules} toggle={toggle} />
      ))}
      {off.map(({ folder, files }) => (
        <li key={folder}>
          <button
            type="button"
            class="editor-chip"
            title={t('Send the rules of {0} with every message', files.join(', '))}
            aria-label={t('Switch on the rules of {0}', files.join(', '))}
            onClick={toggle}
          >
            <Icon name="add" />
            <span class="attachment-name">{files.join(', ')}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function InEffect({ rules: { files }, toggle }: { rules: RulesOfFolder; toggle: () => void }) {
  const { post } = useServices();
  const [first = ''] = files;
  const names = files.join(', ');
  return (
    <li class="attachment">
      <button
        type="button"
        class="chip-name"
        title={t('Rules in effect: {0} goes along with every message. Click to open it.', names)}
        aria-label={t('Rules in effect: {0}', names)}
        onClick={() => post({ type: 'openPath', path: first })}
      >
        <Icon name="law" />
        <span class="attachment-name">{names}</span>
      </button>
      <IconButton icon="close" label={t('Switch off the rules of {0}', names)} onClick={toggle} />
    </li>
  );
}
