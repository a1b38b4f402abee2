import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { changedFiles, generatedFiles, untrackedFiles } from '../../../src/core/git/changedFiles.ts';
import { GitError, gitRunner, type RunGit } from '../../../src/core/git/runGit.ts';

/** The time begins with the runner, so each run has its own: files before this one may take minutes. */
const run: RunGit = (folder, args, input) =>
  gitRunner('git', { timeoutMs: 60_000, mostBytes: 16 * 1024 * 1024 })(folder, args, input);

test('what is staged, half staged, new and not staged is there against the last commit, whole', async t => {
  const repository = await Repository.with(t, { 'a.ts': 'let a = 1;\n', 'half.ts': '1\n2\n3\n', 'c.ts': 'c\n' });
  await repository.write({ 'a.ts': 'let a = 2;\n', 'new.ts': 'let b;\n', 'half.ts': 'one\n2\n3\n' });
  repository.git('add', '.');
  await repository.write({ 'half.ts': 'one\n2\nthree\n', 'c.ts': 'd\n' });
  assert.deepEqual(await repository.changes(), [
    'modified a.ts\n@@ -1 +1 @@\n-let a = 1;\n+let a = 2;',
    'modified c.ts\n@@ -1 +1 @@\n-c\n+d',
    'modified half.ts\n@@ -1,3 +1,3 @@\n-1\n+one\n 2\n-3\n+three',
    'added new.ts\n@@ -0,0 +1 @@\n+let b;',
  ]);
});

test('so is what was renamed, deleted, given other rights, only announced, or has an odd name', async t => {
  const lines = 'a\nb\nc\nd\ne\nf\n';
  const odd = 'sp "q" \\ é 日本.ts';
  const repository = await Repository.with(t, {
    'old.ts': lines,
    'moved.ts': `${lines}g\n`,
    'gone.ts': 'x\n',
    'run.sh': '#!/bin/sh\n',
    [odd]: 'k\n',
  });
  repository.git('mv', 'old.ts', 'other.ts');
  repository.git('mv', 'moved.ts', 'sub.ts');
  repository.git('rm', '-q', 'gone.ts');
  await repository.write({ 'sub.ts': `${lines}h\n`, [odd]: 'l\n', 'announced.ts': 'n\n', 'tab\tname.ts': 't\n' });
  repository.git('add', '-N', 'announced.ts');
  repository.git('add', 'tab\tname.ts');
  await chmod(join(repository.root, 'run.sh'), 0o755);
  assert.deepEqual((await repository.changes()).sort(), [
    'added announced.ts\n@@ -0,0 +1 @@\n+n',
    'added tab\tname.ts\n@@ -0,0 +1 @@\n+t',
    'deleted gone.ts\ndeleted file\n@@ -1 +0,0 @@\n-x',
    'modified run.sh\nold mode 100644\nnew mode 100755',
    `modified ${odd}\n@@ -1 +1 @@\n-k\n+l`,
    'renamed other.ts\nrename from old.ts\nrename to other.ts',
    'renamed sub.ts\nrename from moved.ts\nrename to sub.ts\n@@ -4,4 +4,4 @@ c\n d\n e\n f\n-g\n+h',
  ]);
});

test('a file with conflicts is there with its marks, and so is one that only one side has deleted', async t => {
  const repository = await Repository.with(t, { 'f.py': 'x = 1\n', 'g.py': 'g = 1\n' });
  repository.git('checkout', '-qb', 'side');
  await repository.write({ 'f.py': 'x = 2\n', 'g.py': 'g = 2\n' });
  repository.commit();
  repository.git('checkout', '-q', 'main');
  await repository.write({ 'f.py': 'x = 3\n' });
  repository.git('rm', '-q', 'g.py');
  repository.commit();
  assert.throws(() => repository.git('merge', 'side'));
  assert.deepEqual(await repository.changes(), [
    'modified f.py\n@@ -1 +1,5 @@\n+<<<<<<< HEAD\n x = 3\n+=======\n+x = 2\n+>>>>>>> side',
    'added g.py\n@@ -0,0 +1 @@\n+g = 2',
  ]);
});

