import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Clearance, type FilterModes, withoutSecrets } from '../../../src/core/filter/clearance.ts';
import { findSecrets } from '../../../src/core/filter/findSecrets.ts';
import { rememberingFind } from '../../../src/core/filter/memo.ts';
import type { MessagesRequest } from '../../../src/core/messages/wire.ts';
import type { ClearanceAsk } from '../../../src/shared/clearance.ts';
import { madeUp } from '../../support/secrets.ts';
import { turnOfLoop } from '../../support/turnOfLoop.ts';

function request(...texts: string[]): MessagesRequest {
  const messages = texts.map((content, index) => ({
    role: index % 2 === 0 ? ('user' as const) : ('assistant' as const),
    content,
  }));
  return { model: 'm', max_tokens: 1, stream: true, messages };
}

function setUp(modes: FilterModes = { secrets: 'ask', personal: 'off' }) {
  const asked: (ClearanceAsk | undefined)[] = [];
  const searched: string[] = [];
  const find = rememberingFind((text, wanted) => {
    searched.push(text);
    return findSecrets(text, wanted);
  });
  const clearance = new Clearance({ find, modes: () => modes }, ask => asked.push(ask));
  const abort = new AbortController();
  const clear = (body: MessagesRequest) => clearance.clear(body, abort.signal);
  const waits = async (): Promise<ClearanceAsk> => {
    for (let turns = 0; turns < 200 && !clearance.ask; turns++) await turnOfLoop();
    assert.ok(clearance.ask, 'nothing is asked');
    return clearance.ask;
  };
  /** What goes out, once the user has said so. */
  const goes = async (body: MessagesRequest, choice?: 'placeholders' | 'asIs', isStanding = false) => {
    const cleared = clear(body);
    if (choice) {
      await waits();
      clearance.decide(choice, isStanding);
    }
    const end = await cleared;
    assert.ok(end.kind === 'goes');
    return { ...end, body: end.sent(body) };
  };
  return { clearance, asked, searched, clear, waits, goes, abort, modes };
}

const contents = ({ messages }: MessagesRequest): unknown[] => messages.map(({ content }) => content);

test('a request without secrets goes out unasked, as it is', async () => {
  const { goes, asked } = setUp();
  const body = request('Hello', 'Hello to you', 'And again');
  const { body: sent, replaced, restoring } = await goes(body);
  assert.deepEqual(sent, body);
  assert.deepEqual([replaced, restoring, asked], [0, undefined, []]);
});

test('the user is asked before anything goes out, with no more of a secret than its start', async () => {
  const { clear, waits, clearance } = setUp();
  const body = request('first', 'answer', `second\npassword: "${madeUp.password}"\nthe end, ${madeUp.github}`);
  const cleared = clear(body);
  const { found } = await waits();
  assert.deepEqual(found, [
    { kind: 'value', masked: 'hu…', places: [{ part: 'message', line: 2 }], morePlaces: 0 },
    { kind: 'token', masked: 'ghp_…', places: [{ part: 'message', line: 3 }], morePlaces: 0 },
  ]);
  clearance.decide('cancel', true);
  assert.deepEqual(await cleared, { kind: 'held' });
  assert.equal(clearance.ask, undefined);
});

test('placeholders go out wherever the secret stands, stay the same, and are asked about once', async () => {
  const { goes, asked } = setUp();
  const first = await goes(request(`My token is ${madeUp.github}.`), 'placeholders');
  assert.deepEqual(contents(first.body), ['My token is ⟦token-1⟧.']);
  assert.equal(first.restoring?.pieces('text').append('It is ⟦token-1⟧.'), `It is ${madeUp.github}.`);
  const longer = request(`My token is ${madeUp.github}.`, `A${madeUp.github}Z`, `and ${madeUp.gitlab} besides`);
  const second = await goes(longer, 'placeholders');
  assert.deepEqual(contents(second.body), ['My token is ⟦token-1⟧.', 'A⟦token-1⟧Z', 'and ⟦token-2⟧ besides']);
  assert.equal(second.replaced, 2);
  assert.deepEqual(
    asked.map(ask => ask?.found.length),
    [1, undefined, 1, undefined],
  );
});

test('as it is means as it is, for this secret and for as long as the conversation is open', async () => {
  const { goes, asked } = setUp();
  const body = request(`My token is ${madeUp.github}.`);
  assert.deepEqual((await goes(body, 'asIs')).body, body);
  assert.deepEqual((await goes(body)).body, body);
  assert.equal(asked.length, 2);
  const both = await goes(request(`${madeUp.github} ${madeUp.gitlab}`), 'placeholders');
  assert.deepEqual(contents(both.body), [`${madeUp.github} ⟦token-1⟧`]);
});

test('a standing choice asks no more', async () => {
  const { goes, asked } = setUp();
  await goes(request(madeUp.github), 'placeholders', true);
  const second = await goes(request(madeUp.github, 'x', madeUp.gitlab));
  assert.deepEqual(contents(second.body), ['⟦token-1⟧', 'x', '⟦token-2⟧']);
  assert.equal(asked.length, 2);
});

test('what is kept back is asked about anew', async () => {
  const { clear, waits, clearance } = setUp();
  for (let time = 0; time < 2; time++) {
    const cleared = clear(request(madeUp.github));
    await waits();
    clearance.decide('cancel', false);
    assert.deepEqual(await cleared, { kind: 'held' });
  }
});

test('Stop while it asks sends nothing', async () => {
  const { clear, waits, abort, clearance } = setUp();
  const cleared = clear(request(madeUp.github));
  await waits();
  abort.abort();
  assert.deepEqual(await cleared, { kind: 'held' });
  assert.equal(clearance.ask, undefined);
});

