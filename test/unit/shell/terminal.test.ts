import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ShellRecord } from '../../../src/core/shell/shellRecord.ts';
import { TypedLine } from '../../../src/core/shell/typedLine.ts';

test('a terminal shows commands and what they print, with the line ends of one', () => {
  const record = new ShellRecord();
  const heard: string[] = [];
  record.command('ls\n  -l\u001b[2J\n');
  const stop = record.listen(text => heard.push(text));
  record.output(Buffer.from('a\nb\r\n\u001b[31mc'));
  record.note('(over)');
  stop();
  record.command('pwd');
  const added = 'a\r\nb\r\n\u001b[31mc\u001b[0m\r\n\u001b[2m(over)\u001b[0m\r\n';
  assert.equal(heard.join(''), added);
  const first = '\u001b[0m\u001b[1m$ ls\r\n>   -l\uFFFD[2J\u001b[0m\r\n';
  assert.equal(record.text, `${first}${added}\u001b[0m\u001b[1m$ pwd\u001b[0m\r\n`);
});

test('of very much only the end is kept', () => {
  const record = new ShellRecord();
  for (let at = 0; at < 100_000; at++) record.output(Buffer.from(`line ${at}\n`));
  assert.ok(record.text.length < 250_000);
  assert.match(record.text, /^line \d+\r\n[^]*line 99999\r\n$/);
});

test('a line that is typed runs at Enter; keys take back and interrupt', () => {
  const line = new TypedLine();
  const typed = (input: string) => line.type(input).filter(({ kind }) => kind !== 'echo');
  assert.deepEqual(typed('lss\u007f -l\r'), [{ kind: 'run', command: 'ls -l' }]);
  assert.deepEqual(typed('rm x\u0015pwd\r'), [{ kind: 'run', command: 'pwd' }]);
  assert.deepEqual(typed('rm x\u0003\r'), [{ kind: 'interrupt' }]);
  assert.deepEqual(typed('  \r'), []);
  assert.deepEqual(typed('\u001b[A'), []);
  assert.deepEqual(typed('é\u{1F600}\u007f\r\n'), [{ kind: 'run', command: 'é' }]);
  assert.deepEqual(line.type('\u007f'), []);
});
