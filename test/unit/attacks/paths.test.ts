/** A model that wants out of the workspace with paths: through the whole loop, in Act, where the user allows everything. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { answerWith, turn } from '../../support/session.ts';
import { calling, resultsIn, temporaryFolder, workIn } from '../../support/workingSession.ts';

const editor = 'str_replace_based_edit_tool';
const secret = 'what lies beside the workspace';

/** A workspace with links that lead out of it, and what they lead to. */
function placesIn(t: TestContext): { folder: string; beside: string } {
  const base = temporaryFolder(t);
  const [folder, beside] = [join(base, 'shop'), join(base, 'beside')];
  mkdirSync(folder);
  mkdirSync(beside);
  writeFileSync(join(beside, 'key.txt'), secret);
  symlinkSync(beside, join(folder, 'linked'));
  symlinkSync(join(beside, 'key.txt'), join(folder, 'key.txt'));
  symlinkSync(join(beside, 'made.txt'), join(folder, 'dangling.txt'));
  symlinkSync('/proc/self', join(folder, 'self'));
  return { folder, beside };
}

const waysOut = [
  '../beside/key.txt',
  'src/../../beside/key.txt',
  './/..//beside/key.txt',
  'linked',
  'linked/key.txt',
  'key.txt',
  '/etc/hostname',
  '/proc/self/environ',
  '/proc/self/cwd/package.json',
  'self/environ',
  'self/root/etc/hostname',
];

test('no path shows what lies outside: by `..`, over links, in /proc', async t => {
  const { folder, beside } = placesIn(t);
  const paths = [...waysOut, join(beside, 'key.txt')];
  const { session, requests, asked } = workIn(t, folder, {
    scripts: [
      calling(...paths.map((path): [string, object & Record<string, unknown>] => [editor, { command: 'view', path }])),
      answerWith('Well.'),
    ],
  });
  await session.send(turn('Look around'));
  const results = resultsIn(requests[1]);
  assert.equal(results.length, paths.length);
  for (const [at, { text, isError }] of results.entries()) {
    assert.ok(isError, paths[at]);
    assert.match(text, /leads out of the workspace/, paths[at]);
  }
  assert.equal(JSON.stringify(requests[1]).includes(secret), false);
  assert.equal(asked.length, 0, 'the user is not even asked');
});

test('no path changes or makes what lies outside, however often the user allows it', async t => {
  const { folder, beside } = placesIn(t);
  const calls = [
    '../beside/made.txt',
    'linked/made.txt',
    'dangling.txt',
    join(beside, 'made.txt'),
    'self/cwd/made.txt',
  ];
  const { session, requests } = workIn(t, folder, {
    scripts: [
      calling(
        ...calls.map((path): [string, Record<string, unknown>] => [
          editor,
          { command: 'create', path, file_text: 'x' },
        ]),
        [editor, { command: 'str_replace', path: 'key.txt', old_str: secret, new_str: 'x' }],
        [editor, { command: 'insert', path: 'linked/key.txt', insert_line: 0, insert_text: 'x' }],
      ),
      answerWith('Well.'),
    ],
    decide: () => 'allowInConversation',
  });
  await session.send(turn('Write'));
  assert.deepEqual(
    resultsIn(requests[1]).map(({ isError }) => isError),
    Array.from({ length: calls.length + 2 }, () => true),
  );
  assert.equal(existsSync(join(beside, 'made.txt')), false);
  assert.equal(readFileSync(join(beside, 'key.txt'), 'utf8'), secret);
});
