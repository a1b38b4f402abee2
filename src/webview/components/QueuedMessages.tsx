import type { QueuedMessage } from '../../shared/protocol.ts';
import { t } from '../l10n.ts';
import { useServices } from '../services.ts';
import { Icon } from './Icon.tsx';
import { IconButton } from './IconButton.tsx';
import { language } from '../language.ts';
import { listText } from '../../shared/listText.ts';

interface Props {
  /** Puts a text back to where messages are written. */
  edit: (text: string) => void;
}

/** What was sent while an answer was running, each with its ways out. */
export function QueuedMessages({ edit }: Props) {
  const { store } = useServices();
  const queue = store.view.value?.queue ?? [];
  if (queue.length === 0) return null;
  return (
    <ol class="queue" aria-label={t('Waiting to be sent')}>
      {queue.map(message => (
        <Queued key={message.id} message={message} edit={edit} />
      ))}
    </ol>
  );
}

function Queued({ message, edit }: Props & { message: QueuedMessage }) {
  const { post } = useServices();
  const { id, text, attachments } = message;
  return (
    <li class="queued">
      <Icon name="clock" />
      <span class="queued-text" dir="auto" title={text}>
        {text === ''
          ? listText(
              attachments.map(({ name }) => name),
              language(),
            )
          : text}
      </span>
      {attachments.length > 0 && <Icon name="attach" />}
      <IconButton
        icon="edit"
        label={t('Edit Queued Message')}
        onClick={() => {
          edit(text);
          post({ type: 'unqueue', id, isEdited: true });
        }}
      />
      <IconButton
        icon="trash"
        label={t('Remove Queued Message')}
        onClick={() => post({ type: 'unqueue', id, isEdited: false })}
      />
      <IconButton icon="send" label={t('Send Now')} onClick={() => post({ type: 'sendQueued', id })} />
    </li>
  );
}
