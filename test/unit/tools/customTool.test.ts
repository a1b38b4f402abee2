import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Agent } from '../../../src/core/agent/agent.ts';
import type { AnswerContent } from '../../../src/core/messages/wire.ts';
import { rulesFor } from '../../../src/core/models/modelRules.ts';
import type { PinnedFiles } from '../../../src/core/process/pinnedFiles.ts';
import { customTool, valueText } from '../../../src/core/tools/customTool.ts';
import { ToolRegistry } from '../../../src/core/tools/registry.ts';
import { readToolFile } from '../../../src/core/tools/toolFile.ts';
import { ToolError } from '../../../src/core/tools/workspace.ts';
import type { RanCall } from '../../../src/shared/ranCalls.ts';
import { MemoryWorkspace } from '../../support/toolWorkspace.ts';
import { turnOfLoop } from '../../support/turnOfLoop.ts';

const lookUp = {
  name: 'look_up',
  description: 'Looks a price up.',
  input_schema: { type: 'object', properties: { query: { type: 'string' } }, required: ['query'] },
  command: ['node', 'look up.mjs'],
};

/** An agent with one tool of a file, which can be changed. */
function setUp(fields: object = {}, mode: 'act' | 'plan' = 'act') {
  const inputs: unknown[] = [];
  const now: { file: object; state: 'ask' | 'once'; answer: string; pins: PinnedFiles } = {
    pins: { files: [{ path: 'look up.mjs', digest: 'as it was' }] },
    file: { ...lookUp, ...fields },
    state: 'ask',
    answer: 'cheap',
  };
  let calls: RanCall[] = [];
  const toolOfNow = () => {
    const read = readToolFile(JSON.stringify(now.file));
    assert.ok(read.ok);
    return customTool(read.tool, {
      source: 'tools/look_up.json',
      state: now.state,
      pins: () => Promise.resolve(now.pins),
      run: async input => {
        inputs.push(input);
        if (now.answer === 'fails') throw new ToolError('Error: no price');
        await turnOfLoop();
        return now.answer;
      },
    });
  };
  const agent = new Agent({
    conversationId: 'c',
    tools: {
      registry: new ToolRegistry(() => [toolOfNow()]),
      workspace: new MemoryWorkspace({}),
      isTrusted: () => true,
    },
    mode: () => mode,
    answeredByHand: () => [],
    newId: () => 'id',
    clock: () => 0,
  });
  const call = (input: object) => agent.run([use(input)], (_, all) => (calls = all), new AbortController().signal);
  /** Calls it, and answers where it asks; tells whether it has asked. */
  const callAndDecide = async (decision: 'allow' | 'allowInConversation' | 'deny' = 'allow'): Promise<boolean> => {
    const over = call({ query: 'apples' });
    await turnOfLoop();
    const hasAsked = calls[0]?.state === 'awaiting';
    agent.decide(0, decision);
    await over;
    return hasAsked;
  };
  return { agent, call, callAndDecide, inputs, now, calls: () => calls };
}

function use(input: object): AnswerContent {
  return { type: 'tool_use', id: 'a', name: 'look_up', inputJson: JSON.stringify(input), input: { ...input } };
}

test('a tool of a file is offered as the file says', () => {
  const { agent } = setUp();
  const { name, description, input_schema: schema } = lookUp;
  assert.deepEqual(agent.offered(rulesFor('m')), [{ name, description, input_schema: schema }]);
});

test('a call asks with exactly what it starts, and its result is what that has brought', async () => {
  const { agent, call, calls, inputs } = setUp();
  const over = call({ query: 'apples' });
  await turnOfLoop();
  assert.deepEqual(calls()[0], {
    index: 0,
    state: 'awaiting',
    line: { action: 'tool', subject: 'look_up' },
    start: { kind: 'command', words: ['node', 'look up.mjs'], source: 'tools/look_up.json' },
  });
  assert.deepEqual(inputs, []);
  agent.decide(0, 'allow');
  const [done] = await over;
  assert.deepEqual([done?.state, done?.result], ['done', { text: 'cheap', isError: false }]);
  assert.deepEqual(inputs, [{ query: 'apples' }]);
});

test('an input that does not fit goes back to the model, and nobody is asked', async () => {
  const { call, inputs } = setUp();
  const [failed] = await call({ query: 3 });
  assert.deepEqual(
    [failed?.state, failed?.result],
    ['failed', { text: 'Error: /query: must be a string.', isError: true }],
  );
  assert.deepEqual(inputs, []);
});

test('a tool that only reads is asked about as well: its file says so, not the user', async () => {
  const { callAndDecide } = setUp({ reads: true }, 'plan');
  assert.equal(await callAndDecide(), true);
  assert.equal(await callAndDecide('allowInConversation'), true);
  assert.equal(await callAndDecide(), false);
});

