import type { OutputUnit, Schema } from '@cfworker/json-schema';
import { isFields } from '../../shared/json.ts';
import type { Translate } from '../../shared/translate.ts';

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

/** Keywords that are told as one, with what is below them. */
const covering = new Set(['anyOf', 'oneOf', 'propertyNames']);

type Lookup = Record<string, Schema | boolean>;

/** The validator's errors, of which it repeats each at every level above, as a sentence for each that is told. */
export function sentencesFor(errors: readonly OutputUnit[], schema: Schema, lookup: Lookup, t: Translate): string[] {
  const told = wordsFor(errors, { schema, lookup, t }).map(({ place, words }) => `${place}: ${words}`);
  const sentences = [...new Set(told)];
  const more = sentences.length - mostSentences;
  return more > 0 ? [...sentences.slice(0, mostSentences), t('… and {0} more.', more)] : sentences;
}

/** What errors are told with. */
interface Telling {
  schema: Schema;
  lookup: Lookup;
  t: Translate;
}

interface Told {
  /** A JSON pointer, or what stands for the whole. */
  place: string;
  words: string;
}

function wordsFor(errors: readonly OutputUnit[], telling: Telling): Told[] {
  const told: Told[] = [];
  for (let at = 0; at < errors.length; at++) {
    const error = errors[at];
    if (!error || parents.has(error.keyword)) continue;
    if (!covering.has(error.keyword)) {
      told.push(leafTold(error, telling));
      continue;
    }
    // What is below it follows it at once.
    const below: OutputUnit[] = [];
    for (let next = errors[at + 1]; next && isBelow(next, error); next = errors[at + 1]) {
      below.push(next);
      at++;
    }
    told.push(error.keyword === 'propertyNames' ? nameTold(error, telling) : alternativesTold(error, below, telling));
  }
  return told;
}

function isBelow(error: OutputUnit, above: OutputUnit): boolean {
  const isInSchema = error.keywordLocation.startsWith(`${above.keywordLocation}/`);
  // Of `false` the validator gives the place in the input twice.
  return isInSchema || (error.keyword === 'false' && error.instanceLocation.startsWith(above.instanceLocation));
}

function nameTold({ instanceLocation, error }: OutputUnit, { t }: Telling): Told {
  return { place: placeOf(instanceLocation, t, quoted(error)), words: t('must have another name.') };
}

function alternativesTold(error: OutputUnit, below: readonly OutputUnit[], telling: Telling): Told {
  const { t } = telling;
  const place = placeOf(error.instanceLocation, t);
  if (error.keyword === 'oneOf' && !error.error.includes('(0 matches)')) {
    return { place, words: t('fits more than one of the alternatives; it must fit exactly one.') };
  }
  const byAlternative = new Map<string, OutputUnit[]>();
  for (const one of below) {
    const [index = ''] = one.keywordLocation.slice(error.keywordLocation.length + 1).split('/');
    byAlternative.set(index, [...(byAlternative.get(index) ?? []), one]);
  }
  const ways = [...byAlternative.values()].map(errors =>
    wordsFor(errors, telling)
      .map(told => `${told.place === place ? '' : `${told.place} `}${told.words.replace(/\.$/, '')}`)
      .join('; '),
  );
  return { place, words: t('fits none of its alternatives: {0}', cut([...new Set(ways)].join(' / '))) };
}

function leafTold({ keyword, keywordLocation, instanceLocation, error }: OutputUnit, telling: Telling): Told {
  const { t } = telling;
  if (keyword === 'required') return { place: placeOf(instanceLocation, t, quoted(error)), words: t('is missing.') };
  const value = valueAt(keywordLocation, telling);
  return { place: placeOf(instanceLocation, t), words: cut(leafWords(keyword, value, t) ?? error) };
}

function leafWords(keyword: string, value: unknown, t: Translate): string | undefined {
  switch (keyword) {
    case 'false':
      return t('is not allowed.');
    case 'type':
      return typeWords(value, t);
    case 'enum':
      return Array.isArray(value)
        ? t('must be one of {0}.', value.map(one => JSON.stringify(one)).join(', '))
        : undefined;
    case 'const':
      return t('must be {0}.', JSON.stringify(value));
    case 'not':
      return t('must not be like this.');
    case 'minLength':
      return t('must have at least {0} characters.', String(value));
    case 'maxLength':
      return t('must have at most {0} characters.', String(value));
    case 'pattern':
      return t('must match the pattern {0}', String(value));
    case 'format':
      return t('must be of the format {0}.', String(value));
    case 'minItems':
      return t('must have at least {0} items.', String(value));
    case 'maxItems':
      return t('must have at most {0} items.', String(value));
    case 'minimum':
      return t('must be at least {0}.', String(value));
    case 'maximum':
      return t('must be at most {0}.', String(value));
    case 'exclusiveMinimum':
      return t('must be more than {0}.', String(value));
    case 'exclusiveMaximum':
      return t('must be less than {0}.', String(value));
    case 'multipleOf':
      return t('must be a multiple of {0}.', String(value));
    default:
      return undefined;
  }
}

function typeWords(value: unknown, t: Translate): string {
  switch (value) {
    case 'string':
      return t('must be a string.');
    case 'number':
      return t('must be a number.');
    case 'integer':
      return t('must be a whole number.');
    case 'boolean':
      return t('must be true or false.');
    case 'array':
      return t('must be an array.');
    case 'object':
      return t('must be an object.');
    default:
      return t('must be of the type {0}.', Array.isArray(value) ? value.join(' | ') : String(value));
  }
}

/** The value of the keyword that an error names, over references; undefined where the validator names it otherwise. */
function valueAt(location: string, { schema, lookup }: Telling): unknown {
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
function placeOf(location: string, t: Translate, name?: string): string {
  const parts = steps(location);
  const pointer = [...parts, ...(name === undefined ? [] : [name.replaceAll('~', '~0').replaceAll('/', '~1')])];
  return pointer.length === 0 ? t('The input') : `/${pointer.join('/')}`;
}

/** The name that an error of the validator quotes. */
function quoted(error: string): string {
  return error.slice(error.indexOf('"') + 1, error.lastIndexOf('"'));
}

function cut(words: string): string {
  return words.length > mostNamed ? `${words.slice(0, mostNamed)}…` : words;
}
