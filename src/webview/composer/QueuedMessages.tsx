import { isRunning } from '../../shared/conversation.ts';
import type { QueuedMessage } from '../../shared/protocol/queue.ts';
import { t } from '../ui/l10n.ts';
import { useServices } from '../services.ts';
import { Icon } from '../ui/Icon.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { language } from '../ui/language.ts';
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
  const { turns = [], mode = 'chat' } = store.view.value?.conversation ?? {};
  const isAnswering = turns.some(isRunning);
  return (
    <>
      {!isAnswering && <WaitingForUser queue={queue} />}
      <ol class="queue" aria-label={t('Waiting to be sent')}>
        {queue.map(message => (
          <Queued key={message.id} message={message} edit={edit} canSteer={isAnswering && mode !== 'chat'} />
        ))}
      </ol>
    </>
  );
}

/** After a stop or a failure nothing goes out by itself. */
function WaitingForUser({ queue }: { queue: readonly QueuedMessage[] }) {
  const { post, store } = useServices();
  const [first] = queue;
  if (!first) return null;
  const leave = (): void => document.getElementById('composer')?.focus();
  return (
    <div class="queue-waiting" role="group" aria-label={t('Waiting to be sent')}>
      <span>{t('{0} waiting', queue.length)}</span>
      {queue.length > 1 && (
        <>
          <button
            type="button"
            class="text-link"
            onClick={() => {
              // The others follow it, each after the answer before.
              post({ type: 'sendQueued', id: first.id });
              leave();
            }}
          >
            {t('Send All')}
          </button>
          <button
            type="button"
            class="text-link"
            onClick={() => {
              // What was typed stays within reach of the up arrow.
              const texts = queue.map(({ text }) => text).reverse();
              store.sentElsewhere.value = [...texts, ...store.sentElsewhere.value];
              for (const { id } of queue) post({ type: 'unqueue', id, isEdited: false });
              leave();
            }}
          >
            {t('Clear')}
          </button>
        </>
      )}
    </div>
  );
}

/** `canSteer`: tools may run before the answer comes to its end. */
function Queued({ message, edit, canSteer }: Props & { message: QueuedMessage; canSteer: boolean }) {
  const { post, store } = useServices();
  const { id, text, attachments, steers = false } = message;
  return (
    <li class="queued">
      <Icon name={steers ? 'debug-step-into' : 'clock'} />
      <span class="queued-text" dir="auto" title={text}>
        {text === ''
          ? listText(
              attachments.map(({ name }) => name),
              language(),
            )
          : text}
      </span>
      {attachments.length > 0 && <Icon name="attach" />}
      {(canSteer || steers) && (
        <button
          type="button"
          class="icon-button codicon codicon-debug-step-into steer"
          aria-pressed={steers}
          aria-label={t('Send with the Next Tool Results')}
          title={steers ? t('Goes with the next tool results') : t('Send with the Next Tool Results')}
          onClick={() => post({ type: 'steer', id, isSteering: !steers })}
        />
      )}
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
        onClick={() => {
          store.sentElsewhere.value = [text, ...store.sentElsewhere.value];
          post({ type: 'unqueue', id, isEdited: false });
        }}
      />
      <IconButton icon="send" label={t('Send Now')} onClick={() => post({ type: 'sendQueued', id })} />
    </li>
  );
}
