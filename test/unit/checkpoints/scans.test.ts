import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type ScanLimits, scanLimits, Scans } from '../../../src/core/checkpoints/scans.ts';
import { openSqliteCheckpoints } from '../../../src/core/checkpoints/sqliteCheckpoints.ts';

/** Milliseconds: so much after the files were made the scan begins, and their times can be trusted. */
const later = 10_000;

function setUp(t: TestContext, files: Record<string, string>, limits: Partial<ScanLimits> = {}, aheadMs = 0) {
  const root = mkdtempSync(join(tmpdir(), 'marginalia-scan-'));
  t.after(() => rmSync(root, { recursive: true }));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  for (const [path, text] of Object.entries(files)) write(path, text);
  const kept = openSqliteCheckpoints(':memory:');
  const scans = new Scans(kept, { ...scanLimits, ...limits }, () => Date.now() + aheadMs);
  const roots = [{ path: root, name: '' }];
  const whose = { conversationId: 'c', turnId: 't' };
  /** What the program has changed, with what each file held before. */
  const changedBy = (program: () => void): Record<string, string | null> => {
    const scan = scans.before(roots);
    const known = kept.changes('c').length;
    program();
    scans.after(scan, whose);
    return Object.fromEntries(
      kept
        .changes('c')
        .slice(known)
        .map(({ address, path, before }) => {
          assert.equal(fileURLToPath(address), join(root, path));
          const content = before && kept.content(before);
          return [path, content?.disk ? new TextDecoder().decode(content.disk) : before && 'not kept'];
        }),
    );
  };
  return { root, write, kept, scans, roots, changedBy };
}

test('changed, new and deleted files are found, with what they held', t => {
  const { root, write, changedBy } = setUp(t, {
    'a.ts': 'one',
    'src/b.ts': 'two',
    'src/c.ts': 'three',
    'd.ts': 'four',
  });
  const changed = changedBy(() => {
    write('a.ts', 'changed');
    write('deep/new.ts', 'made');
    rmSync(join(root, 'src/c.ts'));
    renameSync(join(root, 'd.ts'), join(root, 'e.ts'));
  });
  assert.deepEqual(changed, { 'a.ts': 'one', 'deep/new.ts': null, 'src/c.ts': 'three', 'd.ts': 'four', 'e.ts': null });
});

test('what was touched and says the same has not changed', t => {
  const { root, write, changedBy } = setUp(t, { 'a.ts': 'one', 'b.ts': 'two' });
  const changed = changedBy(() => {
    write('a.ts', 'one');
    utimesSync(join(root, 'b.ts'), new Date(), new Date());
  });
  assert.deepEqual(changed, {});
});

test('a change of the same size that sets its time back is found', t => {
  const { root, write, changedBy } = setUp(t, { 'a.ts': 'one' }, {}, later);
  const past = new Date(1_700_000_000_000);
  utimesSync(join(root, 'a.ts'), past, past);
  const changed = changedBy(() => {
    write('a.ts', 'two');
    utimesSync(join(root, 'a.ts'), past, past);
  });
  assert.deepEqual(changed, { 'a.ts': 'one' });
});

test('what is known by an earlier scan is kept without being read again', t => {
  const { kept, scans, roots, write, changedBy } = setUp(t, { 'a.ts': 'one', 'b.ts': 'two' }, {}, later);
  scans.before(roots);
  // Nobody would find the change, had the file been read again.
  kept.database
    .prepare('UPDATE seen SET hash = ? WHERE path = ?')
    .run(kept.keep(new TextEncoder().encode('?')), 'b.ts');
  assert.deepEqual(
    changedBy(() => write('a.ts', 'three')),
    { 'a.ts': 'one' },
  );
  assert.deepEqual(
    changedBy(() => write('a.ts', 'four!')),
    { 'a.ts': 'three' },
  );
  assert.deepEqual(
    changedBy(() => write('b.ts', 'five')),
    { 'b.ts': '?' },
  );
});

