import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forgetGone } from '../../../src/core/checkpoints/forgetGone.ts';
import { openSqliteCheckpoints } from '../../../src/core/checkpoints/sqliteCheckpoints.ts';
import { checkpointPort } from '../../support/checkpoints.ts';

test('what was kept of a conversation that is gone goes, and that of others stays', async () => {
  const kept = openSqliteCheckpoints(':memory:');
  const store = checkpointPort(kept);
  for (const conversationId of ['gone', 'there']) {
    const before = { disk: new TextEncoder().encode(`of ${conversationId}`) };
    await store.begin({ conversationId, turnId: 't', restoreId: null, address: 'a', path: 'a', before });
  }
  await store.restored('gone too', { id: 'r', turnId: 't', isUndone: false });
  await forgetGone(store, id => Promise.resolve(id === 'there'));
  assert.deepEqual(await store.conversations(), ['there']);
  const contents = kept.database.prepare('SELECT bytes FROM contents').all();
  assert.deepEqual(
    contents.map(({ bytes }) => new TextDecoder().decode(bytes as Uint8Array)),
    ['of there'],
  );
});
