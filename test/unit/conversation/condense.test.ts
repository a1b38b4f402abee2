import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { exchangesOf, lastToSummarize, type Summary, turnsToSend } from '../../../src/core/conversation/condense.ts';
import { startingOver } from '../../../src/core/conversation/startOver.ts';
import type { AnswerRecord, TurnRecord } from '../../../src/core/conversation/turns.ts';
import type { AnswerState, UserTurn } from '../../../src/shared/conversation.ts';

const turns = [ask('u1'), answer('a1'), ask('u2'), answer('a2'), ask('u3')];

describe('A summary', () => {
  test('stands in the place of the turns that it is about', () => {
    const sent = turnsToSend(turns, { summaries: [summary('a1')], omitted: [] });
    assert.deepEqual(
      sent.map(({ id }) => id),
      ['s a1', 'u2', 'a2', 'u3'],
    );
    const [first] = sent;
    assert.equal(first?.role, 'user');
    assert.deepEqual(first.text.split('\n').slice(-3), ['<summary>', 'All until a1', '</summary>']);
  });

  test('leaves the turns after it as they are, by identity', () => {
    const sent = turnsToSend(turns, { summaries: [summary('a1')], omitted: [] });
    assert.deepEqual(
      sent.slice(1).map((turn, index) => turn === turns[index + 2]),
      [true, true, true],
    );
  });

  test('counts only once it is complete and says something', () => {
    for (const state of [{ phase: 'streaming' }, { phase: 'stopped' }] as AnswerState[]) {
      assert.deepEqual(turnsToSend(turns, { summaries: [summary('a1', state)], omitted: [] }), turns);
    }
    const empty = { ...summary('a1'), turn: { ...summary('a1').turn, content: [] } };
    assert.deepEqual(turnsToSend(turns, { summaries: [empty], omitted: [] }), turns);
  });

  test('counts only where its turns are: another branch has none of it', () => {
    assert.deepEqual(turnsToSend(turns, { summaries: [summary('elsewhere')], omitted: [] }), turns);
  });

  test('gives way to a later one, and comes back where that does not fit', () => {
    const both = { summaries: [summary('a1'), summary('a2')], omitted: [] };
    assert.deepEqual(
      turnsToSend(turns, both).map(({ id }) => id),
      ['s a2', 'u3'],
    );
    assert.deepEqual(
      turnsToSend(turns.slice(0, 3), both).map(({ id }) => id),
      ['s a1', 'u2'],
    );
  });

  test('of an earlier conversation stands before all turns', () => {
    const sent = turnsToSend(turns, { summaries: [summary(null)], omitted: [] });
    assert.equal(sent.length, turns.length + 1);
    assert.equal(sent[0]?.id, 's null');
  });
});

describe('A turn that starts over', () => {
  const over = (id: string): UserTurn => ({ ...ask(id), startsOver: true });
  const idsOf = (all: readonly TurnRecord[], summaries: Summary[] = []): string[] =>
    turnsToSend(all, { summaries, omitted: [] }).map(({ id }) => id);

  test('is where requests begin, also those that follow it', () => {
    assert.deepEqual(idsOf([ask('u1'), answer('a1'), over('u2')]), ['u2']);
    assert.deepEqual(idsOf([ask('u1'), answer('a1'), over('u2'), answer('a2'), ask('u3')]), ['u2', 'a2', 'u3']);
    assert.deepEqual(idsOf([over('u1'), answer('a1'), over('u2'), answer('a2'), ask('u3')]), ['u2', 'a2', 'u3']);
  });

  test('is one like any other where the user has taken it back', () => {
    assert.deepEqual(idsOf([ask('u1'), answer('a1'), { ...over('u2'), startsOver: false }]), ['u1', 'a1', 'u2']);
  });

  test('leaves a summary out that is about what was before it, and not one of its own', () => {
    const all = [ask('u1'), answer('a1'), over('u2'), answer('a2'), ask('u3')];
    assert.deepEqual(idsOf(all, [summary('a1')]), ['u2', 'a2', 'u3']);
    assert.deepEqual(idsOf(all, [summary(null)]), ['u2', 'a2', 'u3']);
    assert.deepEqual(idsOf(all, [summary('a2')]), ['s a2', 'u3']);
    assert.deepEqual(idsOf(all.slice(2), [summary(null)]), ['u2', 'a2', 'u3'], 'also where nothing is left before it');
  });

  test('starts over only after something', () => {
    assert.deepEqual(startingOver('review', []), {});
    assert.deepEqual(startingOver('review', turns), { startsOver: true });
    assert.deepEqual(startingOver('explain', turns), { startsOver: true });
    assert.deepEqual(startingOver('chat', turns), {});
  });
});

