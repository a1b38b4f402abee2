import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileSchema } from '../../../src/core/tools/inputSchema.ts';
import type { Fields } from '../../../src/shared/json.ts';

function problemsOf(schema: Fields, input: unknown): string[] {
  const compiled = compileSchema(schema);
  assert.ok(compiled.ok, JSON.stringify(compiled));
  return compiled.check(input);
}

function problemWith(schema: Fields): string {
  const compiled = compileSchema(schema);
  assert.ok(!compiled.ok);
  return [compiled.problem.kind, compiled.problem.detail].join(' ').trim();
}

const flight = {
  type: 'object',
  properties: {
    city: { type: 'string', minLength: 2 },
    days: { type: 'integer', minimum: 1, maximum: 30 },
    class: { enum: ['economy', 'business'] },
    stops: { type: 'array', items: { type: 'string' }, maxItems: 2 },
    'a/b~c d': { type: 'boolean' },
    seat: { anyOf: [{ type: 'string' }, { type: 'object', required: ['row'] }] },
  },
  required: ['city'],
  additionalProperties: false,
};

test('an input that fits has no problems', () => {
  const input = { city: 'Ulm', days: 3, class: 'economy', stops: ['a'], seat: { row: 1 }, 'a/b~c d': true };
  assert.deepEqual(problemsOf(flight, input), []);
});

test('each place that does not fit has one sentence, and what is above it none', () => {
  const input = { city: 3, days: 0, class: 'x', stops: [1, 'a', 2], seat: {}, 'a/b~c d': 0, extra: 1 };
  assert.deepEqual(problemsOf(flight, input).sort(), [
    '/a~1b~0c d: must be true or false.',
    '/city: must be a string.',
    '/class: must be one of "economy", "business".',
    '/days: must be at least 1.',
    '/extra: is not allowed.',
    '/seat: fits none of its alternatives: must be a string / /seat/row is missing',
    '/stops/0: must be a string.',
    '/stops/2: must be a string.',
    '/stops: must have at most 2 items.',
  ]);
  assert.deepEqual(problemsOf(flight, {}), ['/city: is missing.']);
  assert.deepEqual(problemsOf(flight, 'Ulm'), ['The input: must be an object.']);
});

test('a sentence reaches into references and conditions', () => {
  const schema = {
    type: 'object',
    properties: { a: { $ref: '#/$defs/short' }, kind: {} },
    if: { properties: { kind: { const: 'x' } }, required: ['kind'] },
    then: { required: ['b'] },
    $defs: { short: { type: 'string', maxLength: 3 } },
  };
  assert.deepEqual(problemsOf(schema, { a: 'long' }), ['/a: must have at most 3 characters.']);
  assert.deepEqual(problemsOf(schema, { kind: 'x' }), ['/b: is missing.']);
});

test('what fits more than one alternative is told as that', () => {
  const schema = { type: 'object', oneOf: [{ required: ['a'] }, { required: ['b'] }] };
  assert.deepEqual(problemsOf(schema, {}), ['The input: fits none of its alternatives: /a is missing / /b is missing']);
  assert.match(problemsOf(schema, { a: 1, b: 1 })[0] ?? '', /fits more than one/);
});

test('a schema that describes a tree checks all of it', () => {
  const schema = {
    type: 'object',
    properties: { name: { type: 'string' }, parts: { type: 'array', items: { $ref: '#' } } },
    required: ['name'],
  };
  const tree = { name: 'a', parts: [{ name: 'b', parts: [{ parts: [] }] }] };
  assert.deepEqual(problemsOf(schema, tree), ['/parts/0/parts/0/name: is missing.']);
});

test('of very many problems the first are told, and how many there are', () => {
  const schema = { type: 'object', properties: { all: { type: 'array', items: { type: 'string' } } } };
  const sentences = problemsOf(schema, { all: Array.from({ length: 500 }, () => 1) });
  assert.equal(sentences.length, 21);
  assert.equal(sentences.at(-1), '… and 480 more.');
});

