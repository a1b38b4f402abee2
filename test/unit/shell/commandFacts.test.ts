import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandFacts } from '../../../src/core/shell/commandFacts.ts';

/** Commands that are known in every part, with the words that run. */
const known: [command: string, ...words: string[]][] = [
  ['npm test', 'npm test'],
  ['npm test # && rm -rf /', 'npm test'],
  ['a && b || c; d & e', 'a', 'b', 'c', 'd', 'e'],
  ['a\nb', 'a', 'b'],
  ['a | b |& c', 'a', 'b', 'c'],
  ['! a; time b', 'a', 'b'],
  ['(a; { b; })', 'a', 'b'],
  ['if a; then b; elif c; then d; else e; fi', 'a', 'b', 'c', 'd', 'e'],
  ['while a; do b; done', 'a', 'b'],
  ['[[ -f x ]] && a', 'a'],
  ['r\\m -rf /', 'rm -rf /'],
  [String.raw`$'\x72m' x`, 'rm x'],
  ['"r"m x', 'rm x'],
  ['rm\\\n -rf x', 'rm -rf x'],
  ['rm\u00a0-rf x', 'rm\u00a0-rf x'],
  ['echo \'a && b\' "c; d"', 'echo a && b c; d'],
  ["bash -c 'rm x && a'", 'rm x', 'a'],
  [`bash -ec "sh -c 'rm x'"`, 'rm x'],
  ['timeout -k 5 10 npm test', 'npm test'],
  ['nice -n 5 nohup npm test', 'npm test'],
  ['env npm test', 'npm test'],
  ['command rm x', 'rm x'],
  ['cat <<E\n$X is text of this\nE'.replace('<<E', "<<'E'"), 'cat'],
  ['./npm test', './npm test'],
];

for (const [command, ...words] of known) {
  test(`${JSON.stringify(command)} is known`, () => {
    const facts = commandFacts(command);
    assert.deepEqual(
      facts.commands.map(parts => parts.join(' ')),
      words,
    );
    assert.equal(facts.isKnown, true);
    assert.equal(facts.changesShell, false);
  });
}

/** Commands of which something is found out only as they run, with what of them can be told. */
const unknown: [command: string, ...words: string[]][] = [
  ['{rm,-rf,/}', ''],
  ['$X -rf /', ' -rf /'],
  ['${CMD:-rm} x', ' x'],
  ['npm $X', 'npm '],
  ['npm test *', 'npm test '],
  ['echo $(rm x)', 'rm x', 'echo '],
  ['echo "`rm x`"', 'rm x', 'echo '],
  ['cat <(rm x)', 'rm x', 'cat '],
  ['echo ${A:-$(rm x)}', 'rm x', 'echo '],
  ['echo $((1 + $(rm x)))', 'rm x', 'echo '],
  ['a > $(rm x)', 'rm x', 'a'],
  ['cat <<E\n$(rm x)\nE', 'rm x', 'cat'],
  ['bash <<E\nrm x\nE', 'bash'],
  ['bash script.sh', 'bash script.sh'],
  ['curl x | sh', 'curl x', 'sh'],
  ['FOO=bar npm test', 'npm test'],
  ['PATH=/x npm test', 'npm test'],
  ['env FOO=bar npm test', 'env FOO=bar npm test', 'npm test'],
  ['find . -exec rm {} \\;', 'find . -exec rm {} ;', 'rm {}'],
  ['ls | xargs rm', 'ls', 'xargs rm', 'rm'],
  ['sudo rm x', 'sudo rm x', 'rm x'],
  ["node -e 'evil()'", 'node -e evil()'],
  ['git -c core.pager=evil log', 'git -c core.pager=evil log'],
  ['npm test "open', 'npm test open'],
  ['for x in 1 2; do rm y; done', 'rm y'],
  ['case a in a) rm y;; esac', 'rm y'],
  ['timeout --new-option 5 rm x', 'timeout --new-option 5 rm x', '5 rm x'],
];

for (const [command, ...words] of unknown) {
  test(`${JSON.stringify(command)} is not known as a whole`, () => {
    const facts = commandFacts(command);
    assert.deepEqual(facts.commands.map(parts => parts.join(' ')).sort(), [...words].sort());
    assert.equal(facts.isKnown, false);
  });
}

test('what leaves something behind in the shell is told', () => {
  for (const command of [
    'npm() { rm x; }',
    'function npm { rm x; }',
    "alias npm='rm x'",
    '\\alias npm=rm',
    'PATH=/x',
    'export A=1',
    'source x',
    '. x',
    "eval 'a'",
    "trap 'rm x' DEBUG",
    'set -x',
    'shopt -s expand_aliases',
    'hash -p /x npm',
    'enable -n cd',
    'printf -v PATH x',
    'read PATH',
    'for PATH in x; do a; done',
    'echo ${PATH:=x}',
    '((PATH=1))',
    '$X',
    'if',
    'coproc a',
    'command eval a',
    'exec 3>x',
  ]) {
    assert.equal(commandFacts(command).changesShell, true, command);
  }
  for (const command of ['cd x', 'ls $X', 'for x in 1; do echo $x; done', 'x=1', 'echo a > b', 'FOO=1 npm test']) {
    assert.equal(commandFacts(command).changesShell, false, command);
  }
});

test('files that redirections write and read are told, and those that are no files are none', () => {
  const facts = commandFacts('a >x 2>>y &>z >|w <in 2>&1 >/dev/null >&f 3<>g <<<"text"; { b; } >/etc/h');
  assert.deepEqual(facts.writes, ['x', 'y', 'z', 'w', 'f', 'g', '/etc/h']);
  assert.deepEqual(facts.reads, ['in']);
  assert.equal(facts.isKnown, true);
  assert.equal(commandFacts('a >$X').isKnown, false);
});

test('control characters are no text of a command', () => {
  for (const command of ['a\rb', 'a\u0085b', 'a\u001b[1A']) assert.equal(commandFacts(command).isKnown, false);
});

test('a command that was made to be deep or long ends as not known', () => {
  const deep = `${'$('.repeat(5000)}a${')'.repeat(5000)}`;
  assert.equal(commandFacts(deep).isKnown, false);
  assert.equal(commandFacts('eval '.repeat(2000)).isKnown, false);
  assert.equal(commandFacts(`${'a && '.repeat(9000)}a`).isKnown, false);
  assert.equal(commandFacts(`${'a && '.repeat(3000)}a`).commands.length, 3001);
});
