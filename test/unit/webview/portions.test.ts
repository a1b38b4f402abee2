import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AnswerBlock, AssistantTurn } from '../../../src/shared/conversation.ts';
import { TurnHeights } from '../../../src/webview/transcript/heights.ts';
import { beginningOf, mostShown } from '../../../src/webview/blocks/longText.ts';
import { isShownAtFirst, portionsOf } from '../../../src/webview/transcript/portions.ts';

/** Blocks of all kinds by turns, each of so many characters. */
function blocksOf(count: number, characters: number): AnswerBlock[] {
  const text = 'x'.repeat(characters);
  return Array.from({ length: count }, (_, index): AnswerBlock => {
    if (index % 3 === 0) return { type: 'thinking', text };
    return index % 3 === 1 ? { type: 'text', text } : { type: 'toolUse', id: String(index), name: 'find', text };
  });
}

function shownAtFirst(blocks: AnswerBlock[]): AnswerBlock[] {
  const portions = portionsOf(blocks).filter((_, index, all) => isShownAtFirst(index, all.length));
  return portions.flatMap(({ first, end }) => blocks.slice(first, end));
}

test('portions hold every block once, in its place', () => {
  for (const blocks of [[], blocksOf(1, 0), blocksOf(5_000, 10), blocksOf(120, 30_000), blocksOf(7, mostShown)]) {
    const indices = portionsOf(blocks).flatMap(({ first, end }) => [...blocks.keys()].slice(first, end));
    assert.deepEqual(indices, [...blocks.keys()]);
  }
});

test('what is drawn at once is bounded by number and by size, and has the start and the end of the answer', () => {
  for (const [count, characters] of [
    [5_000, 20],
    [5_000, 30_000],
    [50, 5_000_000],
  ] as const) {
    const blocks = blocksOf(count, characters);
    const shown = shownAtFirst(blocks);
    assert.ok(shown.length <= 150, `${shown.length} blocks`);
    const drawn = shown.reduce((sum, { text }) => sum + beginningOf(text).length, 0);
    assert.ok(drawn <= 3 * (100_000 + mostShown), `${drawn} characters`);
    assert.equal(shown[0], blocks[0]);
    assert.equal(shown.at(-1), blocks.at(-1));
  }
});

test('an answer of usual length is drawn as a whole', () => {
  const blocks = blocksOf(100, 2_000);
  assert.deepEqual(shownAtFirst(blocks), blocks);
});

test('a block that is added changes none but the last portion', () => {
  const blocks = blocksOf(400, 900);
  let before = portionsOf([]);
  for (let count = 1; count <= blocks.length; count++) {
    const portions = portionsOf(blocks.slice(0, count));
    assert.deepEqual(portions.slice(0, before.length - 1), before.slice(0, -1));
    assert.equal(portions[before.length - 1]?.first, before.at(-1)?.first);
    before = portions;
  }
  assert.ok(before.length > 4);
});

test('a beginning ends before a character that it has no room for', () => {
  assert.equal(beginningOf('abc', 3), 'abc');
  assert.equal(beginningOf('abcd', 3), 'abc');
  assert.equal(beginningOf('ab😀', 3), 'ab');
  assert.equal(beginningOf('ab😀c', 4), 'ab😀');
});

test('the height of an answer is estimated by what is shown of it', () => {
  const answer = (id: string, blocks: AnswerBlock[]): AssistantTurn => ({
    id,
    role: 'assistant',
    createdAt: 0,
    model: 'm',
    blocks,
    state: { phase: 'complete', stopReason: 'end_turn' },
  });
  const heights = new TurnHeights(400);
  const many = blocksOf(5_000, 300);
  assert.equal(heights.of(answer('many', many)), heights.of(answer('shown', shownAtFirst(many))));
  const long = (characters: number): AnswerBlock[] => [{ type: 'text', text: 'x'.repeat(characters) }];
  assert.equal(heights.of(answer('long', long(5_000_000))), heights.of(answer('start', long(mostShown))));
});
