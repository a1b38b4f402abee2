import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Mark, MarkReader, quoted } from '../../../src/core/shell/shellScript.ts';

function readAll(chunks: readonly Buffer[]): { output: string; marks: Mark[] } {
  const reader = new MarkReader(['one', 'other']);
  const marks: Mark[] = [];
  let output = '';
  for (let [chunk, ...others] = chunks; chunk; [chunk, ...others] = others) {
    const { output: read, mark, rest } = reader.read(chunk);
    output += read.toString('latin1');
    if (mark) marks.push(mark);
    if (rest.length > 0) others = [rest, ...others];
  }
  return { output, marks };
}

test('marks are found in every slicing, and what only begins like one is output', () => {
  const bytes = Buffer.from('a\0on\0\0one:3:/a:b\0\0other:1:\0 \0two:1:\0', 'latin1');
  const expected = {
    output: 'a\0on\0 \0two:1:\0',
    marks: [
      { name: 'one', exitCode: 3, folder: '/a:b' },
      { name: 'other', exitCode: 1, folder: '' },
    ],
  };
  // What may become a mark is held back: a last byte shows that this one does not.
  const end = Buffer.from('.');
  expected.output += '.';
  assert.deepEqual(readAll([bytes, end]), expected);
  assert.deepEqual(readAll([...[...bytes].map(byte => Buffer.from([byte])), end]), expected);
  for (let cut = 1; cut < bytes.length; cut++) {
    assert.deepEqual(readAll([bytes.subarray(0, cut), bytes.subarray(cut), end]), expected, `cut at ${cut}`);
  }
});

test('any text is one word of a shell’s', () => {
  assert.equal(quoted(`it's $HOME`), `'it'\\''s $HOME'`);
});
