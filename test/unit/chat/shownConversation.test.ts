import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openConversations } from '../../support/place.ts';
import { answerWith, type Script, turn, write } from '../../support/session.ts';
import { turnOfLoop } from '../../support/turnOfLoop.ts';

test('a place shows what it has shown last, and a new conversation where that is shown elsewhere', async () => {
  const { place } = openConversations();
  const [first, second] = [place(), place()];
  const { id } = await first.parts.shown.open();
  assert.deepEqual(first.told.remembered, [id], 'a new one is remembered');
  second.user.remembered = { id, hasTurns: false };
  const other = await second.parts.shown.open();
  assert.notEqual(other.id, id);
  assert.deepEqual(second.told.remembered, [other.id]);
});

test('it is read once, whoever asks first', async () => {
  const { parts, told } = openConversations().place();
  assert.throws(() => parts.shown.session, /No conversation is open yet/);
  assert.equal(parts.shown.opened, undefined);
  const [one, two] = await Promise.all([parts.shown.open(), parts.shown.open()]);
  assert.equal(one, two);
  assert.deepEqual([told.titles, told.running], [[''], [false]]);
});

test('a switch stops no answer, and what was shown hears of nothing that is shown now', async () => {
  const end = Promise.withResolvers<undefined>();
  const long: Script = async (listener, message) => {
    write(listener, message, 'so far');
    await end.promise;
    message.stopReason = 'end_turn';
    return { kind: 'complete', message };
  };
  const { place, store } = openConversations(long);
  const { parts, told } = place();
  const before = await parts.shown.open();
  const sent = before.send(turn('q'));
  await parts.shown.show();
  assert.ok(before.running);
  assert.notEqual(parts.shown.session, before);
  assert.deepEqual(told.running, [false, true, false]);
  told.changes.length = 0;
  end.resolve(undefined);
  await sent;
  assert.deepEqual(told.changes, []);
  const stored = store.load(before.id)?.turns.at(-1);
  assert.equal(stored?.role === 'assistant' && stored.state.phase, 'complete');
});

test('of several that are to be shown the last one is, whichever is read first', async () => {
  const { place } = openConversations();
  const { parts, told } = place();
  await Promise.all([parts.shown.open(), parts.shown.show('a'), parts.shown.show('b'), parts.shown.show('c')]);
  assert.equal(parts.shown.session.id, 'c');
  assert.equal(told.drawn.at(-1), 'c');
  assert.equal(told.remembered.at(-1), 'c');
});

test('what a conversation begins with is in it before it is drawn', async () => {
  const { place } = openConversations();
  const { parts, told } = place();
  await parts.shown.open();
  const before = parts.shown.session;
  await parts.shown.show(undefined, session => {
    assert.equal(parts.shown.session, before, 'until it is read, the one before is shown');
    assert.deepEqual(told.drawn, []);
    session.unsent.draft = 'begun';
  });
  assert.equal(parts.shown.session.unsent.draft, 'begun');
  assert.deepEqual(told.drawn, [parts.shown.session.id]);
});

test('a place whose conversation is taken by another one begins a new one', async () => {
  const { place } = openConversations();
  const [first, second] = [place(), place()];
  const session = await first.parts.shown.open();
  await second.parts.shown.show(session.id);
  assert.equal(second.parts.shown.session, session);
  await turnOfLoop();
  assert.notEqual(first.parts.shown.session.id, session.id);
  assert.deepEqual(first.told.drawn, [first.parts.shown.session.id], 'and draws it');
});

test('a conversation that is gone is missed until something is said, and another one stands in its place', async () => {
  const { place } = openConversations(answerWith('a'));
  const { parts, user, told } = place();
  user.remembered = { id: 'deleted', hasTurns: true };
  const session = await parts.shown.open();
  assert.notEqual(session.id, 'deleted');
  assert.equal(parts.shown.notice?.kind, 'missing');
  await session.send(turn('q'));
  assert.equal(parts.shown.notice, undefined);
  assert.deepEqual(told.notices, [undefined], 'told once');
});

test('nothing is missed where another conversation has been shown', async () => {
  const { parts, user } = openConversations().place();
  user.remembered = { id: 'deleted', hasTurns: true };
  await parts.shown.open();
  await parts.shown.show();
  assert.equal(parts.shown.notice, undefined);
});

test('a new conversation that was never stored is not missed', async () => {
  const { parts, user } = openConversations().place();
  user.remembered = { id: 'new', hasTurns: false };
  assert.equal((await parts.shown.open()).id, 'new');
  assert.equal(parts.shown.notice, undefined);
});

test('a place that is closed leaves its conversation, also while that is being read', async () => {
  const { place, conversations } = openConversations();
  const { parts } = place();
  const opening = parts.shown.open();
  parts.shown.dispose();
  const { id } = await opening;
  await turnOfLoop();
  assert.equal(conversations.find(id), undefined);
});

test('a title reaches what shows titles, and the view', async () => {
  const { parts, told } = openConversations().place();
  (await parts.shown.open()).rename('Tea');
  assert.deepEqual(told.titles, ['', 'Tea']);
  assert.deepEqual(told.changes, [{ type: 'title', title: 'Tea' }]);
});
