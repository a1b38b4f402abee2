import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { test } from 'node:test';

/** Which folders of src, or parts of them, a folder may import from, itself included, and which packages. */
const allowed: Record<string, { folders: string[]; packages: RegExp }> = {
  shared: { folders: ['shared'], packages: /^$/ },
  core: { folders: ['core', 'shared'], packages: /^(node:|undici$)/ },
  host: { folders: ['host', 'core', 'shared'], packages: /^(node:|vscode$)/ },
  // The Markdown renderer needs no browser, only what looks like its document.
  page: { folders: ['page', 'core', 'shared', 'webview/markdown'], packages: /^node:/ },
  webview: {
    folders: ['webview', 'shared'],
    packages: /^(preact|@preact\/|marked$|highlight\.js|temml$|@vscode-elements\/)/,
  },
};

const files = globSync('src/**/*.{ts,tsx}').filter(file => file !== 'src/extension.ts');

for (const file of files) {
  const folder = file.split('/')[1] ?? '';
  test(`${file} imports only what its folder may`, () => {
    const rule = allowed[folder];
    assert.ok(rule, `src/${folder} has no rule`);
    for (const specifier of importsOf(file)) {
      if (!specifier.startsWith('.')) {
        assert.match(specifier, rule.packages, `${file} imports ${specifier}`);
        continue;
      }
      // The bundles that the build puts beside the extension.
      if (specifier === './transport.cjs' || specifier === './page.cjs') continue;
      const target = normalize(join(dirname(file), specifier));
      assert.ok(
        rule.folders.some(allowedFolder => target.startsWith(`src/${allowedFolder}/`)),
        `${file} imports ${specifier}`,
      );
      assert.match(specifier, /\.tsx?$/, `${file}: an import names the file`);
    }
  });
}

/** Which folders a folder beside src may import from, for a part of one its own rule: no two import from each other. */
const arrows: Record<string, string[]> = {
  scripts: ['scripts'],
  harness: ['harness', 'scripts', 'src'],
  // The double of the service shares nothing with the client that is tested on it.
  'harness/endpoint': ['harness/endpoint'],
  demo: ['demo', 'harness', 'scripts'],
  bench: ['bench', 'harness', 'scripts', 'src'],
  test: ['test', 'harness', 'scripts', 'src'],
  'test/unit/demo': ['demo'],
};

const filesBesideSrc = globSync('{scripts,harness,demo,bench,test}/**/*.{ts,tsx,mjs,cjs}').filter(
  // What the served editor opens.
  file => !/^harness\/(workspace|changes)\//.test(file),
);

for (const [folder, targets] of Object.entries(arrows)) {
  test(`${folder} imports only from ${targets.join(', ')}`, () => {
    const ruled = filesBesideSrc.filter(
      file => Object.keys(arrows).findLast(other => file.startsWith(`${other}/`)) === folder,
    );
    assert.notEqual(ruled.length, 0);
    const strays = ruled.flatMap(file =>
      importsOf(file)
        .filter(specifier => specifier.startsWith('.'))
        .map(specifier => normalize(join(dirname(file), specifier)))
        .filter(target => !targets.some(allowedFolder => target.startsWith(`${allowedFolder}/`)))
        .map(target => `${file} imports ${target}`),
    );
    assert.deepEqual(strays, []);
  });
}

test('nothing but undiciTransport.ts imports undici: it is loaded at the first request', () => {
  const importers = files.filter(file => importsOf(file).includes('undici'));
  assert.deepEqual(importers, ['src/core/messages/undiciTransport.ts']);
});

test('SQLite stores conversations in a thread of its own: the host names it nowhere', () => {
  const importers = files.filter(file => importsOf(file).some(name => /\/(sqliteStore|inProcess)\.ts$/.test(name)));
  assert.deepEqual(
    importers.filter(file => file.startsWith('src/host/')),
    [],
  );
});

test('only the border sends to an endpoint, and only the border tells what an endpoint said', () => {
  const users = files.filter(file =>
    /\btransport\.send\(|\berrorFrom(Answer|Cut|Transport)\(/.test(readFileSync(file, 'utf8')),
  );
  assert.deepEqual(users.sort(), ['src/core/messages/endpoint.ts', 'src/core/messages/problems.ts']);
});

test('nothing that the editor waits for loads node:crypto, which takes as long as a third of the extension', () => {
  const importers = [...files, 'src/extension.ts'].filter(file => importsOf(file).includes('node:crypto'));
  // In the thread of the store.
  assert.deepEqual(importers, ['src/core/chat/blobs.ts']);
});

test('every way to name a module is found, and no other text is', () => {
  const source = `
import 'a';
import b from "b";
import type { C } from 'c';
import {
  d, // of; d
  type D,
} from 'd';
export * from 'e';
export type { F } from 'f';
type G = import('g').G;
const h = await import('h');
const i = require(\`i\`);
const text = \`import j from 'j'\`; // from 'k'
`;
  assert.deepEqual(modulesIn(source).sort(), 'abcdefghi'.split(''));
});

function importsOf(file: string): string[] {
  return modulesIn(readFileSync(file, 'utf8'));
}

/** Every module that `source` names. Statements are told from text by the formatter, which lets them begin a line. */
function modulesIn(source: string): string[] {
  const ways = [
    /^(?:import|export(?: type)? [{*])(?! ?['"(])[^]*?\bfrom ['"]([^'"]+)/gm,
    /^import ['"]([^'"]+)/gm,
    /\b(?:import|require)\(\s*['"`]([^'"`]+)/g,
  ];
  return ways.flatMap(way => [...source.matchAll(way)].map(found => found[1] ?? ''));
}
