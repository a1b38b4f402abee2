import assert from 'node:assert/strict';
import { mock, test, type TestContext } from 'node:test';
import { ViewLink } from '../../../src/host/viewLink.ts';
import type { HostMessage } from '../../../src/shared/protocol.ts';

const delta = (index: number, offset: number, text: string) =>
  ({ type: 'delta', turnId: 't', index, offset, text }) as const;
const state = {
  conversation: { id: 'c', title: '', parameters: {}, turns: [] },
  connection: { origin: '', model: '', key: 'missing' },
  draft: '',
  attachments: [],
  queue: [],
} as const;

test('deltas of one moment go as one message', t => {
  const { link, posted } = connected(t);
  link.change(delta(0, 0, 'a'));
  link.change(delta(0, 1, 'bc'));
  assert.equal(posted.length, 0);
  mock.timers.tick(16);
  assert.deepEqual(posted, [{ type: 'change', revision: 1, change: delta(0, 0, 'abc') }]);
});

test('another change goes after the deltas that came before it', t => {
  const { link, posted } = connected(t);
  link.change(delta(0, 0, 'a'));
  link.change(delta(1, 0, 'b'));
  link.change({ type: 'title', title: 'x' });
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
  link.change(delta(0, 0, 'a'));
  link.snapshot({ ...state, attachments: [], queue: [], conversation: { ...state.conversation, turns: [] } });
  mock.timers.tick(100);
  assert.deepEqual(
    posted.map(message => message.type),
    ['snapshot'],
  );
});

test('while no view listens nothing is posted, and a new view starts from a snapshot', t => {
  const { link, posted } = connected(t);
  link.connect(undefined);
  link.change(delta(0, 0, 'lost'));
  mock.timers.tick(100);
  assert.deepEqual(posted, []);
});

function connected(t: TestContext) {
  mock.timers.enable({ apis: ['setTimeout'] });
  t.after(() => mock.timers.reset());
  const posted: HostMessage[] = [];
  const link = new ViewLink();
  link.connect(message => posted.push(message));
  return { link, posted };
}
