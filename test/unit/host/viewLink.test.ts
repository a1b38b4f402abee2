import assert from 'node:assert/strict';
import { mock, test, type TestContext } from 'node:test';
import type { Turn } from '../../../src/shared/conversation.ts';
import { ViewLink } from '../../../src/host/places/viewLink.ts';
import type { Change } from '../../../src/shared/protocol/changes.ts';
import type { HostMessage } from '../../../src/shared/protocol/hostMessage.ts';

/** Milliseconds over which the link gathers. */
const gatherMs = 40;

const delta = (index: number, offset: number, text: string) =>
  ({ type: 'delta', turnId: 't', index, offset, text }) as const;
const state = {
  conversation: { id: 'c', title: '', parameters: {}, turns: [], siblings: {} },
  connection: { origin: '', model: '', key: 'missing' },
  draft: '',
  attachments: [],
  queue: [],
} as const;
const empty = { ...state, attachments: [], queue: [], conversation: { ...state.conversation, turns: [] } };

test('the first delta goes at once; those of one moment after it go as one message', t => {
  const { link, posted } = connected(t);
  link.change('c', delta(0, 0, 'a'));
  assert.deepEqual(posted, [{ type: 'change', conversationId: 'c', revision: 1, change: delta(0, 0, 'a') }]);
  link.change('c', delta(0, 1, 'b'));
  link.change('c', delta(0, 2, 'cd'));
  assert.equal(posted.length, 1);
  mock.timers.tick(gatherMs);
  assert.deepEqual(posted.slice(1), [[2, 'bcd']]);
  link.change('c', delta(0, 4, 'e'));
  assert.equal(posted.length, 2);
  mock.timers.tick(gatherMs);
  assert.deepEqual(posted.slice(2), [[3, 'e']]);
  mock.timers.tick(gatherMs);
  link.change('c', delta(0, 5, 'f'));
  assert.deepEqual(posted.slice(3), [[4, 'f']]);
});

test('text that goes on carries nothing but its revision; after anything else it says again where it belongs', t => {
  const { link, posted } = connected(t);
  link.change('c', delta(0, 0, 'a'));
  link.change('c', delta(0, 1, 'b'));
  mock.timers.tick(gatherMs);
  link.change('c', { type: 'title', title: 'x' });
  link.change('c', delta(0, 2, 'c'));
  mock.timers.tick(gatherMs);
  link.change('c', delta(1, 0, 'd'));
  mock.timers.tick(gatherMs);
  assert.deepEqual(posted, [
    { type: 'change', conversationId: 'c', revision: 1, change: delta(0, 0, 'a') },
    [2, 'b'],
    { type: 'change', conversationId: 'c', revision: 3, change: { type: 'title', title: 'x' } },
    { type: 'change', conversationId: 'c', revision: 4, change: delta(0, 2, 'c') },
    { type: 'change', conversationId: 'c', revision: 5, change: delta(1, 0, 'd') },
  ]);
});

test('another change goes after the deltas that came before it', t => {
  const { link, posted } = connected(t);
  link.change('c', delta(0, 0, 'a'));
  link.change('c', delta(1, 0, 'b'));
  link.change('c', { type: 'title', title: 'x' });
  assert.deepEqual(
    posted.map(message => message.type === 'change' && [message.revision, message.change.type]),
    [
      [1, 'delta'],
      [2, 'delta'],
      [3, 'title'],
    ],
  );
});

test('a snapshot holds what waits, so nothing comes twice', t => {
  const { link, posted } = connected(t);
  link.change('c', delta(0, 0, 'a'));
  link.change('c', delta(0, 1, 'b'));
  link.snapshot(empty);
  mock.timers.tick(100);
  assert.deepEqual(
    posted.map(message => 'type' in message && message.type),
    ['change', 'snapshot'],
  );
});

test('while no view listens nothing is posted, and a new view starts from a snapshot', t => {
  const { link, posted } = connected(t);
  link.connect(undefined);
  link.change('c', delta(0, 0, 'lost'));
  mock.timers.tick(100);
  assert.deepEqual(posted, []);
});

test('what changes before the view has a snapshot is only in the snapshot', t => {
  const { link, posted } = connected(t);
  link.connect(message => posted.push(message));
  link.change('c', { type: 'title', title: 'x' });
  assert.equal(posted.length, 0);
  link.snapshot(empty);
  link.change('c', { type: 'title', title: 'y' });
  assert.deepEqual(
    posted.map(message => message.type),
    ['snapshot', 'change'],
  );
});

test('a view counts as connected once its script runs', () => {
  const link = new ViewLink();
  link.connect(() => undefined);
  assert.equal(link.connected, false);
  link.heard();
  assert.equal(link.connected, true);
  link.connect(() => undefined);
  assert.equal(link.connected, false);
});

function connected(t: TestContext) {
  mock.timers.enable({ apis: ['setTimeout'] });
  t.after(() => mock.timers.reset());
  const posted: HostMessage[] = [];
  const link = new ViewLink();
  link.connect(message => posted.push(message));
  link.snapshot(empty);
  posted.length = 0;
  return { link, posted };
}

const turn = (id: string, length: number): Turn => ({
  id,
  role: 'assistant',
  createdAt: 0,
  model: 'm',
  blocks: [{ type: 'text', text: 'x'.repeat(length) }],
  state: { phase: 'complete', stopReason: 'end_turn' },
});

