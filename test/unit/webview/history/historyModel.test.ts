import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FoundConversation, HistoryReplies, HistoryRequest } from '../../../../src/shared/protocol/history.ts';
import type { ViewMessage } from '../../../../src/shared/protocol/viewMessage.ts';
import type { ConversationSummary } from '../../../../src/shared/storedConversations.ts';
import { HistoryModel } from '../../../../src/webview/history/historyModel.ts';
import type { Ask } from '../../../../src/webview/requests.ts';

const row = (id: string, updatedAt = 0): ConversationSummary => ({
  id,
  title: `Title ${id}`,
  updatedAt,
  isPinned: false,
  isArchived: false,
});
const found = (id: string): FoundConversation => ({ ...row(id), titleMarks: [], snippetMarks: [], turnId: `t-${id}` });

/** The history of a host that has these pages, and answers at once. */
function setUp(...pages: ConversationSummary[][]) {
  const asked: HistoryRequest[] = [];
  const posted: ViewMessage[] = [];
  const said: string[] = [];
  let closed = 0;
  let fails = false;
  const answer = (request: HistoryRequest): HistoryReplies[HistoryRequest['type']] => {
    asked.push(request);
    if (fails) throw new Error('The disk is full.');
    if (request.type !== 'listConversations') return null;
    const at = request.after ? pages.findIndex(page => page.at(-1)?.id === request.after?.id) + 1 : 0;
    return { conversations: pages[at] ?? [], isLast: at >= pages.length - 1 };
  };
  const model = new HistoryModel({
    ask: (async (request: HistoryRequest) => {
      await Promise.resolve();
      return answer(request);
    }) as Ask,
    post: message => posted.push(message),
    announce: sentence => said.push(sentence),
    close: () => {
      closed++;
      model.closed();
    },
  });
  const ids = (): string => model.rows.value.map(({ id }) => id).join(' ');
  const states = (answering: string[], open: string[], elsewhere: string[] = []): void =>
    model.receive({ type: 'conversationStates', answering, elsewhere, open });
  const receive = (searchId: number, isDone: boolean, ...hits: FoundConversation[]): void =>
    model.receive({ type: 'foundInHistory', searchId, found: hits, isDone });
  const fail = (isOn: boolean): void => void (fails = isOn);
  return { model, asked, posted, said, ids, states, receive, fail, pages, closed: () => closed };
}

const settled = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

test('a list is read to its end, page after page, and its length is said', async () => {
  const { model, ids, said, asked } = setUp([row('a', 9), row('b', 8)], [row('c', 7)]);
  model.opened();
  assert.ok(model.isLoading.value);
  await settled();
  assert.equal(ids(), 'a b c');
  assert.deepEqual(said, ['3 conversations']);
  const after = { id: 'b', updatedAt: 8, isPinned: false };
  assert.deepEqual(asked, [
    { type: 'listConversations', shelf: 'current' },
    { type: 'listConversations', shelf: 'current', after },
  ]);
});

test('what changes while it is open has its beginning read again, and it only', async () => {
  const { model, ids, asked, states, pages } = setUp([row('a', 9), row('b', 8)], [row('c', 7)]);
  model.opened();
  states([], ['a']);
  await settled();
  asked.length = 0;
  pages[0] = [row('n', 10), row('b', 8)];
  states(['n'], ['n']);
  states(['n'], ['n'], ['b']);
  await settled();
  assert.equal(ids(), 'n b c');
  assert.ok(asked.length <= 2, 'once, and once more for what came meanwhile');
  assert.deepEqual([[...model.answering.value], [...model.elsewhere.value]], [['n'], ['b']]);
});

test('a list that cannot be read says so, and can be asked for again', async () => {
  const { model, ids, fail } = setUp([row('a')]);
  fail(true);
  model.opened();
  await settled();
  assert.ok(model.hasFailed.value && !model.isLoading.value);
  fail(false);
  model.show('current');
  await settled();
  assert.deepEqual([model.hasFailed.value, ids()], [false, 'a']);
});

