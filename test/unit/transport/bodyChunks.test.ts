import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { bodyChunks, longestRestBytes } from '../../../src/core/transport/bodyChunks.ts';
import { turnOfLoop } from '../../support/turnOfLoop.ts';

const limitMs = 1_000;

test('a reader who stays until the end gets every chunk, and nothing is given up', async t => {
  const body = startBody(t);
  body.push(1);
  body.push(2);
  body.end();
  const sizes: number[] = [];
  for await (const chunk of body.chunks) sizes.push(chunk.length);
  assert.deepEqual(sizes, [1, 2]);
  assert.equal(body.cancelled(), 0);
});

test('a reader who leaves does not wait for the rest, which is read for as long as the limit says', async t => {
  const body = startBody(t);
  await readOneAndLeave(body);
  assert.equal(body.isAskedForMore(), true);
  t.mock.timers.tick(limitMs - 1);
  assert.equal(body.cancelled(), 0);
  t.mock.timers.tick(1);
  assert.equal(body.cancelled(), 1);
});

test('a rest that ends in time gives nothing up, also later', async t => {
  const body = startBody(t);
  await readOneAndLeave(body);
  t.mock.timers.tick(limitMs - 1);
  body.push(10);
  body.end();
  await turnOfLoop();
  t.mock.timers.tick(limitMs);
  assert.equal(body.cancelled(), 0);
});

test('what is read for nobody is as many bytes as the limit, and one more gives it up', async t => {
  const body = startBody(t);
  await readOneAndLeave(body);
  body.push(longestRestBytes - 1);
  body.push(1);
  await turnOfLoop();
  assert.equal(body.isAskedForMore(), true);
  assert.equal(body.cancelled(), 0);
  body.push(1);
  await turnOfLoop();
  assert.equal(body.isAskedForMore(), false);
  assert.equal(body.cancelled(), 1);
});

test('a rest that fails is nobody’s matter any more', async t => {
  const body = startBody(t);
  await readOneAndLeave(body);
  body.fail();
  await turnOfLoop();
  t.mock.timers.tick(limitMs);
  assert.equal(body.cancelled(), 0);
});

type Body = ReturnType<typeof startBody>;

async function readOneAndLeave(body: Body): Promise<void> {
  body.push(5);
  for await (const chunk of body.chunks) {
    assert.equal(chunk.length, 5);
    break;
  }
}

/** A body whose chunks come when the test says so, on a clock that the test winds. */
function startBody(t: TestContext) {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const ready: Promise<IteratorResult<Uint8Array>>[] = [];
  const waiting: ((next: Promise<IteratorResult<Uint8Array>>) => void)[] = [];
  const give = (next: Promise<IteratorResult<Uint8Array>>): void => {
    const taker = waiting.shift();
    if (taker) taker(next);
    else ready.push(next);
  };
  let cancels = 0;
  const next = (): Promise<IteratorResult<Uint8Array>> =>
    ready.shift() ?? new Promise(resolve => waiting.push(resolve));
  return {
    chunks: bodyChunks({ chunks: { next }, cancel: () => cancels++ }, limitMs),
    push: (bytes: number) => give(Promise.resolve({ done: false, value: new Uint8Array(bytes) })),
    end: () => give(Promise.resolve({ done: true, value: undefined })),
    fail: () => give(Promise.reject(new Error('reset'))),
    isAskedForMore: () => waiting.length > 0,
    cancelled: () => cancels,
  };
}
