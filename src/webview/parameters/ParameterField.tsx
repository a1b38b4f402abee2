import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { adjustmentText } from '../../shared/adjustmentText.ts';
import { parameterProblem } from '../../shared/parameterProblem.ts';
import type { ParameterName } from '../../shared/parameters.ts';
import { requestFields } from '../../shared/requestFields.ts';
import { parameterFromText } from '../../shared/parameterText.ts';
import { t } from '../ui/l10n.ts';
import { parameterHint, parameterLabel, toText } from './parameterText.ts';
import { useServices } from '../services.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { ThinkingEditor, ToolChoiceEditor } from './ParameterChoices.tsx';

/** One field of the request: what the conversation sets, what would be sent otherwise, and what is wrong with it. */
export function ParameterField({ name }: { name: ParameterName }) {
  const { store, telling } = useServices();
  const view = store.view.value;
  const preview = store.preview.value;
  const id = `parameter-${name}`;
  const stored = view ? (view.unfinished?.parameters?.[name] ?? toText(name, view.conversation.parameters)) : '';
  const text = useSignal(stored);
  const problem = problemOf(name, text.value);
  // Another preset, or another window: what is being typed wins over what is stored until it is told.
  useEffect(() => {
    if (!telling.waits(id)) text.value = stored;
  }, [stored]);

  const change = (typed: string): void => {
    text.value = typed;
    const isWrong = problemOf(name, typed) !== undefined;
    telling.later(
      id,
      isWrong
        ? { type: 'typeParameter', name, text: typed }
        : { type: 'setParameter', name, value: parameterFromText(name, typed) },
    );
  };

  const unavailable = preview?.unavailable[name];
  const note = problem ?? (unavailable ? adjustmentText(unavailable, t) : undefined);
  const isSet = text.value !== '';
  const shared = {
    id,
    'aria-invalid': problem !== undefined,
    'aria-describedby': `${id}-hint ${id}-note`,
    placeholder: preview?.defaults[name] ?? t('not sent'),
  };
  return (
    <div class={unavailable && !isSet ? 'field unavailable' : 'field'}>
      <div class="field-header">
        <label for={id}>{parameterLabel(name)}</label>
        {isSet && <IconButton icon="discard" label={t('Leave {0} to the Settings', name)} onClick={() => change('')} />}
      </div>
      <p id={`${id}-hint`} class="field-hint">
        {parameterHint(name)}
      </p>
      <Input name={name} text={text.value} change={change} shared={shared} />
      <p id={`${id}-note`} class={problem === undefined ? 'field-note' : 'field-note wrong'} role="status">
        {note}
      </p>
    </div>
  );
}

function problemOf(name: ParameterName, text: string): string | undefined {
  const value = parameterFromText(name, text);
  return value === undefined ? undefined : parameterProblem(name, value, t);
}

interface InputProps {
  name: ParameterName;
  text: string;
  change: (text: string) => void;
  shared: { id: string; 'aria-invalid': boolean; 'aria-describedby': string; placeholder: string };
}

function Input({ name, text, change, shared }: InputProps) {
  const onInput = (event: { currentTarget: { value: string } }): void => change(event.currentTarget.value);
  switch (requestFields[name].editor) {
    case 'line':
      return <input type="text" spellcheck={false} value={text} onInput={onInput} {...shared} />;
    case 'number':
      return <input type="text" inputmode="decimal" value={text} onInput={onInput} {...shared} />;
    case 'lines':
    case 'json':
      return <textarea rows={text.includes('\n') ? 5 : 2} dir="auto" value={text} onInput={onInput} {...shared} />;
    case 'switch':
      return (
        <select value={text} onChange={onInput} {...shared}>
          <option value="">{t('As in the settings')}</option>
          <option value="true">{t('On')}</option>
          <option value="false">{t('Off')}</option>
        </select>
      );
    case 'thinking':
      return <ThinkingEditor text={text} change={change} shared={shared} />;
    case 'toolChoice':
      return <ToolChoiceEditor text={text} change={change} shared={shared} />;
  }
}
