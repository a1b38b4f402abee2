import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fieldsOf, type FormField, inputOf } from '../../../src/webview/toolTrial/formFields.ts';

const schema = {
  type: 'object',
  required: ['city', 'from'],
  properties: {
    city: { type: 'string', description: 'Where to.' },
    days: { type: 'integer', default: 3 },
    window: { type: 'boolean' },
    class: { enum: ['economy', 2, null] },
    stops: { type: 'array', items: { type: 'string' } },
    meals: { type: 'array', items: { type: 'number' } },
    any: {},
    from: { type: 'object', properties: { 'a/b~': { type: 'string' }, zip: { type: 'number' } } },
    hotel: { type: 'object', properties: { name: { type: 'string' } } },
  },
};

function kinds(fields: readonly FormField[]): Record<string, string> {
  return Object.assign(
    {},
    ...fields.map(field => ({
      [field.pointer]: field.kind,
      ...(field.kind === 'group' && kinds(field.fields)),
    })),
  ) as Record<string, string>;
}

test('each property has a field of its kind, and objects a group', () => {
  assert.deepEqual(kinds(fieldsOf(schema)), {
    '/city': 'text',
    '/days': 'number',
    '/window': 'flag',
    '/class': 'choice',
    '/stops': 'texts',
    '/meals': 'json',
    '/any': 'json',
    '/from': 'group',
    '/from/a~1b~0': 'text',
    '/from/zip': 'number',
    '/hotel': 'group',
    '/hotel/name': 'text',
  });
  assert.deepEqual(
    fieldsOf(schema).map(({ isRequired }) => isRequired),
    [true, false, false, false, false, false, false, true, false],
  );
});

test('what is typed is the input; what is empty is left out, but for an object that has to be there', () => {
  const typed = {
    '/city': 'Ulm',
    '/window': 'false',
    '/class': 'null',
    '/stops': 'a\n\nb',
    '/meals': '[1, 2]',
    '/from/a~1b~0': 'x',
  };
  assert.deepEqual(inputOf(fieldsOf(schema), typed), {
    value: {
      city: 'Ulm',
      days: 3,
      window: false,
      class: null,
      stops: ['a', 'b'],
      meals: [1, 2],
      from: { 'a/b~': 'x' },
    },
    unreadable: [],
  });
  assert.deepEqual(inputOf(fieldsOf(schema), { '/days': '' }).value, { from: {} });
});

test('what can’t be read yet is told, and is no part of the input', () => {
  const { value, unreadable } = inputOf(fieldsOf(schema), { '/days': '3 d', '/any': '{', '/from/zip': '"1"' });
  assert.deepEqual(value, { from: {} });
  assert.deepEqual(unreadable, ['/days', '/any', '/from/zip']);
});

test('defaults stand in their fields as they are typed there', () => {
  const initial = (property: object): string => {
    const [field] = fieldsOf({ properties: { a: property } });
    assert.ok(field && field.kind !== 'group');
    return field.initial;
  };
  assert.equal(initial({ type: 'string', default: 'x' }), 'x');
  assert.equal(initial({ enum: ['x'], default: 'x' }), '"x"');
  assert.equal(initial({ type: 'array', items: { type: 'string' }, default: ['x', 'y'] }), 'x\ny');
  assert.equal(initial({ default: { a: 1 } }), '{"a":1}');
});

test('a schema without an end, or without sense, is a form all the same', () => {
  const deep: Record<string, unknown> = { type: 'object' };
  deep['properties'] = { more: deep };
  assert.equal(Object.keys(kinds(fieldsOf(deep))).length, 5);
  assert.deepEqual(fieldsOf({ properties: 3, required: 'x' }), []);
  assert.deepEqual(kinds(fieldsOf({ properties: { a: true, b: null, __proto__x: { $ref: '#' } } })), {
    '/a': 'json',
    '/b': 'json',
    '/__proto__x': 'json',
  });
  const fields = fieldsOf({ properties: JSON.parse('{"__proto__": {"type": "string"}}') as object });
  assert.deepEqual(JSON.stringify(inputOf(fields, { '/__proto__': 'x' }).value), '{"__proto__":"x"}');
});
