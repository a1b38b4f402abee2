import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseObjects } from '../../../src/core/messages/json.ts';
import { parsedCharacters } from '../../support/parsedCharacters.ts';

const cases: [text: string, objects: object[] | undefined][] = [
  ['{"a":1}', [{ a: 1 }]],
  [' {"a":1}\n', [{ a: 1 }]],
  ['{"a":1}{"b":2}', [{ a: 1 }, { b: 2 }]],
  ['{"a":{"b":{}}}{}{"c":[{}]}', [{ a: { b: {} } }, {}, { c: [{}] }]],
  ['{"a":"}{"}{"b":"\\"}{"}', [{ a: '}{' }, { b: '"}{' }]],
  ['{"a":"\\\\"}{"b":2}', [{ a: '\\' }, { b: 2 }]],
  ['{"a":1},{"b":2}', undefined],
  ['{"a":1}{"b":2', undefined],
  ['{"a":1}}{', undefined],
  ['{"a":1}{b}', undefined],
  ['{"a":1}[]{"b":2}', undefined],
  ['[{}]', undefined],
  ['1', undefined],
  ['}{', undefined],
  ['', undefined],
];

for (const [text, objects] of cases) {
  test(`${JSON.stringify(text)} is ${objects?.length ?? 'no'} objects`, () => {
    assert.deepEqual(parseObjects(text), objects);
  });
}

for (const [name, unit, last] of [
  ['braces that close and open', '}{', ''],
  ['empty objects', '{}', ''],
  ['empty objects with a word behind', '{}', 'x}'],
  ['objects that never end', '{"a":', '}'],
  ['seams within a string', '{"a":"}{', '"}{'],
] as const) {
  test(`${name}: each character is parsed twice at the most`, t => {
    const text = `{${unit.repeat(20_000)}${last}}`;
    for (const hostile of [text, text.slice(1)]) {
      assert.ok(parsedCharacters(t, () => parseObjects(hostile)) <= 2 * hostile.length, hostile.slice(0, 20));
    }
  });
}
