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
