import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChatSession } from '../../../src/core/chat/session.ts';
import { emptyConversation } from '../../../src/core/conversation/store.ts';
import { ToolRegistry } from '../../../src/core/tools/registry.ts';
import { todo } from '../../../src/core/tools/todo.ts';
import { amongOthers } from '../../../src/core/tools/tool.ts';
import type { Turn } from '../../../src/shared/conversation.ts';
import { lastTodo, lastTodoId } from '../../../src/shared/todo.ts';
import { answerWith, calling, replay, setUp, turn } from '../../support/session.ts';
import { MemoryWorkspace } from '../../support/toolWorkspace.ts';

const steps = [
  { text: 'Read the test', state: 'done' },
  { text: 'Mend the rate', state: 'doing' },
  { text: 'Run the tests', state: 'open' },
] as const;

test('a list is taken as it is meant, and anything else is answered with what it has to be', () => {
  const parse = (given: unknown) => todo.parse({ steps: given });
  assert.deepEqual(parse(steps), { ok: true, input: [...steps] });
  assert.deepEqual(parse(JSON.stringify(steps)), { ok: true, input: [...steps] }, 'some hand it over as text');
  assert.deepEqual(parse([{ text: ' Two\nlines ', state: 'open' }]), {
    ok: true,
    input: [{ text: 'Two lines', state: 'open' }],
  });
  assert.deepEqual(parse([]), { ok: true, input: [] }, 'an empty one takes the list away');
  for (const wrong of [
    undefined,
    'none',
    {},
    ['Read'],
    [{ text: 'Read' }],
    [{ text: '', state: 'open' }],
    [{ text: 'Read', state: 'soon' }],
    Array.from({ length: 101 }, () => steps[0]),
  ]) {
    const parsed = parse(wrong);
    assert.match(parsed.ok ? '' : parsed.problem, /^`steps` has to be a list of at most 100 steps/);
  }
});

test('in Plan as well the list is kept without a question, with the conversation, and the last one counts', async () => {
  const made = setUp(
    calling(['todo', { steps: steps.map(({ text }) => ({ text, state: 'open' })) }]),
    calling(['todo', { steps }], ['todo', { steps: 'none' }]),
    answerWith('Done.'),
  );
  const registry = new ToolRegistry(() => [amongOthers(todo)]);
  const tools = { registry, workspace: new MemoryWorkspace({}), isTrusted: () => true };
  const session = new ChatSession(emptyConversation('c'), { ...made.ports, tools });
  session.unsent.mode = 'plan';
  await session.send(turn('mend it'));
  assert.equal(made.requests.length, 3);
  assert.match(JSON.stringify(made.requests[2]?.messages.at(-1)), /The user sees the list: 1 of 3 done\./);
  assert.deepEqual(lastTodo(session.conversation.turns), steps);
  assert.deepEqual(lastTodo(replay(made.changes).turns), steps);
  await session.saved();
  const reopened = new ChatSession(made.store.load('c') ?? emptyConversation('c'), { ...made.ports, tools });
  assert.deepEqual(lastTodo(reopened.conversation.turns), steps);
  assert.equal(lastTodo(session.conversation.turns.slice(0, 1)), undefined);
});

test('a list that has not gone through is none', () => {
  const call = { index: 0, line: { action: 'todo', subject: '0/1' }, todo: [{ text: 'a', state: 'open' }] } as const;
  const answer = (state: 'done' | 'failed'): Turn => ({
    id: state,
    role: 'assistant',
    createdAt: 0,
    model: 'm',
    blocks: [],
    state: { phase: 'complete', stopReason: 'tool_use' },
    calls: [{ ...call, todo: [...call.todo], state }],
  });
  assert.deepEqual(lastTodo([answer('done'), answer('failed')]), call.todo);
  assert.equal(lastTodoId([answer('done'), answer('failed')]), 'done:0');
  assert.equal(lastTodo([answer('failed')]), undefined);
  assert.equal(lastTodoId([answer('failed')]), undefined);
});
