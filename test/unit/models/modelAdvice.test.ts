import assert from 'node:assert/strict';
import { test } from 'node:test';
import { adviseModel, type AdvisedTask, type OfferedModels } from '../../../src/core/models/modelAdvice.ts';
import { rulesFor } from '../../../src/core/models/modelRules.ts';
import type { Attachment } from '../../../src/shared/attachment.ts';

const opus = 'claude-opus-5';
const sonnet = 'claude-sonnet-4-5';
const large = 'claude-sonnet-5';
const haiku = 'claude-haiku-4-5';

const offered = (ids: readonly string[], preferred: readonly string[] = []): OfferedModels => ({
  listed: ids.map(id => ({ id })),
  preferred,
  rulesFor,
});
const all = offered([opus, large, sonnet, haiku, `${haiku}-thinking`, 'other-model']);

interface Changed extends Partial<Omit<AdvisedTask, 'turn' | 'size'>> {
  turn?: Partial<AdvisedTask['turn']>;
  size?: Partial<AdvisedTask['size']>;
}

/** A short question to the costliest model, but for what is changed. */
function task({ turn, size, ...others }: Changed = {}): AdvisedTask {
  return {
    model: opus,
    isDemanding: false,
    ...others,
    turn: { text: 'What does await do?', intent: 'chat', excerpts: [], ...turn },
    size: { tokens: 500, history: 0, contextWindow: 200_000, ...size },
  };
}

const advised = (changed: Changed, models = all): string => {
  const advice = adviseModel(task(changed), models);
  return advice ? `${advice.reason}: ${advice.model}` : '';
};

const attachments = Array.from({ length: 5 }, (_, index) => ({ id: String(index) }) as Attachment);

test('a short question to the costliest family leads to the fastest', () => {
  assert.equal(advised({}), `quick: ${haiku}`);
  assert.equal(advised({ turn: { text: '「await」は何をしますか？' } }), `quick: ${haiku}`);
});

test('what is no short question by itself stays where it is', () => {
  const others: Changed[] = [
    { turn: { text: '' } },
    { turn: { text: 'Refactor the parser' } },
    { turn: { text: `Why ${'so '.repeat(80)}long?` } },
    { turn: { text: 'Why?\nconst a = 1;\nIs that so?' } },
    { turn: { call: 'explain' } },
    { turn: { intent: 'explain' } },
    { turn: { attachments: attachments.slice(0, 1) } },
    { size: { history: 5_000 } },
    { isDemanding: true },
    { model: large },
    { model: haiku },
    { model: 'other-model' },
  ];
  assert.deepEqual(
    others.map(changed => advised(changed)),
    others.map(() => ''),
  );
});

test('a review, or much to read, leads from the fastest family to a stronger one', () => {
  assert.equal(advised({ model: haiku, turn: { intent: 'review', text: 'Review' } }), `review: ${large}`);
  assert.equal(advised({ model: haiku, turn: { attachments } }), `much: ${large}`);
  assert.equal(advised({ model: haiku, turn: { attachments: attachments.slice(1) } }), '');
  assert.equal(advised({ model: haiku, size: { tokens: 60_000 } }), `much: ${large}`);
  assert.equal(advised({ model: sonnet, turn: { intent: 'review', text: 'Review' } }), '');
});

test('what does not fit leads to a model of the same family with a larger window, else to another', () => {
  const size = { tokens: 250_000, contextWindow: 200_000 };
  assert.equal(advised({ model: sonnet, size }), `window: ${large}`);
  assert.equal(advised({ model: sonnet, size }, offered([opus, sonnet, haiku])), `window: ${opus}`);
  assert.equal(
    advised({ model: sonnet, size }, offered([sonnet, haiku, 'other-model'])),
    '',
    'nobody knows that it is larger',
  );
  assert.equal(advised({ model: sonnet, size: { ...size, tokens: 1_200_000 } }), '');
});

test('of several that suit, the user’s own favourite comes first', () => {
  const review: Changed = { model: haiku, turn: { intent: 'review', text: 'Review' } };
  assert.equal(advised(review, { ...all, preferred: [opus] }), `review: ${opus}`);
  assert.equal(advised(review, { ...all, preferred: [haiku, sonnet, opus] }), `review: ${sonnet}`);
});

test('nothing is suggested that the endpoint does not list, withdraws, or that thinks unasked', () => {
  assert.equal(advised({}, offered([opus], [haiku])), '');
  assert.equal(advised({}, { ...all, listed: [{ id: haiku, deprecated: true }] }), '');
  assert.equal(advised({}, offered([`${haiku}-thinking`])), '');
  assert.equal(adviseModel(task(), { ...all, listed: [{ id: haiku, displayName: 'Haiku' }] })?.name, 'Haiku');
});
