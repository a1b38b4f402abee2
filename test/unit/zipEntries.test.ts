import assert from 'node:assert/strict';
import { test } from 'node:test';
import { zipEntries } from '../support/zipEntries.ts';

/** An archive with nothing but a directory, which is all that is read. */
function archive(names: string[]): Buffer {
  const entries = names.map(name => {
    const entry = Buffer.alloc(46 + Buffer.byteLength(name));
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(Buffer.byteLength(name), 28);
    entry.write(name, 46);
    return entry;
  });
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(names.length, 10);
  return Buffer.concat([...entries, end]);
}

test('the files of an archive are named, its folders are not', () => {
  assert.deepEqual(zipEntries(archive(['extension/', 'extension/ü.md', 'a'])), ['extension/ü.md', 'a']);
});

test('what is no archive is refused', () => {
  assert.throws(() => zipEntries(Buffer.from('text')), /not a zip archive/);
  const damaged = archive(['a']);
  damaged.writeUInt32LE(0, 0);
  assert.throws(() => zipEntries(damaged), /damaged/);
});
