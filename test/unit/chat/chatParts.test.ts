import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openConversations } from '../../support/place.ts';
import { answerWith, type Script, turn, write } from '../../support/session.ts';
import { turnOfLoop } from '../../support/turnOfLoop.ts';

test('what waits in the queue asks for the user’s word before it goes out by itself', async () => {
  const { place, requests } = openConversations(answerWith('a'), answerWith('b'));
  const { parts, user, told } = place();
  const session = await parts.shown.open();
  session.enqueue(turn('waits'));
  user.limit = 1;
  await session.send(turn('q'));
  await turnOfLoop();
  assert.deepEqual([requests.length, told.held.at(-1)?.text], [1, 'waits']);
  parts.gate.confirm();
  await turnOfLoop();
  await session.idle();
  assert.equal(requests.length, 2);
});

test('what waits for the user’s word is given up with its conversation', async () => {
  const { place } = openConversations(answerWith('a'));
  const { parts, user, told } = place();
  user.limit = 1;
  await parts.shown.open();
  await parts.asking.sendTyped('a long message');
  await parts.shown.show();
  assert.equal(told.held.at(-1), undefined);
});

test('other parameters may mean another model', async () => {
  let changes = 0;
  const { parts } = openConversations().place({}, { modelChanged: () => changes++ });
  const { unsent } = await parts.shown.open();
  unsent.draft = 'q';
  assert.equal(changes, 0);
  unsent.setParameter('model', 'm2');
  assert.equal(changes, 1);
});

test('the size is measured again when the conversation has changed, and not for every piece of an answer', async t => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const more = Promise.withResolvers<undefined>();
  const slow: Script = async (listener, message) => {
    write(listener, message, 'so');
    await more.promise;
    const [block] = message.content;
    if (block?.type === 'text') block.text += ' far';
    listener.textAppended(0, ' far');
    t.mock.timers.tick(60);
    message.stopReason = 'end_turn';
    return { kind: 'complete', message };
  };
  let sizes = 0;
  const nothing = (): void => undefined;
  const view = {
    connected: true,
    outdated: () => undefined,
    size: () => sizes++,
    attachedSizes: nothing,
    requestPreview: nothing,
    held: nothing,
    modelAdvice: nothing,
    returned: nothing,
    change: nothing,
  };
  const { parts } = openConversations(slow).place({}, { view });
  const session = await parts.shown.open();
  const settle = async (): Promise<void> => {
    t.mock.timers.tick(60);
    await turnOfLoop();
  };
  session.unsent.attachments = [];
  await settle();
  assert.equal(sizes, 1);
  const sent = session.send(turn('q'));
  await turnOfLoop();
  await settle();
  const before = sizes;
  more.resolve(undefined);
  await turnOfLoop();
  assert.equal(sizes, before, 'the tick behind the piece finds nothing to measure');
  await sent;
  await settle();
  assert.equal(sizes, before + 1);
});
