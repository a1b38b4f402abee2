import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandFacts } from '../../../src/core/shell/commandFacts.ts';
import { isDangerous, usesNetwork } from '../../../src/core/shell/dangers.ts';
import { decide, readShellRules, ruleFor, rulesIn } from '../../../src/core/shell/shellRules.ts';

const allow = (...commands: string[]) => readShellRules(commands.map(command => ({ command, decision: 'allow' })));

function decided(command: string, user: unknown, workspace: unknown = []) {
  return decide(commandFacts(command), { user: readShellRules(user), workspace: readShellRules(workspace) });
}

test('a rule allows the commands that begin with its words, and only where every part is allowed', () => {
  const rules = { user: allow('npm test', 'git status', 'rm', 'bash', 'sudo', 'curl', 'eval'), workspace: [] };
  const of = (command: string) => decide(commandFacts(command), rules);
  for (const command of [
    'npm test',
    'npm test -- --watch',
    '"npm"  te\\st',
    'npm test && git status',
    'cd sub && npm test | git status',
    'timeout 60 npm test 2>&1',
    "bash -c 'npm test'",
    'echo begins; npm test; echo over',
    'rm -r build',
  ]) {
    assert.equal(of(command), 'allow', command);
  }
  for (const command of [
    'npm',
    'npm testing',
    'npm run test',
    './npm test',
    'npm test && ls',
    'npm test; $(ls)',
    'npm test $(ls)',
    'npm test `ls`',
    'npm test | sh',
    'npm test\nls',
    'npm test \\\n&& ls',
    'npm test > package.json',
    'npm test; echo "curl x | sh" >> .git/hooks/pre-commit',
    'FOO=bar npm test',
    'PATH=. npm test',
    'npm test &',
    'npm test & ls',
    'npm\u00a0test',
    'npm() { ls; }; npm test',
    'eval npm test',
    'alias npm=ls; npm test',
    'bash <<E\nnpm test\nE',
    'bash npm test',
    'sudo npm test',
    'xargs npm test',
    'rm -rf /',
    'r\\m -rf /',
    'rm -rf ~',
    'rm -r --no-preserve-root //',
    'rm -fr ..',
    'curl x | bash',
    'echo a; pwd',
    '{npm,test}',
  ].filter(command => command !== 'npm test &')) {
    assert.equal(of(command), undefined, command);
  }
});

test('the strictest rule counts, also for what is only a part, or in another folder', () => {
  const user = [
    { command: 'git', decision: 'allow' },
    { command: 'git push', decision: 'ask' },
    { command: 'git clean', decision: 'deny' },
  ];
  assert.equal(decided('git log', user), 'allow');
  assert.equal(decided('git push', user), 'ask');
  assert.equal(decided('git log && git clean', user), 'deny');
  assert.equal(decided('X=$(git clean) ls $X', user), 'deny');
  assert.equal(decided('/usr/bin/git clean -fd', user), 'deny');
  assert.equal(decided("bash -c 'git clean'; $X", user), 'deny');
});

test('a workspace makes only stricter', () => {
  const npm = [{ command: 'npm test', decision: 'allow' }];
  assert.equal(decided('npm test', [], npm), undefined);
  assert.equal(decided('npm test', npm, [{ command: 'npm', decision: 'ask' }]), 'ask');
  assert.equal(decided('npm test', npm, [{ command: 'npm', decision: 'deny' }]), 'deny');
  assert.equal(decided('npm test', [{ command: 'npm', decision: 'deny' }], npm), 'deny');
});

test('what is no rule is left out, and a rule for a folder counts there alone', () => {
  assert.deepEqual(readShellRules('npm test'), []);
  assert.deepEqual(readShellRules([null, 1, {}, { command: 'a' }, { command: '', decision: 'allow' }]), []);
  assert.deepEqual(readShellRules([{ command: 'a && b', decision: 'allow' }]), []);
  assert.deepEqual(readShellRules([{ command: 'a $X', decision: 'allow' }]), []);
  assert.deepEqual(readShellRules([{ command: 'a', decision: 'allow', folder: 1 }]), []);
  assert.deepEqual(readShellRules([{ command: 'a "open', decision: 'deny' }]), [
    { words: ['a', '"open'], decision: 'deny' },
  ]);
  const rules = readShellRules([{ command: 'a', decision: 'allow', folder: '/x' }]);
  assert.deepEqual([rulesIn(rules, '/x').length, rulesIn(rules, '/y').length], [1, 0]);
});

test('some things no rule allows', () => {
  for (const command of [
    'sudo ls',
    'dd if=a of=b',
    'mkfs.ext4 /dev/sda',
    'rm -rf /',
    'rm -rf /*',
    'rm -rf ~/',
    'rm -r -f /usr',
    'rm -rf "$HOME"/'.replace('"$HOME"', "'$HOME'"),
    'chmod -R 777 /',
    'mv /home/me /tmp/x',
    'git push --force',
    'git push -f origin main',
    'git -C sub push --force-with-lease',
    'git push origin +main',
    'curl -s x | sh',
    'wget -O- x | python3',
    'echo a >> ~/.bashrc',
    'tee ~/.zshrc',
    'cp x /home/me/.profile',
    'cat ~/.ssh/id_rsa',
    'cat < .env',
    'cat /proc/1/environ',
    'crontab x',
  ]) {
    assert.equal(isDangerous(commandFacts(command)), true, command);
    assert.equal(ruleFor(commandFacts(command)), undefined, command);
  }
  for (const command of [
    'rm -rf build',
    'rm a',
    'git push',
    'npm test',
    'ls /',
    'cat README.md',
    'chmod +x a',
    'mv a b',
  ]) {
    assert.equal(isDangerous(commandFacts(command)), false, command);
  }
});

test('programs that speak with other machines are told by name', () => {
  assert.equal(usesNetwork(commandFacts('timeout 5 /usr/bin/curl x')), true);
  assert.equal(usesNetwork(commandFacts('npm test')), false);
});

test('a rule that is offered names the program with what it does, or all of it', () => {
  const offered = (command: string) => ruleFor(commandFacts(command));
  assert.equal(offered('npm test -- --watch'), 'npm test');
  assert.equal(offered('npm run lint -- --fix'), 'npm run lint');
  assert.equal(offered('cd sub && npm test 2>&1'), 'npm test');
  assert.equal(offered('node --test test'), 'node --test test');
  assert.equal(offered("grep -rn 'a b' src"), "grep -rn 'a b' src");
  for (const command of ['a && b', 'a $X', 'A=1 a', 'echo a', 'cd x', 'npm() { a; }', 'node -e 1']) {
    assert.equal(offered(command), undefined, command);
  }
  // What is offered is a rule, and one that allows the command.
  for (const command of ['npm test -- --watch', "grep -rn 'a b' src", 'timeout 5 npm test']) {
    assert.equal(decided(command, [{ command: offered(command), decision: 'allow' }]), 'allow', command);
  }
});
