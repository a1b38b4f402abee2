import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from '../../../harness/drive/eventually.ts';
import { Clearance } from '../../../src/core/filter/clearance.ts';
import { decisionMemories } from '../../../src/core/filter/decisions.ts';
import { findSecrets } from '../../../src/core/filter/findSecrets.ts';
import type { MessagesRequest } from '../../../src/core/messages/wire.ts';
import { madeUp } from '../../support/secrets.ts';

const never = new AbortController().signal;

function request(content: string): MessagesRequest {
  return { model: 'm', max_tokens: 1, stream: true, messages: [{ role: 'user', content }] };
}

function setUp(kept?: unknown) {
  const storage = { kept };
  const memoryOf = decisionMemories({ read: () => storage.kept, write: all => (storage.kept = structuredClone(all)) });
  /** A window in which the conversation is open. */
  const open = (conversationId = 'c') => {
    const ports = { find: findSecrets, modes: () => ({ secrets: 'ask', personal: 'off' }) as const, memoryOf };
    return new Clearance(ports, () => undefined, conversationId);
  };
  return { storage, open, memoryOf };
}

/** What goes out; `choice`: what the user says, who has to be asked. */
async function goes(clearance: Clearance, text: string, choice?: 'placeholders' | 'asIs', isStanding = false) {
  const cleared = clearance.clear(request(text), never);
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
  const kept = JSON.stringify(storage.kept);
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
  assert.deepEqual(storage.kept, {});
  assert.equal(await goes(clearance, madeUp.github, 'placeholders'), '⟦token-1⟧');
  clearance.forget();
  assert.equal(await goes(open(), madeUp.github, 'asIs'), madeUp.github);
});

test('it is no word on another conversation, nor is the same secret known again there', async () => {
  const { open, storage } = setUp();
  await goes(open('one'), madeUp.github, 'asIs');
  await goes(open('two'), madeUp.github, 'asIs');
  const kept = storage.kept as Record<string, { of: Record<string, string> }>;
  assert.notDeepEqual(Object.keys(kept['one']?.of ?? {}), Object.keys(kept['two']?.of ?? {}));
});

test('what was kept in another form is asked about, and of very many conversations the last are kept', async () => {
  for (const kept of [undefined, 'x', { c: 7 }, { c: { salt: 's', of: { x: 'maybe' } } }, { c: { salt: 1, of: {} } }]) {
    await goes(setUp(kept).open(), madeUp.github, 'asIs');
  }
  const { memoryOf, storage } = setUp();
  for (let number = 0; number < 250; number++) memoryOf(`c${number}`).write({ salt: 's', of: {} });
  assert.equal(Object.keys(storage.kept as object).length, 200);
  assert.deepEqual(memoryOf('c249').read(), { salt: 's', of: {} });
});
