import assert from 'node:assert/strict';
import { test } from 'node:test';
import { h } from 'preact';
import type { AssistantTurn } from '../../../src/shared/conversation.ts';
import { draw, emptyState } from './draw.ts';

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
