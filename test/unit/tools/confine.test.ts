import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { realPlace } from '../../../src/core/context/realPlace.ts';
import { confine } from '../../../src/core/tools/confine.ts';
import { ToolError } from '../../../src/core/tools/workspace.ts';

let base = '';
before(async () => {
  base = await mkdtemp(join(tmpdir(), 'marginalia-confine-'));
  await mkdir(join(base, 'shop/src'), { recursive: true });
  await mkdir(join(base, 'secret'));
  await mkdir(join(base, 'shop-beside'));
  await writeFile(join(base, 'secret/key.txt'), 'key');
  await writeFile(join(base, 'shop/src/a.ts'), 'a');
  await symlink(join(base, 'secret'), join(base, 'shop/linked'));
  await symlink(join(base, 'secret/key.txt'), join(base, 'shop/src/b.ts'));
  await symlink(join(base, 'nowhere'), join(base, 'shop/dangling'));
  await symlink('src', join(base, 'shop/inner'));
});
after(() => rm(base, { recursive: true, force: true }));

async function places(path: string): Promise<string[]> {
  const folder = { name: 'shop', path: join(base, 'shop') };
  const confined = await confine(path, [folder], place => realPlace(join(folder.path, place.path), [folder.path]));
  return confined.map(place => place.path);
}

const inside: [path: string, expected: string][] = [
  ['src/a.ts', 'src/a.ts'],
  ['./src//a.ts', 'src/a.ts'],
  ['src/../src/a.ts', 'src/a.ts'],
  ['src/', 'src'],
  ['.', ''],
  ['', ''],
  ['src/..', ''],
  ['src/new/deep.ts', 'src/new/deep.ts'],
  ['inner/a.ts', 'inner/a.ts'],
];
for (const [path, expected] of inside) {
  test(`${JSON.stringify(path)} is in the workspace`, async () => assert.equal((await places(path)).at(-1), expected));
}

test('the absolute path of the workspace, and of what is in it, is in the workspace', async () => {
  assert.deepEqual(await places(join(base, 'shop')), ['']);
  assert.deepEqual(await places(join(base, 'shop/src/a.ts')), ['src/a.ts']);
});

const leadingOut = [
  '..',
  '../secret/key.txt',
  'src/../../secret/key.txt',
  'linked',
  'linked/key.txt',
  'linked/new.txt',
  'src/b.ts',
  'dangling',
  'dangling/new.txt',
  'linked/../src/a.ts/../../../secret/key.txt',
  '/',
  '/etc/passwd',
  '/proc/self/environ',
  '~/.ssh/id_rsa',
  '//server/share',
  '\\\\server\\share',
  'C:\\Windows\\win.ini',
  '..\\secret\\key.txt',
  'src/a.ts\0.txt',
];
for (const path of leadingOut) {
  test(`${JSON.stringify(path)} leads out of the workspace`, async () => {
    await assert.rejects(places(path), ToolError);
  });
}

test('a folder beside the workspace whose name begins alike is outside', async () => {
  await assert.rejects(places(join(base, 'shop-beside/a.ts')), ToolError);
  await assert.rejects(places(join(base, 'shop/../secret/key.txt')), ToolError);
});

test('without a folder there is no place', async () => {
  await assert.rejects(
    confine('a.ts', [], () => Promise.reject(new Error('not asked'))),
    ToolError,
  );
});
