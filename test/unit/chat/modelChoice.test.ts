import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openConversations } from '../../support/place.ts';

test('a model becomes that of the settings, or of the conversation that has one of its own', async () => {
  const { parts, user, told } = openConversations().place();
  user.picked = 'm2';
  assert.ok(await parts.model.choose());
  assert.deepEqual(told.savedModels, ['m2']);
  const { unsent } = parts.shown.session;
  unsent.parameters = { model: 'own', top_k: 3 };
  await parts.model.use('m3');
  assert.deepEqual([unsent.parameters, told.savedModels], [{ model: 'm3', top_k: 3 }, ['m2']]);
  user.picked = undefined;
  assert.equal(await parts.model.choose(), false, 'the user has left');
});

test('the user is asked for a model only where the default is gone and the conversation has none of its own', async () => {
  const { parts, user, told } = openConversations().place();
  const { unsent } = await parts.shown.open();
  assert.ok(await parts.model.hasModel());
  user.isDefaultGone = true;
  unsent.parameters = { model: 'own' };
  assert.ok(await parts.model.hasModel());
  assert.deepEqual(told.needs, []);
  unsent.parameters = {};
  assert.equal(await parts.model.hasModel(), false);
  user.picked = 'm2';
  assert.ok(await parts.model.hasModel());
  assert.deepEqual(told.needs, [{ isDefaultGone: true }, { isDefaultGone: true }]);
});