test('without the question placeholders go out; switched off, all does', async () => {
  const unasked = setUp({ secrets: 'placeholders', personal: 'placeholders' });
  const body = request(`${madeUp.github} of jane@example.com`);
  assert.deepEqual(contents((await unasked.goes(body)).body), ['⟦token-1⟧ of ⟦mail-2⟧']);
  assert.deepEqual(unasked.asked, []);
  const off = setUp({ secrets: 'off', personal: 'off' });
  assert.deepEqual((await off.goes(body)).body, body);
  assert.deepEqual(off.searched, []);
});

test('only what is new in a request is searched', async () => {
  const { goes, searched } = setUp();
  await goes(request('one', 'two', 'three'));
  await goes(request('one', 'two', 'three', 'four'));
  assert.deepEqual(searched, ['one', 'two', 'three', 'four']);
});

const everywhere: MessagesRequest = {
  model: 'm',
  max_tokens: 1,
  stream: true,
  system: [{ type: 'text', text: `Use ${madeUp.github}` }],
  tools: [
    { name: 'deploy', description: `as ${madeUp.github}`, input_schema: { type: 'object', title: madeUp.github } },
  ],
  messages: [
    {
      role: 'user',
      content: [
        { type: 'text', text: `File: src/a.ts (lines 10-12, ts)\n\`\`\`ts\nfirst\n// ${madeUp.github}\nlast\n\`\`\`` },
        { type: 'document', title: 'notes', source: { type: 'text', media_type: 'text/plain', data: madeUp.github } },
        { type: 'image', source: { type: 'url', url: `https://x.test/${madeUp.github}` } },
      ],
    },
    {
      role: 'assistant',
      content: [
        { type: 'thinking', thinking: madeUp.github, signature: madeUp.github },
        { type: 'tool_use', id: 'c', name: 'view', input: { path: '.env', deep: [{ text: madeUp.github }] } },
      ],
    },
    {
      role: 'user',
      content: [
        { type: 'tool_result', tool_use_id: 'c', content: `a\nTOKEN=${madeUp.github}` },
        { type: 'tool_result', tool_use_id: 'c', content: [{ type: 'text', text: madeUp.github }] },
      ],
    },
  ],
};

test('every part of a request is searched and replaced, but for thinking, which is signed', async () => {
  const { goes } = setUp();
  const { body } = await goes(everywhere, 'placeholders');
  const { messages, ...rest } = body;
  const thinking = [messages[1]].map(message => (Array.isArray(message?.content) ? message.content[0] : undefined))[0];
  assert.deepEqual(thinking, { type: 'thinking', thinking: madeUp.github, signature: madeUp.github });
  const others = JSON.stringify([rest, messages]).replace(JSON.stringify(thinking), '');
  assert.equal(others.includes(madeUp.github), false, others);
  assert.equal(others.split('⟦token-1⟧').length - 1, 9);
});

test('the name of a field holds no secret either, in what a tool takes and in what it was given', async () => {
  const { goes } = setUp();
  const fields = { [madeUp.github]: 'main', deep: [{ [`of ${madeUp.gitlab}`]: 1 }] };
  const { body, restoring, replaced } = await goes(
    {
      ...request('Deploy'),
      tools: [
        {
          name: 'deploy',
          input_schema: {
            type: 'object',
            properties: { [madeUp.github]: { type: 'string' } },
            required: [madeUp.github],
          },
        },
      ],
      messages: [
        { role: 'user', content: 'Deploy' },
        { role: 'assistant', content: [{ type: 'tool_use', id: 'c', name: 'deploy', input: fields }] },
      ],
    },
    'placeholders',
  );
  assert.deepEqual(body.tools, [
    {
      name: 'deploy',
      input_schema: { type: 'object', properties: { '⟦token-1⟧': { type: 'string' } }, required: ['⟦token-1⟧'] },
    },
  ]);
  const sent = { '⟦token-1⟧': 'main', deep: [{ 'of ⟦token-2⟧': 1 }] };
  assert.deepEqual(contents(body)[1], [{ type: 'tool_use', id: 'c', name: 'deploy', input: sent }]);
  assert.equal(replaced, 2);
  assert.deepEqual(restoring?.fields(sent), fields);
});

test('the words of a schema stay what they are, though one is a password', async () => {
  const { goes } = setUp();
  const tools = [{ name: 'deploy', input_schema: { type: 'object', default: {} } as const }];
  const { body } = await goes({ ...request('Use postgres://app:default@db.example.test/app'), tools }, 'placeholders');
  assert.deepEqual(contents(body), ['Use postgres://app:⟦password-1⟧@db.example.test/app']);
  assert.deepEqual(body.tools, tools);
});

test('a place names the file and the line in it, or what the tool was called for', async () => {
  const { clear, waits, clearance } = setUp();
  const { messages, ...rest } = everywhere;
  const cleared = clear({ ...rest, system: 'none', tools: [], messages });
  const [first] = (await waits()).found;
  assert.deepEqual(
    first?.places,
    [
      { part: 'file', name: 'src/a.ts', line: 11 },
      { part: 'file', name: 'notes', line: 1 },
      { part: 'message', line: 1 },
    ].map((place, index) => (index === 2 ? { ...place, part: 'earlierMessage' } : place)),
  );
  assert.equal(first.morePlaces, 3);
  clearance.decide('cancel', false);
  await cleared;
});

test('what is counted goes out without secrets, and asks nobody', async () => {
  const ports = { find: findSecrets, modes: () => ({ secrets: 'ask', personal: 'off' }) as const };
  assert.deepEqual(contents(await withoutSecrets(request(`a ${madeUp.github}`), ports)), ['a ⟦token-1⟧']);
});
