import { type Attachment, isMedia, type MediaAttachment } from '../../shared/attachment.ts';
import { attachmentDetail, attachmentIcon } from './attachmentText.ts';
import { t } from '../ui/l10n.ts';
import { useServices } from '../services.ts';
import { AttachmentThumbnail, ImageSize } from './AttachmentThumbnail.tsx';
import { ExcerptView } from './ExcerptView.tsx';
import { HiddenAttachmentNote } from './HiddenNote.tsx';
import { OutdatedNote } from './OutdatedSign.tsx';

/** What went along with a turn, as it was then. */
export function SentAttachments({ attachments, turnId }: { attachments: Attachment[]; turnId: string }) {
  const media = attachments.filter(isMedia);
  return (
    <>
      {media.length > 0 && <MediaList attachments={media} />}
      {attachments.map(attachment => (
        <SentText key={attachment.id} attachment={attachment} turnId={turnId} />
      ))}
    </>
  );
}

export function MediaList({ attachments }: { attachments: MediaAttachment[] }) {
  return (
    <ul class="attachments" aria-label={t('Attachments')}>
      {attachments.map(attachment => (
        <li key={attachment.id} class="attachment" title={attachmentDetail(attachment)}>
          <AttachmentThumbnail attachment={attachment} />
          <span class="attachment-name">{attachment.name}</span>
          <ImageSize attachment={attachment} />
        </li>
      ))}
    </ul>
  );
}

function SentText({ attachment, turnId }: { attachment: Attachment; turnId: string }) {
  const { post } = useServices();
  if (attachment.kind !== 'code' && attachment.kind !== 'text') return null;
  const open = (): void => post({ type: 'openAttachment', id: attachment.id, asSent: true });
  const openWhole = attachment.isCut ? open : undefined;
  const icon = attachmentIcon(attachment);
  const place = { turnId, part: `attachment ${attachment.id}` };
  if (attachment.kind === 'code') {
    return (
      <>
        <ExcerptView {...place} excerpt={attachment.excerpt} icon={icon} openWhole={openWhole} />
        <HiddenAttachmentNote attachment={attachment} />
        <OutdatedNote attachment={attachment} />
      </>
    );
  }
  const { name, languageId, text, note } = attachment;
  const lines = { path: name, uri: '', languageId, startLine: 1, endLine: 1, code: text };
  const title = (
    <button type="button" class="location" title={t('Open {0}', name)} onClick={open}>
      <bdi>{name}</bdi>
    </button>
  );
  return (
    <>
      <ExcerptView {...place} excerpt={lines} icon={icon} title={title} openWhole={openWhole} />
      <HiddenAttachmentNote attachment={attachment} />
      {note !== undefined && <p class="attachment-note">{note}</p>}
    </>
  );
}
