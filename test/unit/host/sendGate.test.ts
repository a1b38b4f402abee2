import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SendGate } from '../../../src/host/sendGate.ts';
import type { WrongParameter } from '../../../src/shared/unfinished.ts';
import { setUp, turn } from '../../support/session.ts';

function gateWith(wrong: WrongParameter[], hasModel = true) {
  const told: (readonly WrongParameter[])[] = [];
  const { session } = setUp();
  const gate = new SendGate({
    link: { held: () => undefined, returned: () => undefined },
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
