import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AnswerBlock, AnswerState, AssistantTurn } from '../../../src/shared/conversation.ts';
import { showsNothing } from '../../../src/webview/ui/waiting.ts';

const text = (words: string): AnswerBlock => ({ type: 'text', text: words });
const call: AnswerBlock = { type: 'toolUse', id: 'call-1', name: 'look_up', text: '' };
const thinking: AnswerBlock = { type: 'thinking', text: '' };

const cases: [name: string, phase: 'waiting' | 'streaming', blocks: AnswerBlock[], waits: boolean][] = [
  ['before anything has come', 'waiting', [], true],
  ['the stream is there, and no block', 'streaming', [], true],
  ['a text that has begun without a word', 'streaming', [text('')], true],
  ['the first word', 'streaming', [text('A')], false],
  ['a second text that has no word yet, below the words of the first', 'streaming', [text('A'), text('')], false],
  ['a call below words', 'streaming', [text('A'), call], false],
  ['a call alone, which says so itself', 'streaming', [call], false],
  ['thinking, which says so itself', 'streaming', [thinking], false],
  ['a text without a word below thinking that is over', 'streaming', [thinking, text('')], true],
  ['thinking that is encrypted', 'streaming', [{ type: 'redactedThinking', text: '' }], true],
  ['the rest of an answer that has words', 'waiting', [text('A')], true],
];

for (const [name, phase, blocks, waits] of cases) {
  test(`an answer is${waits ? '' : ' not'} waited for: ${name}`, () => {
    const state: AnswerState = { phase };
    const turn: AssistantTurn = { role: 'assistant', id: 'a', createdAt: 0, model: 'm', blocks, state };
    assert.equal(
      showsNothing(turn, index => blocks[index]?.text ?? ''),
      waits,
    );
  });
}
