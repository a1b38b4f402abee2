import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PreparedOnce } from '../../../src/core/prompts/preparedOnce.ts';

function setUp() {
  const clock = { now: 0 };
  const begun: { message: string; done: PromiseWithResolvers<string> }[] = [];
  const once = new PreparedOnce(
    message => {
      const done = Promise.withResolvers<string>();
      begun.push({ message, done });
      return done.promise;
    },
    () => clock.now,
  );
  return { once, begun, clock };
}

test('all who show something of a message get it from one preparation, also while that is on its way', async () => {
  const { once, begun, clock } = setUp();
  const both = [once.get('/fix'), once.get('/fix')];
  clock.now = 60_000;
  const third = once.get('/fix');
  begun[0]?.done.resolve('Fix it.');
  assert.deepEqual(await Promise.all([...both, third, once.get('/fix')]), Array(4).fill('Fix it.'));
  assert.equal(begun.length, 1);
});

test('another message is prepared anew, and so is one that may have changed', async () => {
  const { once, begun, clock } = setUp();
  const prepare = (message: string, text: string): Promise<string> => {
    const got = once.get(message);
    begun.at(-1)?.done.resolve(text);
    return got;
  };
  assert.equal(await prepare('/fix', 'one'), 'one');
  assert.equal(await prepare('/fix now', 'two'), 'two');
  assert.equal(await prepare('/fix', 'three'), 'three');
  once.forget();
  assert.equal(await prepare('/fix', 'four'), 'four');
  clock.now = 1_999;
  assert.equal(await prepare('/fix', 'not asked'), 'four');
  clock.now = 2_000;
  assert.equal(await prepare('/fix', 'five'), 'five');
});

test('what could not be prepared is tried again', async () => {
  const { once, begun } = setUp();
  const first = once.get('/fix');
  begun[0]?.done.reject(new Error('git is gone'));
  await assert.rejects(first, { message: 'git is gone' });
  const second = once.get('/fix');
  begun[1]?.done.resolve('Fix it.');
  assert.equal(await second, 'Fix it.');
});
