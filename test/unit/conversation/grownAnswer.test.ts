import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changesOfAnswer } from '../../../src/core/conversation/grownAnswer.ts';
import type { AssistantTurn } from '../../../src/shared/conversation.ts';
import { replay } from '../../support/session.ts';

const text = (said: string): AssistantTurn['blocks'][number] => ({ type: 'text', text: said });
const answer: AssistantTurn = {
  id: 'a',
  role: 'assistant',
  createdAt: 0,
  model: 'm',
  state: { phase: 'elsewhere' },
  blocks: [text('One')],
};

const cases: [name: string, before: AssistantTurn, after: AssistantTurn, types: string[]][] = [
  ['nothing is new', answer, answer, []],
  ['its text goes on', answer, { ...answer, blocks: [text('One, two')] }, ['delta']],
  ['its first block comes', { ...answer, blocks: [] }, answer, ['block']],
  ['a block is closed and others come', answer, { ...answer, blocks: [text('One.'), text('Two')] }, ['delta', 'block']],
  [
    'it ends',
    answer,
    { ...answer, state: { phase: 'complete', stopReason: 'end_turn' }, usage: { outputTokens: 1 } },
    ['answer'],
  ],
  ['it begins anew', answer, { ...answer, blocks: [text('Two')] }, ['turn']],
  ['it holds less', { ...answer, blocks: [text('One'), text('Two')] }, answer, ['turn']],
  [
    'a block before the last has changed',
    { ...answer, blocks: [text('One'), text('Two')] },
    { ...answer, blocks: [text('1'), text('Two')] },
    ['turn'],
  ],
  ['its last block is of another kind', answer, { ...answer, blocks: [{ type: 'thinking', text: 'One' }] }, ['turn']],
  ['its model is known', { ...answer, model: '' }, answer, ['turn']],
];

for (const [name, before, after, types] of cases) {
  test(`what is shown of an answer becomes what another window has of it: ${name}`, () => {
    const changes = changesOfAnswer(before, after);
    assert.deepEqual(
      changes.map(({ type }) => type),
      types,
    );
    assert.deepEqual(replay([{ type: 'turn', turn: before }, ...changes]).turns, [after]);
  });
}
