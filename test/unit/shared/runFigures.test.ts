import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AssistantTurn, Turn, UserTurn } from '../../../src/shared/conversation.ts';
import type { RanCall } from '../../../src/shared/ranCalls.ts';
import { runFigures } from '../../../src/shared/runFigures.ts';

function said(id: string, more: Partial<UserTurn> = {}): UserTurn {
  return { id, role: 'user', createdAt: 1000, intent: 'chat', text: id, excerpts: [], ...more };
}

function answer(id: string, more: Partial<AssistantTurn> = {}): AssistantTurn {
  return {
    id,
    role: 'assistant',
    createdAt: 5000,
    model: 'm',
    blocks: [],
    state: { phase: 'complete', stopReason: 'tool_use' },
    usage: { inputTokens: 10, cacheReadTokens: 5, cacheWriteTokens: 1, outputTokens: 3 },
    figures: { requests: 1, durationMs: 500, costUsd: 0.25 },
    ...more,
  };
}

const call: RanCall = { index: 0, state: 'done', line: { action: 'view', subject: 'a' }, durationMs: 40 };
const run: Turn[] = [
  said('before'),
  answer('alone'),
  said('asked'),
  answer('first', { calls: [call] }),
  said('results', { handsBack: true }),
  answer('second', { calls: [call] }),
  said('and b', { steers: true }),
  answer('third', { createdAt: 9000 }),
];

test('a run is all that answers one message, with what is said in mid-run', () => {
  assert.deepEqual(runFigures(run, 'third'), {
    rounds: 3,
    inputTokens: 48,
    outputTokens: 9,
    costUsd: 0.75,
    startedAt: 1000,
    endedAt: 9500,
  });
  assert.deepEqual(runFigures([...run, said('next')], 'third')?.rounds, 3, 'and it stays where it ended');
  const summary = answer('summary', { isSummary: true });
  assert.deepEqual(runFigures([...run, summary], 'third')?.rounds, 3);
});

test('it stands at its last answer alone, and at no answer without tools', () => {
  assert.deepEqual(
    run.map(({ id }) => runFigures(run, id)?.rounds),
    [undefined, undefined, undefined, undefined, undefined, undefined, undefined, 3],
  );
  assert.equal(runFigures(run.slice(3), 'third'), undefined, 'its beginning is still to come');
});

test('what goes on has no end yet, and tools count into the time of what has ended', () => {
  const open: RanCall = { ...call, state: 'running' };
  assert.equal(runFigures([said('asked'), answer('first', { calls: [open] })], 'first')?.endedAt, undefined);
  assert.equal(runFigures([said('asked'), answer('first', { calls: [call] })], 'first')?.endedAt, 5540);
});

test('a cost that is not wholly known is none; an answer that has just begun takes nothing from it', () => {
  const results = said('results', { handsBack: true });
  const begun: AssistantTurn = { ...answer('second'), state: { phase: 'waiting' } };
  delete begun.figures;
  delete begun.usage;
  const turns = (last: AssistantTurn): Turn[] => [said('asked'), answer('first', { calls: [call] }), results, last];
  assert.equal(runFigures(turns(begun), 'second')?.costUsd, 0.25);
  const unpriced = answer('second', { figures: { requests: 1, durationMs: 1 } });
  assert.equal(runFigures(turns(unpriced), 'second')?.costUsd, undefined);
});
