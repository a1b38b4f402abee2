import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type TurnNode, TurnTree } from '../../../src/core/conversation/turnTree.ts';

/** Each line a turn: its id and the one before it; `u…` are the user's. */
function tree(...lines: string[]): TurnTree {
  return new TurnTree(
    lines.map((line): TurnNode => {
      const [id = '', parentId = null] = line.split(' < ');
      return { id, parentId, role: id.startsWith('u') ? 'user' : 'assistant', isDeleted: false };
    }),
  );
}

test('turns in one place are siblings, in the order of their making', () => {
  const turns = tree('u1', 'a1 < u1', 'u2 < a1', 'a2 < u1', 'u3 < a2', 'u4');
  assert.deepEqual(turns.siblingsOf('a2'), ['a1', 'a2']);
  assert.deepEqual(turns.siblingsOn(['u1', 'a2', 'u3']), {
    u1: { index: 0, count: 2, nextId: 'u4' },
    a2: { index: 1, count: 2, previousId: 'a1' },
  });
});

test('a branch is followed to its newest end', () => {
  const turns = tree('u1', 'a1 < u1', 'u2 < a1', 'a2 < u2', 'a3 < u2', 'a4 < u1');
  assert.equal(turns.lastBelow('a1'), 'a3');
  assert.equal(turns.lastBelow('u1'), 'a4');
  assert.equal(turns.lastBelow('a3'), 'a3');
});

test('what follows a deleted turn follows the one before it', () => {
  const turns = tree('u1', 'a1 < u1', 'u2 < a1', 'a2 < u2', 'u3 < a2', 'u4 < a1');
  turns.setDeleted(['u2', 'a2'], true);
  assert.deepEqual(turns.siblingsOf('u3'), ['u3', 'u4']);
  assert.deepEqual(turns.answersTo('u2'), []);
  turns.setDeleted(['u2', 'a2'], false);
  assert.deepEqual(turns.siblingsOf('u3'), ['u3']);
  assert.deepEqual(turns.siblingsOf('u4'), ['u2', 'u4']);
});

test('a question that follows a question after a deletion is no sibling of an answer', () => {
  const turns = tree('u1', 'a1 < u1', 'u2 < a1', 'a2 < u1');
  turns.setDeleted(['a1'], true);
  assert.deepEqual(turns.siblingsOf('u2'), ['u2']);
  assert.deepEqual(turns.siblingsOf('a2'), ['a2']);
});

test('a turn whose place is unknown is a first one', () => {
  assert.deepEqual(tree('u1', 'u2 < gone').siblingsOf('u2'), ['u1', 'u2']);
});
