import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { type Attachment, isMedia } from '../../shared/attachment.ts';
import { attachmentDetail, attachmentIcon, shortTokens } from './attachmentText.ts';
import { t } from '../ui/l10n.ts';
import { useServices } from '../services.ts';
import { AttachmentThumbnail, ImageSize } from './AttachmentThumbnail.tsx';
import { FollowButton } from './FollowButton.tsx';
import { HiddenSign } from './HiddenNote.tsx';
import { Icon } from '../ui/Icon.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { OutdatedSign } from './OutdatedSign.tsx';

/** From how many on they can be removed all at once. */
const many = 3;

interface Props {
  /** Puts the keyboard back to where messages are written. */
  leave: () => void;
}

/** What goes along with the next message, each with a way out. One stop of the Tab key; the arrows go on from there. */
export function AttachmentChips({ leave }: Props) {
  const { store, post, announce } = useServices();
  const attachments = store.view.value?.attachments ?? [];
  const list = useRef<HTMLUListElement>(null);
  const current = useSignal(0);
  const moves = useRef(false);
  const last = attachments.length - 1;
  const at = Math.min(current.value, Math.max(0, last));
  useLayoutEffect(() => {
    if (!moves.current) return;
    moves.current = false;
    list.current?.querySelectorAll<HTMLElement>('.chip-name')[at]?.focus();
  });
  if (attachments.length === 0) return null;

  const remove = ({ id, name }: Attachment): void => {
    post({ type: 'detach', ids: [id] });
    announce(t('{0} removed', name));
  };
  const onKeyDown = (event: KeyboardEvent, attachment: Attachment): void => {
    const targets: Record<string, number> = {
      ArrowRight: at + 1,
      ArrowDown: at + 1,
      ArrowLeft: at - 1,
      ArrowUp: at - 1,
      Home: 0,
      End: last,
    };
    const target = targets[event.key];
    if (event.key === 'Delete' || event.key === 'Backspace') {
      remove(attachment);
      if (last === 0) leave();
      else {
        current.value = Math.min(at, last - 1);
        moves.current = true;
      }
    } else if (target !== undefined) {
      moves.current = true;
      current.value = Math.max(0, Math.min(last, target));
    } else return;
    event.preventDefault();
  };
  return (
    <div class="attachment-bar">
      <ul class="attachments" aria-label={t('Attachments')} ref={list}>
        {attachments.map((attachment, index) => (
          <li key={attachment.id} class="attachment" title={attachmentDetail(attachment)}>
            <button
              type="button"
              class="chip-name"
              tabIndex={index === at ? 0 : -1}
              aria-keyshortcuts="Delete"
              aria-description={attachmentDetail(attachment)}
              onFocus={() => (current.value = index)}
              onKeyDown={event => onKeyDown(event, attachment)}
              onClick={() => post({ type: 'openAttachment', id: attachment.id, asSent: false })}
            >
              {isMedia(attachment) ? (
                <AttachmentThumbnail attachment={attachment} />
              ) : (
                <Icon name={attachmentIcon(attachment)} />
              )}
              <span class="attachment-name">{attachment.name}</span>
              {hasNote(attachment) && <Icon name="info" class="attachment-info" />}
              {isMedia(attachment) && attachment.pixels ? (
                <ImageSize attachment={attachment} />
              ) : (
                attachment.tokens !== undefined && (
                  <span class="attachment-tokens">{t('{0} tok', shortTokens(attachment.tokens))}</span>
                )
              )}
            </button>
            <HiddenSign attachment={attachment} />
            <OutdatedSign attachment={attachment} />
            <FollowButton attachment={attachment} />
            <IconButton
              icon="close"
              label={t('Remove {0}', attachment.name)}
              onClick={() => {
                remove(attachment);
                leave();
              }}
            />
          </li>
        ))}
      </ul>
      {attachments.length >= many && (
        <button
          type="button"
          class="text-button remove-all"
          onClick={() => {
            post({ type: 'detach', ids: attachments.map(({ id }) => id) });
            announce(t('All attachments removed'));
            leave();
          }}
        >
          {t('Remove All')}
        </button>
      )}
    </div>
  );
}

function hasNote(attachment: Attachment): boolean {
  return attachment.kind === 'text' && attachment.note !== undefined;
}
