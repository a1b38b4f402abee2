import assert from 'node:assert/strict';
import { test } from 'node:test';
import { windowsPath } from '../../../src/core/shell/windowsPath.ts';
import { judgeCommand } from '../../../src/core/tools/judgeCommand.ts';

test('drives that Git’s bash has as folders are drives', () => {
  assert.equal(windowsPath('/c/work/shop'), 'C:/work/shop');
  assert.equal(windowsPath('/d'), 'D:/');
  for (const path of ['/usr/bin', '/', 'c/work', '/cc/x', 'C:/work']) assert.equal(windowsPath(path), path);
});

test('below a drive a command stays in the workspace where its words say so, in either form', async () => {
  const isInside = (path: string): Promise<boolean> => Promise.resolve(/^(?:c:\/work|\/home\/me)\/shop/i.test(path));
  const outside = async (command: string, folder: string): Promise<boolean> => {
    const rules = { user: [], workspace: [] };
    const judged = await judgeCommand(command, { folder, hasChanged: false, rules, changedSince: () => [], isInside });
    return judged.cautions.includes('outside');
  };
  for (const inside of ['ls', 'cd src', 'cd /c/work/shop/src && ls', 'echo x >/c/work/shop/a.txt']) {
    assert.equal(await outside(inside, 'C:/work/shop'), false, inside);
  }
  for (const out of ['cd /c/work', 'echo x >/d/a.txt', 'echo x >/tmp/a.txt']) {
    assert.equal(await outside(out, 'C:/work/shop'), true, out);
  }
  // Elsewhere a folder may be called so.
  assert.equal(await outside('echo x >/c/work/shop/a.txt', '/home/me/shop'), true);
});
