import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Conversations } from '../../../src/core/chat/conversations.ts';
import { ChatSession } from '../../../src/core/chat/session.ts';
import { type ConversationStore, emptyConversation, type StoreChange } from '../../../src/core/conversation/store.ts';
import type { AnswerContent } from '../../../src/core/messages/wire.ts';
import { ToolRegistry } from '../../../src/core/tools/registry.ts';
import { amongOthers } from '../../../src/core/tools/tool.ts';
import { imagesOfCalls } from '../../../src/shared/ranCalls.ts';
import { dot } from '../../support/dot.ts';
import { answerWith, calling, replay, type Script, setUp, summary, turn } from '../../support/session.ts';
import { type Events, showingTool, waitingTool } from '../../support/testTools.ts';
import { MemoryWorkspace } from '../../support/toolWorkspace.ts';
import { turnOfLoop } from '../../support/turnOfLoop.ts';

/** A session whose tools wait until they are released, in Act. */
function open(...scripts: Script[]) {
  const made = setUp(...scripts);
  const events: Events = [];
  const waiting = new Map<string, () => void>();
  const user = { isTrusted: true, isOverBudget: false };
  const registry = new ToolRegistry(() => [
    amongOthers(waitingTool('reads', events, waiting)),
    amongOthers(waitingTool('changes', events, waiting)),
    amongOthers(showingTool),
  ]);
  const running: boolean[] = [];
  const ports = {
    ...made.ports,
    tools: { registry, workspace: new MemoryWorkspace({}), isTrusted: () => user.isTrusted },
    isOverBudget: () => Promise.resolve(user.isOverBudget),
    runningChanged: (isRunning: boolean) => running.push(isRunning),
    mayGoOut: () => Promise.resolve(true),
  };
  const session = new ChatSession(emptyConversation('c'), ports);
  session.unsent.mode = 'act';
  const settle = async (): Promise<void> => {
    for (let turns = 0; turns < 20; turns++) await turnOfLoop();
  };
  const release = async (name: string): Promise<void> => {
    waiting.get(name)?.();
    await settle();
  };
  const lastId = () => session.branch.turns.at(-1)?.id ?? '';
  /** What the last answer’s calls have come to. */
  const calls = () => {
    const last = session.branch.turns.findLast(({ role }) => role === 'assistant');
    return last?.role === 'assistant' ? (last.calls ?? []) : [];
  };
  return { ...made, session, ports, events, release, settle, user, running, lastId, calls };
}

/** Thinks before it calls. */
function thinking(script: Script): Script {
  return (listener, message, signal) => {
    const block: AnswerContent = { type: 'thinking', thinking: 'I should look.', signature: 'signed' };
    message.content.push(block);
    listener.blockStarted(0, block);
    return script(listener, message, signal);
  };
}

const look = (name: string): [string, Record<string, unknown>] => ['look', { name }];
const change = (name: string): [string, Record<string, unknown>] => ['change', { name }];

test('tools run until the model ends: all results in one turn, in the order of the calls, thinking before them', async () => {
  const { session, requests, release, settle, running, changes, store } = open(
    thinking(calling(look('a'), look('b'))),
    thinking(calling(change('c'))),
    answerWith('Done.'),
  );
  const sent = session.send(turn('look and change'));
  await settle();
  await release('b');
  await release('a');
  session.decideCall(session.branch.turns.at(-1)?.id ?? '', 1, 'allow');
  await settle();
  await release('c');
  assert.equal(await sent, true);
  assert.equal(requests.length, 3);
  assert.deepEqual(
    requests[2]?.messages.map(({ role, content }) => [role, content]),
    [
      ['user', 'look and change'],
      [
        'assistant',
        [
          { type: 'thinking', thinking: 'I should look.', signature: 'signed' },
          { type: 'tool_use', id: 't0', name: 'look', input: { name: 'a' } },
          { type: 'tool_use', id: 't1', name: 'look', input: { name: 'b' } },
        ],
      ],
      [
        'user',
        [
          { type: 'tool_result', tool_use_id: 't0', content: 'a done' },
          { type: 'tool_result', tool_use_id: 't1', content: 'b done' },
        ],
      ],
      [
        'assistant',
        [
          { type: 'thinking', thinking: 'I should look.', signature: 'signed' },
          { type: 'tool_use', id: 't0_2', name: 'change', input: { name: 'c' } },
        ],
      ],
      ['user', [{ type: 'tool_result', tool_use_id: 't0_2', content: 'c done', cache_control: { type: 'ephemeral' } }]],
    ].map(([role, content]) => [role, uncached(content)]),
  );
  assert.deepEqual(
    requests.map(({ tools }) => tools?.map(({ name }) => name).join()),
    ['look,change,show', 'look,change,show', 'look,change,show'],
  );
  assert.match(JSON.stringify(requests[0]?.system), /Its root is `\.`/);
  assert.deepEqual(running, [true, false], 'it runs from the question to the last answer');
  assert.deepEqual(replay(changes), session.conversation, 'the view is told all of it');
  await session.saved();
  assert.deepEqual(store.load('c')?.turns, session.branch.turns, 'and so is the store');
  assert.equal(store.load('c')?.mode, 'act');
});

