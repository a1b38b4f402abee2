import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Fields } from '../../../src/shared/json.ts';
import { StrayLines } from '../../../src/core/messages/strayLines.ts';
import { parsedCharacters } from '../../support/parsedCharacters.ts';

const cases: { name: string; lines: string[]; found: object[]; rest: string }[] = [
  { name: 'an object in one line', lines: ['{"a":1}'], found: [{ a: 1 }], rest: '' },
  { name: 'two in one line', lines: ['{"a":1}{"b":2}'], found: [{ a: 1 }, { b: 2 }], rest: '' },
  { name: 'an object over several lines', lines: ['{', '  "a": {', '    "b": "}"', '  }', '}'], found: [{ a: { b: '}' } }], rest: '' }, // prettier-ignore
  { name: 'one without indentation', lines: ['{"a":', '[', '1', ']', '}'], found: [{ a: [1] }], rest: '' },
  { name: 'two that meet in a line', lines: ['{', '"a":1', '}{', '"b":2', '}'], found: [{ a: 1 }, { b: 2 }], rest: '' },
  { name: 'words', lines: ['upstream', 'gave up'], found: [], rest: 'upstream\ngave up\n' },
  { name: 'words before an object', lines: ['oh', '{', '"a":1', '}'], found: [{ a: 1 }], rest: 'oh\n' },
  { name: 'words behind an object', lines: ['{', '"a":1', '}', 'oh'], found: [{ a: 1 }], rest: 'oh\n' },
  { name: 'an object that is cut', lines: ['{', '"a":1'], found: [], rest: '{\n"a":1\n' },
  { name: 'one that begins again', lines: ['{', '"a":1', '{', '"b":2', '}'], found: [{ b: 2 }], rest: '{\n"a":1\n' },
  { name: 'braces that hold no JSON', lines: ['{', 'a {}', '}', '{"b":2}'], found: [{ b: 2 }], rest: '{\na {}\n}\n' },
  { name: 'closing braces alone', lines: ['}', '},{'], found: [], rest: '}\n},{\n' },
];

for (const { name, lines, found, rest } of cases) {
  test(`${name} among the lines of a stream`, () => {
    const { objects, strays } = taken(lines);
    assert.deepEqual(objects, found);
    assert.equal(strays.rest, rest);
  });
}

for (const line of ['},{', '}', '{', '{"a":"', '{x}', '}{']) {
  test(`lines of ${line}: no character is parsed again and again`, t => {
    const lines = Array.from({ length: 20_000 }, () => line);
    assert.ok(parsedCharacters(t, () => taken(lines)) <= 3 * line.length * lines.length);
  });
}

for (const line of [' "a":{}', ' "a":{},', ' }{', ' "}']) {
  test(`lines of ${line} in an object: no character is parsed again and again`, t => {
    const lines = ['{', ...Array.from({ length: 20_000 }, () => line)];
    assert.ok(parsedCharacters(t, () => taken(lines)) <= 3 * line.length * lines.length);
  });
}

test('of more lines than anybody writes the rest is passed over', () => {
  for (const line of ['x'.repeat(100_000), ` ${'x'.repeat(100_000)}`]) {
    const { strays, objects } = taken(['{', ...Array.from({ length: 30 }, () => line), '{"late":1}']);
    assert.ok(strays.rest.length > 900_000 && strays.rest.length < 1_100_000);
    assert.deepEqual(objects, [{ late: 1 }]);
  }
});

function taken(lines: readonly string[]) {
  const objects: Fields[] = [];
  const strays = new StrayLines(fields => objects.push(fields));
  for (const line of lines) strays.take(line);
  return { objects, strays };
}
