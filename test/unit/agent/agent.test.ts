import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Agent } from '../../../src/core/agent/agent.ts';
import type { AnswerContent } from '../../../src/core/messages/wire.ts';
import { rulesFor } from '../../../src/core/models/modelRules.ts';
import { ToolRegistry } from '../../../src/core/tools/registry.ts';
import { amongOthers, type Tool } from '../../../src/core/tools/tool.ts';
import { ToolError } from '../../../src/core/tools/workspace.ts';
import type { RanCall } from '../../../src/shared/ranCalls.ts';
import type { ToolMode } from '../../../src/shared/toolMode.ts';
import { agentWith } from '../../support/agentWith.ts';
import { type Events, ownTools, waitingTool } from '../../support/testTools.ts';
import { MemoryWorkspace } from '../../support/toolWorkspace.ts';
import { turnOfLoop } from '../../support/turnOfLoop.ts';

function setUp(mode: ToolMode = 'act', byHand: string[] = []) {
  const events: Events = [];
  const waiting = new Map<string, () => void>();
  const abort = new AbortController();
  const user = { mode, isTrusted: true };
  let calls: RanCall[] = [];
  let now = 0;
  const registry = new ToolRegistry(() => [
    amongOthers(waitingTool('reads', events, waiting)),
    amongOthers(waitingTool('changes', events, waiting)),
  ]);
  const agent = new Agent({
    conversationId: 'c',
    tools: { registry, workspace: new MemoryWorkspace({}), isTrusted: () => user.isTrusted },
    mode: () => user.mode,
    answeredByHand: () => byHand,
    newId: () => 'id',
    clock: () => now,
  });
  const run = (...content: AnswerContent[]) => agent.run(content, (_, all) => (calls = all), abort.signal);
  const release = async (name: string): Promise<void> => {
    waiting.get(name)?.();
    await turnOfLoop();
  };
  const states = () => calls.map(({ state }) => state).join(' ');
  const results = () => calls.map(({ result }) => result?.text);
  const pass = (milliseconds: number) => void (now += milliseconds);
  return { agent, run, release, states, results, events, abort, user, pass, calls: () => calls };
}

function call(tool: string, input: Record<string, unknown> | undefined, json = JSON.stringify(input)): AnswerContent {
  return { type: 'tool_use', id: `id ${json}`, name: tool, inputJson: json, ...(input && { input }) };
}
const look = (name: string): AnswerContent => call('look', { name });
const change = (name: string): AnswerContent => call('change', { name });
const text: AnswerContent = { type: 'text', text: 'I look.' };

test('reading calls run side by side, and their results keep the order of the calls', async () => {
  const { run, release, states, results, events, calls } = setUp();
  const over = run(text, look('a'), look('b'));
  await turnOfLoop();
  assert.equal(states(), 'running running');
  await release('b');
  assert.equal(states(), 'running done');
  await release('a');
  assert.deepEqual(await over, calls());
  assert.deepEqual(results(), ['a done', 'b done']);
  assert.deepEqual(events, ['a begins', 'b begins', 'b ends', 'a ends']);
  assert.deepEqual(
    calls().map(({ index }) => index),
    [1, 2],
    'each names its block',
  );
});

test('changing calls run one after the other, each with the user’s word, and what reads waits for those before it', async () => {
  const { agent, run, release, states, events } = setUp();
  const over = run(look('a'), change('b'), change('c'), look('d'));
  await turnOfLoop();
  assert.equal(states(), 'running requested requested requested');
  await release('a');
  assert.equal(states(), 'done awaiting requested requested');
  agent.decide(2, 'allow');
  await turnOfLoop();
  assert.equal(states(), 'done awaiting requested requested', 'the word on another call counts for nothing');
  agent.decide(1, 'allow');
  await turnOfLoop();
  assert.equal(states(), 'done running requested requested');
  await release('b');
  assert.equal(states(), 'done done awaiting requested', 'it is asked for each time');
  agent.decide(2, 'deny');
  await turnOfLoop();
  await release('d');
  await over;
  assert.equal(states(), 'done done denied done');
  assert.deepEqual(events, ['a begins', 'a ends', 'b begins', 'b ends', 'd begins', 'd ends']);
});

