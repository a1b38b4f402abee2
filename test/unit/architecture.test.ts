import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { test } from 'node:test';

/** Which folders of src, or parts of them, a folder may import from, itself included, and which packages. */
const allowed: Record<string, { folders: string[]; packages: RegExp }> = {
  shared: { folders: ['shared'], packages: /^$/ },
  core: {
    folders: ['core', 'shared'],
    packages:
      /^(node:|undici$|unbash$|@cfworker\/json-schema$|@secretlint\/|@modelcontextprotocol\/client$|devtools-protocol\/types\/)/,
  },
  host: { folders: ['host', 'core', 'shared'], packages: /^(node:|vscode$)/ },
  // The Markdown renderer needs no browser, only what looks like its document.
  page: { folders: ['page', 'core', 'shared', 'webview/markdown'], packages: /^node:/ },
  webview: {
    folders: ['webview', 'shared'],
    packages: /^(preact|@preact\/|marked$|marked-cjk-friendly$|highlight\.js|temml$|mermaid$|@vscode-elements\/)/,
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
      if (/^\.\/(transport|browser|carry|filter|moderation|mcp|servers|shell)\.cjs$/.test(specifier)) continue;
      const target = normalize(join(dirname(file), specifier));
      assert.ok(
        rule.folders.some(allowedFolder => target.startsWith(`src/${allowedFolder}/`)),
        `${file} imports ${specifier}`,
      );
      assert.match(specifier, /\.tsx?$/, `${file}: an import names the file`);
    }
  });
}

/** The rooms of a folder of src, lowest first: each may import from those before it that it names. */
const rooms: Record<string, Record<string, string[]>> = {
  core: {
    redaction: [],
    transport: [],
    models: [],
    storage: [],
    history: [],
    theme: [],
    pdf: [],
    process: [],
    browser: ['process'],
    git: [],
    messages: ['redaction', 'transport', 'models'],
    inspect: ['messages', 'redaction'],
    endpoint: ['messages', 'inspect', 'models', 'transport'],
    tokens: ['messages', 'transport', 'pdf'],
    context: ['messages', 'tokens', 'pdf'],
    filter: ['messages', 'redaction', 'context'],
    shell: ['redaction', 'context'],
    review: ['messages', 'context'],
    prompts: ['context'],
    usage: ['messages', 'inspect', 'storage'],
    tools: ['process', 'browser', 'messages', 'models', 'context', 'shell', 'review'],
    checkpoints: ['storage', 'context', 'tools'],
    mcp: ['messages', 'process', 'shell', 'tools'],
    agent: ['messages', 'models', 'tools'],
    moderation: ['redaction', 'transport', 'messages', 'filter', 'tools', 'agent'],
    conversation: ['messages', 'models', 'storage', 'history', 'context', 'filter'],
    store: ['messages', 'storage', 'history', 'filter', 'conversation'],
    carry: ['messages', 'redaction', 'conversation'],
    request: ['messages', 'models', 'tokens', 'context', 'review', 'usage', 'tools', 'agent', 'conversation'],
    answer: [
      'messages',
      'models',
      'tokens',
      'review',
      'filter',
      'usage',
      'tools',
      'agent',
      'moderation',
      'conversation',
      'request',
    ],
    chat: [
      'messages',
      'models',
      'storage',
      'history',
      'tokens',
      'context',
      'filter',
      'usage',
      'checkpoints',
      'agent',
      'moderation',
      'conversation',
      'request',
      'answer',
    ],
  },
  webview: {
    ui: [],
    images: ['ui'],
    markdown: ['ui'],
    inspector: ['ui'],
    usage: ['ui'],
    blocks: ['ui', 'markdown'],
    paths: ['ui', 'blocks'],
    findings: ['ui', 'blocks', 'paths'],
    attachments: ['ui', 'blocks', 'paths'],
    tools: ['ui', 'blocks', 'attachments'],
    toolTrial: ['ui', 'tools'],
    size: ['ui', 'attachments'],
    parameters: ['ui', 'size'],
    transcript: ['ui', 'markdown', 'blocks', 'paths', 'findings', 'attachments', 'tools', 'size'],
    find: ['ui', 'markdown', 'blocks', 'tools', 'transcript'],
    history: ['ui'],
    composer: ['ui', 'images', 'attachments', 'size', 'parameters'],
  },
};