/** Marks for the cache are no part of what is asserted. */
function uncached(content: unknown): unknown {
  return JSON.parse(JSON.stringify(content, (key, value: unknown) => (key === 'cache_control' ? undefined : value)));
}

for (const [choice, later] of [
  [
    { type: 'any', disable_parallel_tool_use: true },
    { type: 'auto', disable_parallel_tool_use: true },
  ],
  [{ type: 'tool', name: 'look' }, { type: 'auto' }],
  [{ type: 'auto' }, { type: 'auto' }],
  [{ type: 'none' }, { type: 'none' }],
] as const) {
  test(`the choice ${choice.type} is for the message; with the results it is ${later.type}`, async () => {
    const { session, requests } = open(calling(['rocket', {}]), answerWith('Done.'));
    session.unsent.parameters = { tool_choice: choice };
    await session.send(turn('go'));
    assert.deepEqual(
      requests.map(({ tool_choice: sent }) => sent),
      [choice, later],
    );
    const answers = session.branch.turns.filter(({ role }) => role === 'assistant');
    const said = answers.map(answer => (answer.role === 'assistant' ? (answer.adjustments ?? []) : []));
    const freed = { field: 'tool_choice', change: 'changed', reason: 'withResults', sent: 'auto' };
    assert.deepEqual(said, [[], choice.type === later.type ? [] : [freed]]);
  });
}

test('who waits for the user’s word is told once, also of a conversation that nobody shows', async () => {
  const { ports, settle } = open(calling(change('a')), answerWith('Then not.'));
  const asking: string[] = [];
  const left: string[] = [];
  const conversations = new Conversations({
    ...ports,
    tools: { ...ports.tools, left: id => left.push(id) },
    onRun: () => undefined,
    onAsk: ({ id }) => asking.push(id),
    reviewed: () => undefined,
    hasFindings: () => false,
  });
  const viewer = {
    changed: () => undefined,
    runningChanged: () => undefined,
    unsaved: () => undefined,
    mayGoOut: () => Promise.resolve(true),
    taken: () => undefined,
  };
  const session = await conversations.enter('c', viewer);
  session.unsent.mode = 'act';
  const sent = session.send(turn('change'));
  conversations.leave(session, viewer);
  await settle();
  assert.deepEqual(asking, ['c']);
  session.decideCall(session.branch.turns.at(-1)?.id ?? '', 0, 'deny');
  await sent;
  assert.deepEqual(asking, ['c']);
  await settle();
  assert.deepEqual(left, ['c'], 'and once nothing of it goes on, what tools have kept for it is ended');
});

test('what is denied goes back as such, and the model goes on', async () => {
  const { session, requests, settle } = open(calling(change('a')), answerWith('Then not.'));
  const sent = session.send(turn('change'));
  await settle();
  session.decideCall('another turn', 0, 'allow');
  session.decideCall(session.branch.turns.at(-1)?.id ?? '', 0, 'deny');
  await sent;
  assert.deepEqual(uncached(requests[1]?.messages.at(-1)?.content), [
    { type: 'tool_result', tool_use_id: 't0', content: 'Not executed: the user declined.', is_error: true },
  ]);
});

test('a broken input and an unknown name are handed back as failures', async () => {
  const { session, requests } = open(calling(['look', undefined], ['rocket', {}]), answerWith('I see.'));
  await session.send(turn('look'));
  const [, answer, results] = requests[1]?.messages ?? [];
  assert.deepEqual(answer?.content, [
    { type: 'tool_use', id: 't0', name: 'look', input: {} },
    { type: 'tool_use', id: 't1', name: 'rocket', input: {} },
  ]);
  assert.deepEqual(uncached(results?.content), [
    { type: 'tool_result', tool_use_id: 't0', content: '{"INVALID_JSON":"{\\"name\\""}', is_error: true },
    { type: 'tool_result', tool_use_id: 't1', content: 'Error: There is no tool called rocket.', is_error: true },
  ]);
});

