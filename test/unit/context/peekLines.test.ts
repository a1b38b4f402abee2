import assert from 'node:assert/strict';
import { test } from 'node:test';
import { peekLines } from '../../../src/core/context/peekLines.ts';

const text = Array.from({ length: 40 }, (_, index) => `line ${index + 1}`).join('\r\n');

test('the lines around a place are shown, a few before it', () => {
  const peek = peekLines(text, { line: 20 });
  assert.equal(peek?.startLine, 18);
  assert.deepEqual(peek.code.split('\n').slice(0, 3), ['line 18', 'line 19', 'line 20']);
  assert.equal(peek.code.split('\n').length, 14);
});

test('without a place the file begins; at its end less is shown', () => {
  assert.match(peekLines(text, undefined)?.code ?? '', /^line 1\n/);
  assert.equal(peekLines(text, { line: 40 })?.code, 'line 38\nline 39\nline 40');
  assert.equal(peekLines(text, { line: 1 })?.startLine, 1);
});

test('what has no such line, says nothing or is no text is not shown', () => {
  assert.equal(peekLines(text, { line: 41 }), undefined);
  assert.equal(peekLines('\n\n', undefined), undefined);
  assert.equal(peekLines('a\0b', undefined), undefined);
});

test('a line without end is cut, and empty lines at the end are left out', () => {
  assert.equal(peekLines(`${'x'.repeat(500)}\n\n\n`, undefined)?.code, `${'x'.repeat(300)}…`);
});
