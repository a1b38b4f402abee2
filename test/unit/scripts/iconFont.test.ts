import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readIconCodes, usedIcons, withGlyphs, withIconClasses } from '../../../scripts/iconFont.ts';

const folder = new URL('../../../node_modules/@vscode/codicons/dist/', import.meta.url);
const sheet = readFileSync(new URL('codicon.css', folder), 'utf8');
const font = readFileSync(new URL('codicon.ttf', folder));
const codes = readIconCodes(sheet);

test('an icon is used where its name is a string or a class, or a style sheet has its character', () => {
  const sources = [
    `<Icon name="attach" />; const icon = isOn ? 'chevron-down' : "chevron-right"; // the words zap and beaker`,
    `button.className = 'codicon codicon-file-media';`,
    `li::before { content: '\\eab2'; }`,
  ];
  const used = usedIcons(sources, codes);
  assert.deepEqual([...used].sort(), ['attach', 'check', 'chevron-down', 'chevron-right', 'file-media']);
});

test('the style sheet keeps their classes and all that is no icon', () => {
  const kept = withIconClasses(sheet, new Set(['attach', 'lightbulb']));
  assert.deepEqual([...readIconCodes(kept).keys()].sort(), ['attach', 'lightbulb']);
  assert.match(kept, /@font-face \{/);
  assert.match(kept, /\.codicon-modifier-spin/);
  assert.match(kept, /\.codicon-loading \{/);
});

test('the font keeps their outlines and is a tenth as large', () => {
  const small = withGlyphs(font, new Set([codes.get('attach') ?? 0]));
  const outlines = (of: Buffer): Buffer => table(of, 'glyf');
  assert.ok(small.length < font.length / 8, `${small.length} bytes`);
  const attach = outlines(small).subarray(outlines(withGlyphs(font, new Set())).length);
  assert.ok(attach.length > 50 && outlines(font).includes(attach));
  const all = withGlyphs(font, new Set(codes.values()));
  assert.deepEqual(outlines(all), outlines(font));
  assert.equal(sum(small), 0xb1b0afba, 'the sum that the format asks for');
});

function table(of: Buffer, tag: string): Buffer {
  const entry = of.indexOf(tag, 12, 'latin1');
  const start = of.readUInt32BE(entry + 8);
  return of.subarray(start, start + of.readUInt32BE(entry + 12));
}

function sum(of: Buffer): number {
  let total = 0;
  for (let at = 0; at < of.length; at += 4) total = (total + of.readUInt32BE(at)) >>> 0;
  return total;
}
