import { dereference, type Schema, type SchemaDraft, validate } from '@cfworker/json-schema';
import { type Fields, isFields } from '../../shared/json.ts';
import { mayNeverEnd } from '../../shared/mayNeverEnd.ts';
import type { Translate } from '../../shared/translate.ts';
import { sentencesFor } from './schemaSentences.ts';

/** What is wrong with an input, a sentence for each place; empty where it fits. For the model and for people. */
export type CheckInput = (input: unknown, t?: Translate) => string[];

/** Why inputs can't be checked with a schema. `detail` names the place in it. */
export interface SchemaProblem {
  kind: 'reference' | 'pattern' | 'slowPattern' | 'intricate' | 'broken';
  detail: string;
}

export type CompiledSchema = { ok: true; check: CheckInput } | { ok: false; problem: SchemaProblem };

/** Subschemas that a schema may have, with all that is referred to counted each time. */
const mostParts = 10_000;
/** Subschemas that a check may come by: one that leads back to itself twice takes twice as many at each level of an input. */
const mostSteps = 100_000;
/** Items of a list where a schema wants no two that are the same: the validator compares each with each. */
const mostUnique = 2_000;

/** For the model. */
const english: Translate = (text, ...values) => text.replace(/\{(\d+)\}/g, (_, at) => String(values[Number(at)]));

type Lookup = Record<string, Schema | boolean>;

/** Makes the check of a tool’s `input_schema`. Never throws, whatever is in it. */
export function compileSchema(schema: Fields): CompiledSchema {
  try {
    // The validator notes in a schema where its parts are.
    const own = structuredClone(schema) as Schema;
    const lookup = dereference(own);
    const problem = problemIn(own, lookup);
    if (problem) return { ok: false, problem };
    const draft = draftOf(own);
    const steps = countSteps(lookup);
    const comparesItems = Object.values(lookup).some(part => typeof part !== 'boolean' && part.uniqueItems === true);
    // A schema that leads to itself without going into the input is found out by any input.
    validate({}, own, draft, lookup, false);
    const check: CheckInput = (input, t = english) => {
      if (comparesItems && hasLongList(input)) return [t('A list in the input has more than {0} items.', mostUnique)];
      steps.reset();
      try {
        return sentencesFor(validate(input, own, draft, lookup, false).errors, own, lookup, t);
      } catch (error) {
        return [t('The input can’t be checked: {0}', firstLine(error))];
      }
    };
    return { ok: true, check };
  } catch (error) {
    return { ok: false, problem: { kind: 'broken', detail: firstLine(error) } };
  }
}

function draftOf({ $schema }: Schema): SchemaDraft {
  if (typeof $schema !== 'string') return '2020-12';
  if ($schema.includes('draft-04')) return '4';
  if ($schema.includes('draft-06') || $schema.includes('draft-07')) return '7';
  return $schema.includes('2019-09') ? '2019-09' : '2020-12';
}

/** What the validator would throw at, or run for hours with, once there is an input. */
function problemIn(schema: Schema, lookup: Lookup): SchemaProblem | undefined {
  for (const part of Object.values(lookup)) {
    if (typeof part === 'boolean') continue;
    const { $ref, __absolute_ref__: target, pattern, patternProperties } = part;
    if ($ref !== undefined && lookup[target ?? ''] === undefined) return { kind: 'reference', detail: $ref };
    const patterns = [
      ...(typeof pattern === 'string' ? [pattern] : []),
      ...(isFields(patternProperties) ? Object.keys(patternProperties) : []),
    ];
    for (const source of patterns) {
      if (!isPattern(source)) return { kind: 'pattern', detail: source };
      if (mayNeverEnd(source)) return { kind: 'slowPattern', detail: source };
    }
  }
  return partsOf(schema, lookup) > mostParts ? { kind: 'intricate', detail: '' } : undefined;
}

function isPattern(source: string): boolean {
  try {
    return new RegExp(source, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}

/** How many subschemas a schema has once every reference is put in; one that leads back to itself counts once. */
function partsOf(schema: Schema, lookup: Lookup): number {
  const known = new Map<object, number>();
  const count = (value: unknown): number => {
    if (typeof value !== 'object' || value === null) return 0;
    const before = known.get(value);
    if (before !== undefined) return before;
    known.set(value, 1);
    const { __absolute_ref__: target } = value as Schema;
    let steps = 1 + (typeof target === 'string' ? count(lookup[target]) : 0);
    for (const part of Object.values(value)) steps += count(part);
    known.set(value, steps);
    return steps;
  };
  return count(schema);
}

/** The validator can't be interrupted, but reads the type of each subschema that it comes by: there it is counted and ended. */
function countSteps(lookup: Lookup): { reset: () => void } {
  let steps = 0;
  for (const part of new Set(Object.values(lookup))) {
    if (typeof part === 'boolean') continue;
    const { type } = part;
    const get = (): typeof type => {
      if (++steps > mostSteps) throw new Error('It takes too many steps.');
      return type;
    };
    Object.defineProperty(part, 'type', { get, enumerable: Object.hasOwn(part, 'type') });
  }
  return { reset: () => void (steps = 0) };
}

function hasLongList(input: unknown): boolean {
  let level = [input];
  while (level.length > 0) {
    if (level.some(value => Array.isArray(value) && value.length > mostUnique)) return true;
    level = level.flatMap(value =>
      typeof value === 'object' && value !== null ? (Object.values(value) as unknown[]) : [],
    );
  }
  return false;
}

function firstLine(error: unknown): string {
  return String(error instanceof Error ? error.message : error).split('\n')[0] ?? '';
}