describe('What is summed up', () => {
  const small = (): boolean => false;
  const large = (): boolean => true;
  const cases: [what: string, turns: TurnRecord[], scope: 'older' | 'all', isLarge: typeof small, last?: string][] = [
    ['nothing of an empty conversation', [], 'all', small],
    ['nothing where the only question was not answered', [ask('u1'), answer('a1', failed())], 'all', small],
    ['the only exchange', [ask('u1'), answer('a1')], 'older', small, 'a1'],
    ['all but the last exchange', [ask('u1'), answer('a1'), ask('u2'), answer('a2')], 'older', small, 'a1'],
    ['all, where the last exchange is large', [ask('u1'), answer('a1'), ask('u2'), answer('a2')], 'older', large, 'a2'],
    ['all, where that is wanted', [ask('u1'), answer('a1'), ask('u2'), answer('a2')], 'all', small, 'a2'],
    ['everything before a question without an answer', [...turns.slice(0, 4), ask('u3')], 'older', small, 'a2'],
    [
      'also an earlier question without an answer, which would be sent for ever',
      [ask('u1'), answer('a1', failed()), ask('u2'), answer('a2', failed())],
      'older',
      small,
      'a1',
    ],
    [
      'no call of a tool without its result',
      [ask('u1'), answer('a1'), ask('u2'), callingTool('a2'), ask('u3'), answer('a3')],
      'older',
      small,
      'a1',
    ],
  ];
  for (const [what, given, scope, isLarge, last] of cases) {
    test(`is ${what}`, () => assert.equal(lastToSummarize(given, scope, isLarge), last));
  }
});

test('exchanges are cut before a question, and not between a call and its result', () => {
  const given = [ask('u1'), callingTool('a1'), ask('u2'), answer('a2'), ask('u3')];
  assert.deepEqual(
    exchangesOf(given).map(exchange => exchange.map(({ id }) => id)),
    [['u1', 'a1', 'u2', 'a2'], ['u3']],
  );
});

test('a turn without what is left out is made once', () => {
  const withCode: UserTurn = {
    ...ask('u1'),
    excerpts: [{ path: 'a.ts', uri: 'file:///a.ts', languageId: 'typescript', startLine: 1, endLine: 2, code: 'x\ny' }],
  };
  const condensed = { summaries: [], omitted: ['u1#0'] };
  const [first] = turnsToSend([withCode], condensed);
  assert.equal((first as UserTurn).text, 'u1\n\n[a.ts:1-2, 2 lines, was attached here]');
  assert.equal(turnsToSend([withCode], condensed)[0], first);
  assert.equal(turnsToSend([withCode], { summaries: [], omitted: [] })[0], withCode);
});

function ask(id: string): UserTurn {
  return { id, role: 'user', createdAt: 0, intent: 'chat', text: id, excerpts: [] };
}

function answer(id: string, state: AnswerState = { phase: 'complete', stopReason: 'end_turn' }): AnswerRecord {
  return { id, role: 'assistant', createdAt: 0, model: 'm', content: [{ type: 'text', text: id }], state };
}

function callingTool(id: string): AnswerRecord {
  return { ...answer(id), content: [{ type: 'tool_use', id: 't', name: 'look', inputJson: '{}', input: {} }] };
}

function failed(): AnswerState {
  return { phase: 'failed', problem: { kind: 'promptTooLong', detail: '' } };
}

function summary(throughTurnId: string | null, state?: AnswerState): Summary {
  const turn = answer(`s ${throughTurnId}`, state);
  return { throughTurnId, turn: { ...turn, content: [{ type: 'text', text: `All until ${throughTurnId}` }] } };
}