test('the patch is the same whatever the user’s git is set to', async t => {
  const repository = await Repository.with(t, {
    'é.ts': `1\n${'\n'.repeat(8)}2\n`,
    'old.ts': 'a\nb\nc\n',
    '.gitattributes': '*.ts diff=ts\n',
  });
  await repository.write({ 'é.ts': `one\n${'\n'.repeat(8)}two\n`, 'new.ts': 'n\n' });
  repository.git('mv', 'old.ts', 'moved.ts');
  for (const [name, value] of [
    ['diff.external', 'echo'],
    ['color.ui', 'always'],
    ['color.diff', 'always'],
    ['diff.noprefix', 'true'],
    ['diff.mnemonicPrefix', 'true'],
    ['diff.context', '0'],
    ['diff.interHunkContext', '9'],
    ['diff.renames', 'false'],
    ['diff.suppressBlankEmpty', 'true'],
    ['diff.ts.textconv', 'rev'],
    ['diff.ts.command', 'echo'],
    ['core.quotePath', 'true'],
  ] as const) {
    await t.test(`${name}=${value}`, async one => {
      repository.git('config', name, value);
      one.after(() => repository.git('config', '--unset', name));
      assert.deepEqual(await repository.changes(), [
        'renamed moved.ts\nrename from old.ts\nrename to moved.ts',
        'modified é.ts\n@@ -1,4 +1,4 @@\n-1\n+one\n \n \n \n@@ -7,4 +7,4 @@\n \n \n \n-2\n+two',
      ]);
      assert.deepEqual(await untrackedFiles(run, repository.root), ['new.ts']);
    });
  }
});

test('in a repository without a commit all that is staged is new', async t => {
  const repository = await Repository.empty(t);
  await repository.write({ 'a.ts': 'a\n', 'b.ts': 'b\n' });
  repository.git('add', 'a.ts');
  assert.deepEqual(await repository.changes(), ['added a.ts\n@@ -0,0 +1 @@\n+a']);
  assert.deepEqual(await untrackedFiles(run, repository.root), ['b.ts']);
});

test('binary files, links and repositories are named with what they are', async t => {
  const repository = await Repository.with(t, { bin: 'a\0', 'was.ts': 'x\n', 'shown.ts': 's\n' });
  await symlink('was.ts', join(repository.root, 'old-link'));
  repository.git('add', '.');
  repository.commit();
  await repository.write({ bin: 'b\0' });
  await symlink('bin', join(repository.root, 'link'));
  await rm(join(repository.root, 'was.ts'));
  await symlink('bin', join(repository.root, 'was.ts'));
  await rm(join(repository.root, 'old-link'));
  await repository.write({ 'old-link': 'a file\n' });
  repository.git('add', '.');
  assert.deepEqual(await repository.changes(), [
    'modified bin: binary',
    'added link: link',
    'added old-link\n@@ -0,0 +1 @@\n+a file',
    'modified was.ts: link',
  ]);
});

test('what has changed in a submodule is there against the commit that the outer repository names', async t => {
  const inner = await Repository.with(t, { 'in.ts': '1\n', 'same.ts': 's\n' });
  const repository = await Repository.with(t, { 'a.ts': 'a\n' });
  // Neither hides it, nor adds its list of commits to the patch before.
  repository.git('config', 'diff.ignoreSubmodules', 'all');
  repository.git('config', 'diff.submodule', 'log');
  repository.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.root, 'lib');
  repository.commit();
  assert.deepEqual(await repository.changes(), []);
  const checkout = new Repository(join(repository.root, 'lib'));
  await checkout.write({ 'in.ts': '2\n' });
  checkout.commit();
  await checkout.write({ 'in.ts': '3\n', 'new.ts': 'n\n' });
  await repository.write({ 'a.ts': 'b\n' });
  const outer = 'modified a.ts\n@@ -1 +1 @@\n-a\n+b';
  assert.deepEqual(await repository.changes(), [outer, 'modified lib/in.ts\n@@ -1 +1 @@\n-1\n+3']);
  assert.deepEqual(await untrackedFiles(run, repository.root), ['lib/new.ts']);
  await rm(checkout.root, { recursive: true });
  await mkdir(checkout.root);
  assert.deepEqual(await repository.changes(), [outer]);
});

