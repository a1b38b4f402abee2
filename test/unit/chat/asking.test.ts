import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Asked } from '../../../src/core/chat/askedTurn.ts';
import { imageOf } from '../../support/imageOf.ts';
import { openConversations } from '../../support/place.ts';
import { answerWith, type Script, write } from '../../support/session.ts';
import { turnOfLoop } from '../../support/turnOfLoop.ts';

const message = (text: string): Asked => ({ intent: 'chat', text, excerpts: [], isTyped: true });
const command = (text: string): Asked => ({ intent: 'explain', text, excerpts: [] });

/** An answer that goes on until it is stopped. */
function endless() {
  const begun = Promise.withResolvers<undefined>();
  const script: Script = async (listener, answer, signal) => {
    write(listener, answer, 'so far');
    const stopped = new Promise(resolve => signal.addEventListener('abort', resolve));
    begun.resolve(undefined);
    await stopped;
    return { kind: 'stopped', message: answer };
  };
  return { script, begun: begun.promise };
}

function texts({ parts }: ReturnType<ReturnType<typeof openConversations>['place']>): string[] {
  return parts.shown.session.branch.turns.map(turn => (turn.role === 'user' ? turn.text : turn.state.phase));
}

test('a message goes out with what lies beside it, and is remembered with its conversation', async () => {
  const { place, requests } = openConversations(answerWith('a'));
  const shown = place();
  const { unsent, id } = await shown.parts.shown.open();
  unsent.draft = 'q';
  unsent.attach(imageOf('i'));
  assert.ok(await shown.parts.asking.ask(message('q')));
  assert.equal(requests.length, 1);
  assert.deepEqual([unsent.draft, unsent.attachments], ['', []]);
  assert.equal(shown.told.remembered.at(-1), id);
});

test('a message waits for the running answer, and a command asks whether to stop it', async () => {
  const { script, begun } = endless();
  const { place, requests } = openConversations(script, answerWith('b'));
  const shown = place();
  const { asking } = shown.parts;
  const first = asking.ask(message('one'));
  await begun;
  assert.ok(await asking.ask(message('two')));
  const { session } = shown.parts.shown;
  assert.equal(session.unsent.queue.first?.text, 'two');
  assert.equal(await asking.ask(command('explain')), false, 'the user does not want it');
  assert.ok(session.running);
  session.unsent.unqueue(session.unsent.queue.first.id, false);
  shown.user.mayStop = () => Promise.resolve(true);
  assert.ok(await asking.ask(command('explain')));
  await first;
  assert.deepEqual(texts(shown), ['one', 'stopped', 'explain', 'complete']);
  assert.equal(requests.length, 2);
});

test('the answer is not stopped where another conversation is shown by the time the user says so', async () => {
  const { script, begun } = endless();
  const { place } = openConversations(script);
  const { parts, user } = place();
  const { shown, asking } = parts;
  void asking.ask(message('one'));
  await begun;
  const before = shown.session;
  user.mayStop = async () => {
    await shown.show();
    return true;
  };
  assert.equal(await asking.ask(command('explain')), false);
  assert.ok(before.running);
  before.stop();
});

test('nothing is asked while a parameter is half typed', async () => {
  const { place, requests } = openConversations(answerWith('a'));
  const { parts, told } = place();
  const { unsent } = await parts.shown.open();
  unsent.typeParameter('temperature', 'warm');
  assert.equal(await parts.asking.ask(message('q')), false);
  await parts.asking.sendTyped('q');
  assert.deepEqual(told.wrong, ['temperature', 'temperature']);
  assert.deepEqual([requests.length, told.returned], [0, ['q']], 'what was typed comes back');
});

test('a message above the limit comes back, and goes out once with the user’s word', async () => {
  const { place, requests } = openConversations(answerWith('a'), answerWith('b'));
  const { parts, user, told } = place();
  user.limit = 1;
  await parts.shown.open();
  await parts.asking.sendTyped('a long message');
  assert.deepEqual([requests.length, told.returned], [0, ['a long message']]);
  parts.gate.confirm();
  await parts.asking.sendTyped('a long message');
  assert.equal(requests.length, 1);
  await parts.asking.sendTyped('another one');
  assert.equal(requests.length, 1);
});

