import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { type Read, readAddress, readAttachment, sniffMediaType } from '../../../src/core/context/attachment.ts';

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

const kinds: [bytes: Buffer, mediaType: string | undefined][] = [
  [png, 'image/png'],
  [Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0]), 'image/jpeg'],
  [Buffer.from('GIF89a…'), 'image/gif'],
  [Buffer.from('RIFF\0\0\0\0WEBPVP8 '), 'image/webp'],
  [Buffer.from('RIFF\0\0\0\0WAVEfmt '), undefined],
  [Buffer.from('%PDF-1.7'), 'application/pdf'],
  [Buffer.from('<svg xmlns="…">'), undefined],
  [Buffer.from(''), undefined],
];

for (const [bytes, mediaType] of kinds) {
  test(`${JSON.stringify(bytes.subarray(0, 12).toString('latin1'))} is ${mediaType ?? 'nothing that is taken'}`, () => {
    assert.equal(sniffMediaType(bytes), mediaType);
  });
}

test('a file is sent under the type of its bytes, whatever it is called', () => {
  const read = readAttachment('1', 'photo.jpg', png);
  assert.deepEqual(read, {
    ok: true,
    attachment: {
      id: '1',
      kind: 'image',
      name: 'photo.jpg',
      source: { type: 'base64', mediaType: 'image/png', data: png.toString('base64') },
      pixels: { width: 1, height: 1 },
    },
  });
});

test('what the service would refuse is refused here', () => {
  const refusal = (bytes: Buffer): string => {
    const read = readAttachment('1', 'x', bytes);
    return read.ok ? 'taken' : read.refusal;
  };
  const large = (head: string, size: number): Buffer =>
    Buffer.concat([Buffer.from(head, 'latin1'), Buffer.alloc(size)]);
  assert.equal(refusal(Buffer.alloc(0)), 'empty');
  assert.equal(refusal(Buffer.from('text')), 'text');
  assert.equal(refusal(Buffer.from('PK\x03\x04\0')), 'unknownType');
  for (const name of ['logo.svg', 'renamed.png']) {
    assert.deepEqual(readAttachment('1', name, Buffer.from('<svg>')), { ok: false, refusal: 'unknownType' });
  }
  assert.equal(refusal(large('GIF89a', 4_000_000)), 'imageTooLarge');
  assert.equal(refusal(large('GIF89a', 3_900_000)), 'taken');
  assert.equal(refusal(large('%PDF-', 3_950_000)), 'taken');
  assert.equal(refusal(large('%PDF-', 21_000_000)), 'documentTooLarge');
});

test('a PDF that is encrypted is refused, and of another the pages are known', () => {
  const read = (name: string): Read =>
    readAttachment('1', name, readFileSync(new URL(`../../support/pdf/${name}`, import.meta.url)));
  for (const name of ['userPassword.pdf', 'ownerPassword.pdf', 'encryptedStreams.pdf']) {
    assert.deepEqual(read(name), { ok: false, refusal: 'documentEncrypted' }, name);
  }
  const taken = read('objectStreams.pdf');
  assert.equal(taken.ok && taken.attachment.pages, 7);
});

test('an image with an edge that the service refuses is refused', () => {
  const wide = Buffer.from(png);
  wide.writeUInt32BE(8_001, 16);
  assert.deepEqual(readAttachment('1', 'wide.png', wide), { ok: false, refusal: 'imageTooWide' });
  wide.writeUInt32BE(8_000, 16);
  assert.ok(readAttachment('1', 'wide.png', wide).ok);
});

test('an address has to be https and tells by its end what it is', () => {
  const kind = (address: string): string => {
    const read = readAddress('1', address);
    return read.ok ? `${read.attachment.kind} ${read.attachment.name}` : read.refusal;
  };
  assert.equal(kind(' https://example.com/a/cat.png?size=2 '), 'image cat.png');
  assert.equal(kind('https://example.com/spec.PDF'), 'document spec.PDF');
  assert.equal(kind('https://example.com'), 'image example.com');
  assert.equal(kind('https://example.com/logo.svg?x=1'), 'unknownType');
  assert.equal(kind('http://example.com/cat.png'), 'badAddress');
  assert.equal(kind('file:///etc/passwd'), 'badAddress');
  assert.equal(kind('javascript:alert(1)'), 'badAddress');
});
