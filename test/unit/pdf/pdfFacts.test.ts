import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { deflateSync } from 'node:zlib';
import { type PdfFacts, readPdfFacts } from '../../../src/core/pdf/pdfFacts.ts';

const open = (name: string): Buffer => readFileSync(new URL(`../../support/pdf/${name}.pdf`, import.meta.url));
const plain = (pages: number | undefined): PdfFacts => ({ isEncrypted: false, pages });
const encrypted: PdfFacts = { isEncrypted: true, pages: undefined };

const files: [name: string, what: string, facts: PdfFacts][] = [
  ['table', 'a table that is written out; its pages say “/Encrypt” and “/Type /Page”', plain(3)],
  ['savedTwice', 'a page was added by a later save', plain(4)],
  ['objectStreams', 'the pages stand in compressed object streams', plain(7)],
  ['101pages', 'the same with many pages', plain(101)],
  ['userPassword', 'it opens with a password only', encrypted],
  ['ownerPassword', 'it opens without a password, and is encrypted all the same', encrypted],
  ['encryptedStreams', 'its object streams are encrypted', encrypted],
];

for (const [name, what, facts] of files) {
  test(`${name}.pdf: ${what}`, () => assert.deepEqual(readPdfFacts(open(name)), facts));
}

/** A PDF whose table is a stream with lines that are predicted from the line above, as typesetters write it. */
function predicted(pages: number, trailer = ''): Buffer {
  const objects = ['<< /Type /Catalog /Pages 2 0 R >>', `<< /Type /Pages /Kids [] /Count ${pages} >>`];
  let body = '%PDF-1.5\n';
  const offsets = objects.map((object, index) => {
    const at = body.length;
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const lines = [[0, 0, 0, 0], ...offsets.map(at => [1, at >> 8, at & 255, 0])];
  const rows = lines.flatMap((line, row) => [2, ...line.map((byte, column) => byte - (lines[row - 1]?.[column] ?? 0))]);
  const table = deflateSync(Uint8Array.from(rows));
  const parameters = '/DecodeParms << /Predictor 12 /Columns 4 >>';
  const head = `3 0 obj\n<< /Type /XRef /Size 3 /W [1 2 1] /Root 1 0 R /Filter /FlateDecode ${parameters} /Length ${table.length} ${trailer}>>\nstream\n`;
  return Buffer.concat([
    Buffer.from(body + head, 'latin1'),
    table,
    Buffer.from(`\nendstream\nendobj\nstartxref\n${body.length}\n%%EOF`),
  ]);
}

test('a table of predicted lines is read', () => {
  assert.deepEqual(readPdfFacts(predicted(12)), plain(12));
  assert.deepEqual(readPdfFacts(predicted(12, '/Encrypt << /Filter /Standard >> ')), encrypted);
});

test('of a file whose table is broken nothing is guessed, but that it is encrypted is seen', () => {
  const broken = (name: string): Buffer =>
    Buffer.from(
      open(name)
        .toString('latin1')
        .replace(/startxref\s+\d+/, 'startxref\n1'),
      'latin1',
    );
  assert.deepEqual(readPdfFacts(broken('table')), plain(undefined));
  assert.deepEqual(readPdfFacts(broken('userPassword')), encrypted);
});

test('whatever is cut off or written over, it is read or left open, and ends', () => {
  for (const [name] of files) {
    const whole = open(name);
    for (let at = 0; at < whole.length; at += 7) {
      readPdfFacts(whole.subarray(0, at));
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] ?? 0) ^ 0x15;
      const { pages } = readPdfFacts(changed);
      assert.ok(pages === undefined || pages > 0);
    }
  }
  for (const text of ['', '%PDF-', 'startxref', 'startxref 0', '<<'.repeat(100_000), '['.repeat(100_000)]) {
    assert.equal(readPdfFacts(Buffer.from(text)).pages, undefined);
  }
});

test('an object that is found by way of itself ends', () => {
  const body = '%PDF-1.5\n1 0 obj\n<< /Type /Catalog /Pages 1 0 R /Count 1 0 R >>\nendobj\n';
  const table = 'xref\n0 2\n0000000000 65535 f \n0000000009 00000 n \ntrailer\n<< /Root 1 0 R /Prev 73 >>\n';
  const file = `${body}${table}startxref\n${body.length}\n`;
  assert.deepEqual(readPdfFacts(Buffer.from(file)), plain(undefined));
});
