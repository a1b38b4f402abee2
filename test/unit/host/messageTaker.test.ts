import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Scope } from '../../../src/host/messages/handlers.ts';
import { MessageTaker, type MessageTakerPorts } from '../../../src/host/messages/messageTaker.ts';
import type { HostMessage } from '../../../src/shared/protocol/hostMessage.ts';

type Chat = Awaited<ReturnType<MessageTakerPorts['chat']['open']>>;

/** Messages with `scope` lead to `take`. */
function setUp(scope: Scope, take: () => unknown = () => undefined) {
  let shown = { id: 'c', isDamaged: false };
  const posted: HostMessage[] = [];
  const taken: string[] = [];
  const taker = new MessageTaker({
    chat: {
      open: () => Promise.resolve(shown as Chat),
      leaveDamaged: () => {
        shown = { id: `copy of ${shown.id}`, isDamaged: false };
        return Promise.resolve();
      },
    },
    link: {
      post: message => posted.push(message),
      returned: (conversationId, text) => posted.push({ type: 'returned', conversationId, text }),
    },
    handle: message => ({
      scope,
      take: () => {
        taken.push(`${message.type} in ${shown.id}`);
        return take();
      },
    }),
  });
  const show = (id: string, isDamaged = false): void => void (shown = { id, isDamaged });
  return { taker, posted, taken, show };
}

const question = { type: 'request', id: 3, request: { type: 'findMentions', query: '' } } as const;

test('a request is answered under its number with what its handler returns', async () => {
  const item = { id: 'f', label: 'a.ts', icon: 'file', text: 'a.ts' };
  const { taker, posted } = setUp('elsewhere', () => Promise.resolve([item]));
  await taker.take(question);
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
    await assert.rejects(taker.take(question), { message: 'The folder is gone.' });
    assert.deepEqual(posted, [{ type: 'rejection', id: 3, problem: 'The folder is gone.' }]);
  }
});

test('a message is not answered; where its handler fails that is told', async () => {
  const { taker, posted } = setUp('shown', () => Promise.reject(new Error('No more.')));
  await assert.rejects(taker.take({ type: 'stop' }), { message: 'No more.' });
  assert.deepEqual(posted, []);
});

test('what changes a damaged conversation changes its copy, and what was typed for one of its turns comes back', async () => {
  const { taker, taken, posted, show } = setUp('changes');
  show('d', true);
  await taker.take({ type: 'editTurn', turnId: 't', text: 'better' });
  assert.deepEqual(taken, ['editTurn in copy of d']);
  assert.deepEqual(posted, [{ type: 'returned', conversationId: 'copy of d', text: 'better' }]);
});

test('what only looks at a damaged conversation stays there', async () => {
  const { taker, taken, show } = setUp('shown');
  show('d', true);
  await taker.take({ type: 'compareTurns', turnId: 't', otherId: 'o' });
  assert.deepEqual(taken, ['compareTurns in d']);
});