test('what was typed last is what is found; until then what was found before stands', async () => {
  const { model, ids, receive, said } = setUp([row('a')]);
  model.opened();
  await settled();
  model.search('te');
  assert.equal(ids(), 'a');
  receive(1, false, found('x'));
  model.search('tea');
  receive(1, true, found('x'), found('old'));
  assert.equal(ids(), 'x');
  receive(2, false);
  assert.equal(ids(), 'x');
  receive(2, true);
  assert.deepEqual([ids(), model.isSearching.value, said.at(-1)], ['', false, 'Nothing holds these words.']);
  model.search('');
  receive(3, true);
  assert.equal(ids(), 'a');
});

test('Enter opens what the words find that were typed, at its turn', async () => {
  const { model, posted, receive, closed } = setUp([row('a')]);
  model.opened();
  await settled();
  model.search('tea');
  model.openFirst();
  assert.equal(closed(), 0, 'the list from before is not meant');
  receive(1, false, found('x'));
  assert.equal(closed(), 1);
  assert.deepEqual(posted.at(-1), { type: 'openConversation', id: 'x', turnId: 't-x' });
  model.opened();
  await settled();
  model.openFirst();
  assert.deepEqual(posted.at(-1), { type: 'openConversation', id: 'a' });
});

test('the row behind a deleted one has the keyboard then, and Undo is offered', async () => {
  const { model, ids } = setUp([row('a', 9), row('b', 8), row('c', 7)]);
  model.opened();
  await settled();
  const [, b] = model.rows.value;
  assert.ok(b);
  await model.deleteOrAsk(b);
  assert.deepEqual([ids(), model.activeRow?.id], ['a c', 'c']);
  assert.deepEqual(model.notice.value, { kind: 'deleted', row: b });
  await model.restore(b);
  assert.equal(model.notice.value, undefined);
});

test('what is deleted goes for good only after a question', async () => {
  const { model, asked, ids } = setUp([row('a')]);
  model.opened();
  model.show('deleted');
  await settled();
  const [a] = model.rows.value;
  assert.ok(a);
  await model.deleteOrAsk(a);
  assert.equal(model.notice.value?.kind, 'eraseFirst');
  assert.ok(!asked.some(({ type }) => type === 'eraseConversation'));
  await model.erase(a);
  assert.deepEqual([asked.at(-1), ids()], [{ type: 'eraseConversation', id: 'a' }, '']);
});

test('what the host cannot do is said, and the list stays as it was', async () => {
  const { model, ids, fail } = setUp([row('a')]);
  model.opened();
  await settled();
  fail(true);
  const [a] = model.rows.value;
  assert.ok(a);
  for (const work of [
    () => model.deleteOrAsk(a),
    () => model.archive(a),
    () => model.pin(a),
    () => model.rename(a, 'Another'),
  ]) {
    model.notice.value = undefined;
    await work();
    assert.deepEqual([model.notice.value, ids()], [{ kind: 'failed' }, 'a']);
    assert.deepEqual(model.rows.value[0], a);
  }
});

test('a title is changed where it is found as well, and stays as it is where nothing was typed', async () => {
  const { model, asked, receive } = setUp([row('a')]);
  model.opened();
  await settled();
  model.search('tea');
  receive(1, true, found('a'));
  const [a] = model.rows.value;
  assert.ok(a);
  asked.length = 0;
  await model.rename(a, '  ');
  assert.deepEqual(asked, []);
  await model.rename(a, ' About tea ');
  assert.deepEqual(asked, [{ type: 'renameConversation', id: 'a', title: 'About tea' }]);
  assert.equal(model.rows.value[0]?.title, 'About tea');
  model.search('');
  assert.deepEqual(
    model.rows.value.map(({ title }) => title),
    ['About tea'],
  );
});

test('among the archived ones only archived ones are found, among the deleted ones titles', async () => {
  const { model, ids, receive } = setUp([row('a'), row('b')]);
  model.opened();
  model.show('archived');
  model.search('title');
  receive(1, true, found('x'), { ...found('y'), isArchived: true });
  assert.equal(ids(), 'y');
  model.show('deleted');
  await settled();
  assert.equal(ids(), 'b a');
  model.search('TITLE B');
  assert.equal(ids(), 'b');
});
