import type { Found } from './found.ts';
import { isRandomValue, isSecretValue } from './looksRandom.ts';

const secretName = /passw|passphrase|secret|token|api_?key|access_?key|private_?key|credential|pwd/gi;
/** Behind such a name: its rest, and a value that is assigned. */
const assigned = /[\w-]{0,40}["']?[ \t]{0,4}(?:=>|:=|[:=])[ \t]{0,4}(["'`]?)([^\s"'`,;]{8,512})/y;

/** A line as in a `.env` file. */
const environmentLine = /^[ \t]{0,8}(?:export[ \t])?[A-Z][A-Z0-9_]{1,64}=(["']?)([^\s"'#]{20,512})\1[ \t\r]*$/gm;

/** Values that their name tells, or in a `.env` file's line their look. Time is linear: a value is read once. */
export function findAssigned(text: string): Found[] {
  const found: Found[] = [];
  secretName.lastIndex = 0;
  while (secretName.test(text)) {
    assigned.lastIndex = secretName.lastIndex;
    const [whole, quote, value] = assigned.exec(text) ?? [];
    if (whole === undefined || value === undefined) continue;
    const end = assigned.lastIndex;
    // `tokens: maxTokens` is no secret, whatever stands in its value.
    secretName.lastIndex = end;
    const isWhole = quote === '' || text[end] === quote;
    if (isWhole && isSecretValue(value, quote !== '')) found.push({ kind: 'value', start: end - value.length, end });
  }
  environmentLine.lastIndex = 0;
  for (let line = environmentLine.exec(text); line; line = environmentLine.exec(text)) {
    const [whole, quote = '', value = ''] = line;
    if (!isRandomValue(value)) continue;
    const start = line.index + whole.indexOf('=') + 1 + quote.length;
    found.push({ kind: 'value', start, end: start + value.length });
  }
  return found;
}
