import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApiKeys } from '../../../src/host/connection/apiKeys.ts';

const origin = 'https://relay.example';

/** A storage behind a keyring that can be locked. */
function keyring() {
  const secrets = new Map<string, string>();
  let isLocked = true;
  const opened = <Value>(work: () => Value): Promise<Value> =>
    isLocked ? Promise.reject(new Error('the keyring is locked')) : Promise.resolve(work());
  const storage = {
    get: (name: string) => opened(() => secrets.get(name)),
    store: (name: string, value: string) => opened(() => void secrets.set(name, value)),
    delete: (name: string) => opened(() => void secrets.delete(name)),
    keys: () => opened(() => [...secrets.keys()]),
    onDidChange: () => ({ dispose: () => undefined }),
  };
  return { storage, lock: (locked: boolean) => (isLocked = locked) };
}

test('a locked keyring is a reason, not a rejection, and what was set in this window serves meanwhile', async () => {
  const { storage, lock } = keyring();
  const keys = new ApiKeys(storage);
  assert.deepEqual(await keys.find(origin), { key: '', source: 'missing', failure: 'the keyring is locked' });
  assert.equal(await keys.store(origin, 'sk-own'), 'sessionOnly');
  assert.deepEqual(await keys.find(origin), { key: 'sk-own', source: 'stored' });
  lock(false);
  assert.equal(await keys.store(origin, 'sk-new'), 'stored');
  lock(true);
  assert.equal((await keys.find(origin)).failure, 'the keyring is locked');
});
