import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Refusal } from '../../../src/core/context/attachment.ts';
import { refusalText } from '../../../src/host/mentions/refusalText.ts';
import { plain } from '../../support/plainText.ts';

/** Each with its limit, and what helps; the type makes the list complete. */
const words: Record<Exclude<Refusal, 'empty' | 'badAddress'>, [limit: RegExp, helps: RegExp]> = {
  unknownType: [/none of PNG, JPEG, GIF, WebP and PDF/, /Convert it/],
  text: [/only images and PDFs/, /“Attach…”/],
  imageTooLarge: [/3\.75 MB/, /fewer pixels/],
  imageTooWide: [/8,000 pixels/, /Scale it down/],
  documentTooLarge: [/20 MB/, /Attach a part/],
  documentEncrypted: [/encrypted/, /Save a copy without password/],
};

for (const [refusal, [limit, helps]] of Object.entries(words)) {
  test(`${refusal} names the file, the limit, and what to do`, () => {
    const text = refusalText(refusal as Refusal, 'x.bin', plain);
    assert.match(text, /^x\.bin was not attached: /);
    assert.match(text, limit);
    assert.match(text, helps);
  });
}
