import { useComputed, useSignal, type Signal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { isRunning } from '../../shared/conversation.ts';
import { t } from '../l10n.ts';
import { newerDraft } from '../memory.ts';
import { shortModelName } from '../modelName.ts';
import { base64Of } from '../base64.ts';
import { type Services, useServices } from '../services.ts';
import { AttachmentChips } from './AttachmentChips.tsx';
import { Icon } from './Icon.tsx';
import { QueuedMessages } from './QueuedMessages.tsx';
import { IconButton } from './IconButton.tsx';

/** Where the user writes. The text is the textarea's own: writing it back at every key would disturb input methods. */
export function Composer() {
  const { store, post, draft, composition } = useServices();
  const input = useRef<HTMLTextAreaElement>(null);
  const isEmpty = useSignal(true);
  const isAnswering = useComputed(() => store.view.value?.conversation.turns.some(isRunning) ?? false);
  const hasAttachments = useComputed(() => (store.view.value?.attachments.length ?? 0) > 0);
  useDraft(input, isEmpty);

  const setText = (text: string): void => {
    if (input.current) input.current.value = text;
    isEmpty.value = text.trim() === '';
  };
  const send = (): void => {
    const text = input.current?.value.trim() ?? '';
    if (text === '' && !hasAttachments.value) return;
    post({ type: 'send', text });
    setText('');
    draft.clear();
  };
  const takeFiles = (event: Event, transfer: DataTransfer | null): void => {
    const files = [...(transfer?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    for (const file of files) void attach(file, post);
  };
  const stop = (): void => {
    post({ type: 'stop' });
    // The button goes, and the focus would go with it.
    input.current?.focus();
  };
  const edit = (text: string): void => {
    const typed = input.current?.value ?? '';
    const joined = typed === '' ? text : `${text}\n\n${typed}`;
    setText(joined);
    draft.change(joined);
    input.current?.focus();
  };
  const onInput = (): void => {
    const text = input.current?.value ?? '';
    isEmpty.value = text.trim() === '';
    draft.change(text);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (composition.owns(event)) return;
    if (event.key === 'Enter' && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      send();
    } else if (event.key === 'ArrowUp' && input.current?.value === '') {
      const last = store.state?.conversation.turns.findLast(turn => turn.role === 'user' && turn.intent === 'chat');
      if (last?.role !== 'user') return;
      event.preventDefault();
      setText(last.text);
      draft.change(last.text);
    }
  };

  return (
    <div class="composer" onDragOver={acceptFiles} onDrop={event => takeFiles(event, event.dataTransfer)}>
      <QueuedMessages edit={edit} />
      <textarea
        id="composer"
        ref={input}
        rows={1}
        dir="auto"
        aria-label={t('Message')}
        placeholder={t('Ask about your code…')}
        onInput={onInput}
        onKeyDown={onKeyDown}
        onPaste={event => takeFiles(event, event.clipboardData)}
        onBlur={() => draft.flush()}
      />
      <AttachmentChips />
      <div class="composer-footer">
        <IconButton
          icon="attach"
          label={t('Attach')}
          onClick={() => post({ type: 'command', command: 'marginalia.attach' })}
        />
        <ModelChip />
        <ParametersButton />
        {isAnswering.value ? (
          <IconButton icon="stop-circle" label={t('Stop')} onClick={stop} />
        ) : (
          <IconButton
            icon="send"
            class="send"
            label={t('Send')}
            isDisabled={isEmpty.value && !hasAttachments.value}
            onClick={send}
          />
        )}
      </div>
    </div>
  );
}

/** Without this the page would not be asked about a drop. */
function acceptFiles(event: DragEvent): void {
  if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
}

async function attach(file: File, post: Services['post']): Promise<void> {
  post({ type: 'attach', name: file.name, data: await base64Of(file) });
}

function ParametersButton() {
  const { store } = useServices();
  const count = Object.keys(store.view.value?.conversation.parameters ?? {}).length;
  const isOpen = store.showsParameters.value;
  return (
    <button
      type="button"
      class="model-chip parameters-button"
      aria-pressed={isOpen}
      aria-label={count === 0 ? t('Parameters') : t('Parameters ({0} set)', count)}
      title={t('Parameters')}
      onClick={() => (store.showsParameters.value = !isOpen)}
    >
      <Icon name="settings" />
      {count > 0 && <span>{count}</span>}
    </button>
  );
}

function ModelChip() {
  const { store, post } = useServices();
  const view = store.view.value;
  const model = view?.conversation.parameters.model ?? view?.connection.model ?? '';
  if (model === '') return null;
  return (
    <button
      type="button"
      class="model-chip"
      title={t('Choose Model ({0})', model)}
      onClick={() => post({ type: 'command', command: 'marginalia.chooseModel' })}
    >
      <span>{shortModelName(model)}</span>
      <Icon name="chevron-down" />
    </button>
  );
}

/** Shows the draft of the conversation when another one is opened, and of the first one when the view starts. */
function useDraft(input: { current: HTMLTextAreaElement | null }, isEmpty: Signal<boolean>): void {
  const { store, draft, recall } = useServices();
  const conversationId = store.view.value?.conversation.id ?? '';
  useLayoutEffect(() => {
    if (draft.conversationId !== conversationId) {
      const hostDraft = store.state?.draft ?? '';
      draft.open(conversationId, newerDraft(recall(conversationId), conversationId, hostDraft), hostDraft);
    }
    if (input.current) input.current.value = draft.text;
    isEmpty.value = draft.text.trim() === '';
  }, [conversationId]);
}
