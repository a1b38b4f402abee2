import type { TextForm } from './textForm.ts';
import { isFields, parseJson } from '../../shared/json.ts';

/** Characters: a longer text gets a line of its own, so that the line of its turn stays short. */
const longestInline = 4_000;

/** Says that the input of a tool is what its JSON says. */
export const parsedInput = { $parsed: true };

/** JSON that is safe inside of a comment, on one line, with long texts moved out. */
export class MachineDataWriter {
  readonly #blobs = new Map<string, number>();

  write(value: unknown): string {
    return commentJson(this.#encode(value));
  }

  /** One line for each text that was moved out. */
  blobLines(): string[] {
    return [...this.#blobs].map(([text, number]) => `blob ${number} ${commentJson(text)}`);
  }

  #encode(value: unknown): unknown {
    if (typeof value === 'string' && value.length > longestInline) return { $blob: this.#numberOf(value) };
    if (Array.isArray(value)) return value.map(item => this.#encode(item));
    if (!isFields(value)) return value;
    if (value instanceof Body) return { $body: this.#encode(value.form) };
    if (value === parsedInput) return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [escapeName(name), this.#encode(item)]));
  }

  #numberOf(text: string): number {
    const number = this.#blobs.get(text) ?? this.#blobs.size + 1;
    this.#blobs.set(text, number);
    return number;
  }
}

/** A text that stands elsewhere in the file. */
export class Body {
  readonly form: TextForm;

  constructor(form: TextForm) {
    this.form = form;
  }
}

export interface DataSources {
  /** The texts that were moved out, by their numbers. */
  blobs: ReadonlyMap<number, string>;
  /** The text that stands in the file for the body of this form. */
  body: (form: TextForm) => string;
}

/** What was written, put together again. A text that is nowhere is empty. */
export function readMachineData(value: unknown, sources: DataSources): unknown {
  if (Array.isArray(value)) return value.map(item => readMachineData(item, sources));
  if (!isFields(value)) return value;
  if (typeof value['$blob'] === 'number') return sources.blobs.get(value['$blob']) ?? '';
  if (isFields(value['$body'])) return sources.body(toForm(readMachineData(value['$body'], sources)));
  const entries = Object.entries(value).map(
    ([name, item]) => [unescapeName(name), readMachineData(item, sources)] as const,
  );
  const fields = Object.fromEntries(entries);
  return isFields(value['input']) && value['input']['$parsed'] === true ? withParsedInput(fields) : fields;
}

function withParsedInput(fields: Record<string, unknown>): Record<string, unknown> {
  const input = parseJson(String(fields['inputJson']));
  if (isFields(input)) return { ...fields, input };
  const rest = { ...fields };
  Reflect.deleteProperty(rest, 'input');
  return rest;
}

function toForm(value: unknown): TextForm {
  if (!isFields(value)) return {};
  const names = ['before', 'after', 'eol', 'exact'] as const;
  return Object.fromEntries(names.flatMap(name => (typeof value[name] === 'string' ? [[name, value[name]]] : [])));
}

/** `$` begins what is ours. */
function escapeName(name: string): string {
  return name.startsWith('$') ? `$${name}` : name;
}

function unescapeName(name: string): string {
  return name.startsWith('$$') ? name.slice(1) : name;
}

/** JSON with everything escaped that would end a comment or a line, or that is no character of YAML's. */
export function commentJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>\x7f-\x9f\u2028\u2029\ufeff]/g,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
