import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Keeping } from '../../../src/core/conversation/keeping.ts';
import { emptyConversation, type StoreChange } from '../../../src/core/conversation/store.ts';
import { inProcess } from '../../../src/core/store/inProcess.ts';
import { openSqliteStore } from '../../../src/core/store/sqliteStore.ts';
import { turnOfLoop } from '../../support/turnOfLoop.ts';

function setUp(isDamaged = false) {
  const sqlite = openSqliteStore(':memory:');
  sqlite.write([{ type: 'set', conversationId: 'c', parts: { title: 'before' } }]);
  const failures: unknown[] = [];
  const store = inProcess(() => sqlite);
  const slow = {
    ...store,
    write: async (changes: readonly StoreChange[]) => {
      await turnOfLoop();
      await store.write(changes);
    },
  };
  const keeping = new Keeping(
    { ...emptyConversation('c'), isDamaged },
    { store: slow, storeFailed: error => failures.push(error) },
  );
  const title = () => keeping.read(async store => (await store.load('c'))?.title);
  return { keeping, failures, title };
}

test('what is read holds all that was said before', async () => {
  const { keeping, title } = setUp();
  keeping.set({ title: 'after' }, 'title');
  assert.equal(keeping.isDone, false);
  assert.equal(await title(), 'after');
  assert.equal(keeping.isDone, true);
});

test('a damaged conversation is read and never written', async () => {
  const { keeping, title } = setUp(true);
  keeping.set({ title: 'after' }, 'title');
  assert.equal(keeping.isDone, true);
  assert.equal(await title(), 'before');
});

test('what can’t be read is reported, and not thrown', async () => {
  const { keeping, failures } = setUp();
  const broken = new Error('malformed');
  assert.equal(await keeping.read<string>(() => Promise.reject(broken)), undefined);
  assert.deepEqual(failures, [broken]);
});