/** Ends an answer with another word than that for calls. */
function endingWith(stopReason: string, script: Script): Script {
  return async (listener, message, signal) => {
    const end = await script(listener, message, signal);
    message.stopReason = stopReason;
    return end;
  };
}

test('a call that the token limit has cut is not run, and the model hears why', async () => {
  const cut = endingWith('max_tokens', calling(['rocket', {}], ['change', undefined]));
  const { session, requests, events } = open(cut, answerWith('In parts, then.'));
  await session.send(turn('write much'));
  assert.deepEqual(events, []);
  assert.deepEqual(uncached(requests[1]?.messages.at(-1)?.content), [
    { type: 'tool_result', tool_use_id: 't0', content: 'Error: There is no tool called rocket.', is_error: true },
    {
      type: 'tool_result',
      tool_use_id: 't1',
      content: 'Not executed: the limit of tokens has cut this call off. Make it smaller, or several of it.',
      is_error: true,
    },
  ]);
});

test('an answer that pauses with calls goes on with their results', async () => {
  const { session, requests } = open(endingWith('pause_turn', calling(['rocket', {}])), answerWith('Done.'));
  await session.send(turn('go'));
  assert.equal(requests.length, 2);
  assert.equal(uncachedText(requests[1]?.messages.at(-1)?.content), 'Error: There is no tool called rocket.');
});

/** The service searches by itself, and pauses after what it has found. */
const searching: Script = (listener, message) => {
  const blocks: AnswerContent[] = [
    { type: 'thinking', thinking: 'I should search.', signature: 'signed' },
    { type: 'other', raw: { type: 'server_tool_use', id: 's', name: 'web_search', input: { query: 'tides' } } },
    { type: 'other', raw: { type: 'web_search_tool_result', tool_use_id: 's', content: [{ encrypted_content: 'x' }] } },
  ];
  for (const block of blocks) listener.blockStarted(message.content.push(block) - 1, block);
  message.stopReason = 'pause_turn';
  return { kind: 'complete', message };
};

test('an answer that pauses goes on by itself, from all that it holds as it is, and stays one answer', async () => {
  const { session, requests, changes, store } = open(searching, searching, answerWith('High at noon.'));
  await session.send(turn('go'));
  assert.equal(requests.length, 3);
  const held = [
    { type: 'thinking', thinking: 'I should search.', signature: 'signed' },
    { type: 'server_tool_use', id: 's', name: 'web_search', input: { query: 'tides' } },
    { type: 'web_search_tool_result', tool_use_id: 's', content: [{ encrypted_content: 'x' }] },
  ];
  assert.deepEqual(requests[1]?.messages.slice(1), [{ role: 'assistant', content: held }]);
  assert.deepEqual(requests[2]?.messages.slice(1), [{ role: 'assistant', content: [...held, ...held] }]);
  assert.deepEqual(requests[2].tools, requests[0]?.tools);
  assert.deepEqual(
    session.branch.turns.map(({ role }) => role),
    ['user', 'assistant'],
  );
  const [, answer] = session.branch.turns;
  assert.equal(answer?.role === 'assistant' && answer.content.length, 7);
  assert.deepEqual(replay(changes), session.conversation);
  await session.saved();
  assert.deepEqual(store.load('c')?.turns, session.branch.turns);
});

test('an answer that pauses with nothing but text goes on as one that was cut, and its calls then run', async () => {
  const { session, requests } = open(
    endingWith('pause_turn', answerWith('I search')),
    calling(['rocket', {}]),
    answerWith('Done.'),
  );
  await session.send(turn('go'));
  assert.equal(requests.length, 3);
  assert.match(JSON.stringify(requests[1]?.messages), /I search/);
  assert.equal(uncachedText(requests[2]?.messages.at(-1)?.content), 'Error: There is no tool called rocket.');
});