test('what is denied has a result that says so', async () => {
  const { agent, run, results } = setUp();
  const over = run(change('a'));
  await turnOfLoop();
  agent.decide(0, 'deny');
  const [denied] = await over;
  assert.deepEqual(denied?.result, { text: 'Not executed: the user declined.', isError: true });
  assert.deepEqual(results(), ['Not executed: the user declined.']);
});

test('what is allowed for the conversation is not asked for again, but where it calls for caution', async () => {
  const { agent, run, release, states } = setUp();
  const first = run(change('a'));
  await turnOfLoop();
  agent.decide(0, 'allowInConversation');
  await turnOfLoop();
  await release('a');
  await first;
  const second = run(change('b'), change('secret'), change('c'));
  await turnOfLoop();
  assert.equal(states(), 'running requested requested');
  await release('b');
  assert.equal(states(), 'done awaiting requested');
  agent.decide(1, 'allowInConversation');
  await turnOfLoop();
  await release('secret');
  await release('c');
  await second;
  const third = run(change('secret'));
  await turnOfLoop();
  assert.equal(states(), 'awaiting', 'and each time again');
  agent.decide(0, 'deny');
  await third;
});

test('of calls that wait for the user’s word at once, one is asked about at a time', async () => {
  const { agent, run, release, states } = setUp();
  const over = run(look('secret'), look('a'), look('secret'));
  await turnOfLoop();
  assert.equal(states(), 'awaiting running requested');
  agent.decide(0, 'deny');
  await turnOfLoop();
  assert.equal(states(), 'denied running awaiting');
  agent.decide(2, 'allow');
  await turnOfLoop();
  await release('a');
  await release('secret');
  await over;
  assert.equal(states(), 'denied done done');
});

test('a plan only reads, and says so to the model', async () => {
  const { run, release, states, results } = setUp('plan');
  const over = run(look('a'), change('b'));
  await turnOfLoop();
  await release('a');
  await over;
  assert.equal(states(), 'done denied');
  assert.deepEqual(results(), ['a done', 'Not executed: in this conversation tools may only read.']);
});

test('a mode that is chosen while calls wait counts for those that have not run', async () => {
  const { agent, run, user, states } = setUp();
  const over = run(change('a'), change('b'), look('c'));
  await turnOfLoop();
  user.mode = 'chat';
  agent.decide(0, 'deny');
  await over;
  assert.equal(states(), 'denied denied denied');
});

test('what can’t be run is answered with what came, and keeps nothing else from running', async () => {
  const { agent, run, release, calls, states } = setUp();
  const over = run(
    call('look', undefined, '{"name": "a'),
    call('rocket', { name: 'a' }),
    call('look', {}),
    look('throws'),
    look('unfit'),
    look('a'),
  );
  await turnOfLoop();
  await release('a');
  await over;
  assert.equal(states(), 'failed failed failed failed failed done');
  assert.deepEqual(
    calls().map(({ result }) => [result?.isError, result?.text]),
    [
      [true, '{"INVALID_JSON":"{\\"name\\": \\"a"}'],
      [true, 'Error: There is no tool called rocket.'],
      [true, 'Error: `name` is missing.'],
      [true, 'Error: broken inside'],
      [true, 'Error: unfit'],
      [false, 'a done'],
    ],
  );
  assert.deepEqual(calls()[1]?.line, { action: 'unknown', subject: 'rocket' });
  assert.ok(agent);
});

