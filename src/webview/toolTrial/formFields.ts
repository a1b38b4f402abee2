import { type Fields, isFields } from '../../shared/json.ts';

/** What a value is typed into. `texts`: a text a line. `json`: whatever no other kind takes. */
export type FieldKind = 'text' | 'number' | 'flag' | 'choice' | 'texts' | 'json';

interface Named {
  /** A JSON pointer, as in what the check says of the input. */
  pointer: string;
  name: string;
  description: string;
  isRequired: boolean;
}

export interface InputField extends Named {
  kind: FieldKind;
  /** Of a choice, as JSON. */
  choices: string[];
  /** What stands in it at first. */
  initial: string;
}

export interface GroupField extends Named {
  kind: 'group';
  fields: FormField[];
}

export type FormField = InputField | GroupField;

/** Levels of objects that become fields; what is deeper is typed as JSON. */
const mostLevels = 4;

/** The fields of a form for a schema of an object. */
export function fieldsOf(schema: Fields, above = '', level = 0): FormField[] {
  const properties = isFields(schema['properties']) ? schema['properties'] : {};
  const required: unknown[] = Array.isArray(schema['required']) ? schema['required'] : [];
  return Object.entries(properties).map(([name, property]) => {
    const pointer = `${above}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    const own = isFields(property) ? property : {};
    const description = typeof own['description'] === 'string' ? own['description'] : '';
    const named = { pointer, name, description, isRequired: required.includes(name) };
    if (own['type'] === 'object' && isFields(own['properties']) && level < mostLevels) {
      return { ...named, kind: 'group', fields: fieldsOf(own, pointer, level + 1) };
    }
    const choices = Array.isArray(own['enum']) ? own['enum'].map(choice => JSON.stringify(choice)) : [];
    const kind = kindOf(own);
    return { ...named, kind, choices, initial: own['default'] === undefined ? '' : typedFor(kind, own['default']) };
  });
}

function kindOf(schema: Fields): FieldKind {
  const { type, items } = schema as { type?: unknown; items?: unknown };
  if (Array.isArray(schema['enum'])) return 'choice';
  if (type === 'string') return 'text';
  if (type === 'number' || type === 'integer') return 'number';
  if (type === 'boolean') return 'flag';
  const isOfTexts = isFields(items) && items['type'] === 'string' && !Array.isArray(items['enum']);
  return type === 'array' && isOfTexts ? 'texts' : 'json';
}

function typedFor(kind: FieldKind, value: unknown): string {
  if (kind === 'text' && typeof value === 'string') return value;
  if (kind === 'texts' && Array.isArray(value)) return value.join('\n');
  return JSON.stringify(value);
}

/** What is typed, by pointers. */
export type Typed = Readonly<Record<string, string>>;

export interface TypedInput {
  value: Fields;
  /** The pointers of what can't be read, such as JSON that is not complete. */
  unreadable: string[];
}

/** The input that the typed texts are. An empty field is left out. */
export function inputOf(fields: readonly FormField[], typed: Typed): TypedInput {
  const value: Fields = {};
  const unreadable: string[] = [];
  for (const field of fields) {
    if (field.kind === 'group') {
      const inner = inputOf(field.fields, typed);
      unreadable.push(...inner.unreadable);
      if (field.isRequired || Object.keys(inner.value).length > 0) put(value, field.name, inner.value);
      continue;
    }
    const text = typed[field.pointer] ?? field.initial;
    if (text === '') continue;
    const read = valueOf(field.kind, text);
    if (read.ok) put(value, field.name, read.value);
    else unreadable.push(field.pointer);
  }
  return { value, unreadable };
}

/** Also where the name means something to the language. */
function put(value: Fields, name: string, field: unknown): void {
  Object.defineProperty(value, name, { value: field, enumerable: true, configurable: true, writable: true });
}

function valueOf(kind: FieldKind, text: string): { ok: true; value: unknown } | { ok: false } {
  if (kind === 'text') return { ok: true, value: text };
  if (kind === 'texts') return { ok: true, value: text.split('\n').filter(line => line !== '') };
  try {
    const value = JSON.parse(text) as unknown;
    return kind === 'number' && typeof value !== 'number' ? { ok: false } : { ok: true, value };
  } catch {
    return { ok: false };
  }
}