test('pauses count as rounds: after 25 requests, or past a budget, the user is asked, and Continue goes on', async () => {
  const { session, requests, lastId, user } = open(...Array.from({ length: 26 }, () => searching), answerWith('Done.'));
  await session.send(turn('go'));
  assert.equal(requests.length, 25);
  const [, answer] = session.branch.turns;
  assert.equal(answer?.role === 'assistant' && answer.pause, 'rounds');
  user.isOverBudget = true;
  await session.continue(lastId());
  assert.equal(requests.length, 26);
  assert.equal(answer?.role === 'assistant' && answer.pause, 'budget');
  user.isOverBudget = false;
  await session.continue(lastId());
  assert.equal(requests.length, 27);
  assert.equal(answer?.role === 'assistant' && answer.content.length, 26 * 3 + 1);
  assert.equal(answer?.role === 'assistant' && answer.pause, undefined);
});

test('Stop ends an answer that goes on after a pause, and keeps what it holds', async () => {
  const waiting: Script = (_, message, signal) =>
    new Promise(resolve => signal.addEventListener('abort', () => resolve({ kind: 'stopped', message })));
  const { session, requests, settle } = open(searching, waiting);
  const sent = session.send(turn('go'));
  await settle();
  assert.equal(requests.length, 2);
  session.stop();
  await sent;
  const [, answer] = session.branch.turns;
  assert.ok(answer?.role === 'assistant');
  assert.deepEqual([answer.state.phase, answer.content.length], ['stopped', 3]);
});

/** The text of the first result. */
function uncachedText(content: unknown): unknown {
  const [first] = content as { content?: unknown }[];
  return first?.content;
}

for (const [state, script] of [
  ['running', calling(look('a'))],
  ['awaiting', calling(change('a'))],
] as const) {
  test(`Stop while a call is ${state} leaves a conversation that can go on`, async () => {
    const { session, requests, settle, calls, lastId, running } = open(script, answerWith('Well.'));
    const sent = session.send(turn('look'));
    await settle();
    assert.equal(calls()[0]?.state, state);
    session.stop();
    await sent;
    assert.deepEqual(running, [true, false]);
    assert.equal(session.running, false);
    assert.equal(calls()[0]?.state, 'failed');
    assert.equal(requests.length, 1, 'nothing goes out by itself');
    await session.handBack(lastId());
    assert.equal(requests.length, 2);
    assert.deepEqual(uncached(requests[1]?.messages.at(-1)?.content), [
      { type: 'tool_result', tool_use_id: 't0', content: resultOf(session), is_error: true },
    ]);
  });
}

/** Of the first call of the first answer. */
function resultOf(session: ChatSession): string | undefined {
  const answer = session.branch.turns[1];
  return answer?.role === 'assistant' ? answer.calls?.[0]?.result?.text : undefined;
}

test('the Stop of one call lets the answer go on, with its result beside the others', async () => {
  const { session, requests, settle, release, lastId } = open(calling(look('a'), look('b')), answerWith('Well.'));
  const sent = session.send(turn('look'));
  await settle();
  session.stopCall('another turn', 0);
  session.stopCall(lastId(), 1);
  await settle();
  await release('a');
  await sent;
  assert.equal(requests.length, 2);
  const [first, second] = uncached(requests[1]?.messages.at(-1)?.content) as Record<string, unknown>[];
  assert.equal(first?.['content'], 'a done');
  assert.match(String(second?.['content']), /^The user stopped it while it ran/);
});

test('a message after a stop carries the results along', async () => {
  const { session, requests, settle } = open(calling(look('a')), answerWith('Well.'));
  const sent = session.send(turn('look'));
  await settle();
  session.stop();
  await sent;
  await session.send(turn('never mind'));
  assert.deepEqual(uncached(requests[1]?.messages.at(-1)?.content), [
    { type: 'tool_result', tool_use_id: 't0', content: resultOf(session), is_error: true },
    { type: 'text', text: 'never mind' },
  ]);
});

test('after 25 answers the user is asked before it goes on', async () => {
  const rounds = Array.from({ length: 26 }, () => calling(['rocket', {}]));
  const { session, requests, lastId, changes } = open(...rounds, answerWith('Done.'));
  await session.send(turn('go'));
  assert.equal(requests.length, 25);
  const last = session.branch.turns.at(-1);
  assert.equal(last?.role === 'assistant' && last.pause, 'rounds');
  assert.deepEqual(replay(changes), session.conversation);
  await session.handBack(lastId());
  assert.equal(requests.length, 27);
});

