import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ViewMessage } from '../../../src/shared/protocol/viewMessage.ts';
import { Telling } from '../../../src/webview/telling.ts';

function setUp() {
  const posted: ViewMessage[] = [];
  let callback: (() => void) | undefined;
  const timer = {
    start: (run: () => void) => (callback = run),
    stop: () => (callback = undefined),
  };
  const telling = new Telling(message => void posted.push(message), timer);
  return { telling, posted, pause: () => callback?.() };
}

const typed = (text: string): ViewMessage => ({ type: 'typeParameter', name: 'top_k', text });

test('the host hears the last of what was typed, once the keys pause', () => {
  const { telling, posted, pause } = setUp();
  telling.later('top_k', typed('-'));
  telling.later('other', { type: 'setParameter', name: 'top_p', value: 1 });
  telling.later('top_k', typed('-1'));
  assert.deepEqual(posted, []);
  assert.ok(telling.waits('top_k'));
  pause();
  assert.deepEqual(posted, [{ type: 'setParameter', name: 'top_p', value: 1 }, typed('-1')]);
  assert.equal(telling.waits('top_k'), false);
});

test('a view that may be going tells at once, and nothing twice', () => {
  const { telling, posted, pause } = setUp();
  telling.later('top_k', typed('-'));
  telling.flush();
  telling.flush();
  pause();
  assert.deepEqual(posted, [typed('-')]);
});
