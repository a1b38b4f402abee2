import type { OutputUnit, Schema } from '@cfworker/json-schema';
import { isFields } from '../../shared/json.ts';

/** Sentences about one input: a model mends what it is told first. */
const mostSentences = 20;
/** Characters of the values that a sentence names. */
const mostNamed = 300;

/** Keywords whose errors only say that there are others below. */
const parents = new Set([
  '$ref',
  '$recursiveRef',
  'allOf',
  'if',
  'properties',
  'patternProperties',
  'additionalProperties',
  'unevaluatedProperties',
  'dependentSchemas',
  'prefixItems',
  'items',
  'additionalItems',
  'unevaluatedItems',
]);

type Lookup = Record<string, Schema | boolean>;

/** The validator's errors, of which it repeats each at every level above, as a sentence for each that is told. */
export function sentencesFor(errors: readonly OutputUnit[], schema: Schema, lookup: Lookup): string[] {
  const told = wordsFor(errors, schema, lookup).map(({ place, words }) => `${place}: ${words}`);
  const sentences = [...new Set(told)];
  const more = sentences.length - mostSentences;
  return more > 0 ? [...sentences.slice(0, mostSentences), `… and ${more} more.`] : sentences;
}

interface Told {
  /** A JSON pointer, or what stands for the whole. */
  place: string;
  words: string;
}

function wordsFor(errors: readonly OutputUnit[], schema: Schema, lookup: Lookup): Told[] {
  const told: Told[] = [];
  let left = errors;
  for (let error = left[0]; error; error = left[0]) {
    left = left.slice(1);
    const { keyword } = error;
    if (keyword === 'anyOf' || keyword === 'oneOf' || keyword === 'propertyNames') {
      // What is below it follows it at once.
      const end = left.findIndex(other => !isBelow(other, error));
      const below = end === -1 ? left : left.slice(0, end);
      left = end === -1 ? [] : left.slice(end);
      told.push(keyword === 'propertyNames' ? nameTold(error) : alternativesTold(error, below, schema, lookup));
    } else if (!parents.has(keyword)) told.push(leafTold(error, valueAt(error.keywordLocation, schema, lookup)));
  }
  return told;
}

function isBelow(error: OutputUnit, above: OutputUnit): boolean {
  const isInSchema = error.keywordLocation.startsWith(`${above.keywordLocation}/`);
  // Of `false` the validator gives the place in the input twice.
  return isInSchema || (error.keyword === 'false' && error.instanceLocation.startsWith(above.instanceLocation));
}

function nameTold({ instanceLocation, error }: OutputUnit): Told {
  return { place: placeOf(instanceLocation, quoted(error)), words: 'must have another name.' };
}

function alternativesTold(error: OutputUnit, below: readonly OutputUnit[], schema: Schema, lookup: Lookup): Told {
  const place = placeOf(error.instanceLocation);
  if (error.keyword === 'oneOf' && !error.error.includes('(0 matches)')) {
    return { place, words: 'fits more than one of the alternatives; it must fit exactly one.' };
  }
  const byAlternative = new Map<string, OutputUnit[]>();
  for (const one of below) {
    const [index = ''] = one.keywordLocation.slice(error.keywordLocation.length + 1).split('/');
    byAlternative.set(index, [...(byAlternative.get(index) ?? []), one]);
  }
  const ways = [...byAlternative.values()].map(errors =>
    wordsFor(errors, schema, lookup)
      .map(told => `${told.place === place ? '' : `${told.place} `}${told.words.replace(/\.$/, '')}`)
      .join(' and '),
  );
  return { place, words: cut(`${[...new Set(ways)].join(', or ')}.`) };
}

function leafTold({ keyword, instanceLocation, error }: OutputUnit, value: unknown): Told {
  const place = placeOf(instanceLocation);
  if (keyword === 'required') return { place: placeOf(instanceLocation, quoted(error)), words: 'is missing.' };
  return { place, words: `${cut(leafWords(keyword, value) ?? plainWords(error))}.` };
}

function leafWords(keyword: string, value: unknown): string | undefined {
  switch (keyword) {
    case 'false':
      return 'is not allowed';
    case 'type':
      return `must be ${(Array.isArray(value) ? value : [value]).map(type => typeNames[String(type)] ?? String(type)).join(' or ')}`;
    case 'enum':
      return Array.isArray(value) ? `must be one of ${value.map(one => JSON.stringify(one)).join(', ')}` : undefined;
    case 'const':
      return `must be ${JSON.stringify(value)}`;
    case 'not':
      return 'must not be like this';
    case 'minLength':
      return `must have at least ${String(value)} characters`;
    case 'maxLength':
      return `must have at most ${String(value)} characters`;
    case 'pattern':
      return `must match the pattern ${String(value)}`;
    case 'format':
      return `must be of the format ${String(value)}`;
    case 'minItems':
      return `must have at least ${String(value)} items`;
    case 'maxItems':
      return `must have at most ${String(value)} items`;
    case 'minProperties':
      return `must have at least ${String(value)} properties`;
    case 'maxProperties':
      return `must have at most ${String(value)} properties`;
    case 'minimum':
      return `must be at least ${String(value)}`;
    case 'maximum':
      return `must be at most ${String(value)}`;
    case 'exclusiveMinimum':
      return `must be more than ${String(value)}`;
    case 'exclusiveMaximum':
      return `must be less than ${String(value)}`;
    case 'multipleOf':
      return `must be a multiple of ${String(value)}`;
    default:
      return undefined;
  }
}

const typeNames: Record<string, string> = {
  string: 'a string',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'an array',
  object: 'an object',
  null: 'null',
};

/** The value of the keyword that an error names, over references; undefined where the validator names it otherwise. */
function valueAt(location: string, schema: Schema, lookup: Lookup): unknown {
  let node: unknown = schema;
  for (const part of partsOf(location)) {
    if (!isFields(node) && !Array.isArray(node)) return undefined;
    const { __absolute_ref__: target } = node as Schema;
    node = part === '$ref' && typeof target === 'string' ? lookup[target] : (node as Record<string, unknown>)[part];
  }
  return node;
}

function partsOf(location: string): string[] {
  return steps(location).map(part => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The parts of a location, which the validator writes as those of an address. */
function steps(location: string): string[] {
  return location
    .split('/')
    .slice(1)
    .map(part => decodeURIComponent(part));
}

/** The place in the input that a location names, as a JSON pointer. */
function placeOf(location: string, name?: string): string {
  const parts = steps(location);
  const pointer = [...parts, ...(name === undefined ? [] : [name.replaceAll('~', '~0').replaceAll('/', '~1')])];
  return pointer.length === 0 ? 'The input' : `/${pointer.join('/')}`;
}

/** The name that an error of the validator quotes. */
function quoted(error: string): string {
  return error.slice(error.indexOf('"') + 1, error.lastIndexOf('"'));
}

/** The validator's own sentence. */
function plainWords(error: string): string {
  return error.replace(/\.$/, '').replace(/^[A-Z]/, first => first.toLowerCase());
}

function cut(words: string): string {
  return words.length > mostNamed ? `${words.slice(0, mostNamed)}…` : words;
}
