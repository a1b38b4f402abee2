import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';

/** A text to be searched. `make` gives about so many characters of it. */
export interface Kind {
  name: string;
  make: (characters: number) => string;
}

const repeated =
  (unit: string) =>
  (characters: number): string =>
    unit.repeat(Math.ceil(characters / unit.length)).slice(0, characters);

/** Characters of base64 that nothing repeats, of bytes that are the same in every run. */
function base64(characters: number): string {
  const bytes: Buffer[] = [];
  let last = createHash('sha256').update('bytes').digest();
  for (let length = 0; length < characters * 0.75; length += last.length) {
    bytes.push(last);
    last = createHash('sha256').update(last).digest();
  }
  return Buffer.concat(bytes).toString('base64').slice(0, characters);
}

function files(pattern: string): string {
  return globSync(pattern)
    .sort()
    .map(file => readFileSync(file, 'utf8'))
    .join('\n');
}

/** What people send. */
export const usual: Kind[] = [
  { name: 'TypeScript', make: repeated(files('src/**/*.ts')) },
  { name: 'Markdown', make: repeated(files('*.md')) },
  { name: 'JSON', make: repeated(readFileSync('package-lock.json', 'utf8')) },
  { name: 'minified JavaScript', make: repeated(readFileSync('node_modules/mermaid/dist/mermaid.min.js', 'utf8')) },
  { name: 'base64 in one line', make: base64 },
  { name: 'base64 in lines', make: characters => base64(characters).replace(/.{76}/g, '$&\n') },
  {
    name: 'base64 for URLs',
    make: characters => base64(characters).replaceAll('+', '-').replaceAll('/', '_'),
  },
  { name: 'hexadecimal', make: characters => Buffer.from(base64(characters / 2)).toString('hex') },
  { name: 'Japanese', make: repeated(readFileSync('l10n/bundle.l10n.ja.json', 'utf8')) },
];

/** What was made to take long. */
export const hostile: Kind[] = [
  'eyJ',
  'eyJeyJ.eyJ.',
  `eyJ${'a'.repeat(4_000)}.`,
  '://',
  '://a:',
  `://${'a'.repeat(256)}:`,
  '-----BEGIN RSA PRIVATE KEY-----',
  '-----BEGIN RSA PRIVATE KEY-----\n-----END ',
  'token',
  'token=',
  'token="abcdefg1',
  `secret: ${'a1'.repeat(256)}`,
  'A=',
  'ABCDEFGHIJ=a1B2c3D4e5F6g7H8i9J0\n',
  'ghp_',
  'AKIA',
  'sk-',
  'sk-proj-',
  'xoxb-1-',
  'SG.a.',
  'ghs_1_a.a.',
  'https://a:x-oauth-basic',
  '_authToken=',
  'npm_aaaaaaaa ',
  ' ',
  '\n',
  'a@',
  'a@a.',
  `${'a'.repeat(64)}@`,
  '@a.a.a.a.a.a.a.a',
  '+1 ',
  '4111 ',
  '0(',
].map(unit => ({
  name: `\`\` ${unit.length > 40 ? `${unit.slice(0, 20)}…` : unit.replaceAll('\n', '⏎')} \`\``,
  make: repeated(unit),
}));
