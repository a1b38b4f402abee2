import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isGone } from '../../../src/core/conversation/remembered.ts';
import { damagedAndEmpty } from '../../../src/core/conversation/store.ts';
import { setUp, turn } from '../../support/session.ts';

test('what is listed is there, and what was never said is not missed', async () => {
  const { session, ports } = setUp();
  assert.equal(await isGone({ id: 'c', hasTurns: false }, ports.store), false);
  assert.equal(await isGone({ id: 'c', hasTurns: true }, ports.store), true);
  session.branch.add(turn('q'));
  await session.saved();
  assert.equal(await isGone({ id: 'c', hasTurns: true }, ports.store), false);
});

test('what is damaged is there', async () => {
  const { store } = setUp().ports;
  const damaged = { history: store.history, load: (id: string) => Promise.resolve(damagedAndEmpty(id)) };
  assert.equal(await isGone({ id: 'c', hasTurns: true }, damaged), false);
});