test('past a budget the user is asked before it goes on', async () => {
  const { session, requests, user, lastId } = open(calling(['rocket', {}]), answerWith('Done.'));
  user.isOverBudget = true;
  await session.send(turn('go'));
  const last = session.branch.turns.at(-1);
  assert.equal(last?.role === 'assistant' && last.pause, 'budget');
  await session.handBack(lastId());
  assert.equal(requests.length, 2);
});

test('what waits in the queue goes out after the last of the answers', async () => {
  const { session, requests, release, settle } = open(calling(look('a')), answerWith('Done.'), answerWith('Next.'));
  const sent = session.send(turn('look'));
  await settle();
  session.enqueue(turn('and then'));
  await release('a');
  await sent;
  await settle();
  assert.deepEqual(
    requests.map(({ messages }) => messages.length),
    [1, 3, 5],
  );
});

test('what is said for the next results goes in their turn, behind them, and lets the rounds begin anew', async () => {
  const { session, requests, release, settle, changes, store } = open(
    calling(look('a')),
    calling(look('b')),
    answerWith('Done.'),
  );
  const sent = session.send(turn('look'));
  await settle();
  session.enqueue(turn('later'));
  session.enqueue({ ...turn('first'), steers: true });
  session.enqueue({ ...turn('second'), steers: true });
  session.unsent.queue.steer('turn second', false);
  session.unsent.queue.steer('turn second', true);
  assert.deepEqual(
    session.unsent.queue.messages.map(({ text, steers }) => [text, steers]),
    [
      ['first', true],
      ['second', true],
      ['later', undefined],
    ],
  );
  await release('a');
  assert.deepEqual(uncached(requests[1]?.messages.at(-1)?.content), [
    { type: 'tool_result', tool_use_id: 't0', content: 'a done' },
    { type: 'text', text: 'first\n\nsecond' },
  ]);
  assert.deepEqual(
    session.unsent.queue.turns.map(({ text }) => text),
    ['later'],
    'and what waits for the end goes on waiting',
  );
  assert.deepEqual(replay(changes), session.conversation);
  await session.saved();
  assert.deepEqual(store.load('c')?.turns, session.branch.turns);
  session.stop();
  await sent;
  assert.equal(session.unsent.queue.turns.length, 1);
});

test('what is said for the next results is at every moment either in the queue or in the conversation', async () => {
  const { ports, store, release, settle } = open(calling(look('a')), answerWith('Well.'));
  const base = ports.store;
  const moments: string[][] = [];
  const watched: ConversationStore = {
    ...base,
    write: async (changes: readonly StoreChange[]): Promise<void> => {
      await base.write(changes);
      // As the next window finds it, where this one ends here.
      const { turns, queue } = store.load('c') ?? emptyConversation('c');
      const said = [...turns, ...queue].flatMap(one => (one.role === 'user' ? one.text.split('\n\n') : []));
      moments.push(said.filter(text => text === 'one' || text === 'two').toSorted());
    },
  };
  const session = new ChatSession(emptyConversation('c'), { ...ports, store: watched });
  session.unsent.mode = 'act';
  const sent = session.send(turn('look'));
  await settle();
  session.enqueue({ ...turn('one'), steers: true });
  session.enqueue({ ...turn('two'), steers: true });
  await session.saved();
  const before = moments.length;
  await release('a');
  await sent;
  await session.saved();
  assert.ok(moments.length > before);
  for (const moment of moments.slice(before)) assert.deepEqual(moment, ['one', 'two']);
  assert.deepEqual(store.load('c')?.queue, []);
});

test('what is said for results that never come goes out after the answer, as any message', async () => {
  const { session, requests, settle } = open(answerWith('Done.'), answerWith('Next.'));
  const sent = session.send(turn('go'));
  session.enqueue({ ...turn('also'), steers: true });
  await sent;
  await settle();
  assert.equal(requests.length, 2);
  const also = session.branch.turns[2];
  assert.deepEqual(also?.role === 'user' && [also.text, also.steers], ['also', undefined]);
});

