import { invalid } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import { isArray, isObject } from '../json.ts';

/** `path: problem`, the form in which the service reports a field that is wrong. */
export function fail(path: string, problem: string): never {
  throw invalid(`${path}: ${problem}`);
}

export function required(object: JsonObject, name: string, path: string): unknown {
  if (!(name in object)) fail(join(path, name), 'Field required');
  return object[name];
}

export function join(path: string, name: string | number): string {
  return path === '' ? String(name) : `${path}.${name}`;
}

export function noOthers(object: JsonObject, allowed: readonly string[], path: string): void {
  const other = Object.keys(object).find(name => !allowed.includes(name));
  if (other !== undefined) fail(join(path, other), 'Extra inputs are not permitted');
}

export function asObject(value: unknown, path: string): JsonObject {
  if (!isObject(value)) fail(path, 'Input should be a valid dictionary or object to extract fields from');
  return value;
}

export function asList(value: unknown, path: string): readonly unknown[] {
  if (!isArray(value)) fail(path, 'Input should be a valid list');
  return value;
}

export interface StringRules {
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: RegExp;
}

export function asString(value: unknown, path: string, rules: StringRules = {}): string {
  if (typeof value !== 'string') fail(path, 'Input should be a valid string');
  const { min = 0, max = Infinity, pattern } = rules;
  if (value.length < min) fail(path, `String should have at least ${plural(min, 'character')}`);
  if (value.length > max) fail(path, `String should have at most ${plural(max, 'character')}`);
  if (pattern !== undefined && !pattern.test(value)) fail(path, `String should match pattern '${pattern.source}'`);
  return value;
}

export function asBoolean(value: unknown, path: string): boolean {
  if (typeof value !== 'boolean') fail(path, 'Input should be a valid boolean');
  return value;
}

export function asNumber(value: unknown, path: string): number {
  if (typeof value !== 'number') fail(path, 'Input should be a valid number');
  return value;
}

export function asInteger(value: unknown, path: string, min: number): number {
  if (typeof value !== 'number' || !Number.isInteger(value)) fail(path, 'Input should be a valid integer');
  if (value < min) fail(path, `Input should be greater than or equal to ${min}`);
  return value;
}

export function oneOf<T extends string>(value: unknown, path: string, allowed: readonly T[]): T {
  const found = allowed.find(candidate => candidate === value);
  if (found === undefined) fail(path, `Input should be ${alternatives(allowed.map(quoted))}`);
  return found;
}

/** The `type` of a member of a union, which the service calls its tag. */
export function tagOf(object: JsonObject, path: string, expected: readonly string[]): string {
  const tag = object['type'];
  if (tag === undefined) fail(path, "Unable to extract tag using discriminator 'type'");
  if (typeof tag !== 'string' || !expected.includes(tag)) failTag(path, tag, expected);
  return tag;
}

export function failTag(path: string, tag: unknown, expected: readonly string[]): never {
  const found = typeof tag === 'string' ? tag : JSON.stringify(tag);
  const tags = expected.map(quoted).join(', ');
  fail(path, `Input tag '${found}' found using 'type' does not match any of the expected tags: ${tags}`);
}

function alternatives(values: readonly string[]): string {
  const last = values.at(-1) ?? '';
  return values.length < 2 ? last : `${values.slice(0, -1).join(', ')} or ${last}`;
}

function quoted(value: string): string {
  return `'${value}'`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