test('a confirmation is for a message, not for the command that comes next', async () => {
  const { place, requests } = openConversations(answerWith('a'));
  const { parts, user } = place();
  user.limit = 1;
  await parts.shown.open();
  await parts.asking.sendTyped('a long message');
  parts.gate.confirm();
  const asked = parts.asking.ask(command('explain'));
  await turnOfLoop();
  assert.equal(requests.length, 0);
  parts.gate.cancel();
  await asked;
  assert.equal(requests.length, 0);
});

test('a call of a prompt is no message, and comes back where it cannot be sent or fails', async () => {
  const { place, requests } = openConversations();
  const { parts, user, told } = place();
  await parts.shown.open();
  user.runTyped = () => Promise.resolve(true);
  await parts.asking.sendTyped('/tests');
  assert.deepEqual(told.returned, []);
  user.runTyped = () => Promise.resolve(false);
  await parts.asking.sendTyped('/fix');
  user.runTyped = () => Promise.reject(new Error('unreadable'));
  await assert.rejects(parts.asking.sendTyped('/doc'), /unreadable/);
  user.runTyped = () => Promise.resolve('What a server makes of it');
  await parts.asking.sendTyped('/docs:summary');
  assert.deepEqual([told.returned, requests.length], [['/fix', '/doc', 'What a server makes of it'], 0]);
});

test('a message that waits goes out before the others, unless it is above the limit', async () => {
  const { place, requests } = openConversations(answerWith('a'));
  const { parts, user, told } = place();
  const { unsent } = await parts.shown.open();
  unsent.queue.add({ id: 'w', role: 'user', createdAt: 0, intent: 'chat', text: 'waits', excerpts: [] });
  user.limit = 1;
  await parts.asking.sendQueued('w');
  assert.deepEqual([told.held.at(-1)?.kind, requests.length], ['queued', 0]);
  user.limit = 0;
  await parts.asking.sendQueued('w');
  assert.equal(requests.length, 1);
  await parts.asking.sendQueued('unknown');
  assert.equal(requests.length, 1);
});

test('results of tools take the images with them once they go out, and not before', async () => {
  const { place, requests } = openConversations(answerWith('a'));
  const { parts, user } = place();
  const { unsent } = await parts.shown.open();
  const image = imageOf('i');
  unsent.attach(image);
  user.limit = 1;
  const results = [{ toolUseId: 't', text: 'blue', isError: false }];
  const held = parts.asking.answerTools(results);
  await turnOfLoop();
  parts.gate.cancel();
  await held;
  assert.deepEqual([unsent.attachments, requests.length], [[image], 0]);
  user.limit = 0;
  await parts.asking.answerTools(results);
  assert.deepEqual([unsent.attachments, requests.length], [[], 1]);
});

test('what is said to a damaged conversation is said in a copy of it', async () => {
  const { place, conversations, store } = openConversations(answerWith('a'));
  const { parts } = place();
  const damaged = conversations.find((await parts.shown.open()).id);
  assert.ok(damaged);
  // As it would have been read.
  Object.assign(damaged, { isDamaged: true });
  damaged.unsent.draft = 'q';
  await parts.asking.ask(message('q'));
  assert.notEqual(parts.shown.session.id, damaged.id);
  assert.equal(store.load(parts.shown.session.id)?.turns.length, 2);
});

test('a call that is not sent, and comes back when another conversation is shown, stands where it was typed', async () => {
  const { place, store, conversations } = openConversations();
  const { parts, user } = place();
  const { id } = await parts.shown.open();
  user.runTyped = async () => {
    await parts.shown.show('other');
    return false;
  };
  await parts.asking.sendTyped('/fix this');
  await conversations.close();
  assert.deepEqual([store.load(id)?.draft, store.load('other')?.draft], ['/fix this', undefined]);
});
