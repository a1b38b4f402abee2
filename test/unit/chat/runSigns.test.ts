import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChatSession } from '../../../src/core/chat/session.ts';
import { emptyConversation } from '../../../src/core/conversation/store.ts';
import { signMs, windowOfProcess } from '../../../src/core/conversation/runSign.ts';
import type { AnswerRecord } from '../../../src/core/conversation/turns.ts';
import { answerWith, setUp, turn } from '../../support/session.ts';
import { turnOfLoop } from '../../support/turnOfLoop.ts';

test('an answer of which nothing arrives says again and again that it goes on, and no more once it has ended', async t => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const arrives = Promise.withResolvers<undefined>();
  let now = 1_000;
  const { ports, store } = setUp(async (...asked) => {
    await arrives.promise;
    return answerWith('late')(...asked);
  });
  const window = { id: 'a', isThere: () => true };
  const session = new ChatSession(emptyConversation('s'), { ...ports, window, now: () => now });
  const answered = session.send(turn('go'));
  const signs: unknown[] = [];
  for (let sign = 0; sign < 3; sign++) {
    await turnOfLoop();
    signs.push(lastStored().runsIn);
    now += signMs;
    t.mock.timers.tick(signMs);
  }
  assert.deepEqual(
    signs,
    [1_000, 6_000, 11_000].map(at => ({ window: 'a', at })),
  );
  arrives.resolve(undefined);
  await answered;
  await session.saved();
  assert.equal(lastStored().state.phase, 'complete');
  assert.equal('runsIn' in lastStored(), false);
  t.mock.timers.tick(2 * signMs);
  await turnOfLoop();
  assert.equal('runsIn' in lastStored(), false);

  function lastStored(): AnswerRecord {
    const stored = store.load('s')?.turns.at(-1);
    assert.ok(stored?.role === 'assistant');
    return stored;
  }
});

test('a window is known by its process: one that is gone is not there any more', () => {
  const own = windowOfProcess(() => 'a');
  assert.ok(own.isThere(own.id));
  assert.notEqual(own.id, windowOfProcess(() => 'b').id);
  // No system gives such a number to a process.
  assert.equal(own.isThere('2147483646 x'), false);
  assert.equal(own.isThere('no number'), false);
});