test('a schema that can’t check anything is refused with its place', () => {
  assert.equal(problemWith({ properties: { a: { $ref: '#/$defs/none' } } }), 'reference #/$defs/none');
  assert.equal(
    problemWith({ properties: { a: { $ref: 'https://example.com/a.json' } } }),
    'reference https://example.com/a.json',
  );
  assert.equal(problemWith({ properties: { a: { pattern: '[z-a]' } } }), 'pattern [z-a]');
  // Valid, but not where patterns are read as Unicode.
  assert.equal(problemWith({ properties: { a: { pattern: '\\-' } } }), 'pattern \\-');
  assert.equal(problemWith({ properties: { a: { pattern: '^(a+)+$' } } }), 'slowPattern ^(a+)+$');
  assert.equal(problemWith({ patternProperties: { '(': {} } }), 'pattern (');
  assert.match(problemWith({ $ref: '#' }), /^broken (Maximum call stack|It takes too many steps)/);
  assert.match(problemWith({ allOf: 3 }), /^broken/);
});

test('references that double at every step are refused, and not followed', () => {
  const step = (index: number) => ({ anyOf: [{ $ref: `#/$defs/s${index + 1}` }, { $ref: `#/$defs/s${index + 1}` }] });
  const steps = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`s${index}`, step(index)]));
  assert.equal(problemWith({ $ref: '#/$defs/s0', $defs: { ...steps, s40: { type: 'string' } } }), 'intricate');
});

test('a schema that leads back to itself twice is ended, where an input is deep', () => {
  const schema = { type: 'object', properties: { a: { anyOf: [{ $ref: '#' }, { $ref: '#' }] } } };
  let deep: unknown = {};
  for (let level = 0; level < 60; level++) deep = { a: deep };
  assert.deepEqual(problemsOf(schema, deep), ['The input can’t be checked: It takes too many steps.']);
  assert.deepEqual(problemsOf(schema, { a: { a: {} } }), [], 'and the next check begins anew');
});

test('a list without two that are the same has an end, and a long one that may have them is checked', () => {
  const listOf = (fields: object) => ({ type: 'object', properties: { all: { type: 'array', ...fields } } });
  const all = Array.from({ length: 30_000 }, (_, index) => index);
  assert.deepEqual(problemsOf(listOf({ uniqueItems: true }), { all }), [
    'A list in the input has more than 2000 items.',
  ]);
  assert.deepEqual(problemsOf(listOf({ uniqueItems: true }), { all: [1, 2, 1] }), [
    '/all: Duplicate items at indexes 0 and 2.',
  ]);
  assert.deepEqual(problemsOf(listOf({ items: { type: 'integer' } }), { all }), []);
  assert.equal(problemsOf(listOf({ items: { type: 'string' } }), { all }).length, 21);
});

test('a check that fails by itself is told, and throws nothing', () => {
  // A name that no address can hold.
  const sentences = problemsOf({ type: 'object', additionalProperties: { type: 'string' } }, { '\ud800': 1 });
  assert.match(sentences[0] ?? '', /^The input can’t be checked: /);
});

test('names of the language’s own objects mean nothing', () => {
  const schema = { type: 'object', properties: { constructor: { type: 'string' } }, additionalProperties: false };
  assert.deepEqual(problemsOf(schema, {}), []);
  const input = JSON.parse('{"__proto__": {"a": 1}, "constructor": 2}') as unknown;
  assert.deepEqual(problemsOf(schema, input).sort(), [
    '/__proto__: is not allowed.',
    '/constructor: must be a string.',
  ]);
});

test('the schema itself stays as it was', () => {
  const schema = Object.freeze({ type: 'object', properties: Object.freeze({ a: Object.freeze({ type: 'string' }) }) });
  assert.deepEqual(problemsOf(schema, { a: 1 }), ['/a: must be a string.']);
});
