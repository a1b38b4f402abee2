import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openConversations } from '../../support/place.ts';
import { answerWith, turn } from '../../support/session.ts';

test('a model becomes that of new conversations, or of the conversation that has one of its own', async () => {
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

test('what is chosen where something has been answered is neither of the settings nor of another conversation', async () => {
  const opened = openConversations(answerWith('one'), answerWith('two'), answerWith('three'));
  const here = opened.place();
  const there = opened.place();
  const [one, other] = [await here.parts.shown.open(), await there.parts.shown.open()];
  await one.send(turn('here'));
  await other.send(turn('there'));
  here.user.picked = 'm2';
  assert.ok(await here.parts.model.choose());
  assert.deepEqual([one.unsent.parameters, other.unsent.parameters], [{ model: 'm2' }, {}]);
  one.unsent.parameters = { ...one.unsent.parameters, top_k: 3 };
  await one.saved();
  await there.parts.shown.show();
  assert.deepEqual(there.parts.shown.session.unsent.parameters, {});
  await there.parts.shown.session.send(turn('a new one'));
  assert.deepEqual(
    opened.requests.map(({ model, top_k: topK }) => [model, topK]),
    ['m', 'm', 'm'].map(model => [model, undefined]),
  );
  assert.deepEqual([here.told.savedModels, there.told.savedModels], [[], []]);
});

test('a model that is not served any more is replaced where it stands', async () => {
  const { parts, told } = openConversations(answerWith('one')).place();
  const session = await parts.shown.open();
  await session.send(turn('q'));
  await parts.model.replace('m2');
  assert.deepEqual([session.unsent.parameters, told.savedModels], [{}, ['m2']]);
  assert.equal(session.unsent.start?.model, 'm2', 'the conversation goes on with it');
  session.unsent.parameters = { model: 'own' };
  await parts.model.replace('m3');
  assert.deepEqual([session.unsent.parameters, told.savedModels], [{ model: 'm3' }, ['m2']]);
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
