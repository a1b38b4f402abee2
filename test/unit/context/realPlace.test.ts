import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { realPlace } from '../../../src/core/context/realPlace.ts';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'marginalia-real-')));
after(() => rmSync(root, { recursive: true }));

const at = (...path: string[]): string => join(root, ...path);
for (const folder of ['shop/src', 'lib', 'elsewhere']) mkdirSync(at(folder), { recursive: true });
for (const file of ['shop/src/a.ts', 'shop/.env', 'lib/b.ts', 'elsewhere/passwd']) writeFileSync(at(file), 'text');
const links: Record<string, string> = {
  'shop/passwd.ts': at('elsewhere/passwd'),
  'shop/relative.ts': '../elsewhere/passwd',
  'shop/etc': at('elsewhere'),
  'shop/again.ts': 'passwd.ts',
  'shop/inside.ts': 'src/a.ts',
  'shop/settings.ts': '.env',
  'shop/lib': at('lib'),
  'shop/nothing.ts': at('elsewhere/new'),
  'shop/loop': 'loop',
  opened: 'shop',
};
for (const [link, target] of Object.entries(links)) symlinkSync(target, at(link));

/** Paths below the folder `root`; whether they lead out of the folders `shop` and, if it says so, others. */
const cases: { path: string; real: string; isOutside: boolean; folders?: string[] }[] = [
  { path: 'shop/src/a.ts', real: 'shop/src/a.ts', isOutside: false },
  { path: 'shop/passwd.ts', real: 'elsewhere/passwd', isOutside: true },
  { path: 'shop/relative.ts', real: 'elsewhere/passwd', isOutside: true },
  { path: 'shop/again.ts', real: 'elsewhere/passwd', isOutside: true },
  { path: 'shop/etc/passwd', real: 'elsewhere/passwd', isOutside: true },
  { path: 'shop/etc', real: 'elsewhere', isOutside: true },
  { path: 'shop/inside.ts', real: 'shop/src/a.ts', isOutside: false },
  { path: 'shop/settings.ts', real: 'shop/.env', isOutside: false },
  // What does not exist yet: where it would be made.
  { path: 'shop/src/new/deep.ts', real: 'shop/src/new/deep.ts', isOutside: false },
  { path: 'shop/etc/new/deep.ts', real: 'elsewhere/new/deep.ts', isOutside: true },
  { path: 'shop/nothing.ts', real: 'shop/nothing.ts', isOutside: true },
  { path: 'shop/loop', real: 'shop/loop', isOutside: true },
  // Another folder of the workspace, and one that was itself opened by a link.
  { path: 'shop/lib/b.ts', real: 'lib/b.ts', isOutside: true },
  { path: 'shop/lib/b.ts', real: 'lib/b.ts', isOutside: false, folders: ['shop', 'lib'] },
  { path: 'opened/src/a.ts', real: 'shop/src/a.ts', isOutside: false, folders: ['opened'] },
  { path: 'opened/passwd.ts', real: 'elsewhere/passwd', isOutside: true, folders: ['opened'] },
  // Named as what it is.
  { path: 'elsewhere/passwd', real: 'elsewhere/passwd', isOutside: false },
  { path: 'shop-2/a.ts', real: 'shop-2/a.ts', isOutside: false },
];

for (const { path, real, isOutside, folders = ['shop'] } of cases) {
  test(`${path} of ${folders.join(' and ')} is ${real}${isOutside ? ', outside' : ''}`, async () => {
    assert.deepEqual(
      await realPlace(
        at(path),
        folders.map(folder => at(folder)),
      ),
      { path: at(real), isOutside },
    );
  });
}
