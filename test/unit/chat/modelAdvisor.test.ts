import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { rulesFor } from '../../../src/core/models/modelRules.ts';
import { openConversations } from '../../support/place.ts';
import { turnOfLoop } from '../../support/turnOfLoop.ts';

/** A place that shows suggestions, in a conversation that asks the costliest model. */
async function advising(t: TestContext) {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const dismissed = new Set<string>();
  const user = { isOn: true };
  const told: (string | undefined)[] = [];
  const nothing = (): void => undefined;
  const { parts } = openConversations().place(
    {},
    {
      advice: {
        isOn: () => user.isOn,
        offered: () => ({ listed: [{ id: 'claude-haiku-4-5' }, { id: 'claude-opus-5' }], preferred: [], rulesFor }),
        isDismissed: id => dismissed.has(id),
        dismiss: id => dismissed.add(id),
      },
      view: {
        connected: true,
        modelAdvice: (_, advice) => told.push(advice?.model),
        outdated: nothing,
        size: nothing,
        requestPreview: nothing,
        held: nothing,
        returned: nothing,
        change: nothing,
      },
    },
  );
  const { unsent } = await parts.shown.open();
  unsent.setParameter('model', 'claude-opus-5');
  const type = (text: string): void => {
    unsent.draft = text;
    parts.watch.refresh();
  };
  const wait = async (milliseconds: number): Promise<void> => {
    t.mock.timers.tick(milliseconds);
    for (let turns = 0; turns < 5; turns++) await turnOfLoop();
  };
  return { parts, unsent, user, told, type, wait };
}

test('a suggestion comes once the user has stopped typing, and is taken back in the same way', async t => {
  const { told, type, wait } = await advising(t);
  for (const text of ['Wh', 'What is it?', 'What is it? An', 'What is it?']) {
    type(text);
    await wait(500);
  }
  assert.deepEqual(told, []);
  await wait(500);
  assert.deepEqual(told, ['claude-haiku-4-5']);
  type('What is it? Explain all of it in depth.');
  await wait(1_000);
  assert.deepEqual(told, ['claude-haiku-4-5', undefined]);
});

test('the model that is suggested becomes that of this conversation, once the user says so', async t => {
  const { parts, unsent, told, type, wait } = await advising(t);
  type('What is it?');
  await wait(1_000);
  assert.equal(unsent.parameters.model, 'claude-opus-5');
  parts.advisor.take();
  assert.equal(unsent.parameters.model, 'claude-haiku-4-5');
  await wait(1_000);
  assert.deepEqual(told, ['claude-haiku-4-5', undefined, undefined]);
  parts.advisor.take();
  assert.equal(unsent.parameters.model, 'claude-haiku-4-5', 'nothing is suggested any more');
});

test('dismissed once, nothing is suggested in that conversation again', async t => {
  const { parts, told, type, wait } = await advising(t);
  type('What is it?');
  await wait(1_000);
  parts.advisor.dismiss();
  type('And what is that?');
  await wait(1_000);
  assert.deepEqual(told, ['claude-haiku-4-5', undefined, undefined]);
});

test('nothing is suggested where the user wants none', async t => {
  const { user, told, type, wait } = await advising(t);
  user.isOn = false;
  type('What is it?');
  await wait(1_000);
  assert.deepEqual(told, [undefined]);
});