test('what is ignored, installed or version control’s is not looked at, and links are not followed', t => {
  const { root, write, changedBy } = setUp(t, {
    '.gitignore': 'build/\n*.log\n',
    'a.ts': 'one',
    'build/out.js': 'x',
    'node_modules/p/index.js': 'x',
    '.git/index': 'x',
  });
  symlinkSync(tmpdir(), join(root, 'link'));
  const changed = changedBy(() => {
    write('build/out.js', 'y');
    write('a.log', 'y');
    write('node_modules/p/index.js', 'y');
    write('.git/index', 'y');
    write('a.ts', 'two');
  });
  assert.deepEqual(changed, { 'a.ts': 'one' });
});

test('a file that is ignored no longer is no new one, which nobody could bring back', t => {
  const { write, changedBy } = setUp(t, { '.gitignore': '.env\n', '.env': 'KEY=1' }, {}, later);
  assert.deepEqual(
    changedBy(() => write('.gitignore', '')),
    { '.gitignore': '.env\n' },
  );
});

test('a file that is ignored from now on has not gone', t => {
  const { write, changedBy } = setUp(t, { 'a.ts': 'one' });
  assert.deepEqual(
    changedBy(() => write('.gitignore', '*.ts\n')),
    { '.gitignore': null },
  );
});

test('what is beyond the limits is counted, and its change is known though not what it held', t => {
  const { kept, write, changedBy } = setUp(
    t,
    { 'large.bin': 'x'.repeat(100), 'a.ts': 'one', 'b.ts': 'two', 'c.ts': 'three' },
    { fileBytes: 50, bytes: 8 },
  );
  assert.deepEqual(
    changedBy(() => write('large.bin', 'y'.repeat(101))),
    { 'large.bin': 'not kept' },
  );
  assert.deepEqual(kept.scanned('c'), [{ turnId: 't', unseen: { beyond: 1, large: 1 } }]);
});

test('one that was beyond the number of files, and is not any more, is no new one', t => {
  const names = Array.from({ length: 20 }, (_, at) => [`f${at}.ts`, `text ${at}`] as const);
  const { root, kept, changedBy } = setUp(t, Object.fromEntries(names), { files: 19 }, later);
  const [seen = ''] = readdirSync(root);
  const changed = Object.values(changedBy(() => rmSync(join(root, seen))));
  assert.deepEqual(changed, [names.find(([name]) => name === seen)?.[1]]);
  assert.deepEqual(kept.scanned('c'), [{ turnId: 't', unseen: { beyond: 1, large: 0 } }]);
});

test('a file that can’t be read stops nothing', { skip: process.getuid?.() === 0 }, t => {
  const { root, write, changedBy } = setUp(t, { 'a.ts': 'one', 'secret.ts': 'two' });
  chmodSync(join(root, 'secret.ts'), 0o000);
  assert.deepEqual(
    changedBy(() => write('a.ts', 'three')),
    { 'a.ts': 'one' },
  );
});

test('nothing in a repository’s own folder is touched: commits, index and stash stay byte for byte', t => {
  const { root, write, changedBy } = setUp(t, { 'a.ts': 'one' });
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=u', '-c', 'user.email=u@example.org', ...args], { cwd: root, stdio: 'pipe' });
  git('init', '--quiet');
  git('add', '.');
  git('commit', '--quiet', '-m', 'first');
  write('a.ts', 'stashed');
  git('stash', '--quiet');
  write('a.ts', 'staged');
  git('add', '.');
  const repository = (): Record<string, string> =>
    Object.fromEntries(
      globSync('.git/**', { cwd: root, withFileTypes: true })
        .filter(entry => entry.isFile())
        .map(entry => join(entry.parentPath, entry.name))
        .map(file => [file, `${statSync(file).mtimeMs} ${readFileSync(file, 'hex')}`]),
    );
  const before = repository();
  assert.ok(Object.keys(before).length > 10);
  assert.deepEqual(
    changedBy(() => write('a.ts', 'by a program')),
    { 'a.ts': 'staged' },
  );
  assert.deepEqual(repository(), before);
});
