import { t } from '../ui/l10n.ts';
import type { FormField, InputField, Typed } from './formFields.ts';

interface Props {
  fields: readonly FormField[];
  typed: Typed;
  /** Each begins with the pointer of what it is about. */
  problems: readonly string[];
  /** Whether what is missing is told: not before the first try. */
  isTried: boolean;
  change: (pointer: string, text: string) => void;
}

/** The fields of an input; those of an object within it stand in a group. */
export function FormFields({ fields, ...others }: Props) {
  return (
    <>
      {fields.map(field =>
        field.kind === 'group' ? (
          <fieldset key={field.pointer} class="form-group">
            <legend>{field.name}</legend>
            {field.description !== '' && <p class="field-hint">{field.description}</p>}
            <FormFields fields={field.fields} {...others} />
          </fieldset>
        ) : (
          <OneField key={field.pointer} field={field} {...others} />
        ),
      )}
    </>
  );
}

function OneField({ field, typed, problems, isTried, change }: Omit<Props, 'fields'> & { field: InputField }) {
  const { pointer, name, description, isRequired, kind } = field;
  const id = `input${encodeURIComponent(pointer)}`;
  const text = typed[pointer] ?? field.initial;
  const note = isTried || text !== '' ? problemAt(problems, pointer) : '';
  const shared = {
    id,
    'aria-invalid': note !== '',
    'aria-describedby': `${id}-hint ${id}-note`,
    'aria-required': isRequired,
  };
  return (
    <div class="field">
      <div class="field-header">
        <label for={id}>{name}</label>
        {isRequired && <span class="field-hint">{t('needed')}</span>}
      </div>
      <p id={`${id}-hint`} class="field-hint">
        {[description, hintOf(kind)].filter(part => part !== '').join(' · ')}
      </p>
      <FieldInput field={field} text={text} shared={shared} change={changed => change(pointer, changed)} />
      <p id={`${id}-note`} class="field-note wrong">
        {note}
      </p>
    </div>
  );
}

/** What is wrong with a value, or within it. */
function problemAt(problems: readonly string[], pointer: string): string {
  return problems
    .filter(problem => problem.startsWith(`${pointer}: `) || problem.startsWith(`${pointer}/`))
    .map(problem => (problem.startsWith(`${pointer}: `) ? problem.slice(pointer.length + 2) : problem))
    .join(' ');
}

function hintOf(kind: InputField['kind']): string {
  if (kind === 'texts') return t('one in a line');
  return kind === 'json' ? t('as JSON') : '';
}

interface FieldInputProps {
  field: InputField;
  text: string;
  shared: {
    id: string;
    'aria-invalid': boolean;
    'aria-describedby': string;
    'aria-required': boolean;
  };
  change: (text: string) => void;
}

function FieldInput({ field: { kind, choices }, text, shared, change }: FieldInputProps) {
  switch (kind) {
    case 'text':
      return (
        <input type="text" dir="auto" {...shared} value={text} onInput={event => change(event.currentTarget.value)} />
      );
    case 'number':
      return (
        <input
          type="text"
          inputMode="decimal"
          {...shared}
          value={text}
          onInput={event => change(event.currentTarget.value.trim())}
        />
      );
    case 'flag':
      return <Choice choices={['true', 'false']} text={text} shared={shared} change={change} />;
    case 'choice':
      return <Choice choices={choices} text={text} shared={shared} change={change} />;
    case 'texts':
    case 'json':
      return (
        <textarea
          rows={3}
          dir={kind === 'json' ? 'ltr' : 'auto'}
          {...shared}
          value={text}
          onInput={event => change(event.currentTarget.value)}
        />
      );
  }
}

function Choice({ choices, text, shared, change }: Omit<FieldInputProps, 'field'> & { choices: readonly string[] }) {
  return (
    <select {...shared} value={text} onChange={event => change(event.currentTarget.value)}>
      <option value="">{t('(not given)')}</option>
      {choices.map(choice => (
        <option key={choice} value={choice}>
          {choice.startsWith('"') ? String(JSON.parse(choice)) : choice}
        </option>
      ))}
    </select>
  );
}