test('a repository within that is no submodule is not among the files that git does not know', async t => {
  const repository = await Repository.with(t, { 'a.ts': '1\n' });
  const inner = join(repository.root, 'inner');
  await mkdir(inner);
  await repository.write({ 'b.ts': 'b\n', 'inner/c.ts': 'c\n' });
  const other = new Repository(inner);
  other.git('init', '-q');
  other.commit();
  assert.deepEqual(await untrackedFiles(run, repository.root), ['b.ts']);
});

test('a worktree has its own changes', async t => {
  const repository = await Repository.with(t, { 'a.ts': '1\n' });
  const folder = join(await temporaryFolder(t), 'tree');
  repository.git('worktree', 'add', '-q', folder);
  const worktree = new Repository(folder);
  await worktree.write({ 'a.ts': '2\n' });
  worktree.git('add', '.');
  assert.deepEqual(await worktree.changes(), ['modified a.ts\n@@ -1 +1 @@\n-1\n+2']);
  assert.deepEqual(await repository.changes(), []);
});

test('attributes say which files are generated', async t => {
  const repository = await Repository.with(t, {
    '.gitattributes': 'made/** linguist-generated\n*.pb.go linguist-generated=true\n',
  });
  const paths = ['made/a b.ts', 'x.pb.go', 'src/a.ts'];
  assert.deepEqual([...(await generatedFiles(run, repository.root, paths))], ['made/a b.ts', 'x.pb.go']);
});

test('git is ended where it prints too much, takes too long, or nobody waits any more; else it says what is wrong', async t => {
  const repository = await Repository.with(t, { 'a.ts': '1\n' });
  await repository.write({ 'a.ts': 'long\n'.repeat(1_000) });
  const problemOf = async (limits: Parameters<typeof gitRunner>[1], program = 'git'): Promise<string> =>
    changedFiles(gitRunner(program, limits), repository.root).then(
      () => 'none',
      (error: unknown) => (error instanceof GitError ? error.problem : String(error)),
    );
  const usual = { timeoutMs: 60_000, mostBytes: 1_000_000 };
  assert.equal(await problemOf(usual), 'none');
  assert.equal(await problemOf({ ...usual, mostBytes: 1_000 }), 'tooMuch');
  assert.equal(await problemOf({ ...usual, timeoutMs: 0 }), 'tookTooLong');
  assert.equal(await problemOf({ ...usual, signal: AbortSignal.abort() }), 'cancelled');
  assert.equal(await problemOf(usual, join(repository.root, 'no-git')), 'failed');
  await rm(join(repository.root, '.git'), { recursive: true });
  assert.equal(await problemOf(usual), 'failed');
});

/** A repository on the disk. */
class Repository {
  readonly root: string;

  constructor(root: string) {
    this.root = root;
  }

  static async empty(t: TestContext): Promise<Repository> {
    const repository = new Repository(await temporaryFolder(t));
    repository.git('init', '-q', '-b', 'main');
    return repository;
  }

  static async with(t: TestContext, files: Record<string, string>): Promise<Repository> {
    const repository = await Repository.empty(t);
    await repository.write(files);
    repository.commit();
    return repository;
  }

  async write(files: Record<string, string>): Promise<void> {
    for (const [path, text] of Object.entries(files)) await writeFile(join(this.root, path), text);
  }

  git(...args: string[]): void {
    const identity = [
      '-c',
      'user.name=Sample',
      '-c',
      'user.email=sample@example.invalid',
      '-c',
      'commit.gpgsign=false',
    ];
    execFileSync('git', [...identity, ...args], { cwd: this.root, stdio: 'pipe' });
  }

  commit(): void {
    this.git('add', '-A');
    this.git('commit', '-qm', 'A commit');
  }

  /** Each file in one text. */
  async changes(): Promise<string[]> {
    const files = await changedFiles(run, this.root);
    return files.map(({ path, change, content }) =>
      content.kind === 'patch'
        ? `${change} ${path}\n${content.bytes.toString().trimEnd()}`
        : `${change} ${path}: ${content.kind}`,
    );
  }
}

async function temporaryFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'marginalia-git-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
