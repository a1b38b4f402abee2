import { type Fields, isFields } from '../../shared/json.ts';
import { isTextTooDeep } from '../../shared/nesting.ts';
import {
  isToolName,
  mostTimeLimitSeconds,
  mostToolFileBytes,
  toolFields,
  type ToolFileProblem,
  type ToolWay,
  usualTimeLimitSeconds,
} from '../../shared/toolFile.ts';
import type { ObjectSchema } from '../messages/wire.ts';
import { type CheckInput, compileSchema, type SchemaProblem } from './inputSchema.ts';
import { placeInError, type Span, topLevelKeys } from './jsonKeys.ts';

/** What a tool file says. */
export interface ToolFile {
  name: string;
  description: string;
  inputSchema: ObjectSchema;
  check: CheckInput;
  way: ToolWay;
  /** It declares that it only reads. */
  reads: boolean;
  /** Its calls are answered with recorded results, unless the user says otherwise. */
  replay: boolean;
  /** Of a command. */
  timeLimitMs: number;
}

export type ReadToolFile = { ok: true; tool: ToolFile } | { ok: false; problems: ToolFileProblem[] };

/** Reads a tool file; all that is wrong with it is told at once. */
export function readToolFile(text: string): ReadToolFile {
  const json = text.replace(/^\uFEFF/, ' ');
  const whole: Span = { start: 0, end: json.length };
  if (json.length > mostToolFileBytes) return failed({ kind: 'tooLarge', detail: '', start: 0, end: 1 });
  let value: unknown;
  try {
    value = isTextTooDeep(json) ? undefined : JSON.parse(json);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return failed({ kind: 'noJson', detail, ...placeInError(detail, json) });
  }
  if (!isFields(value)) return failed({ kind: 'noObject', detail: '', ...whole });
  return new Reader(value, topLevelKeys(json)).read();
}

function failed(...problems: ToolFileProblem[]): ReadToolFile {
  return { ok: false, problems };
}

/** Reads the fields, and collects what is wrong with them. */
class Reader {
  readonly #fields: Fields;
  readonly #keys: Map<string, Span>;
  readonly #problems: ToolFileProblem[] = [];

  constructor(fields: Fields, keys: Map<string, Span>) {
    this.#fields = fields;
    this.#keys = keys;
  }

  read(): ReadToolFile {
    for (const key of Object.keys(this.#fields)) {
      if (!toolFields.some(known => known === key)) this.#problem('unknownField', key, key);
    }
    const name = this.#text('name');
    if (name !== '' && !isToolName(name)) this.#problem('badName', 'name', name);
    const description = this.#text('description');
    const schema = this.#schema();
    const way = this.#way();
    const reads = this.#flag('reads');
    const replay = this.#flag('replay');
    const timeLimitMs = this.#timeLimit();
    if (this.#problems.length > 0 || !schema) return failed(...this.#problems);
    return { ok: true, tool: { name, description, ...schema, way, reads, replay, timeLimitMs } };
  }

  #schema(): Pick<ToolFile, 'inputSchema' | 'check'> | undefined {
    const schema = this.#fields['input_schema'];
    if (schema === undefined) {
      this.#problem('missing', 'input_schema');
      return undefined;
    }
    // As the service takes them.
    if (!isFields(schema) || schema['type'] !== 'object' || alternatives.some(key => Object.hasOwn(schema, key))) {
      this.#problem('noObjectSchema', 'input_schema');
      return undefined;
    }
    const compiled = compileSchema(schema);
    if (compiled.ok) return { inputSchema: schema as ObjectSchema, check: compiled.check };
    this.#problem(schemaProblems[compiled.problem.kind], 'input_schema', compiled.problem.detail);
    return undefined;
  }

  #way(): ToolWay {
    const { command, task, editorCommand } = this.#fields as Record<'command' | 'task' | 'editorCommand', unknown>;
    const given = [command, task, editorCommand].filter(way => way !== undefined);
    if (given.length > 1) {
      this.#problem('severalWays', ['editorCommand', 'task'].find(key => Object.hasOwn(this.#fields, key)) ?? '');
    }
    if (command !== undefined) return { kind: 'command', argv: this.#argv(command) };
    if (task !== undefined) return { kind: 'task', name: this.#text('task') };
    if (editorCommand === undefined) return { kind: 'byHand' };
    const id = this.#text('editorCommand');
    // What the user decides about tools is nothing that a tool can do.
    if (id.toLowerCase().startsWith('marginalia.')) this.#problem('ownCommand', 'editorCommand', id);
    return { kind: 'editorCommand', id };
  }

  #argv(command: unknown): string[] {
    const argv = Array.isArray(command) ? (command as unknown[]) : [];
    const texts = argv.filter(part => typeof part === 'string' && !part.includes('\0')) as string[];
    if (texts.length === 0 || texts.length < argv.length || texts[0]?.trim() === '')
      this.#problem('noCommand', 'command');
    return texts;
  }

  #timeLimit(): number {
    const { timeLimitSeconds: seconds = usualTimeLimitSeconds } = this.#fields as { timeLimitSeconds?: unknown };
    if (typeof seconds === 'number' && seconds >= 1 && seconds <= mostTimeLimitSeconds) return seconds * 1_000;
    this.#problem('badTimeLimit', 'timeLimitSeconds');
    return 0;
  }

  #flag(field: string): boolean {
    const value = this.#fields[field];
    if (value !== undefined && typeof value !== 'boolean') this.#problem('noFlag', field, field);
    return value === true;
  }

  /** A text that has to be there. */
  #text(field: string): string {
    const value = this.#fields[field];
    if (value === undefined) this.#problem('missing', field, field);
    else if (typeof value !== 'string' || value.trim() === '') this.#problem('noText', field, field);
    else return value;
    return '';
  }

  #problem(kind: ToolFileProblem['kind'], field: string, detail = field): void {
    this.#problems.push({ kind, detail, ...(this.#keys.get(field) ?? { start: 0, end: 1 }) });
  }
}

const alternatives = ['anyOf', 'oneOf', 'allOf'];

const schemaProblems: Record<SchemaProblem['kind'], ToolFileProblem['kind']> = {
  reference: 'schemaReference',
  pattern: 'schemaPattern',
  slowPattern: 'schemaSlowPattern',
  intricate: 'schemaIntricate',
  broken: 'schemaBroken',
};