test('a tool whose script has changed since it was allowed is asked about anew', async () => {
  const { callAndDecide, now } = setUp();
  await callAndDecide('allowInConversation');
  assert.equal(await callAndDecide(), false);
  now.pins = { files: [{ path: 'look up.mjs', digest: 'changed' }] };
  assert.equal(await callAndDecide('allowInConversation'), true);
  assert.equal(await callAndDecide(), false);
});

test('where its script imports more than is watched, the question says so', async () => {
  const { call, calls, agent, now } = setUp();
  now.pins = { ...now.pins, isCut: true };
  const over = call({ query: 'apples' });
  await turnOfLoop();
  assert.equal(calls()[0]?.start?.importsMore, true);
  agent.decide(0, 'deny');
  await over;
});

test('in a plan a tool that does not say that it reads is not run', async () => {
  const { call } = setUp({}, 'plan');
  const [denied] = await call({ query: 'a' });
  assert.equal(denied?.result?.text, 'Not executed: in this conversation tools may only read.');
});

test('where the user wants to be asked once, their word counts for the conversation', async () => {
  const { callAndDecide, now, calls } = setUp();
  assert.deepEqual([await callAndDecide(), await callAndDecide()], [true, true]);
  now.state = 'once';
  assert.equal(await callAndDecide('deny'), true);
  assert.deepEqual([await callAndDecide(), await callAndDecide()], [true, false]);
  assert.equal(calls()[0]?.state, 'done');
});

test('a tool that has changed since it was allowed is asked about anew, whatever of it has changed', async () => {
  const { callAndDecide, now } = setUp();
  await callAndDecide('allowInConversation');
  assert.equal(await callAndDecide(), false);
  for (const change of [
    { command: ['node', 'other.mjs'] },
    { description: 'Looks.' },
    { reads: true },
    { input_schema: { type: 'object' } },
    { timeLimitSeconds: 3_000 },
    { command: undefined, editorCommand: 'node look up.mjs' },
  ]) {
    now.file = { ...lookUp, ...change };
    assert.equal(await callAndDecide(), true, JSON.stringify(change));
  }
  now.file = lookUp;
  assert.equal(await callAndDecide(), false, 'what was allowed is as it was');
});

test('a call that waits keeps the tool that it began with', async () => {
  const { agent, call, now, inputs } = setUp();
  const over = call({ query: 'apples' });
  await turnOfLoop();
  now.file = { ...lookUp, input_schema: { type: 'object', required: ['other'] } };
  agent.decide(0, 'allow');
  const [done] = await over;
  assert.equal(done?.state, 'done');
  assert.deepEqual(inputs, [{ query: 'apples' }]);
});

test('a failure is told in its words, and nothing as that', async () => {
  const { callAndDecide, now, calls } = setUp();
  now.answer = 'fails';
  await callAndDecide();
  assert.deepEqual(calls()[0]?.result, { text: 'Error: no price', isError: true });
  now.answer = '';
  await callAndDecide();
  assert.deepEqual(calls()[0]?.result, { text: '(no output)', isError: false });
});

test('a tool without a way to run is offered, and its calls are left to the user', async () => {
  const { agent, call } = setUp({ command: undefined });
  assert.equal(agent.offered(rulesFor('m')).length, 1);
  assert.deepEqual(await call({ query: 'a' }), []);
});

test('where results are recorded, nothing runs and nobody is asked', async () => {
  const read = readToolFile(JSON.stringify({ ...lookUp, replay: true }));
  assert.ok(read.ok && read.tool.replay);
  const tool = customTool(read.tool, {
    source: 'tools/look_up.json',
    state: 'ask',
    run: () => assert.fail('It has run.'),
    recorded: ({ query }) =>
      query === 'none' ? undefined : { text: `recorded ${String(query)}`, isError: query === 'bad' },
  });
  const resultOf = async (query: string): Promise<unknown> => {
    const call = tool.read({ query });
    assert.ok(call.ok);
    assert.deepEqual([call.call.effect, call.call.permission], ['reads', undefined]);
    const { run, start } = await call.call.prepare({ workspace: new MemoryWorkspace({}), conversationId: 'c' });
    assert.equal(start, undefined);
    return run(new AbortController().signal, () => undefined);
  };
  assert.equal(await resultOf('apples'), 'recorded apples');
  await assert.rejects(resultOf('bad'), new ToolError('recorded bad'));
  await assert.rejects(resultOf('none'), new ToolError('Error: No result is recorded for this input.'));
  assert.equal(tool.read({ query: 3 }).ok, false, 'inputs are checked all the same');
});

test('what a command of the editor gives back is text', () => {
  assert.equal(valueText(undefined), '');
  assert.equal(valueText('a'), 'a');
  assert.equal(valueText({ a: [1] }), '{\n  "a": [\n    1\n  ]\n}');
  const circle: unknown[] = [];
  circle.push(circle);
  assert.match(valueText(circle), /can’t be written as text/);
  assert.equal(
    valueText(() => 1),
    'function',
  );
  assert.throws(() => valueText('x'.repeat(100_001)), ToolError);
});
