import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NamedMessage, ViewMessage } from '../../../src/shared/protocol/viewMessage.ts';
import { Telling } from '../../../src/webview/telling.ts';

function setUp() {
  const posted: NamedMessage[] = [];
  const shown = { conversationId: 'c' };
  let callback: (() => void) | undefined;
  const timer = {
    start: (run: () => void) => (callback = run),
    stop: () => (callback = undefined),
  };
  const telling = new Telling(
    message => void posted.push(message),
    message => ({ ...shown, ...message }),
    timer,
  );
  return { telling, posted, shown, pause: () => callback?.() };
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
  assert.deepEqual(posted, [
    { conversationId: 'c', type: 'setParameter', name: 'top_p', value: 1 },
    { conversationId: 'c', ...typed('-1') },
  ]);
  assert.equal(telling.waits('top_k'), false);
});

test('a view that may be going tells at once, and nothing twice', () => {
  const { telling, posted, pause } = setUp();
  telling.later('top_k', typed('-'));
  telling.flush();
  telling.flush();
  pause();
  assert.deepEqual(posted, [{ conversationId: 'c', ...typed('-') }]);
});

test('what waits is said of the conversation that it was typed in', () => {
  const { telling, posted, shown, pause } = setUp();
  telling.later('top_k', typed('-'));
  shown.conversationId = 'd';
  pause();
  assert.deepEqual(posted, [{ conversationId: 'c', ...typed('-') }]);
});
