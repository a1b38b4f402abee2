import assert from 'node:assert/strict';
import { test } from 'node:test';
import { h } from 'preact';
import type { AssistantTurn } from '../../../src/shared/conversation.ts';
import type { CallStart } from '../../../src/shared/ranCalls.ts';
import { partsOf } from '../../../src/webview/find/parts.ts';
import { draw, emptyState } from './draw.ts';

const { CallStartView } = await import('../../../src/webview/tools/CallInput.tsx');
const { CallOutput } = await import('../../../src/webview/tools/CallOutput.tsx');
const { ToolUseView } = await import('../../../src/webview/tools/ToolUseView.tsx');

test('the input of a tool grows as it comes, and is indented once it is complete', async t => {
  const block = { type: 'toolUse', id: 'u', name: 'weather', text: '{"city":' } as const;
  const turn: AssistantTurn = {
    id: 'a',
    role: 'assistant',
    createdAt: 0,
    model: 'm',
    blocks: [block],
    state: { phase: 'streaming' },
  };
  const state = { conversation: { ...emptyState.conversation, turns: [turn] } };
  const running = await draw(t, h(ToolUseView, { turnId: 'a', index: 0, block, isGrowing: true }), state);
  const input = (root: HTMLElement): string | undefined => root.querySelector('pre')?.textContent;
  assert.match(running.text(), /Tool use: weather/);
  assert.equal(input(running.root), '{"city":');
  const change = { type: 'delta', turnId: 'a', index: 0, offset: 8, text: '"Rome"}' } as const;
  await running.change(() => running.store.receive({ type: 'change', conversationId: 'c', revision: 2, change }));
  assert.equal(input(running.root), '{"city":"Rome"}');

  const whole = { ...block, text: '{"city":"Rome"}' };
  const ended: AssistantTurn = { ...turn, blocks: [whole], state: { phase: 'complete', stopReason: 'tool_use' } };
  const done = await draw(t, h(ToolUseView, { turnId: 'a', index: 0, block: whole, isGrowing: false }), {
    conversation: { ...emptyState.conversation, turns: [ended] },
  });
  assert.equal(input(done.root), '{\n  "city": "Rome"\n}');
});

test('of an input what is not seen is marked, in names of fields as in values', async t => {
  const text = '{"pa\u200bth":"a\u202eb","\\ud800":1}';
  const block = { type: 'toolUse', id: 'u', name: 'weather', text } as const;
  const turn: AssistantTurn = {
    id: 'a',
    role: 'assistant',
    createdAt: 0,
    model: 'm',
    blocks: [block],
    state: { phase: 'complete', stopReason: 'tool_use' },
  };
  const state = { conversation: { ...emptyState.conversation, turns: [turn] } };
  const { root } = await draw(t, h(ToolUseView, { turnId: 'a', index: 0, block, isGrowing: false }), state);
  const shown = '{\n  "pa⟨U+200B⟩th": "a⟨U+202E⟩b",\n  "\\ud800": 1\n}';
  assert.equal(root.querySelector('pre')?.textContent, shown);
  assert.equal(partsOf(turn)[0]?.source, shown, 'it is found as it is shown');
});

test('what is hidden in the output of a call that runs is told and marked, as in its result', async t => {
  const { root, text } = await draw(t, h(CallOutput, { output: 'one\u200b\na\u202eb' }), {});
  assert.equal(root.querySelector('pre')?.textContent, 'one⟨U+200B⟩\na⟨U+202E⟩b');
  assert.match(text(), /Characters in line 2 change the order/);
});

test('what a call starts says where it imports more than is watched', async t => {
  const start: CallStart = { kind: 'command', words: ['node', 'run.mjs'], source: 'tools/run.json' };
  assert.doesNotMatch((await draw(t, h(CallStartView, { start }), {})).text(), /watched/);
  const { text } = await draw(t, h(CallStartView, { start: { ...start, importsMore: true } }), {});
  assert.match(text(), /As tools\/run\.json says\..*import more files than are watched/s);
});
