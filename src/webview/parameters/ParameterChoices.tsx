import { parameterFromText } from '../../shared/parameterText.ts';
import { t } from '../ui/l10n.ts';

interface Props {
  /** The value as JSON; empty where it is not set. */
  text: string;
  change: (text: string) => void;
  shared: { id: string; 'aria-invalid': boolean; 'aria-describedby': string };
}

/** On with a budget, adaptive, off, or not sent. */
export function ThinkingEditor({ text, change, shared }: Props) {
  const value = fieldsOf('thinking', text);
  const budget = value['budget_tokens'];
  const type = typeOf(value);
  const set = (changed: Record<string, unknown>): void => change(thinkingText({ ...value, ...changed }));
  // The models that think adaptively leave the words out unless they are asked for.
  const setType = (chosen: string): void =>
    set({ type: chosen, ...(type === '' && chosen === 'adaptive' && { display: 'summarized' }) });
  return (
    <div class="field-row">
      <select value={type} onChange={({ currentTarget }) => setType(currentTarget.value)} {...shared}>
        <option value="">{t('not sent')}</option>
        <option value="enabled">{t('On, with a budget')}</option>
        <option value="adaptive">{t('Adaptive')}</option>
        <option value="disabled">{t('Off')}</option>
      </select>
      {type === 'enabled' && (
        <input
          type="text"
          inputmode="numeric"
          aria-label="budget_tokens"
          value={typeof budget === 'number' ? String(budget) : ''}
          onInput={({ currentTarget }) => set({ budget_tokens: Number(currentTarget.value) })}
        />
      )}
      {(type === 'enabled' || type === 'adaptive') && (
        <label class="check">
          <input
            type="checkbox"
            checked={value['display'] === 'summarized'}
            onChange={({ currentTarget }) => set({ display: currentTarget.checked ? 'summarized' : undefined })}
          />
          {t('Show a summary of it')}
        </label>
      )}
    </div>
  );
}

/** The fields that belong to the type; the budget that is there already, or one to begin with. */
function thinkingText({ type, budget_tokens = 4096, display }: Record<string, unknown>): string {
  if (type === '') return '';
  if (type === 'disabled') return JSON.stringify({ type });
  return JSON.stringify({ type, ...(type === 'enabled' && { budget_tokens }), display });
}

/** Which of the tools the model may, must or must not use. */
export function ToolChoiceEditor({ text, change, shared }: Props) {
  const value = fieldsOf('tool_choice', text);
  const type = typeOf(value);
  const isAlone = value['disable_parallel_tool_use'] === true;
  const set = (changed: Record<string, unknown>): void => {
    const { name, ...next } = { ...value, ...changed };
    if (changed['type'] === '') change('');
    else change(JSON.stringify(next['type'] === 'tool' ? { ...next, name: name ?? '' } : next));
  };
  return (
    <div class="field-row">
      <select value={type} onChange={({ currentTarget }) => set({ type: currentTarget.value })} {...shared}>
        <option value="">{t('not sent')}</option>
        <option value="auto">auto</option>
        <option value="any">any</option>
        <option value="tool">tool</option>
        <option value="none">none</option>
      </select>
      {type === 'tool' && (
        <input
          type="text"
          spellcheck={false}
          aria-label={t('Name of the tool')}
          value={typeof value['name'] === 'string' ? value['name'] : ''}
          onInput={({ currentTarget }) => set({ name: currentTarget.value })}
        />
      )}
      {type !== '' && type !== 'none' && (
        <label class="check">
          <input
            type="checkbox"
            checked={isAlone}
            onChange={({ currentTarget }) => set({ disable_parallel_tool_use: currentTarget.checked })}
          />
          {t('One tool at a time')}
        </label>
      )}
    </div>
  );
}

function typeOf({ type }: Record<string, unknown>): string {
  return typeof type === 'string' ? type : '';
}

function fieldsOf(name: 'thinking' | 'tool_choice', text: string): Record<string, unknown> {
  const value = parameterFromText(name, text);
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
