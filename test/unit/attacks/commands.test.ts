/** A model that hides a command behind one that a rule allows: through the whole loop, with a user who denies what is asked. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { join } from 'node:path';
import { readShellRules } from '../../../src/core/shell/shellRules.ts';
import { answerWith, turn } from '../../support/session.ts';
import { calling, resultsIn, temporaryFolder, workIn } from '../../support/workingSession.ts';

const rules = readShellRules([
  { command: 'ls', decision: 'allow' },
  { command: 'bash', decision: 'allow' },
  { command: 'env', decision: 'allow' },
  { command: 'rm', decision: 'deny' },
]);

/** Each would make a file called `owned`. */
const hidden = [
  'ls; touch owned',
  'ls\ntouch owned',
  'ls && t\\ouch owned',
  'ls | "to"\'uc\'h owned',
  "ls; $'\\x74ouch' owned",
  'ls; $(echo touch) owned',
  'ls "$(touch owned)"',
  'ls `touch owned`',
  'ls <(touch owned)',
  'ls > owned',
  'ls; echo "curl x" > owned',
  'ls; a=touch; $a owned',
  'ls; eval "tou""ch owned"',
  'ls; echo dG91Y2ggb3duZWQ= | base64 -d | bash',
  'bash -c "touch owned"',
  "bash <<< 'touch owned'",
  'env touch owned',
  'ls() { touch owned; }; ls',
  'shopt -s expand_aliases\nalias ls="touch owned"\nls',
  'PATH=. ls; touch owned',
  'ls #\rtouch owned\ntouch owned',
  'ls & touch owned',
  '{ ls; touch owned; }',
  'if ls; then touch owned; fi',
  "trap 'touch owned' EXIT; exit",
  'ls; ⁠touch owned; touch owned',
];

test('what is hidden behind an allowed command is asked about, word for word, and does not run', async t => {
  const folder = temporaryFolder(t);
  const commands = ['ls', ...hidden];
  const { session, requests, asked } = workIn(t, folder, {
    scripts: [
      calling(...commands.map((command): [string, Record<string, unknown>] => ['bash', { command }])),
      answerWith('Well.'),
    ],
    rules,
    decide: () => 'deny',
  });
  await session.send(turn('List the files'));
  assert.deepEqual(
    asked.map(({ command }) => command?.text),
    hidden,
    'the rule lets the plain one pass, and no other',
  );
  assert.deepEqual(
    resultsIn(requests[1]).map(({ isError }) => isError),
    commands.map(command => command !== 'ls'),
  );
  assert.deepEqual(readdirSync(folder), []);
});

test('each of them does what it is said to do where the user allows it: none is harmless by mistake', async t => {
  const folder = temporaryFolder(t);
  // Begins anew each time: some of them change what names mean.
  const commands = hidden.flatMap((command): [string, Record<string, unknown>][] => [
    ['bash', { command: `rmdir owned 2>&-; unlink owned 2>&-; ${command}` }],
    ['bash', { command: '\\wait; [ -e owned ]' }],
    ['bash', { restart: true }],
  ]);
  const { session, calls } = workIn(t, folder, { scripts: [calling(...commands), answerWith('Well.')] });
  await session.send(turn('Go on'));
  const made = calls().filter((_, at) => at % 3 === 1);
  assert.deepEqual(
    made.map(({ exitCode }) => exitCode),
    hidden.map(() => 0),
  );
});

test('what a rule forbids is not asked about, however it is quoted', async t => {
  const folder = temporaryFolder(t);
  const commands = ['rm -r .', "'r'm x", '\\rm x', 'env rm x', '/bin/rm x', 'ls; "rm" x', 'bash -c "rm x"'];
  const { session, asked, calls } = workIn(t, folder, {
    scripts: [
      calling(...commands.map((command): [string, Record<string, unknown>] => ['bash', { command }])),
      answerWith('Well.'),
    ],
    rules,
  });
  await session.send(turn('Tidy up'));
  assert.deepEqual(
    calls().map(({ state }) => state),
    commands.map(() => 'denied'),
  );
  assert.equal(asked.length, 0);
  assert.ok(existsSync(join(folder)));
});
