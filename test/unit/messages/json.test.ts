import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseObjects } from '../../../src/core/messages/json.ts';
import { parseJson } from '../../../src/shared/json.ts';
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

test('a thousand objects are objects, and more are nothing that anybody means', () => {
  assert.equal(parseObjects('{}'.repeat(1_000))?.length, 1_000);
  assert.equal(parseObjects('{}'.repeat(1_001)), undefined);
});

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

for (const [name, text] of [
  ['lists', `{"a":${'['.repeat(400_000)}`],
  ['lists that end', `{"a":${'['.repeat(400_000)}${']'.repeat(400_000)}}`],
  ['objects', '{"a":'.repeat(400_000)],
  ['many lists that are each less deep', `{"a":[${`${'['.repeat(40_000)}${']'.repeat(40_000)},`.repeat(10)}0]}`],
] as const) {
  test(`${name} that are nested deeper than anybody means are not parsed: that takes long, and Stop would wait`, t => {
    assert.equal(
      parsedCharacters(t, () => assert.equal(parseObjects(`${text}}`), undefined)),
      0,
    );
  });
}

test('what is nested deep, but not more than an answer may hold beside its text, is parsed', () => {
  assert.notEqual(parseJson(`{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`), undefined);
});
