import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isTextTooDeep, isTooDeep } from '../../../src/shared/nesting.ts';
import { parseToolInput } from '../../../src/shared/toolCalls.ts';
import { parsedCharacters } from '../../support/parsedCharacters.ts';

const nested = (levels: number, inner = ''): string => '['.repeat(levels) + inner + ']'.repeat(levels);

test('a text is too deep as soon as a bracket opens below 500 others, or more than so many do', () => {
  assert.ok(!isTextTooDeep(nested(500)));
  assert.ok(isTextTooDeep(nested(501)));
  assert.ok(isTextTooDeep('{"a":'.repeat(501)));
  assert.ok(!isTextTooDeep(nested(501), 1));
  assert.ok(isTextTooDeep(nested(502), 1));
  assert.ok(isTextTooDeep(`[${nested(501)},${nested(501)}]`, 3), 'wherever they are');
  assert.ok(!isTextTooDeep(nested(300) + nested(300)), 'beside each other they are not deep');
});

test('brackets within strings open nothing, and a string without an end is one', () => {
  const brackets = '['.repeat(2_000);
  assert.ok(!isTextTooDeep(JSON.stringify([brackets, `"${brackets}`, `\\${brackets}`, `\\"${brackets}`])));
  assert.ok(!isTextTooDeep(`["${brackets}`));
  assert.ok(!isTextTooDeep(`["${brackets}\\`));
  assert.ok(isTextTooDeep(`["\\\\",${brackets}`));
});

test('whatever a text that is not too deep holds can be used', () => {
  for (const levels of [499, 500]) assert.ok(!isTextTooDeep(nested(levels)) && !isTooDeep(JSON.parse(nested(levels))));
});

test('a tool’s input that is too deep to be used is not parsed, nor is one within a string', t => {
  const input = `{"at":${nested(100_000)}}`;
  for (const json of [input, JSON.stringify(input)]) {
    assert.ok(parsedCharacters(t, () => assert.equal(parseToolInput(json), undefined)) <= JSON.stringify(input).length);
  }
  assert.equal(
    parsedCharacters(t, () => parseToolInput(input)),
    0,
  );
});