test('what is said for the next results outlives a stop and the window, and goes with them on the user’s word', async () => {
  const { session, requests, settle, ports, store } = open(calling(look('a')), answerWith('Well.'));
  const sent = session.send(turn('look'));
  await settle();
  session.enqueue({ ...turn('and b'), steers: true });
  session.stop();
  await sent;
  await session.saved();
  assert.equal(requests.length, 1);
  const reopened = new ChatSession(store.load('c') ?? emptyConversation('c'), ports);
  assert.deepEqual(
    reopened.unsent.queue.messages.map(({ text, steers }) => [text, steers]),
    [['and b', true]],
  );
  await reopened.handBack(reopened.branch.turns.at(-1)?.id ?? '');
  assert.deepEqual(uncached(requests[1]?.messages.at(-1)?.content), [
    { type: 'tool_result', tool_use_id: 't0', content: resultOf(reopened), is_error: true },
    { type: 'text', text: 'and b' },
  ]);
  assert.equal(reopened.unsent.queue.first, undefined);
});

test('who says something in mid-run is not asked whether it may go on', async () => {
  const rounds = Array.from({ length: 49 }, () => calling(['rocket', {}]));
  const { session, requests } = open(...rounds, answerWith('Done.'));
  const sent = session.send(turn('go'));
  session.enqueue({ ...turn('on'), steers: true });
  await sent;
  assert.equal(requests.length, 26, 'one round before it, 25 after it');
});

test('a window that is closed in the middle says where it stopped when it is opened again', async () => {
  const { session, settle, ports, store } = open(calling(look('a'), change('b')), answerWith('On.'));
  void session.send(turn('look'));
  await settle();
  await session.saved();
  const reopened = new ChatSession(store.load('c') ?? emptyConversation('c'), ports);
  const last = reopened.branch.turns.at(-1);
  assert.deepEqual(last?.role === 'assistant' && last.calls?.map(({ state, result }) => [state, result?.text]), [
    ['failed', 'The editor was closed while it ran. Whether it has had an effect is not known.'],
    ['failed', 'Not executed: the editor was closed.'],
  ]);
  await reopened.handBack(last?.id ?? '');
  assert.equal(summary(reopened.conversation.turns.at(-1) ?? turn('')), 'assistant complete On.');
});

test('closing ends the tools, and what became of them is saved', async () => {
  const { session, settle, store } = open(calling(look('a')));
  void session.send(turn('look'));
  await settle();
  await session.close();
  const last = store.load('c')?.turns.at(-1);
  assert.equal(last?.role === 'assistant' && last.calls?.[0]?.state, 'failed');
});

test('without a mode or without trust a request has no tools; the missing trust is said', async () => {
  const { session, requests, user } = open(answerWith('a'), answerWith('b'));
  user.isTrusted = false;
  await session.send(turn('first'));
  assert.equal(requests[0]?.tools, undefined);
  const answer = session.branch.turns.at(-1);
  assert.deepEqual(answer?.role === 'assistant' && answer.adjustments, [
    { field: 'tools', change: 'leftOut', reason: 'untrusted' },
  ]);
  session.unsent.mode = 'chat';
  user.isTrusted = true;
  await session.send(turn('second'));
  assert.equal(requests[1]?.tools, undefined);
  assert.equal(requests[1]?.system, undefined);
});

test('calls to the user’s own tools wait for their results, which go back with those that have run', async () => {
  const { session, requests, release, settle, running } = open(
    calling(look('a'), ['weather', { at: 'here' }]),
    answerWith('Warm.'),
  );
  session.unsent.parameters = { tools: [{ name: 'weather', input_schema: { type: 'object' } }] };
  const sent = session.send(turn('look'));
  await settle();
  await release('a');
  await sent;
  assert.deepEqual(running, [true, false]);
  assert.equal(requests.length, 1);
  await session.send({ ...turn(''), toolResults: [{ toolUseId: 't1', text: '18 °C', isError: false }] });
  assert.deepEqual(uncached(requests[1]?.messages.at(-1)?.content), [
    { type: 'tool_result', tool_use_id: 't0', content: 'a done' },
    { type: 'tool_result', tool_use_id: 't1', content: '18 °C' },
  ]);
});

test('an image that a tool has brought is the host’s: the view gets its place and may ask for it', async () => {
  const { session, changes, requests, settle } = open(calling(['show', {}]), answerWith('A dot.'));
  void session.send(turn('look'));
  await settle();
  const [brought] = session.branch.turns.flatMap(each => (each.role === 'user' ? [] : imagesOfCalls(each.calls ?? [])));
  assert.equal(brought?.source.data, dot.toString('base64'));
  assert.equal(session.findAttachment(brought.id), brought);
  assert.equal(JSON.stringify(changes).includes(brought.source.data), false);
  assert.equal(JSON.stringify(requests[1]).includes(brought.source.data), true);
});
