import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChatSession } from '../../../src/core/chat/session.ts';
import { emptyConversation } from '../../../src/core/conversation/store.ts';
import type { CheckSubject, Outcome } from '../../../src/core/moderation/check.ts';
import type { AnswerContent } from '../../../src/core/messages/wire.ts';
import { ToolRegistry } from '../../../src/core/tools/registry.ts';
import { amongOthers } from '../../../src/core/tools/tool.ts';
import { isRunning } from '../../../src/shared/conversation.ts';
import { answerWith, replay, type Script, setUp, turn } from '../../support/session.ts';
import { type Events, waitingTool } from '../../support/testTools.ts';
import { MemoryWorkspace } from '../../support/toolWorkspace.ts';
import { turnOfLoop } from '../../support/turnOfLoop.ts';

const block: Outcome = { kind: 'verdict', verdict: 'block', reason: 'Not for others.' };
const allow: Outcome = { kind: 'verdict', verdict: 'allow', reason: '' };
const failed: Outcome = { kind: 'failed', failure: 'exitCode', detail: 'no model' };

/** `verdicts`: by the first word of the last text, what the check says; it allows all else. */
function open(verdicts: Record<string, Outcome>, ...scripts: Script[]) {
  const made = setUp(...scripts);
  const subjects: CheckSubject[] = [];
  const events: Events = [];
  const registry = new ToolRegistry(() => [amongOthers(waitingTool('reads', events, new Map()))]);
  const held: (() => void)[] = [];
  const check = {
    by: 'my check',
    look: async (subject: CheckSubject) => {
      subjects.push(subject);
      const last = subject.texts.findLast(({ part }) => part === 'user' || part === 'assistant')?.text ?? '';
      if (last.startsWith('wait')) await new Promise<void>(resolve => held.push(resolve));
      return verdicts[last.split(' ')[0] ?? ''] ?? allow;
    },
  };
  const ports = {
    ...made.ports,
    tools: { registry, workspace: new MemoryWorkspace({}), isTrusted: () => true },
    moderation: () => ({ id: '1', ways: new Set(['out', 'back'] as const), all: [check] }),
    mayGoOut: () => Promise.resolve(true),
  };
  const session = new ChatSession(emptyConversation('c'), ports);
  session.unsent.mode = 'act';
  const settle = async (): Promise<void> => {
    for (let turns = 0; turns < 20; turns++) await turnOfLoop();
  };
  const last = () => {
    const record = session.branch.turns.at(-1);
    assert.ok(record?.role === 'assistant');
    return record;
  };
  return { ...made, session, ports, subjects, events, settle, last, held, verdicts };
}

const calling: Script = (listener, message) => {
  const block: AnswerContent = {
    type: 'tool_use',
    id: 't',
    name: 'look',
    inputJson: '{"name":"a"}',
    input: { name: 'a' },
  };
  message.content.push({ type: 'text', text: 'risky' }, block);
  for (const [at, content] of message.content.entries()) listener.blockStarted(at, content);
  message.stopReason = 'tool_use';
  return { kind: 'complete', message };
};

test('what the check blocks is not sent: the message stays, and says why', async () => {
  const { session, requests, last } = open({ bad: block });
  await session.send(turn('bad words'));
  assert.deepEqual(last().state, {
    phase: 'failed',
    problem: { kind: 'blocked', detail: 'Not for others.', check: { by: 'my check' } },
  });
  assert.deepEqual([requests.length, session.branch.turns.length], [0, 2]);
});

test('what was blocked goes out with no later request, but for another text in its place', async () => {
  const { session, requests } = open({ bad: block }, answerWith('yes'), answerWith('and yes'));
  await session.send(turn('bad words'));
  await session.send(turn('good words'));
  await session.rewriting.question('turn bad words', 'better words');
  assert.deepEqual(
    requests.map(({ messages }) => messages.map(({ content }) => content)),
    [['good words'], ['better words']],
  );
});

