import type { Attachment } from '../../shared/attachment.ts';
import type { InEditor } from '../../shared/inEditor.ts';
import { shortTokens } from './attachmentText.ts';
import { t } from '../ui/l10n.ts';
import { useServices } from '../services.ts';
import { Icon } from '../ui/Icon.tsx';

/** What the editor shows, which a click puts beside the message, to change with the editor until it is sent. */
export function EditorChip({ leave }: { leave: () => void }) {
  const { store, post } = useServices();
  const inEditor = store.inEditor.value;
  const attachments = store.view.value?.attachments ?? [];
  if (!inEditor || attachments.some(attachment => isShown(attachment, inEditor))) return null;
  const { subject, name, path, tokens } = inEditor;
  const size = t('{0} tok', shortTokens(tokens));
  return (
    <button
      type="button"
      class="editor-chip"
      title={
        subject === 'file' ? t('Add {0}, which is open in the editor', path) : t('Add what is selected in {0}', path)
      }
      aria-label={t('Add {0} to the message', `${name} ${size}`)}
      onClick={() => {
        post({ type: 'followEditor', instead: [] });
        leave();
      }}
    >
      <Icon name="add" />
      <span class="attachment-name">{name}</span>
      {/* Without it the two are one word of the name. */} <span class="attachment-tokens">{size}</span>
    </button>
  );
}

/** Whether that is what lies beside the message; of several selections, which are several, each follows the editor. */
function isShown(attachment: Attachment, { name, path }: InEditor): boolean {
  if (attachment.kind !== 'code') return false;
  return attachment.isLive === true || (attachment.name === name && attachment.excerpt.path === path);
}
