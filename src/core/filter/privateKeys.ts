import type { Found } from './found.ts';

/** Characters: the longest key that is looked for. */
const longestKey = 32_768;
const opening = /-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----/y;
const body = /[A-Za-z0-9+/=\s\\]{0,16384}/y;

/** Private keys in PEM form, also those without an end: a text may have been cut. */
export function findPrivateKeys(text: string): Found[] {
  const found: Found[] = [];
  let nextEnd = 0;
  for (let at = text.indexOf('-----BEGIN'); at !== -1; at = text.indexOf('-----BEGIN', at + 10)) {
    opening.lastIndex = at;
    if (!opening.test(text)) continue;
    const begun = opening.lastIndex;
    // Looked for once: behind the last end there is none for any key.
    if (nextEnd !== -1 && nextEnd < begun) nextEnd = text.indexOf('-----END', begun);
    if (nextEnd !== -1 && nextEnd - at <= longestKey) {
      const close = text.indexOf('-----', nextEnd + 8);
      found.push({ kind: 'privateKey', start: at, end: close === -1 || close - nextEnd > 64 ? nextEnd : close + 5 });
      continue;
    }
    body.lastIndex = begun;
    body.test(text);
    if (body.lastIndex - begun >= 64) found.push({ kind: 'privateKey', start: at, end: body.lastIndex });
  }
  return found;
}