for (const [folder, ruled] of Object.entries(rooms)) {
  const names = Object.keys(ruled);
  // What stands in no room is what the rooms share, and what puts them together.
  const inRooms = files.filter(file => file.startsWith(`src/${folder}/`) && roomOf(file) !== undefined);

  test(`no room of ${folder} imports from one that may import from it`, () => {
    assert.deepEqual([...new Set(inRooms.map(roomOf))].sort(), [...names].sort());
    for (const [name, targets] of Object.entries(ruled)) {
      for (const target of targets) assert.ok(names.indexOf(target) < names.indexOf(name), `${name}: ${target}`);
    }
  });

  for (const [name, targets] of Object.entries(ruled)) {
    test(`${folder}/${name} imports from ${targets.join(', ') || 'no other room'}`, () => {
      const strays = inRooms
        .filter(file => roomOf(file) === name)
        .flatMap(file => importedFiles(file).map(target => ({ file, target })))
        .filter(
          ({ target }) =>
            target.startsWith(`src/${folder}/`) && ![name, ...targets, undefined].includes(roomOf(target)),
        );
      assert.deepEqual(strays, []);
    });
  }
}

/** The folder below src/core or src/webview; undefined for a file that stands in none. */
function roomOf(file: string): string | undefined {
  const [, , room, ...rest] = file.split('/');
  return rest.length > 0 ? room : undefined;
}

