import { useComputed } from '@preact/signals';
import { isRunning } from '../../shared/conversation.ts';
import type { Parameters } from '../../shared/parameters.ts';
import type { ToolMode } from '../../shared/toolMode.ts';
import { shortTokens } from '../attachments/attachmentText.ts';
import { t } from '../ui/l10n.ts';
import { shortModelName } from '../ui/modelName.ts';
import { useServices } from '../services.ts';
import { ComposerSize } from './ComposerSize.tsx';
import { Icon } from '../ui/Icon.tsx';
import { IconButton } from '../ui/IconButton.tsx';

interface Props {
  canSend: boolean;
  send: () => void;
  /** Puts the keyboard back into the message. */
  focus: () => void;
}

/** What can be done with the message, and what it goes to. */
export function ComposerFooter({ canSend, send, focus }: Props) {
  const { store, post } = useServices();
  const isAnswering = useComputed(() => store.view.value?.conversation.turns.some(isRunning) ?? false);
  const stop = (): void => {
    post({ type: 'stop' });
    // The button goes, and the focus would go with it.
    focus();
  };
  return (
    <div class="composer-footer">
      <IconButton
        icon="attach"
        label={t('Attach')}
        onClick={() => post({ type: 'command', command: 'marginalia.attach' })}
      />
      <ModelChip />
      <ThinkingChip />
      <ModeChip />
      <ParametersButton />
      <ComposerSize />
      {isAnswering.value ? (
        <IconButton icon="stop-circle" label={t('Stop')} onClick={stop} />
      ) : (
        <IconButton icon="send" class="send" label={t('Send')} isDisabled={!canSend} onClick={send} />
      )}
    </div>
  );
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

/** How the model thinks before it answers. */
function ThinkingChip() {
  const { store, post } = useServices();
  const thinking = store.view.value?.conversation.parameters.thinking;
  const state = thinking ? stateOf(thinking) : '';
  return (
    <button
      type="button"
      class="model-chip thinking-chip"
      aria-label={state === '' ? t('Choose how it thinks') : t('Choose how it thinks: {0}', state)}
      title={t('Thinking')}
      onClick={() => post({ type: 'command', command: 'marginalia.chooseThinking' })}
    >
      <Icon name="thinking" />
      {state !== '' && <span>{state}</span>}
    </button>
  );
}

const modeIcons: Record<ToolMode, string> = { chat: 'comment', plan: 'checklist', act: 'edit' };

/** What tools may do. Without them it is an icon, as most conversations are. */
function ModeChip() {
  const { store, post } = useServices();
  const { mode = 'chat' } = store.view.value?.conversation ?? {};
  const name = modeName(mode);
  return (
    <button
      type="button"
      class="model-chip mode-chip"
      aria-label={t('Choose mode: {0}', name)}
      title={t('Mode')}
      onClick={() => post({ type: 'command', command: 'marginalia.chooseMode' })}
    >
      <Icon name={modeIcons[mode]} />
      {mode !== 'chat' && <span>{name}</span>}
    </button>
  );
}

function modeName(mode: ToolMode): string {
  switch (mode) {
    case 'chat':
      return t('Chat');
    case 'plan':
      return t('Plan');
    case 'act':
      return t('Act');
  }
}

function stateOf(thinking: NonNullable<Parameters['thinking']>): string {
  if (thinking.type === 'enabled') return shortTokens(thinking.budget_tokens);
  return thinking.type === 'adaptive' ? t('Adaptive') : t('Off');
}

function ModelChip() {
  const { store, post } = useServices();
  const view = store.view.value;
  const { parameters, startModel } = view?.conversation ?? {};
  const model = parameters?.model ?? startModel ?? view?.connection.model ?? '';
  if (model === '') return null;
  const name = shortModelName(model);
  const maker = /^claude-(?=.)/.exec(name)?.[0] ?? '';
  return (
    <button
      type="button"
      class="model-chip chosen-model"
      aria-label={t('Choose model: {0}', name)}
      title={t('Choose Model ({0})', model)}
      onClick={() => post({ type: 'command', command: 'marginalia.chooseModel' })}
    >
      <span>
        {maker !== '' && <span class="model-maker">{maker}</span>}
        {name.slice(maker.length)}
      </span>
      <Icon name="chevron-down" />
    </button>
  );
}