test('without a verdict nothing goes out, and it is tried again', async () => {
  const { session, requests, last, verdicts } = open({ odd: failed }, answerWith('yes'));
  await session.send(turn('odd words'));
  assert.deepEqual(last().state, {
    phase: 'failed',
    problem: { kind: 'checkFailed', detail: 'no model', check: { by: 'my check', failure: 'exitCode' } },
  });
  assert.equal(requests.length, 0);
  delete verdicts['odd'];
  await session.again.retry(last().id);
  assert.deepEqual([requests.length, last().state.phase], [1, 'complete']);
});

test('Stop while what goes out is looked at sends nothing', async () => {
  const { session, requests, last, settle } = open({});
  const over = session.send(turn('wait'));
  await settle();
  assert.equal(session.moderation?.state?.phase, 'checking');
  session.stop();
  await over;
  assert.deepEqual([requests.length, last().state.phase, session.moderation.state], [0, 'stopped', undefined]);
});

test('an answer that is blocked is kept, runs no tool, and is no part of later requests', async () => {
  const { session, requests, events, last, changes } = open({ risky: block }, calling, answerWith('fine'));
  await session.send(turn('go on'));
  assert.deepEqual(last().check, { state: 'blocked', by: 'my check', reason: 'Not for others.' });
  assert.equal(last().content.length, 2);
  assert.deepEqual([events, last().calls], [[], undefined]);
  const shown = replay(changes).turns.at(-1);
  assert.deepEqual(shown?.role === 'assistant' && shown.check?.state, 'blocked');
  assert.equal(session.running, false);
  await session.send(turn('and now'));
  assert.deepEqual(requests[1]?.messages, [{ role: 'user', content: 'and now' }]);
  const adjustments = last().adjustments ?? [];
  assert.deepEqual(
    adjustments.map(({ reason }) => reason),
    ['blocked'],
  );
});

test('an answer without a verdict is looked at again when the user says so, and then its tools run', async () => {
  const { session, events, last, verdicts, settle } = open({ risky: failed }, calling, answerWith('fine'));
  await session.send(turn('go on'));
  assert.equal(last().check?.state, 'failed');
  assert.deepEqual(events, []);
  delete verdicts['risky'];
  void session.again.checkAgain(last().id);
  await settle();
  assert.deepEqual([events, session.running], [['a begins'], true]);
  session.stop();
  await session.idle();
  assert.equal(session.branch.turns.filter(({ role }) => role === 'assistant').length, 1);
});

test('while an answer is looked at it is running; Stop leaves it without a verdict', async () => {
  const { session, last, settle, changes } = open({}, answerWith('wait for it'));
  const over = session.send(turn('go on'));
  await settle();
  assert.equal(last().check?.state, 'checking');
  const shown = replay(changes).turns.at(-1);
  assert.ok(shown && isRunning(shown) && session.running);
  session.stop();
  await over;
  assert.deepEqual(last().check, { state: 'failed', by: 'my check', failure: 'stopped', detail: '' });
  assert.equal(session.running, false);
});

test('a window that ends while an answer is looked at leaves it without a verdict', async () => {
  const { session, ports, settle, store } = open({}, answerWith('wait for it'));
  void session.send(turn('go on'));
  await settle();
  await session.saved();
  const stored = store.load('c');
  assert.ok(stored);
  const again = new ChatSession(stored, ports);
  const last = again.branch.turns.at(-1);
  assert.deepEqual(last?.role === 'assistant' && last.check, {
    state: 'failed',
    by: '',
    failure: 'stopped',
    detail: '',
  });
});

test('a queued message waits behind an answer that is kept back', async () => {
  const { session, requests, settle } = open({ risky: block }, answerWith('risky'));
  const over = session.send(turn('go on'));
  session.enqueue(turn('then this'));
  await over;
  await settle();
  assert.deepEqual([requests.length, session.unsent.queue.turns.length], [1, 1]);
});
