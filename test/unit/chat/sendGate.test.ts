import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SendGate } from '../../../src/core/chat/sendGate.ts';
import type { Held, NextSize } from '../../../src/shared/nextSize.ts';
import type { WrongParameter } from '../../../src/shared/unfinished.ts';
import type { BudgetUse } from '../../../src/shared/usageReport.ts';
import { answerWith, setUp, turn } from '../../support/session.ts';
import { turnOfLoop } from '../../support/turnOfLoop.ts';

function gateWith(wrong: WrongParameter[], hasModel = true) {
  const told: (readonly WrongParameter[])[] = [];
  const { session } = setUp();
  const gate = new SendGate({
    view: { held: () => undefined, returned: () => undefined },
    sizes: { sizeOf: () => Promise.reject(new Error('Without a limit no size is asked for.')) },
    session: () => session,
    limits: () => ({ tokens: 0, costUsd: 0 }),
    usedUp: () => Promise.resolve(undefined),
    wrong: () => wrong,
    tellWrong: named => told.push(named),
    hasModel: () => Promise.resolve(hasModel),
  });
  return { gate, told };
}

const size: NextSize = {
  tokens: 50,
  isEstimate: true,
  system: 0,
  tools: 0,
  history: 0,
  attachments: 0,
  message: 50,
  maxTokens: 100,
};

/** One at which every request of 50 tokens has to wait. */
function limited({ budget, limit = 10 }: { budget?: BudgetUse; limit?: number } = {}) {
  const { session, requests } = setUp(answerWith('a'), answerWith('b'));
  const held: (Held | undefined)[] = [];
  const returned: string[][] = [];
  const gate = new SendGate({
    view: { held: (_, waiting) => held.push(waiting), returned: (id, text) => returned.push([id, text]) },
    sizes: { sizeOf: () => Promise.resolve(size) },
    session: () => session,
    limits: () => ({ tokens: limit, costUsd: 0 }),
    usedUp: () => Promise.resolve(budget),
    wrong: () => [],
    tellWrong: () => undefined,
    hasModel: () => Promise.resolve(true),
  });
  return { gate, session, requests, held, returned };
}

test('no way out is open while a parameter is wrong, and each says so', async () => {
  const wrong: WrongParameter[] = [{ name: 'temperature', problem: 'A number from 0 to 1.' }];
  const { gate, told } = gateWith(wrong);
  assert.equal(gate.isWhole(), false);
  assert.equal(await gate.passesCommand(turn('explain')), false);
  assert.equal(await gate.passesQueued(turn('waits')), false);
  assert.equal(await gate.passesAgain('Try Again'), false);
  assert.deepEqual(told, [wrong, wrong, wrong, wrong]);
});

test('all ways are open where none is', async () => {
  const { gate, told } = gateWith([]);
  assert.ok(gate.isWhole());
  assert.ok(await gate.passesCommand(turn('explain')));
  assert.ok(await gate.passesQueued(turn('waits')));
  assert.ok(await gate.passesAgain('Try Again'));
  assert.deepEqual(told, []);
});

test('nothing new goes out without a model, and what was sent before may go again', async () => {
  const { gate } = gateWith([], false);
  assert.equal(await gate.passesMessage(turn('hello')), false);
  assert.equal(await gate.passesCommand(turn('explain')), false);
  assert.equal(await gate.passesQueued(turn('waits')), false);
  assert.ok(await gate.passesAgain('Try Again'));
});

test('a message above a limit goes back to where it was written, and out with the user’s word for it alone', async () => {
  const { gate, session, held, returned } = limited();
  assert.equal(await gate.passesMessage({ ...turn('long'), call: '/long' }), false);
  assert.deepEqual(returned, [['c', '/long']], 'what was typed, and not what it was made into');
  assert.equal(session.unsent.draft, '/long');
  assert.deepEqual(held, [{ kind: 'message', text: 'long', tokens: 50, aboveTokens: 10 }]);
  assert.equal(gate.takeConfirmation(), false);
  gate.confirm();
  assert.equal(held.at(-1), undefined, 'nothing waits any more');
  assert.ok(gate.takeConfirmation());
  assert.equal(gate.takeConfirmation(), false, 'for one message');
});

test('what a command asks goes out, or not, once the user has decided', async () => {
  const { gate } = limited();
  for (const decide of [true, false]) {
    const passes = gate.passesCommand(turn('explain'));
    await turnOfLoop();
    if (decide) gate.confirm();
    else gate.cancel();
    assert.equal(await passes, decide);
    assert.equal(gate.takeConfirmation(), false, 'the user’s word was for the command');
  }
});

test('what has waited in the queue goes out with the user’s word', async () => {
  const { gate, session, requests } = limited();
  session.enqueue(turn('waits'));
  assert.equal(await gate.passesQueued(turn('waits')), false);
  assert.equal(requests.length, 0);
  gate.confirm();
  await turnOfLoop();
  await session.idle();
  assert.equal(requests.length, 1);
  assert.equal(session.unsent.queue.first, undefined);
});

test('one request waits at a time: the one before is given up', async () => {
  const { gate, held } = limited();
  const first = gate.passesCommand(turn('first'));
  await turnOfLoop();
  const second = gate.passesCommand(turn('second'));
  assert.equal(await first, false);
  await turnOfLoop();
  gate.confirm();
  assert.ok(await second);
  assert.deepEqual(
    held.map(waiting => waiting?.text),
    ['first', undefined, 'second', undefined],
  );
});

test('a budget that is used up holds back what is asked again, whatever its size', async () => {
  const budget: BudgetUse = { period: 'day', spentUsd: 2, limitUsd: 1, unpricedRequests: 0 };
  const { gate, held } = limited({ budget, limit: 0 });
  const again = gate.passesAgain('Try Again');
  await turnOfLoop();
  assert.deepEqual(held, [{ kind: 'command', text: 'Try Again', budget }]);
  gate.repost();
  assert.deepEqual(held.at(-1), held[0], 'a view that has just come is told');
  gate.confirm();
  assert.ok(await again);
  assert.ok(await limited().gate.passesAgain('Try Again'), 'a limit of size does not');
});
