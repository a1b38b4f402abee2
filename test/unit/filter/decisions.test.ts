import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from '../../../harness/drive/eventually.ts';
import { Clearance } from '../../../src/core/filter/clearance.ts';
import { type Decisions, parseDecisions } from '../../../src/core/filter/decisions.ts';
import { findSecrets } from '../../../src/core/filter/findSecrets.ts';
import type { MessagesRequest } from '../../../src/core/messages/wire.ts';
import { openSqliteStore } from '../../../src/core/store/sqliteStore.ts';
import { madeUp } from '../../support/secrets.ts';

const never = new AbortController().signal;
/** Ended where the user is asked, who is not to be. */
let unasked = new AbortController();

function request(content: string): MessagesRequest {
  return { model: 'm', max_tokens: 1, stream: true, messages: [{ role: 'user', content }] };
}

function setUp() {
  const store = openSqliteStore(':memory:');
  const write = (id: string, decisions: Decisions | undefined): void =>
    store.write([{ type: 'decide', conversationId: id, decisions }]);
  /** A window in which the conversation is open. */
  const open = (id = 'c') => {
    const ports = { find: findSecrets, modes: () => ({ secrets: 'ask', personal: 'off' }) as const };
    const memory = {
      read: () => Promise.resolve(store.loadDecisions(id)),
      add: (decisions: Decisions) => write(id, decisions),
      forget: () => write(id, undefined),
    };
    return new Clearance(ports, ask => ask && unasked.abort(), { id, memory });
  };
  return { storage: { of: (id: string) => store.loadDecisions(id).decisions }, open };
}

/** What goes out; `choice`: what the user says, who has to be asked. */
async function goes(clearance: Clearance, text: string, choice?: 'placeholders' | 'asIs', isStanding = false) {
  unasked = new AbortController();
  const cleared = clearance.clear(request(text), choice ? never : unasked.signal);
  if (choice) {
    await eventually(() => assert.ok(clearance.ask, 'nothing is asked'));
    clearance.decide(choice, isStanding);
  }
  const end = await cleared;
  assert.ok(end.kind === 'goes');
  return end.sent(request(text)).messages[0]?.content;
}

test('what was decided holds in the next window, and nothing of the secret is kept for that', async () => {
  const { open, storage } = setUp();
  const text = `Mine is ${madeUp.github}, theirs ${madeUp.gitlab}`;
  assert.equal(await goes(open(), `Mine is ${madeUp.github}`, 'asIs'), `Mine is ${madeUp.github}`);
  assert.equal(await goes(open(), text, 'placeholders'), `Mine is ${madeUp.github}, theirs ⟦token-1⟧`);
  assert.equal(await goes(open(), text), `Mine is ${madeUp.github}, theirs ⟦token-1⟧`);
  const kept = JSON.stringify(storage.of('c'));
  for (const secret of [madeUp.github, madeUp.gitlab]) {
    for (let at = 0; at + 6 <= secret.length; at++) assert.equal(kept.includes(secret.slice(at, at + 6)), false);
  }
});

test('what is said of all that is found holds there too', async () => {
  const { open } = setUp();
  await goes(open(), madeUp.github, 'placeholders', true);
  assert.equal(await goes(open(), madeUp.gitlab), '⟦token-1⟧');
});

test('taken back, it is asked about anew, in this window and in the next', async () => {
  const { open, storage } = setUp();
  const clearance = open();
  await goes(clearance, madeUp.github, 'asIs', true);
  clearance.forget();
  assert.deepEqual(storage.of('c'), {});
  assert.equal(await goes(clearance, madeUp.github, 'placeholders'), '⟦token-1⟧');
  clearance.forget();
  assert.equal(await goes(open(), madeUp.github, 'asIs'), madeUp.github);
});

test('it is no word on another conversation, nor is the same secret known again there', async () => {
  const { open, storage } = setUp();
  await goes(open('one'), madeUp.github, 'asIs');
  await goes(open('two'), madeUp.github, 'asIs');
  assert.notDeepEqual(Object.keys(storage.of('one')), Object.keys(storage.of('two')));
});

test('what two windows decide at the same time stands side by side', async () => {
  const { open, storage } = setUp();
  const [one, two] = [open(), open()];
  await Promise.all([goes(one, madeUp.github, 'asIs'), goes(two, `${madeUp.gitlab} ${madeUp.slack}`, 'placeholders')]);
  assert.equal(Object.keys(storage.of('c')).length, 3);
  const text = `${madeUp.github} ${madeUp.gitlab} ${madeUp.slack}`;
  const known = `${madeUp.github} ⟦token-1⟧ ⟦token-2⟧`;
  assert.equal(await goes(open(), text), known);
  // What the other one has decided counts here from the next request on.
  assert.equal(await goes(one, text), known);
});

test('taken back in one window, it is asked about anew in the others', async () => {
  const { open } = setUp();
  const [one, two] = [open(), open()];
  await goes(one, madeUp.github, 'asIs', true);
  assert.equal(await goes(two, madeUp.github), madeUp.github);
  two.forget();
  assert.equal(await goes(one, `${madeUp.github} ${madeUp.gitlab}`, 'placeholders'), '⟦token-1⟧ ⟦token-2⟧');
  // What was decided since holds in both.
  assert.equal(await goes(two, madeUp.github), '⟦token-1⟧');
  assert.equal(await goes(one, madeUp.github), '⟦token-1⟧');
});

test('what can’t be stored or read holds in its window', async () => {
  const ports = { find: findSecrets, modes: () => ({ secrets: 'ask', personal: 'off' }) as const };
  const memory = { read: () => Promise.resolve(undefined), add: () => undefined, forget: () => undefined };
  const clearance = new Clearance(ports, ask => ask && unasked.abort(), { id: 'c', memory });
  await goes(clearance, madeUp.github, 'asIs');
  assert.equal(await goes(clearance, madeUp.github), madeUp.github);
});

test('what was kept in another form is asked about', () => {
  assert.deepEqual(parseDecisions({ a: 'asIs', b: 'maybe', c: 7, takenBack: 7 }), { decisions: { a: 'asIs' } });
  for (const kept of [undefined, 'x', 7, null]) assert.deepEqual(parseDecisions(kept), { decisions: {} });
});
