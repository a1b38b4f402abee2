import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ShellOutput } from '../../../src/core/shell/shellOutput.ts';

const bytesOf = (text: string): Buffer => Buffer.from(text, 'latin1');

function read(chunks: readonly Uint8Array[], limits?: { head: number; tail: number }): string {
  const output = new ShellOutput(limits);
  for (const chunk of chunks) output.append(chunk);
  output.end();
  return output.text;
}

const painted: [name: string, printed: string, text: string][] = [
  [
    'colours and titles',
    '\x1b[1;31mred\x1b[0m \x1b]0;title\x07a\x1b]8;;http://b\x1b\\link\x1b]8;;\x1b\\\n',
    'red alink\n',
  ],
  ['a progress bar', ' 10%\r 50%\r100%\ndone', '100%\ndone'],
  ['a line that is erased first', 'a\r\x1b[Kb\n', 'b\n'],
  ['line ends of Windows', 'a\r\nb\r\n', 'a\nb\n'],
  ['a backspace', 'ab\bc\n', 'ac\n'],
  ['other control characters', 'a\0b\x07\x7f\n', 'a␀b␇␡\n'],
  ['bytes that are no text', 'a\xffb\xc3\xa9\n', 'a\uFFFDbé\n'],
  ['a sequence that never ends', 'a\x1b[31', 'a␛[31'],
  ['other characters by escape', '\x1b(B\x1b7a\x1bMb\x1b=\n', 'ab\n'],
];

for (const [name, printed, text] of painted) {
  test(`${name} become text, in every slicing`, () => {
    const bytes = bytesOf(printed);
    assert.equal(read([bytes]), text);
    assert.equal(read([...bytes].map(byte => Buffer.from([byte]))), text);
    for (let cut = 1; cut < bytes.length; cut++) {
      assert.equal(read([bytes.subarray(0, cut), bytes.subarray(cut)]), text, `cut at ${cut}`);
    }
  });
}

test('what is too long keeps its front and end, and says how many lines are left out', () => {
  const limits = { head: 10, tail: 10 };
  assert.equal(read([bytesOf('1234\n5678\nabcd\nefgh\n')], limits), '1234\n5678\nabcd\nefgh\n');
  const lines = Array.from({ length: 100 }, (_, at) => `line${at}\n`);
  const text = 'line0\n[… 98 lines left out …]\nline99\n';
  assert.equal(read([bytesOf(lines.join(''))], limits), text);
  assert.equal(read(lines.map(bytesOf), limits), text);
  assert.equal(
    read([bytesOf('x'.repeat(50))], limits),
    `${'x'.repeat(10)}\n[… 30 characters left out …]\n${'x'.repeat(10)}`,
  );
});

test('a line without an end costs no more than one with many', () => {
  const output = new ShellOutput();
  const chunk = Buffer.alloc(65_536, 'x');
  for (let at = 0; at < 320; at++) output.append(chunk);
  assert.match(output.text, /^x{8000}\n\[… 209\d{5} characters left out …\]\nx{16000}$/);
});

test('what is shown meanwhile has the line that has not ended', () => {
  const output = new ShellOutput();
  output.append(bytesOf('a\n10%\r20%'));
  assert.equal(output.text, 'a\n20%');
});
