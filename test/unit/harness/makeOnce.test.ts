import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { makeOnce } from '../../../harness/editor/makeOnce.ts';

async function place(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'marginalia-once-'));
  t.after(() => rm(folder, { recursive: true }));
  return folder;
}

test('a folder is made once, however often it is asked for', async t => {
  const folder = join(await place(t), 'made');
  let times = 0;
  const fill = async (unfinished: string): Promise<void> => {
    times++;
    await writeFile(join(unfinished, 'file'), 'done');
  };
  await makeOnce(folder, fill);
  await makeOnce(folder, fill);
  assert.equal(times, 1);
  assert.equal(await readFile(join(folder, 'file'), 'utf8'), 'done');
});

test('a failure leaves nothing behind and can be tried again', async t => {
  const around = await place(t);
  const folder = join(around, 'made');
  await assert.rejects(
    makeOnce(folder, () => Promise.reject(new Error('no network'))),
    /no network/,
  );
  assert.deepEqual(await readdir(around), []);
  await makeOnce(folder, unfinished => writeFile(join(unfinished, 'file'), ''));
  assert.deepEqual(await readdir(around), ['made']);
});

test('what an interrupted process left is removed', async t => {
  const around = await place(t);
  const left = join(around, 'made.unfinished-00000000');
  await mkdir(left);
  const longAgo = new Date(Date.now() - 3_600_000);
  await utimes(left, longAgo, longAgo);
  await makeOnce(join(around, 'made'), () => Promise.resolve());
  assert.deepEqual(await readdir(around), ['made']);
});

test('who comes second waits for the first', async t => {
  const folder = join(await place(t), 'made');
  const order: string[] = [];
  const begun = Promise.withResolvers<undefined>();
  const mayEnd = Promise.withResolvers<undefined>();
  const first = makeOnce(folder, async () => {
    order.push('first begins');
    begun.resolve(undefined);
    await mayEnd.promise;
    order.push('first is done');
  });
  await begun.promise;
  const second = makeOnce(folder, () => {
    order.push('second');
    return Promise.resolve();
  }).then(() => order.push('second goes on'));
  // Time enough to begin for one who does not wait.
  await new Promise(resolve => setTimeout(resolve, 100));
  mayEnd.resolve(undefined);
  await Promise.all([first, second]);
  assert.deepEqual(order, ['first begins', 'first is done', 'second goes on']);
});