test('Stop ends what runs and what waits, at once, and every call has its result', async () => {
  const { run, states, results, abort } = setUp();
  const over = run(look('a'), look('secret'), change('b'));
  await turnOfLoop();
  assert.equal(states(), 'running awaiting requested');
  abort.abort();
  await over;
  assert.equal(states(), 'failed failed failed');
  assert.deepEqual(results(), [
    'The user stopped it while it ran. Whether it has had an effect is not known. So far:\na so far',
    'Not executed: the user stopped.',
    'Not executed: the user stopped.',
  ]);
});

test('the Stop of one call ends that alone: its result says so, and the others go on', async () => {
  const { agent, run, release, states, results, abort } = setUp();
  const over = run(look('a'), look('b'), change('c'));
  await turnOfLoop();
  agent.stop(2);
  agent.stop(0);
  await turnOfLoop();
  assert.equal(states(), 'failed running requested', 'what has not begun is not ended by it');
  await release('b');
  agent.decide(2, 'allow');
  await turnOfLoop();
  await release('c');
  await over;
  assert.equal(abort.signal.aborted, false);
  assert.equal(states(), 'failed done done');
  assert.deepEqual(results(), [
    'The user stopped it while it ran. Whether it has had an effect is not known. So far:\na so far',
    'b done',
    'c done',
  ]);
});

test('a program that is stopped alone is waited for, and tells its end in its own words where it has some', async () => {
  for (const [error, told] of [
    [new ToolError('Error: The user stopped the command.'), 'Error: The user stopped the command.'],
    [
      new DOMException('aborted', 'AbortError'),
      'The user stopped it while it ran. Whether it has had an effect is not known. So far:\nso far',
    ],
  ] as const) {
    const ended = Promise.withResolvers<undefined>();
    const program: Tool<null> = {
      name: 'program',
      definition: () => ({ name: 'program', input_schema: { type: 'object' } }),
      parse: () => ({ ok: true, input: null }),
      effect: () => 'reads',
      line: () => ({ action: 'run', subject: 'program' }),
      prepare: () =>
        Promise.resolve({
          cautions: [],
          startsProgram: true,
          run: async (signal, progress) => {
            progress('so far');
            await new Promise(resolve => signal.addEventListener('abort', resolve));
            await ended.promise;
            throw error;
          },
        }),
    };
    let calls: RanCall[] = [];
    const agent = agentWith([amongOthers(program)]);
    const over = agent.run([call('program', {})], (_, all) => (calls = all), new AbortController().signal);
    await turnOfLoop();
    agent.stop(0);
    await turnOfLoop();
    assert.equal(calls[0]?.state, 'running', 'it may still write');
    ended.resolve(undefined);
    await over;
    assert.deepEqual(calls[0].result, { text: told, isError: true });
  }
});

test('after a stop the next calls run as ever', async () => {
  const { agent, run, release, abort, events, pass } = setUp();
  const over = run(change('a'));
  await turnOfLoop();
  abort.abort();
  await over;
  const next = agent.run([look('b'), change('c')], () => undefined, new AbortController().signal);
  await turnOfLoop();
  pass(40);
  await release('b');
  agent.decide(1, 'allow');
  await turnOfLoop();
  await release('c');
  const calls = await next;
  assert.deepEqual(
    calls.map(({ state, durationMs }) => [state, durationMs]),
    [
      ['done', 40],
      ['done', 0],
    ],
    'the wait for the user is no part of the time',
  );
  assert.deepEqual(events, ['b begins', 'b ends', 'c begins', 'c ends']);
});

test('calls to tools that the user answers by hand are left to the user', async () => {
  const { agent, run, release, calls } = setUp('act', ['look', 'weather']);
  assert.deepEqual(await run(call('weather', {}), look('a')), []);
  const over = run(call('weather', {}), change('a'));
  await turnOfLoop();
  agent.decide(1, 'allow');
  await turnOfLoop();
  await release('a');
  await over;
  assert.deepEqual(
    calls().map(({ index }) => index),
    [1],
  );
  const names = agent.offered(rulesFor('m')).map(({ name }) => name);
  assert.deepEqual(names, ['change'], 'and the request has no second tool of that name');
});

