import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyChange } from '../../../src/shared/applyChange.ts';
import type { AnswerState, AssistantTurn, UserTurn } from '../../../src/shared/conversation.ts';
import type { Finding } from '../../../src/shared/finding.ts';
import type { Problem } from '../../../src/shared/problem.ts';
import type { Change, ViewState } from '../../../src/shared/protocol/changes.ts';
import { News } from '../../../src/webview/news.ts';

const overloaded: Problem = { kind: 'overloaded', detail: '' };

test('an answer is told when it is asked for, starts and ends, and not while it grows', () => {
  assert.deepEqual(
    told(
      { type: 'turn', turn: question('q') },
      { type: 'turn', turn: answer({ phase: 'waiting' }) },
      state({ phase: 'streaming' }),
      { type: 'block', turnId: 'a', index: 0, block: { type: 'text', text: '' } },
      { type: 'delta', turnId: 'a', index: 0, offset: 0, text: 'Hello' },
      { type: 'delta', turnId: 'a', index: 0, offset: 5, text: ' there' },
      state({ phase: 'complete', stopReason: 'end_turn' }),
    ),
    ['Waiting for the answer', 'Answer started', 'Answer finished'],
  );
});

test('a stop, a cut and a failure are told', () => {
  const running: Change = { type: 'turn', turn: answer({ phase: 'streaming' }) };
  assert.deepEqual(told(running, state({ phase: 'stopped' })), ['Answer stopped']);
  for (const phase of ['truncated', 'failed'] as const) {
    const [sentence = ''] = told(running, state({ phase, problem: overloaded }));
    assert.match(sentence, /overloaded/i);
  }
});

test('every wait for another try is told', () => {
  const retrying = (attempt: number): Change =>
    state({ phase: 'retrying', attempt, maxAttempts: 3, retryAt: 0, problem: overloaded });
  const sentences = told({ type: 'turn', turn: answer({ phase: 'waiting' }) }, retrying(1), retrying(2));
  assert.equal(sentences.length, 3);
  assert.match(sentences[2] ?? '', /Trying again/);
});

test('a message that has to wait is told, and that it went out', () => {
  const waiting = { id: 'q2', text: 'b', attachments: [] };
  assert.deepEqual(
    told(
      { type: 'turn', turn: answer({ phase: 'streaming' }) },
      { type: 'queue', queue: [waiting] },
      state({ phase: 'complete', stopReason: 'end_turn' }),
      { type: 'queue', queue: [] },
      { type: 'turn', turn: question('q2') },
    ),
    ['The message waits for the end of this answer.', 'Answer finished', 'The message that waited was sent.'],
  );
});

test('a message that is taken out of the queue is not told as sent', () => {
  const waiting = { id: 'q2', text: 'b', attachments: [] };
  assert.deepEqual(told({ type: 'queue', queue: [waiting] }, { type: 'queue', queue: [] }), [
    'The message waits for the end of this answer.',
  ]);
});

test('a review tells how many findings it has brought', () => {
  const running: Change = { type: 'turn', turn: answer({ phase: 'streaming' }) };
  const complete: AnswerState = { phase: 'complete', stopReason: 'tool_use' };
  const findings = [{}, {}] as Finding[];
  assert.deepEqual(told(running, state(complete), { type: 'answer', turnId: 'a', state: complete, findings }), [
    'Answer finished',
    'Findings: 2',
  ]);
});

test('the rounds of tools between a message and the end of its answer are not told', () => {
  const uses = (name: string): AssistantTurn => ({
    ...answer({ phase: 'streaming' }),
    blocks: [{ type: 'toolUse', name, text: '{}', id: 't' }],
  });
  const called = state({ phase: 'complete', stopReason: 'tool_use' });
  const handed: UserTurn = { ...question('h'), handsBack: true };
  const last = (phase: AnswerState): Change => ({ type: 'turn', turn: { ...answer(phase), id: 'b' } });
  assert.deepEqual(
    told(
      { type: 'mode', mode: 'act' },
      { type: 'turn', turn: question('q') },
      { type: 'turn', turn: answer({ phase: 'waiting' }) },
      { type: 'turn', turn: uses('bash') },
      called,
      { type: 'turn', turn: handed },
      last({ phase: 'waiting' }),
      last({ phase: 'streaming' }),
      last({ phase: 'complete', stopReason: 'end_turn' }),
    ),
    ['Waiting for the answer', 'Answer started', 'Answer finished'],
  );
  const byHand: Change = { type: 'parameters', parameters: { tools: [{ name: 'weather' }] } };
  const shown: Change = { type: 'turn', turn: uses('weather') };
  assert.deepEqual(told({ type: 'mode', mode: 'act' }, byHand, shown, called), ['Answer finished']);
  assert.deepEqual(told({ type: 'turn', turn: uses('bash') }, called), ['Answer finished'], 'without a mode for tools');
});

test('an old conversation that is opened is no news', () => {
  const old = { ...empty, conversation: { ...empty.conversation, id: 'old', turns: [answer({ phase: 'stopped' })] } };
  const news = new News();
  assert.deepEqual([...news.since(empty), ...news.since(old)], []);
});

const empty: ViewState = {
  conversation: { id: 'c', title: '', parameters: {}, turns: [], siblings: {} },
  earlier: 0,
  connection: { origin: '', model: 'm', key: 'stored' },
  draft: '',
  attachments: [],
  queue: [],
  revision: 0,
};

/** Everything that is said while these changes come in; the first one makes the beginning where it is an answer. */
function told(...changes: Change[]): string[] {
  let view = empty;
  const news = new News();
  news.since(view);
  return changes.flatMap(change => {
    const next = applyChange(view, change);
    assert.ok(next);
    view = next;
    return news.since(view);
  });
}

function question(id: string): UserTurn {
  return { id, role: 'user', createdAt: 0, intent: 'chat', text: id, excerpts: [] };
}

function answer(phase: AnswerState): AssistantTurn {
  return { id: 'a', role: 'assistant', createdAt: 0, model: 'm', blocks: [], state: phase };
}

function state(next: AnswerState): Change {
  return { type: 'answer', turnId: 'a', state: next };
}
