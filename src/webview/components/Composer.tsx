import { useComputed, useSignal, useSignalEffect, type Signal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { isRunning } from '../../shared/conversation.ts';
import { t } from '../l10n.ts';
import { newerDraft } from '../memory.ts';
import { shortModelName } from '../modelName.ts';
import { useServices } from '../services.ts';
import { Icon } from './Icon.tsx';
import { IconButton } from './IconButton.tsx';

/** Where the user writes. The text is the textarea's own: writing it back at every key would disturb input methods. */
export function Composer() {
  const { store, post, draft, composition } = useServices();
  const input = useRef<HTMLTextAreaElement>(null);
  const isEmpty = useSignal(true);
  const hint = useSignal('');
  const isAnswering = useComputed(() => store.view.value?.conversation.turns.some(isRunning) ?? false);
  useDraft(input, isEmpty);
  useSignalEffect(() => {
    if (!isAnswering.value) hint.value = '';
  });

  const setText = (text: string): void => {
    if (input.current) input.current.value = text;
    isEmpty.value = text.trim() === '';
  };
  const send = (): void => {
    const text = input.current?.value.trim() ?? '';
    if (text === '') return;
    if (isAnswering.value) {
      hint.value = t('An answer is still arriving. Stop it, or wait, then send.');
      return;
    }
    post({ type: 'send', text });
    setText('');
    draft.clear();
  };
  const onInput = (): void => {
    const text = input.current?.value ?? '';
    isEmpty.value = text.trim() === '';
    hint.value = '';
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
    <div class="composer">
      <textarea
        id="composer"
        ref={input}
        rows={1}
        dir="auto"
        aria-label={t('Message')}
        aria-describedby="composer-hint"
        placeholder={t('Ask about your code…')}
        onInput={onInput}
        onKeyDown={onKeyDown}
        onBlur={() => draft.flush()}
      />
      <p id="composer-hint" class="composer-hint" role="status">
        {hint.value}
      </p>
      <div class="composer-footer">
        <ModelChip />
        {isAnswering.value ? (
          <IconButton icon="stop-circle" label={t('Stop')} onClick={() => post({ type: 'stop' })} />
        ) : (
          <IconButton icon="send" class="send" label={t('Send')} isDisabled={isEmpty.value} onClick={send} />
        )}
      </div>
    </div>
  );
}

function ModelChip() {
  const { store, post } = useServices();
  const model = store.view.value?.connection.model ?? '';
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
