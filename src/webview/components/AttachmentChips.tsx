import type { Attachment } from '../../shared/conversation.ts';
import { t } from '../l10n.ts';
import { useServices } from '../services.ts';
import { Icon } from './Icon.tsx';
import { IconButton } from './IconButton.tsx';

/** What goes along with the next message, each with a way out. */
export function AttachmentChips() {
  const { store, post } = useServices();
  const attachments = store.view.value?.attachments ?? [];
  if (attachments.length === 0) return null;
  return (
    <ul class="attachments" aria-label={t('Attachments')}>
      {attachments.map(attachment => (
        <li key={attachment.id} class="attachment" title={addressOf(attachment)}>
          <Name attachment={attachment} />
          <IconButton
            icon="close"
            label={t('Remove {0}', attachment.name)}
            onClick={() => post({ type: 'detach', id: attachment.id })}
          />
        </li>
      ))}
    </ul>
  );
}

/** What went along with a turn. */
export function AttachmentList({ attachments }: { attachments: Attachment[] }) {
  return (
    <ul class="attachments" aria-label={t('Attachments')}>
      {attachments.map(attachment => (
        <li key={attachment.id} class="attachment" title={addressOf(attachment)}>
          <Name attachment={attachment} />
        </li>
      ))}
    </ul>
  );
}

function Name({ attachment }: { attachment: Attachment }) {
  return (
    <>
      <Icon name={attachment.kind === 'image' ? 'file-media' : 'file-pdf'} />
      <span class="attachment-name">{attachment.name}</span>
    </>
  );
}

function addressOf({ source, name }: Attachment): string {
  return source.type === 'url' ? source.url : name;
}
