import type { JsonObject } from '../json.ts';
import { isArray, isObject } from '../json.ts';
import { shortened } from './wording.ts';

/** An input that a schema accepts, made of the question's words and each type's plainest value. */
export function inputFor(schema: JsonObject | undefined, question: string): JsonObject {
  if (schema === undefined) return {};
  const input = valueFor(schema, question, '', 0);
  return isObject(input) ? input : {};
}

/** The object without what a closed schema does not know, and with what it requires. */
export function fitted(object: JsonObject, schema: JsonObject | undefined, question: string): JsonObject {
  if (schema === undefined) return object;
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  const isClosed = schema['additionalProperties'] === false;
  const known = Object.entries(object).filter(([name]) => !isClosed || name in properties);
  const required = isArray(schema['required']) ? schema['required'].filter(name => typeof name === 'string') : [];
  const missing = required
    .filter(name => !(name in object))
    .map(name => [name, absentValue(properties[name], question, name)] as const);
  return Object.fromEntries([...known, ...missing]);
}

/** For something required that there is nothing to say about, null or an empty string where that is allowed. */
function absentValue(schema: unknown, question: string, name: string): unknown {
  if (!isObject(schema)) return null;
  const types = isArray(schema['type']) ? schema['type'] : [schema['type']];
  if (types.includes('null')) return null;
  if (types.includes('string') && !isArray(schema['enum'])) return '';
  return valueFor(schema, question, name, 1);
}

function valueFor(schema: unknown, question: string, name: string, depth: number): unknown {
  if (!isObject(schema) || depth > 8) return question;
  if ('const' in schema) return schema['const'];
  if ('default' in schema) return schema['default'];
  if (isArray(schema['enum'])) return schema['enum'][0];
  const choices = schema['anyOf'] ?? schema['oneOf'];
  if (isArray(choices)) return valueFor(choices[0], question, name, depth + 1);
  const type: unknown = isArray(schema['type']) ? schema['type'][0] : schema['type'];
  switch (type) {
    case 'object':
      return objectFor(schema, question, depth);
    case 'array': {
      const least = typeof schema['minItems'] === 'number' ? schema['minItems'] : 1;
      return Array.from({ length: least }, () => valueFor(schema['items'], question, name, depth + 1));
    }
    case 'integer':
    case 'number':
      return numberFor(schema, type);
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return stringFor(schema, question, name);
  }
}

function objectFor(schema: JsonObject, question: string, depth: number): JsonObject {
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  const required = isArray(schema['required']) ? schema['required'] : [];
  // Optional properties are given at the top only, where they show; deeper they could go on without end.
  const names = Object.keys(properties).filter(name => depth === 0 || required.includes(name));
  return Object.fromEntries(names.map(name => [name, valueFor(properties[name], question, name, depth + 1)]));
}

function numberFor(schema: JsonObject, type: 'integer' | 'number'): number {
  if (typeof schema['minimum'] === 'number') return schema['minimum'];
  if (typeof schema['exclusiveMinimum'] === 'number') return schema['exclusiveMinimum'] + 1;
  const most = typeof schema['maximum'] === 'number' ? schema['maximum'] : 1;
  return Math.min(type === 'integer' ? Math.floor(most) : most, 1);
}

function stringFor(schema: JsonObject, question: string, name: string): string {
  switch (schema['format']) {
    case 'date':
      return '2026-01-31';
    case 'date-time':
      return '2026-01-31T12:00:00Z';
    case 'uri':
      return 'https://example.com/';
    case 'email':
      return 'demo@example.com';
  }
  const most = typeof schema['maxLength'] === 'number' ? schema['maxLength'] : 200;
  return shortened(wordsFor(name, question), most);
}

/** What the question says right for this name: something in quotes, a path, a place after "in"; else all of it. */
function wordsFor(name: string, question: string): string {
  const quoted = /["“'`]([^"”'`]{1,100})["”'`]/.exec(question)?.[1];
  if (/path|file|dir/i.test(name)) {
    return /(?:^|\s)[`"']?((?:[\w.-]+\/)+[\w.-]*|[\w-]+\.[A-Za-z]{1,5})\b/.exec(question)?.[1] ?? quoted ?? '.';
  }
  if (/location|city|place/i.test(name)) {
    return /\b(?:in|for|at)\s+(\p{Lu}[\p{L}]*(?:[ ,]+\p{Lu}[\p{L}]*)*)/u.exec(question)?.[1] ?? quoted ?? question;
  }
  return quoted ?? (question === '' ? 'demo' : question);
}