/** The ids of the turns in each message. */
function turnsOf(posted: HostMessage[]): string[][] {
  return posted.flatMap(message => {
    if (message.type === 'snapshot') return [message.state.conversation.turns.map(({ id }) => id)];
    if (message.type !== 'change' || message.change.type !== 'earlierTurns') return [];
    return [message.change.turns.map(({ id }) => id)];
  });
}

function opened(t: TestContext, turns: Turn[]) {
  const { link, posted } = connected(t);
  link.snapshot({ ...state, attachments: [], queue: [], conversation: { ...state.conversation, turns } });
  return { link, posted };
}

test('a short conversation goes whole', t => {
  const { link, posted } = opened(t, [turn('a', 10), turn('b', 10)]);
  link.earlierTurns();
  assert.deepEqual(turnsOf(posted), [['a', 'b']]);
  assert.equal(posted[0]?.type === 'snapshot' && posted[0].state.earlier, 0);
});

test('of a long one the end goes first, and more when it is asked for', t => {
  const { link, posted } = opened(t, [turn('a', 9), turn('b', 600_000), turn('c', 9), turn('d', 70_000), turn('e', 9)]);
  link.earlierTurns();
  link.earlierTurns();
  link.earlierTurns();
  assert.deepEqual(turnsOf(posted), [['d', 'e'], ['b', 'c'], ['a']]);
  assert.deepEqual(
    posted.flatMap(message =>
      message.type === 'change' && message.change.type === 'earlierTurns' ? [message.change.earlier] : [],
    ),
    [1, 0],
  );
});

test('what goes with a snapshot is bounded, however long the conversation is', t => {
  const turns = Array.from({ length: 1_000 }, (_, index) => turn(`turn ${index}`, 1_350));
  const { link, posted } = opened(t, turns);
  assert.ok(JSON.stringify(posted[0]).length < 100_000);
  for (let before = 0; posted.length > before;) {
    before = posted.length;
    link.earlierTurns();
  }
  assert.ok(posted.every(message => JSON.stringify(message).length < 700_000));
  assert.equal(turnsOf(posted).flat().length, 1_000);
});

test('a change of a turn that the view does not have yet goes after that turn', t => {
  const { link, posted } = opened(t, [turn('a', 9), turn('b', 600_000), turn('c', 70_000), turn('d', 9)]);
  link.change('c', { type: 'title', title: 'x' });
  link.change('c', { type: 'answer', turnId: 'd', state: { phase: 'stopped' } });
  assert.deepEqual(turnsOf(posted), [['c', 'd']]);
  link.change('c', { type: 'answer', turnId: 'a', state: { phase: 'stopped' } });
  assert.deepEqual(turnsOf(posted), [
    ['c', 'd'],
    ['a', 'b'],
  ]);
  const last = posted.at(-1);
  assert.equal(last?.type === 'change' && last.change.type, 'answer');
  link.earlierTurns();
  assert.equal(posted.at(-1), last);
});

test('another snapshot begins anew', t => {
  const { link, posted } = opened(t, [turn('a', 600_000), turn('b', 9), turn('c', 9)]);
  link.snapshot({ ...state, attachments: [], queue: [], conversation: { ...state.conversation, turns: [] } });
  link.earlierTurns();
  assert.equal(posted.length, 2);
});

const ofAll: Change[] = [
  { type: 'summarized', throughTurnId: 'c' },
  { type: 'branch', afterTurnId: null, turns: [] },
  { type: 'turn', turn: turn('new', 1), afterTurnId: 'a' },
];
for (const change of ofAll) {
  test(`what is about all turns, or stands before them, goes after all of them: ${change.type}`, t => {
    const { link, posted } = opened(t, [turn('a', 9), turn('b', 9), turn('c', 70_000), turn('d', 9)]);
    link.change('c', change);
    assert.deepEqual(turnsOf(posted), [
      ['c', 'd'],
      ['a', 'b'],
    ]);
  });
}

const other = { ...empty, conversation: { ...empty.conversation, id: 'other' } };

test('what changes in a conversation before its snapshot is in that, and nothing to the one that is shown', t => {
  const { link, posted } = connected(t);
  link.change('other', { type: 'title', title: 'x' });
  link.change('other', delta(0, 0, 'a'));
  mock.timers.tick(gatherMs);
  assert.deepEqual(posted, []);
  link.snapshot(other);
  link.change('c', { type: 'title', title: 'late' });
  link.change('other', { type: 'title', title: 'y' });
  assert.deepEqual(posted.slice(1), [
    { type: 'change', conversationId: 'other', revision: 1, change: { type: 'title', title: 'y' } },
  ]);
});

test('what is about a conversation that is still to be shown comes behind its snapshot', t => {
  const { link, posted } = connected(t);
  link.held('c', { kind: 'message', text: 'now' });
  link.held('other', { kind: 'message', text: 'then' });
  link.held('never', undefined);
  assert.deepEqual(posted, [{ type: 'held', conversationId: 'c', held: { kind: 'message', text: 'now' } }]);
  link.snapshot(other);
  assert.deepEqual(
    posted.slice(1).map(({ type }) => type),
    ['snapshot', 'held'],
  );
  assert.deepEqual(posted[2], { type: 'held', conversationId: 'other', held: { kind: 'message', text: 'then' } });
  link.snapshot({ ...other, conversation: { ...other.conversation, id: 'never' } });
  assert.equal(posted.length, 4, 'it was about to be shown and was not');
});
