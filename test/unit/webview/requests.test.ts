import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MentionItem } from '../../../src/shared/mention.ts';
import type { ViewMessage } from '../../../src/shared/protocol/viewMessage.ts';
import { askLatest, Requests } from '../../../src/webview/requests.ts';

const item: MentionItem = { id: 'f', label: 'orders.ts', icon: 'file', text: 'orders.ts' };
const question = { type: 'findMentions', query: 'or' } as const;

function setUp(firstId = 7) {
  const posted: ViewMessage[] = [];
  const requests = new Requests(message => posted.push(message), firstId);
  return { posted, requests };
}

test('each question has its own number, and the reply under it; replies may come in another order', async () => {
  const { posted, requests } = setUp();
  const first = requests.ask(question);
  const second = requests.ask({ type: 'findPasted', text: 'a' });
  assert.deepEqual(posted, [
    { type: 'request', id: 7, request: question },
    { type: 'request', id: 8, request: { type: 'findPasted', text: 'a' } },
  ]);
  requests.receive({ type: 'reply', id: 8, value: [] });
  requests.receive({ type: 'reply', id: 7, value: [item] });
  assert.deepEqual(await Promise.all([first, second]), [[item], []]);
});

test('a question that the host can’t answer is rejected with its sentence', async () => {
  const { requests } = setUp();
  const asked = requests.ask(question);
  requests.receive({ type: 'rejection', id: 7, problem: 'The folder is gone.' });
  await assert.rejects(asked, { message: 'The folder is gone.' });
});

test('an answer that nobody waits for is passed over: a second one, or one to another page', async () => {
  const { requests } = setUp();
  const asked = requests.ask(question);
  requests.receive({ type: 'reply', id: 6, value: [] });
  requests.receive({ type: 'reply', id: 7, value: [item] });
  requests.receive({ type: 'rejection', id: 7, problem: 'late' });
  assert.deepEqual(await asked, [item]);
});

test('two pages do not count from the same number', () => {
  const ids = Array.from({ length: 20 }, () => {
    const posted: ViewMessage[] = [];
    void new Requests(message => posted.push(message)).ask(question);
    const [first] = posted;
    return first?.type === 'request' && Number.isSafeInteger(first.id) ? first.id : undefined;
  });
  assert.equal(new Set(ids).size, 20);
  assert.ok(!ids.includes(undefined));
});

test('when the view begins anew nobody waits any more, and a late reply reaches nobody', async () => {
  const { requests } = setUp();
  const asked = [requests.ask(question), requests.ask(question)];
  requests.drop();
  requests.receive({ type: 'reply', id: 7, value: [item] });
  for (const each of asked) await assert.rejects(each, { message: 'The view has begun anew.' });
  const anew = requests.ask(question);
  requests.receive({ type: 'reply', id: 9, value: [item] });
  assert.deepEqual(await anew, [item]);
});

test('a later question makes the earlier one moot, whatever becomes of that', async () => {
  const { requests } = setUp();
  const find = askLatest<typeof question>(requests.ask);
  const first = find(question);
  const second = find(question);
  assert.equal(await first, undefined);
  requests.receive({ type: 'rejection', id: 7, problem: 'The folder is gone.' });
  requests.receive({ type: 'reply', id: 8, value: [item] });
  assert.deepEqual(await second, [item]);
  // Two who ask do not overtake each other.
  const other = askLatest<typeof question>(requests.ask);
  const [mine, theirs] = [find(question), other(question)];
  requests.receive({ type: 'reply', id: 9, value: [item] });
  requests.receive({ type: 'reply', id: 10, value: [] });
  assert.deepEqual(await Promise.all([mine, theirs]), [[item], []]);
});
