import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { IgnoreRules } from '../../../src/core/context/ignoreRules.ts';

/** `.gitignore` files by their folder. */
type Tree = Record<string, string>;

const paths = [
  'a.log',
  'b.log',
  'keep.log',
  'build/out.js',
  'src/build/out.js',
  'src/a.ts',
  'src/a.tmp',
  'src/deep/er/x.tmp',
  'docs/private/x.md',
  'docs/public/x.md',
  'docs/private.md',
  'foo/bar/baz.txt',
  'foo/x/y/baz.txt',
  'weird [name].txt',
  'a+b.txt',
  '#hash',
  'ends ',
  'file1.c',
  'file2.c',
  'fileX.c',
  'nested/keep/x.log',
  'nested/x.log',
  'one-two-three.two.txt',
  'star*.txt',
  'src/foo/a/foo/b/foo.c',
];

const trees: Record<string, Tree> = {
  'names and stars': { '': '*.log\n!keep.log\n# a comment\n\n*.tmp\r\n' },
  'folders only': { '': 'build/\n' },
  anchored: { '': '/build\n/src/*.tmp\n' },
  'double stars': { '': '**/er\nfoo/**/baz.txt\ndocs/private/**\n' },
  'a folder that is left out stays out': { '': 'docs/private/\n!docs/private/x.md\n' },
  'deeper files decide later': { '': '*.log\n', nested: '!*.log\nkeep/\n' },
  'classes and question marks': { '': 'file[12].c\n?.log\n' },
  'negated classes': { '': 'file[!12].c\n' },
  'letters that mean something elsewhere': { '': 'a+b.txt\n\\#hash\nweird \\[name\\].txt\n' },
  'spaces at the end': { '': 'ends\\ \na.log   \n' },
  'several stars in a name': { '': 'o*-t*e*.t*o.txt\nf*l**1*\n*x*x*\n' },
  'stars that are none': { '': 'star\\*.txt\n[*]\nb[*.]log\n' },
  'several double stars': { '': '**/foo/**/b/**/foo.c\n/**/build/**\nnested/**/**/x.log\n' },
  'a middle slash anchors': { '': 'bar/baz.txt\nfoo/bar\n' },
};

for (const [name, tree] of Object.entries(trees)) {
  test(`git ignores the same: ${name}`, () => {
    const rules = new IgnoreRules();
    for (const [folder, text] of Object.entries(tree)) rules.add(folder, text);
    const ours = paths.filter(path => rules.ignores(path));
    const theirs = ignoredByGit(tree);
    assert.ok(theirs.length > 0);
    assert.deepEqual(ours, theirs);
  });
}

test('a rule that was made to be slow is compared in the time that any other takes', () => {
  const rules = new IgnoreRules();
  // Where every star would be tried at every place, none of these would end.
  rules.add('', [`${'*a'.repeat(100)}b`, `${'**/a/'.repeat(100)}b`, `${' '.repeat(60_000)}b`].join('\n'));
  const path = `${'a/'.repeat(40)}${'a'.repeat(250)}`;
  assert.equal(rules.ignores(path), false);
  assert.equal(rules.ignores(`${path}b`), true);
});

function ignoredByGit(tree: Tree): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'marginalia-ignore-'));
  try {
    execFileSync('git', ['init', '--quiet', folder]);
    for (const path of paths) write(join(folder, path), '');
    for (const [place, text] of Object.entries(tree)) write(join(folder, place, '.gitignore'), text);
    const options = { cwd: folder, encoding: 'utf8' as const };
    const kept = execFileSync('git', ['ls-files', '--others', '--exclude-standard', '-z'], options).split('\0');
    return paths.filter(path => !kept.includes(path));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
