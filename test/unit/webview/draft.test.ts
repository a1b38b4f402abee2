import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ViewMessage } from '../../../src/shared/protocol/viewMessage.ts';
import { Draft } from '../../../src/webview/composer/draft.ts';
import { newerDraft, parseMemory, type Memory } from '../../../src/webview/memory.ts';

function openDraft() {
  const posted: ViewMessage[] = [];
  let callback: (() => void) | undefined;
  let kept = 0;
  const timer = {
    start: (run: () => void, milliseconds: number) => {
      assert.equal(milliseconds, 300);
      callback = run;
    },
    stop: () => (callback = undefined),
  };
  const draft = new Draft(
    message => posted.push(message),
    timer,
    () => kept++,
  );
  return { draft, posted, fire: () => callback?.(), kept: () => kept };
}

test('the host hears of a draft after the last key, the view keeps it at every key', () => {
  const { draft, posted, fire, kept } = openDraft();
  draft.open('c', '', '');
  draft.change('a');
  draft.change('ab');
  assert.equal(kept(), 3, 'once when it was opened');
  assert.deepEqual(posted, []);
  fire();
  assert.deepEqual(posted, [{ type: 'draft', conversationId: 'c', text: 'ab' }]);
});

test('a view that may be going tells at once, and nothing twice', () => {
  const { draft, posted } = openDraft();
  draft.open('c', '', '');
  draft.change('a');
  draft.flush();
  draft.flush();
  assert.equal(posted.length, 1);
});

test('another conversation gets its own draft, after the last one was told', () => {
  const { draft, posted } = openDraft();
  draft.open('c', '', '');
  draft.change('for c');
  draft.open('d', 'from d', 'from d');
  assert.deepEqual(posted, [{ type: 'draft', conversationId: 'c', text: 'for c' }]);
  assert.equal(draft.text, 'from d');
});

test('sending clears the draft on both sides', () => {
  const { draft, posted } = openDraft();
  draft.open('c', 'a', 'a');
  draft.clear();
  assert.deepEqual(posted, [{ type: 'draft', conversationId: 'c', text: '' }]);
});

const memory: Memory = {
  conversationId: 'c',
  draft: 'newest',
  toldDrafts: ['old', 'newer'],
  anchor: { turnId: 't', offset: -12 },
  isFollowing: true,
};

test('the newer draft wins', () => {
  assert.equal(newerDraft(memory, 'c', 'newer'), 'newest');
  assert.equal(newerDraft(memory, 'c', 'old'), 'newest', 'the last message was lost with the view');
  assert.equal(newerDraft(memory, 'c', 'other'), 'other', 'the host knows of text that the kept state does not');
  assert.equal(newerDraft(memory, 'd', 'of d'), 'of d');
  assert.equal(newerDraft(undefined, 'c', 'host'), 'host');
});

test('what was kept is parsed, not believed', () => {
  assert.deepEqual(parseMemory(memory), memory);
  for (const value of [undefined, null, 'x', {}, { ...memory, draft: 1 }, { ...memory, toldDrafts: [1] }]) {
    assert.equal(parseMemory(value), undefined);
  }
  assert.equal(parseMemory({ ...memory, anchor: { turnId: 't', offset: 'x' } })?.anchor, undefined);
});

test('what is kept after another conversation was opened belongs to that one', () => {
  const kept: { conversationId: string; text: string }[] = [];
  const timer = { start: () => undefined, stop: () => undefined };
  const draft: Draft = new Draft(
    () => undefined,
    timer,
    () => kept.push({ conversationId: draft.conversationId, text: draft.text }),
  );
  draft.open('c', '', '');
  draft.change('for c');
  draft.open('d', '', '');
  assert.deepEqual(kept.at(-1), { conversationId: 'd', text: '' });
});
