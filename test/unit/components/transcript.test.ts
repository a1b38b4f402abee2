import assert from 'node:assert/strict';
import { test } from 'node:test';
import { h } from 'preact';
import type { AssistantTurn, Source } from '../../../src/shared/conversation.ts';
import { draw, emptyState } from './draw.ts';

const { RetryWait } = await import('../../../src/webview/transcript/RetryWait.tsx');
const { SourceList } = await import('../../../src/webview/transcript/SourceList.tsx');
const { ThinkingView } = await import('../../../src/webview/transcript/ThinkingView.tsx');
const { VersionSwitch } = await import('../../../src/webview/transcript/VersionSwitch.tsx');

const answer: AssistantTurn = {
  id: 'b',
  role: 'assistant',
  createdAt: 0,
  model: 'm',
  blocks: [{ type: 'text', text: 'Hello' }],
  state: { phase: 'complete', stopReason: 'end_turn' },
};

const versions = (turn: AssistantTurn) => ({
  conversation: {
    ...emptyState.conversation,
    turns: [turn],
    siblings: { b: { index: 1, count: 3, previousId: 'a', nextId: 'c' } },
  },
});

test('the switch leads to the versions before and after', async t => {
  const drawn = await draw(t, h(VersionSwitch, { turn: answer }), versions(answer));
  assert.equal(drawn.text(), '2/3');
  await drawn.click('Previous Version');
  await drawn.click('Next Version');
  assert.deepEqual(drawn.posted, [
    { type: 'switchTurn', turnId: 'a' },
    { type: 'switchTurn', turnId: 'c' },
  ]);
});

test('there is no way past the last version, nor any while an answer is running', async t => {
  const last: AssistantTurn = { ...answer, id: 'c' };
  const drawn = await draw(t, h(VersionSwitch, { turn: last }), {
    conversation: {
      ...emptyState.conversation,
      turns: [last],
      siblings: { c: { index: 2, count: 3, previousId: 'b' } },
    },
  });
  assert.deepEqual([drawn.button('Previous Version').disabled, drawn.button('Next Version').disabled], [false, true]);
  const running: AssistantTurn = { ...answer, id: 'd', state: { phase: 'streaming' } };
  await drawn.change(() =>
    drawn.store.receive({ type: 'change', conversationId: 'c', revision: 2, change: { type: 'turn', turn: running } }),
  );
  assert.deepEqual([drawn.button('Previous Version').disabled, drawn.button('Next Version').disabled], [true, true]);
});

test('what an answer goes by stands below it, each once, as a link where it is a page', async t => {
  const page = { title: 'Tides\u200b', url: 'https://a.test/tides', quote: 'Twice a day' };
  const text = (...sources: Source[]) => ({ type: 'text', text: '', sources }) as const;
  const blocks = [
    text(page, { title: 'spec.pdf' }),
    text({ ...page, quote: 'Later' }, { ...page, url: 'https://b.test' }),
  ];
  const drawn = await draw(t, h(SourceList, { blocks }));
  const items = [...drawn.root.querySelectorAll('li')];
  assert.deepEqual(
    items.map(item => [item.textContent, item.querySelector('a')?.getAttribute('href')]),
    [
      ['Tides⟨U+200B⟩', 'https://a.test/tides'],
      ['spec.pdf', undefined],
      ['Tides⟨U+200B⟩', 'https://b.test'],
    ],
  );
  assert.equal(items[0]?.title, 'Twice a day\n\nhttps://a.test/tides');
  assert.equal((await draw(t, h(SourceList, { blocks: answer.blocks }))).root.innerHTML, '');
});

test('a turn without siblings has no switch', async t => {
  const drawn = await draw(t, h(VersionSwitch, { turn: answer }));
  assert.equal(drawn.root.innerHTML, '');
});

test('a wait counts down to the next attempt, which can be now or never', async t => {
  t.mock.timers.enable({ apis: ['setInterval', 'Date'], now: 1_000 });
  const problem = { kind: 'overloaded', detail: 'Too much to do.' } as const;
  const state = { phase: 'retrying', attempt: 2, maxAttempts: 5, retryAt: 4_500, problem } as const;
  const drawn = await draw(t, h(RetryWait, { state }));
  assert.match(drawn.text(), /Retrying in 4 s \(2 of 5\).*Too much to do\./);
  await drawn.change(() => t.mock.timers.tick(3_250));
  assert.match(drawn.text(), /Retrying in 1 s/);
  await drawn.change(() => t.mock.timers.tick(250));
  assert.match(drawn.text(), /Retrying now \(2 of 5\)/);
  await drawn.click('Retry Now');
  await drawn.click('Cancel');
  assert.deepEqual(drawn.posted, [{ type: 'retryNow' }, { type: 'stop' }]);
});

test('thinking is folded until it is opened; what nobody may read says so', async t => {
  const block = { type: 'thinking', text: 'Let me see.', durationMs: 3_000 } as const;
  const turn: AssistantTurn = { ...answer, blocks: [block, { type: 'redactedThinking', text: '' }] };
  const state = { conversation: { ...emptyState.conversation, turns: [turn] } };
  const drawn = await draw(t, h(ThinkingView, { turnId: 'b', index: 0, block, isGrowing: false }), state);
  const button = drawn.button('Thought for 3 s');
  assert.deepEqual([button.getAttribute('aria-expanded'), drawn.text().includes('Let me see.')], ['false', false]);
  await drawn.click('Thought for 3 s');
  assert.deepEqual([button.getAttribute('aria-expanded'), drawn.text().includes('Let me see.')], ['true', true]);

  const hidden = await draw(
    t,
    h(ThinkingView, { turnId: 'b', index: 1, block: { type: 'redactedThinking', text: '' }, isGrowing: false }),
    state,
  );
  assert.match(hidden.text(), /encrypted/);
});
