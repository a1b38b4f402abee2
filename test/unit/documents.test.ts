import assert from 'node:assert/strict';
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

interface Manifest {
  scripts: Record<string, string>;
  devDependencies: Record<string, string>;
  contributes: { configuration: { properties: Record<string, unknown> }[] };
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
const strings = JSON.parse(readFileSync('package.nls.json', 'utf8')) as Record<string, string>;
const settings = manifest.contributes.configuration.flatMap(({ properties }) => Object.keys(properties));
const documents = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md'] as const;
const texts = Object.fromEntries(documents.map(name => [name, readFileSync(name, 'utf8')])) as Record<
  (typeof documents)[number],
  string
>;

const roots = ['bench', 'demo', 'harness', 'l10n', 'media', 'scripts', 'src', 'test'];
const ownPath = new RegExp(`^(?:${roots.join('|')})/`);
/** Without what packages bring and a build makes. */
const files = roots
  .flatMap(root => globSync(`${root}/**/*`))
  .filter(path => !/(?:^|\/)(?:node_modules|out)\//.test(path));

function codeIn(text: string): string[] {
  return Array.from(text.matchAll(/`([^`\n]+)`/g), ([, code = '']) => code);
}

const ending = /(?:\.test)?\.tsx?$|\/$/;

/** A path of ours, a part of one, such as `chat/session`, or the name of a test. */
function isThere(path: string): boolean {
  if (path.includes('*')) return globSync(ownPath.test(path) ? path : `{${roots.join(',')}}/**/${path}`).length > 0;
  if (ownPath.test(path) && existsSync(path)) return true;
  return files.some(file => `/${file}`.replace(ending, '').endsWith(`/${path.replace(ending, '')}`));
}

test('the documents name only paths that exist', () => {
  const named = documents.flatMap(name => codeIn(texts[name]).map(code => ({ name, code })));
  const paths = named.filter(
    // With a line it is an example of an answer's.
    ({ code }) => (ownPath.test(code) && !/:\d/.test(code)) || /^[\w/-]+\.(?:tsx?|alone\.test\.ts)$/.test(code),
  );
  const parts = named.filter(
    ({ name, code }) =>
      name === 'ARCHITECTURE.md' && /^(?:chat|core|conversation|host|journeys|shared|webview)\//.test(code),
  );
  const links = documents.flatMap(name =>
    Array.from(texts[name].matchAll(/\]\(([\w./-]+)\)/g), ([, code = '']) => ({ name, code })),
  );
  assert.ok(paths.length >= 120 && parts.length >= 5 && links.length >= 5);
  assert.deepEqual(
    [...paths, ...parts].filter(({ code }) => !isThere(code)),
    [],
  );
  assert.deepEqual(
    links.filter(({ code }) => !existsSync(code)),
    [],
  );
});

test('the documents name only scripts that exist', () => {
  const named = documents.flatMap(name =>
    Array.from(texts[name].matchAll(/npm run (?:--silent )?([\w:]+)/g), ([, script = '']) => script),
  );
  assert.ok(named.length >= 15);
  assert.deepEqual(
    named.filter(script => !(script in manifest.scripts)),
    [],
  );
});

test('the README’s table has every setting, and the documents name no other', () => {
  const rows = texts['README.md'].split('\n').filter(line => line.startsWith('| `marginalia.'));
  const listed = rows.flatMap(row =>
    codeIn(row.split('|')[1] ?? '').map(name => (name.startsWith('marginalia.') ? name : `marginalia.${name}`)),
  );
  assert.deepEqual(listed.toSorted(), settings.toSorted());
  const others = documents
    .flatMap(name => codeIn(texts[name]))
    .filter(code => /^marginalia\.[a-z]\w*(?:\.\w+)*$/.test(code));
  assert.deepEqual(
    others.filter(name => !settings.includes(name) && name !== 'marginalia.vsix'),
    [],
  );
});

test('the README names commands by their titles', () => {
  const titles = new Set(Object.entries(strings).flatMap(([key, text]) => (key.startsWith('command.') ? [text] : [])));
  const prose = texts['README.md'].replace(/\s+/g, ' ');
  const named = Array.from(prose.matchAll(/(\*\*|_)Marginalia: ([^*_]+)\1/g), ([, , title = '']) => title);
  assert.ok(named.length >= 15);
  assert.deepEqual(
    // It is that of a setting, as the settings show it.
    named.filter(title => !titles.has(title) && title !== 'Base URL'),
    [],
  );
});

test('ARCHITECTURE names every room, and why each package is there', () => {
  const architecture = texts['ARCHITECTURE.md'];
  const code = new Set(codeIn(architecture));
  const rooms = ['src/core', 'src/host', 'src/webview', 'harness', 'test'].flatMap(folder =>
    readdirSync(folder, { withFileTypes: true }).flatMap(entry => (entry.isDirectory() ? [entry.name] : [])),
  );
  assert.ok(rooms.length >= 70);
  assert.deepEqual(
    rooms.filter(room => !code.has(room) && ![...code].some(path => path.endsWith(`/${room}`))),
    [],
  );
  const table = new Set(architecture.split('\n').flatMap(line => codeIn(/^\| (`[^|]+)\|/.exec(line)?.[1] ?? '')));
  const packages = Object.keys(manifest.devDependencies).filter(name => !name.startsWith('@types/'));
  assert.deepEqual([...table].filter(name => name !== '@types/*').toSorted(), packages.toSorted());
});
