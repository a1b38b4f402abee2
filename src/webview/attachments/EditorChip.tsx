import { isMedia } from '../../shared/conversation.ts';
import { t } from '../ui/l10n.ts';
import { useServices } from '../services.ts';
import { Icon } from '../ui/Icon.tsx';

/** What the editor shows, which a click puts beside the message. Nothing of it goes along before that. */
export function EditorChip({ leave }: { leave: () => void }) {
  const { store, post } = useServices();
  const inEditor = store.inEditor.value;
  const attachments = store.view.value?.attachments ?? [];
  const names = attachments.filter(attachment => !isMedia(attachment)).map(({ name }) => name);
  if (!inEditor || names.includes(inEditor.name)) return null;
  const { subject, name, path } = inEditor;
  return (
    <button
      type="button"
      class="editor-chip"
      title={
        subject === 'file' ? t('Add {0}, which is open in the editor', path) : t('Add what is selected in {0}', path)
      }
      aria-label={t('Add {0} to the message', name)}
      onClick={() => {
        post({ type: 'command', command: subject === 'file' ? 'marginalia.addFile' : 'marginalia.addSelection' });
        leave();
      }}
    >
      <Icon name="add" />
      <span class="attachment-name">{name}</span>
    </button>
  );
}
