import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { test, type TestContext } from 'node:test';
import { appended } from '../../../src/core/conversation/store.ts';
import { openSqliteStore, type SqliteStore } from '../../../src/core/store/sqliteStore.ts';
import { WorkerStore } from '../../../src/core/store/workerStore.ts';
import { builtThread } from '../../support/builtThread.ts';
import { turn } from '../../support/session.ts';

const { script } = builtThread('store/storeThread.ts');

test('a window hears of what another one writes, and not of what it writes itself', async t => {
  const path = pathFor(t);
  const [own, other] = [opened(t, path), opened(t, path)];
  let heard = Promise.withResolvers<undefined>();
  let times = 0;
  own.watchOthers(() => {
    times++;
    heard.resolve(undefined);
  });
  own.write(appended('c', turn('own'), null));
  other.write(appended('c', turn('one'), null));
  await heard.promise;
  assert.equal(times, 1);
  heard = Promise.withResolvers<undefined>();
  other.write(appended('c', turn('two'), null));
  await heard.promise;
  for (const text of ['three', 'four']) own.write(appended('c', turn(text), null));
  // Longer than what is written at once is gathered.
  await sleep(300);
  assert.equal(times, 2);
});

test('a window that is closed hears nothing any more', async t => {
  const path = pathFor(t);
  const [own, other] = [opened(t, path), opened(t, path)];
  let times = 0;
  own.watchOthers(() => times++);
  other.write(appended('c', turn('one'), null));
  await nextTurn();
  own.close();
  await sleep(300);
  assert.equal(times, 0);
});

test('a store in a thread of its own says so, and ends all the same', async t => {
  const path = pathFor(t);
  const heard = Promise.withResolvers<undefined>();
  const store = new WorkerStore({
    script,
    path,
    troubled: () => undefined,
    failed: () => undefined,
    othersWrote: () => heard.resolve(undefined),
    copiesDeleted: () => undefined,
  });
  await store.load('c');
  opened(t, path).write(appended('c', turn('one'), null));
  await heard.promise;
  assert.equal((await store.loadTurn('turn one'))?.id, 'turn one');
  assert.equal(await store.loadTurn('turn two'), undefined);
  await store.close();
});

function opened(t: TestContext, path: string): SqliteStore {
  const store = openSqliteStore(path);
  t.after(() => store.close());
  return store;
}

function pathFor(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'marginalia-writers-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'conversations.sqlite');
}