test('without a mode that has tools, or in a workspace that is not trusted, nothing is offered and nothing runs', async () => {
  const { agent, run, user, states } = setUp('chat');
  assert.deepEqual(agent.offered(rulesFor('m')), []);
  assert.deepEqual(await run(look('a')), []);
  assert.equal(agent.isHeldBack, false);
  Object.assign(user, { mode: 'act', isTrusted: false });
  assert.deepEqual(agent.offered(rulesFor('m')), []);
  assert.deepEqual(await run(change('a')), []);
  assert.equal(agent.isHeldBack, true);
  assert.equal(states(), '');
});

test('what a call says while it runs is seen, and is gone once there is a result', async () => {
  const { run, release, calls } = setUp('plan');
  const running = run(look('a'));
  await turnOfLoop();
  assert.equal(calls()[0]?.output, 'a so far');
  await release('a');
  await running;
  await turnOfLoop();
  assert.deepEqual(calls()[0]?.result, { text: 'a done', isError: false });
  assert.equal(calls()[0]?.output, undefined);
});

test('what a program changes can be brought back: it runs inside of what keeps that, and not where nothing can be kept', async () => {
  const events: Events = [];
  const workspace = new MemoryWorkspace({});
  const keeping = {
    locate: workspace.locate,
    read: workspace.read,
    image: workspace.image,
    list: workspace.list,
    write: workspace.write,
    aroundProgram: async <Result>(run: () => Promise<Result>): Promise<Result> => {
      if (events.length > 0) throw new ToolError('Error: nothing can be kept');
      events.push('before');
      const result = await run();
      events.push('after');
      return result;
    },
  };
  const program: Tool<null> = {
    name: 'program',
    definition: () => ({ name: 'program', input_schema: { type: 'object' } }),
    parse: () => ({ ok: true, input: null }),
    effect: () => 'reads',
    line: () => ({ action: 'run', subject: 'program' }),
    prepare: () =>
      Promise.resolve({ cautions: [], startsProgram: true, run: () => Promise.resolve(String(events.push('runs'))) }),
  };
  const agent = agentWith([amongOthers(program)], keeping);
  const run = () => agent.run([call('program', {})], () => undefined, new AbortController().signal);
  assert.equal((await run())[0]?.state, 'done');
  assert.deepEqual(events, ['before', 'runs', 'after']);
  assert.deepEqual((await run())[0]?.result, { text: 'Error: nothing can be kept', isError: true });
  assert.deepEqual(events, ['before', 'runs', 'after']);
});

test('of a change some hunks are taken: those are made, marked and told, and all left is a denial', async () => {
  const lines = (changed: number[]): string =>
    Array.from({ length: 20 }, (_, at) => (changed.includes(at) ? 'new\n' : `${at}\n`)).join('');
  const workspace = new MemoryWorkspace({ 'a.ts': lines([]) });
  const agent = agentWith(ownTools(), workspace);
  const { signal } = new AbortController();
  const edit = call('str_replace_based_edit_tool', { command: 'create', path: 'a.ts', file_text: lines([1, 10]) });
  const decide = async (left: number[]) => {
    const over = agent.run([edit], () => undefined, signal);
    await turnOfLoop();
    agent.decide(0, 'allow', left);
    return (await over)[0];
  };
  const none = await decide([0, 1]);
  assert.deepEqual([none?.state, none?.result?.text], ['denied', 'Not executed: the user declined.']);
  assert.equal(workspace.files.get('a.ts'), lines([]));
  const part = await decide([1, 7]);
  assert.deepEqual(
    part?.diff?.hunks.map(({ fate }) => fate),
    [undefined, 'left'],
  );
  assert.equal(workspace.files.get('a.ts'), lines([1]));
  assert.match(part.result?.text ?? '', /the user has taken 1 of 2 changes/);
});
