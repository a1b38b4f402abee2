import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MessageTaker, type Scope } from '../../../src/core/chat/messageTaker.ts';
import type { ViewState } from '../../../src/shared/protocol/changes.ts';
import type { HostMessage } from '../../../src/shared/protocol/hostMessage.ts';

/** Messages with `scope` lead to `take`. */
function setUp(scope: Scope, take: () => unknown = () => undefined) {
  let shown = { id: 'c', isDamaged: false };
  const posted: HostMessage[] = [];
  const taken: string[] = [];
  const taker = new MessageTaker({
    chat: {
      open: () => Promise.resolve(shown),
      postSnapshot: () => {
        posted.push(snapshot);
        return Promise.resolve();
      },
    },
    leaveDamaged: () => {
      shown = { id: `copy of ${shown.id}`, isDamaged: false };
      return Promise.resolve();
    },
    link: {
      post: message => posted.push(message),
      returned: (conversationId, text) => posted.push({ type: 'returned', conversationId, text }),
    },
    handle: message => ({
      scope,
      take: conversationId => {
        taken.push(`${message.type} in ${scope === 'named' ? conversationId : shown.id}`);
        return take();
      },
    }),
  });
  const show = (id: string, isDamaged = false): void => void (shown = { id, isDamaged });
  return { taker, posted, taken, show };
}

/** What it holds is the chat's. */
const snapshot = { type: 'snapshot', state: {} as ViewState } as const;

const question = { type: 'request', id: 3, request: { type: 'findMentions', query: '' } } as const;

test('a request is answered under its number with what its handler returns', async () => {
  const item = { id: 'f', label: 'a.ts', icon: 'file', text: 'a.ts' };
  const { taker, posted } = setUp('elsewhere', () => Promise.resolve([item]));
  await taker.take({ message: question, conversationId: undefined });
  assert.deepEqual(posted, [{ type: 'reply', id: 3, value: [item] }]);
});

test('a request whose handler fails is rejected with its sentence, and the failure is told', async () => {
  for (const fail of [
    () => Promise.reject(new Error('The folder is gone.')),
    () => {
      throw new Error('The folder is gone.');
    },
  ]) {
    const { taker, posted } = setUp('elsewhere', fail);
    await assert.rejects(taker.take({ message: question, conversationId: undefined }), {
      message: 'The folder is gone.',
    });
    assert.deepEqual(posted, [{ type: 'rejection', id: 3, problem: 'The folder is gone.' }]);
  }
});

test('a message is not answered; where its handler fails that is told', async () => {
  const { taker, posted } = setUp('shown', () => Promise.reject(new Error('No more.')));
  await assert.rejects(taker.take({ message: { type: 'stop' }, conversationId: 'c' }), { message: 'No more.' });
  assert.deepEqual(posted, []);
});

test('what changes a damaged conversation changes its copy, and what was typed for one of its turns comes back', async () => {
  const { taker, taken, posted, show } = setUp('changes');
  show('d', true);
  await taker.take({ message: { type: 'editTurn', turnId: 't', text: 'better' }, conversationId: 'd' });
  assert.deepEqual(taken, ['editTurn in copy of d']);
  assert.deepEqual(posted, [{ type: 'returned', conversationId: 'copy of d', text: 'better' }]);
});

test('what only looks at a damaged conversation stays there', async () => {
  const { taker, taken, show } = setUp('shown');
  show('d', true);
  await taker.take({ message: { type: 'compareTurns', turnId: 't', otherId: 'o' }, conversationId: 'd' });
  assert.deepEqual(taken, ['compareTurns in d']);
});

test('what was meant for another conversation than the one that is shown is not done', async () => {
  for (const scope of ['shown', 'changes'] as const) {
    const { taker, taken, posted } = setUp(scope);
    for (const conversationId of ['before', undefined]) {
      await taker.take({ message: { type: 'deleteTurn', turnId: 't' }, conversationId });
      await taker.take({ message: { type: 'request', id: 4, request: { type: 'sumConversation' } }, conversationId });
    }
    const refusal = { type: 'rejection', id: 4, problem: 'Another conversation is shown.' };
    assert.deepEqual([taken, posted], [[], [refusal, refusal]]);
    await taker.take({ message: { type: 'deleteTurn', turnId: 't' }, conversationId: 'c' });
    assert.deepEqual(taken, ['deleteTurn in c']);
  }
});

test('what is not about the conversation that is shown is done, whatever the view shows', async () => {
  const { taker, taken } = setUp('elsewhere');
  for (const conversationId of ['before', undefined, 'c']) {
    await taker.take({ message: { type: 'draft', conversationId: 'before', text: 'x' }, conversationId });
  }
  assert.equal(taken.length, 3);
});

test('what was typed for another conversation comes back beside what is shown, once the view has that', async () => {
  const { taker, taken, posted } = setUp('shown');
  await taker.take({ message: { type: 'send', text: 'Hello' }, conversationId: 'before' });
  await taker.take({ message: { type: 'editTurn', turnId: 't', text: 'better' }, conversationId: 'before' });
  assert.deepEqual(taken, []);
  assert.deepEqual(posted, [
    snapshot,
    { type: 'returned', conversationId: 'c', text: 'Hello' },
    snapshot,
    { type: 'returned', conversationId: 'c', text: 'better' },
  ]);
});

test('what is still said of a damaged conversation that was left means its copy, and nothing else that is shown', async () => {
  const { taker, taken, show } = setUp('changes');
  show('d', true);
  const attach = { type: 'attach', name: 'a.png', data: '' } as const;
  await taker.take({ message: attach, conversationId: 'd' });
  await taker.take({ message: attach, conversationId: 'd' });
  assert.deepEqual(taken, ['attach in copy of d', 'attach in copy of d']);
  show('e');
  await taker.take({ message: attach, conversationId: 'd' });
  assert.equal(taken.length, 2);
});

test('what was typed in a conversation is done there, whatever is shown by then', async () => {
  const { taker, taken, show } = setUp('named', () => undefined);
  const typed = { type: 'typeParameter', name: 'system', text: 'Be brief.' } as const;
  await taker.take({ message: typed, conversationId: 'c' });
  show('other');
  await taker.take({ message: typed, conversationId: 'c' });
  show('damaged', true);
  await taker.take({ message: typed, conversationId: 'c' });
  await taker.take({ message: typed, conversationId: 'damaged' });
  await taker.take({ message: typed, conversationId: 'damaged' });
  const copy = 'typeParameter in copy of damaged';
  assert.deepEqual(taken, ['typeParameter in c', 'typeParameter in c', 'typeParameter in c', copy, copy]);
});
