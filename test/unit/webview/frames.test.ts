import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FrameFlush } from '../../../src/webview/ui/frames.ts';

function open() {
  const frames: (() => void)[] = [];
  let flushed = 0;
  const flush = new FrameFlush(
    () => flushed++,
    callback => {
      frames.push(callback);
      return () => frames.splice(frames.indexOf(callback), 1);
    },
  );
  const nextFrame = (): void => {
    for (const callback of frames.splice(0)) callback();
  };
  return { flush, nextFrame, flushed: () => flushed, waiting: () => frames.length };
}

test('the first delta of an idle frame shows at once, the others together at the next', () => {
  const { flush, nextFrame, flushed } = open();
  flush.schedule();
  assert.equal(flushed(), 1);
  for (let index = 0; index < 10; index++) flush.schedule();
  assert.equal(flushed(), 1);
  nextFrame();
  assert.equal(flushed(), 2);
});

test('an idle stream asks for no frames', () => {
  const { flush, nextFrame, waiting, flushed } = open();
  flush.schedule();
  nextFrame();
  assert.equal(waiting(), 0);
  flush.schedule();
  assert.equal(flushed(), 2);
});

test('nothing runs after it is disposed', () => {
  const { flush, nextFrame, flushed } = open();
  flush.schedule();
  flush.schedule();
  flush.dispose();
  nextFrame();
  assert.equal(flushed(), 1);
});