/** Which folders a folder beside src may import from, for a part of one its own rule: no two import from each other. */
const arrows: Record<string, string[]> = {
  scripts: ['scripts'],
  harness: ['harness', 'scripts', 'src'],
  // The doubles of services share nothing with the clients that are tested on them.
  'harness/endpoint': ['harness/endpoint'],
  'harness/mcp': ['harness/mcp'],
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

test('what a problem’s detail says decides nothing: it is searched for words nowhere', () => {
  const searched =
    /(test|exec|match|includes|startsWith|search|indexOf)\(\s*(\w+\.)*detail\b|\bdetail\??\.(includes|match|matchAll|search|startsWith|endsWith|indexOf)\(/;
  const strays = files.filter(file => searched.test(readFileSync(file, 'utf8')));
  assert.deepEqual(strays, []);
});

test('no file imports itself by way of others, not even for a type', () => {
  assert.deepEqual(circlesIn(files), []);
});

/** What a build for the browser would have to bring in another form. */
const onNode = [
  'src/core/browser/launchBrowser.ts',
  'src/core/carry/sections.ts',
  'src/core/chat/otherWindows.ts',
  'src/core/checkpoints/checkpointThread.ts',
  'src/core/checkpoints/scans.ts',
  'src/core/checkpoints/sqliteCheckpoints.ts',
  'src/core/checkpoints/walk.ts',
  'src/core/context/realPlace.ts',
  'src/core/git/changedFiles.ts',
  'src/core/git/runGit.ts',
  'src/core/mcp/processTransport.ts',
  'src/core/mcp/redirectListener.ts',
  'src/core/pdf/pdfFacts.ts',
  'src/core/pdf/pdfFile.ts',
  'src/core/pdf/pdfStream.ts',
  'src/core/process/signalGroup.ts',
  'src/core/shell/endProcesses.ts',
  'src/core/shell/persistentShell.ts',
  'src/core/shell/processes.ts',
  'src/core/shell/runningPrograms.ts',
  'src/core/storage/answerCalls.ts',
  'src/core/storage/callsOnThread.ts',
  'src/core/storage/damage.ts',
  'src/core/storage/openOrSetAside.ts',
  'src/core/storage/readableRows.ts',
  'src/core/storage/sqliteDatabase.ts',
  'src/core/store/blobs.ts',
  'src/core/store/copies.ts',
  'src/core/store/inProcess.ts',
  'src/core/store/otherWriters.ts',
  'src/core/store/readConversation.ts',
  'src/core/store/salvageConversations.ts',
  'src/core/store/sqliteHistory.ts',
  'src/core/store/sqliteStore.ts',
  'src/core/store/storeThread.ts',
  'src/core/store/textIndex.ts',
  'src/core/store/wordIndex.ts',
  'src/core/tokens/imageSize.ts',
  'src/core/tokens/mediaTokens.ts',
  'src/core/tools/runProgram.ts',
  'src/core/transport/certificates.ts',
  'src/core/transport/sendingMoment.ts',
  'src/core/transport/undiciTransport.ts',
  'src/core/usage/ledgerThread.ts',
  'src/core/usage/sqliteLedger.ts',
];

test('only the files named here need Node in core', () => {
  const users = files.filter(
    file => file.startsWith('src/core/') && importsOf(file).some(specifier => specifier.startsWith('node:')),
  );
  assert.deepEqual(users.sort(), onNode);
});

/** What of the host would run without the editor: its end of the protocol, words, and what an adapter is made of. */
const withoutEditor = [
  'src/host/commands/explainSelection.ts',
  'src/host/connection/apiKeys.ts',
  'src/host/connection/connectionReport.ts',
  'src/host/connection/countingMemory.ts',
  'src/host/connection/lazyTransport.ts',
  'src/host/connection/moderation.ts',
  'src/host/connection/originMemory.ts',
  'src/host/connection/refusalMemory.ts',
  'src/host/connection/secretFilter.ts',
  'src/host/lazily.ts',
  'src/host/mcp/serverDecisions.ts',
  'src/host/mcp/serverParts.ts',
  'src/host/mentions/reading.ts',
  'src/host/mentions/refusalText.ts',
  'src/host/models/defaultModel.ts',
  'src/host/models/dismissedAdvice.ts',
  'src/host/models/favouriteModels.ts',
  'src/host/models/modelChoices.ts',
  'src/host/models/modelSettings.ts',
  'src/host/models/recentModels.ts',
  'src/host/places/startWatch.ts',
  'src/host/places/surfaceIds.ts',
  'src/host/places/viewLink.ts',
  'src/host/randomUUID.ts',
  'src/host/status/answerNotice.ts',
  'src/host/status/chatStatus.ts',
  'src/host/status/toldFailure.ts',
  'src/host/tools/toolRecordings.ts',
  'src/host/tools/toolStates.ts',
];

test('only the files named here need no editor in the host: what decides by itself is in core', () => {
  const reachesEditor = (file: string, seen = new Set<string>()): boolean => {
    if (seen.has(file)) return false;
    seen.add(file);
    const loaded = loadedBy(file);
    if (loaded.includes('vscode')) return true;
    const relative = loaded.filter(name => name.startsWith('.')).map(name => normalize(join(dirname(file), name)));
    return relative.some(target => target.startsWith('src/host/') && reachesEditor(target, seen));
  };
  // What takes the view's messages only hands them on, and most of them need no editor for that.
  const handsOn = (file: string): boolean => file.startsWith('src/host/messages/');
  const free = files.filter(file => file.startsWith('src/host/') && !handsOn(file) && !reachesEditor(file));
  assert.deepEqual(free.sort(), withoutEditor);
});

test('the host asks for no answer past the gate: only core calls what sends a conversation’s request', () => {
  const past =
    /\b(session|summarizer)\.(send|sendQueued|enqueue|retry|retryWithout|retryWithoutRefused|goOn|continue|editQuestion|summarize)\(/;
  const strays = files.filter(file => file.startsWith('src/host/') && past.test(readFileSync(file, 'utf8')));
  assert.deepEqual(strays, []);
});

test('nothing but undiciTransport.ts imports undici: it is loaded at the first request', () => {
  const importers = files.filter(file => importsOf(file).includes('undici'));
  assert.deepEqual(importers, ['src/core/transport/undiciTransport.ts']);
});

test('only the bundle of the filter has the rules for secrets: they are loaded with the first request', () => {
  const importers = files.filter(file => importsOf(file).some(name => name.startsWith('@secretlint/')));
  assert.deepEqual(importers, ['src/core/filter/knownTokens.ts']);
  const loading = files.filter(file => importedFiles(file).includes('src/core/filter/findSecrets.ts'));
  assert.deepEqual(loading, ['src/core/filter/filterBundle.ts']);
});

test('only the bundle of the Model Context Protocol imports its SDK: it is loaded when a server is first needed', () => {
  const importers = files.filter(file => importsOf(file).includes('@modelcontextprotocol/client'));
  assert.deepEqual(importers.sort(), [
    'src/core/mcp/eventsTransport.ts',
    'src/core/mcp/processTransport.ts',
    'src/core/mcp/revoke.ts',
    'src/core/mcp/sdkConnection.ts',
    'src/core/mcp/signIn.ts',
    'src/core/mcp/signInProvider.ts',
  ]);
  const loaders = files.filter(file => importedFiles(file).some(target => importers.includes(target)));
  assert.deepEqual(loaders.sort(), [
    'src/core/mcp/mcpBundle.ts',
    'src/core/mcp/revoke.ts',
    'src/core/mcp/sdkConnection.ts',
    'src/core/mcp/signIn.ts',
  ]);
});

test('a file is read with a limit: what a workspace holds may be of any size', () => {
  const readers = files.filter(file => /\bworkspace\.fs\s*\.readFile\b/.test(readFileSync(file, 'utf8')));
  assert.deepEqual(readers.sort(), [
    // What a tool has changed, of which files within a limit are kept.
    'src/host/checkpoints/editorFiles.ts',
    'src/host/workspace/bytesWithin.ts',
  ]);
});

test('SQLite is in threads of its own: the host names it nowhere', () => {
  const importers = files.filter(file =>
    importsOf(file).some(name =>
      /\/(sqliteStore|inProcess|sqliteLedger|sqliteCheckpoints|sqliteDatabase)\.ts$/.test(name),
    ),
  );
  assert.deepEqual(
    importers.filter(file => file.startsWith('src/host/')),
    [],
  );
});

test('only the border sends to an endpoint, and only the border tells what an endpoint said; the user’s own check has no key', () => {
  const users = files.filter(file =>
    /\btransport\.send\(|\berrorFrom(Answer|Cut|Transport)\(/.test(readFileSync(file, 'utf8')),
  );
  assert.deepEqual(users.sort(), [
    'src/core/messages/endpoint.ts',
    'src/core/messages/problems.ts',
    'src/core/moderation/endpointCheck.ts',
  ]);
});

test('nothing that the editor waits for loads node:crypto, which takes as long as a third of the extension', () => {
  const importers = [...files, 'src/extension.ts'].filter(file => importsOf(file).includes('node:crypto'));
  // In the threads of the checkpoints and of the store.
  assert.deepEqual(importers.sort(), ['src/core/checkpoints/sqliteCheckpoints.ts', 'src/core/store/blobs.ts']);
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

test('a circle is found, and what only leads into it is no part of it', () => {
  const graph: Record<string, string[]> = { a: ['b'], b: ['c'], c: ['d', 'b'], d: [] };
  assert.deepEqual(
    circlesIn(Object.keys(graph), file => graph[file] ?? []),
    [['b', 'c']],
  );
});

/** The groups of files of which each imports every other, be it through others; what is loaded later does not count. */
function circlesIn(all: readonly string[], targetsOf = importedFiles): string[][] {
  const targets = new Map(all.map(file => [file, targetsOf(file)]));
  const reach = (from: string): Set<string> => {
    const seen = new Set<string>();
    const open = [from];
    for (let file = open.pop(); file !== undefined; file = open.pop()) {
      for (const target of targets.get(file) ?? []) {
        if (seen.has(target)) continue;
        seen.add(target);
        open.push(target);
      }
    }
    return seen;
  };
  const reached = new Map(all.map(file => [file, reach(file)]));
  const inCircles = all.filter(file => reached.get(file)?.has(file));
  const groupOf = (file: string): string[] =>
    inCircles.filter(other => reached.get(file)?.has(other) && reached.get(other)?.has(file)).sort();
  return [...new Map(inCircles.map(file => [groupOf(file).join(), groupOf(file)])).values()];
}

function importedFiles(file: string): string[] {
  const statements = readFileSync(file, 'utf8').matchAll(/^(?:import|export)\b[^;]*?\bfrom '(\.[^']+)'/gm);
  return [...statements].map(found => normalize(join(dirname(file), found[1] ?? '')));
}

/** The modules that are loaded with the file, and not only for their types. */
function loadedBy(file: string): string[] {
  const statements = readFileSync(file, 'utf8').matchAll(/^(?:import|export)\b(?! type\b)[^;]*?\bfrom '([^']+)'/gm);
  return [...statements].map(found => found[1] ?? '');
}

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
