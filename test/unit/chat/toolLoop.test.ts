import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChatSession } from '../../../src/core/chat/session.ts';
import { emptyConversation } from '../../../src/core/conversation/store.ts';
import { imagesOfCalls } from '../../../src/shared/ranCalls.ts';
import { dot } from '../../support/dot.ts';
import { answerWith, calling, replay, summary, turn } from '../../support/session.ts';
import { change, endingWith, look, openWithTools, thinking, uncached } from '../../support/toolSession.ts';

test('tools run until the model ends: all results in one turn, in the order of the calls, thinking before them', async () => {
  const { session, requests, release, settle, running, changes, store } = openWithTools(
    thinking(calling(look('a'), look('b'))),
    thinking(calling(change('c'))),
    answerWith('Done.'),
  );
  const sent = session.send(turn('look and change'));
  await settle();
  await release('b');
  await release('a');
  session.calls.decide(session.branch.turns.at(-1)?.id ?? '', 1, 'allow');
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
    const { session, requests } = openWithTools(calling(['rocket', {}]), answerWith('Done.'));
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

test('a broken input and an unknown name are handed back as failures', async () => {
  const { session, requests } = openWithTools(calling(['look', undefined], ['rocket', {}]), answerWith('I see.'));
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

test('a call that the token limit has cut is not run, and the model hears why', async () => {
  const cut = endingWith('max_tokens', calling(['rocket', {}], ['change', undefined]));
  const { session, requests, events } = openWithTools(cut, answerWith('In parts, then.'));
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

test('what waits in the queue goes out after the last of the answers', async () => {
  const { session, requests, release, settle } = openWithTools(
    calling(look('a')),
    answerWith('Done.'),
    answerWith('Next.'),
  );
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

test('a window that is closed in the middle says where it stopped when it is opened again', async () => {
  const { session, settle, ports, store } = openWithTools(calling(look('a'), change('b')), answerWith('On.'));
  void session.send(turn('look'));
  await settle();
  await session.saved();
  const reopened = new ChatSession(store.load('c') ?? emptyConversation('c'), ports);
  const last = reopened.branch.turns.at(-1);
  assert.deepEqual(last?.role === 'assistant' && last.calls?.map(({ state, result }) => [state, result?.text]), [
    ['failed', 'The editor was closed while it ran. Whether it has had an effect is not known.'],
    ['failed', 'Not executed: the editor was closed.'],
  ]);
  await reopened.calls.handBack(last?.id ?? '');
  assert.equal(summary(reopened.conversation.turns.at(-1) ?? turn('')), 'assistant complete On.');
});

test('closing ends the tools, and what became of them is saved', async () => {
  const { session, settle, store } = openWithTools(calling(look('a')));
  void session.send(turn('look'));
  await settle();
  await session.close();
  const last = store.load('c')?.turns.at(-1);
  assert.equal(last?.role === 'assistant' && last.calls?.[0]?.state, 'failed');
});

test('without a mode or without trust a request has no tools; the missing trust is said', async () => {
  const { session, requests, user } = openWithTools(answerWith('a'), answerWith('b'));
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
  const { session, requests, release, settle, running } = openWithTools(
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
  const { session, changes, requests, settle } = openWithTools(calling(['show', {}]), answerWith('A dot.'));
  void session.send(turn('look'));
  await settle();
  const [brought] = session.branch.turns.flatMap(each => (each.role === 'user' ? [] : imagesOfCalls(each.calls ?? [])));
  assert.equal(brought?.source.data, dot.toString('base64'));
  assert.equal(session.findAttachment(brought.id), brought);
  assert.equal(JSON.stringify(changes).includes(brought.source.data), false);
  assert.equal(JSON.stringify(requests[1]).includes(brought.source.data), true);
});
