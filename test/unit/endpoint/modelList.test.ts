import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { after, test, type TestContext } from 'node:test';
import { startDemoEndpoint } from '../../../harness/endpoint/server.ts';
import { fetchModelList, type ListedModel, readModelPage, refineRules } from '../../../src/core/endpoint/modelList.ts';
import { rulesFor, unknownModel } from '../../../src/core/models/modelRules.ts';
import { createUndiciTransport } from '../../../src/core/transport/undiciTransport.ts';
import { startScriptedServer } from '../../support/scriptedServer.ts';

const transport = createUndiciTransport();
after(() => transport.close());

const supported = { supported: true };
const not = { supported: false };

const forms: [form: string, body: unknown, models: ListedModel[] | undefined][] = [
  [
    'Anthropic’s, with sizes and capabilities',
    {
      data: [
        {
          type: 'model',
          id: 'claude-x',
          display_name: 'Claude X',
          created_at: '2026-01-01T00:00:00Z',
          max_input_tokens: 300_000,
          max_tokens: 48_000,
          lifecycle: 'deprecated',
          capabilities: { thinking: { supported: true, types: { enabled: not, adaptive: supported, disabled: not } } },
        },
      ],
      has_more: false,
    },
    [
      {
        id: 'claude-x',
        displayName: 'Claude X',
        contextWindow: 300_000,
        maxOutput: 48_000,
        thinking: 'alwaysAdaptive',
        deprecated: true,
      },
    ],
  ],
  [
    'Anthropic’s, with nulls for what it does not know',
    {
      data: [{ type: 'model', id: 'a', display_name: 'a', max_input_tokens: null, max_tokens: 0, capabilities: null }],
    },
    [{ id: 'a' }],
  ],
  [
    'OpenAI’s',
    { object: 'list', data: [{ id: 'claude-x', object: 'model', created: 1, owned_by: 'vertex' }] },
    [{ id: 'claude-x' }],
  ],
  ['an envelope with a code', { code: 200, data: [{ id: 'a' }] }, [{ id: 'a' }]],
  [
    'an envelope with a code around a list',
    { code: '0', data: { object: 'list', data: [{ id: 'a' }] } },
    [{ id: 'a' }],
  ],
  [
    'an envelope with success',
    { success: true, object: 'list', data: [{ id: 'a' }, { id: 'b' }] },
    [{ id: 'a' }, { id: 'b' }],
  ],
  ['an array of strings', ['a', 'b'], [{ id: 'a' }, { id: 'b' }]],
  ['strings in an envelope', { data: ['a'] }, [{ id: 'a' }]],
  ['no models', { data: [], has_more: false }, []],
  [
    'entries that name no model',
    { data: [null, 7, [], {}, { id: '' }, { id: 5 }, { id: 'x'.repeat(300) }, { id: 'a', max_tokens: '9' }] },
    [{ id: 'a' }],
  ],
  ['success that is none', { success: false, message: 'no group', data: [] }, undefined],
  ['an error beside data', { error: { message: 'no' }, data: [] }, undefined],
  ['a code that is an error', { code: 401, message: 'no', data: [] }, undefined],
  ['a web page', '<html>', undefined],
  ['an object without a list', { data: { data: { data: { data: ['a'] } } } }, undefined],
  ['nothing', undefined, undefined],
];

for (const [form, body, models] of forms) {
  test(`a list in this form is read: ${form}`, () => assert.deepEqual(readModelPage(body)?.models, models));
}

const thinkingTypes: [types: object, thinking: string | undefined][] = [
  [{ enabled: supported, adaptive: not, disabled: supported }, 'budget'],
  [{ enabled: supported, adaptive: supported, disabled: supported }, 'budgetOrAdaptive'],
  [{ enabled: not, adaptive: supported, disabled: supported }, 'adaptive'],
  [{ enabled: not, adaptive: not, disabled: supported }, undefined],
  [{ enabled: 'yes' }, undefined],
];

for (const [types, thinking] of thinkingTypes) {
  test(`capabilities ${JSON.stringify(types)} mean ${thinking ?? 'nothing'}`, () => {
    const page = readModelPage([{ id: 'a', capabilities: { thinking: { types } } }]);
    assert.equal(page?.models[0]?.thinking, thinking);
  });
}

test('what the endpoint says of a model takes the table’s place, and nothing else does', () => {
  const rules = rulesFor('claude-sonnet-4-5');
  assert.equal(refineRules(rules, undefined), rules);
  assert.deepEqual(refineRules(rules, { id: 'claude-sonnet-4-5' }), rules);
  assert.deepEqual(refineRules(unknownModel, { id: 'x', contextWindow: 9, maxOutput: 8, thinking: 'budget' }), {
    ...unknownModel,
    contextWindow: 9,
    maxOutput: 8,
    thinking: 'budget',
  });
});

test('the demo endpoint’s list is read, with the key under both names', async t => {
  const demo = await startDemoEndpoint({ keys: ['secret-key'] });
  t.after(() => demo.close());
  const end = await fetchModelList(() => Promise.resolve(transport), at(demo.baseUrl), new AbortController().signal);
  assert.ok(end.kind === 'listed');
  const sonnet = end.models.find(model => model.id === 'claude-sonnet-4-5-20250929');
  assert.deepEqual(sonnet, {
    id: 'claude-sonnet-4-5-20250929',
    displayName: 'Claude Sonnet 4.5',
    contextWindow: 200_000,
    maxOutput: 64_000,
  });
  const headers = demo.requests[0]?.headers;
  assert.equal(headers?.['x-api-key'], 'secret-key');
  assert.equal(headers['authorization'], 'Bearer secret-key');
});

test('a list of several pages is read to its end, each model once', async t => {
  const { list, server } = await start(
    t,
    json({ data: [{ id: 'a' }, { id: 'b' }], has_more: true, last_id: 'b/ü' }),
    json({ data: [{ id: 'b' }, { id: 'c' }], has_more: true, last_id: 'c' }),
    json({ data: [{ id: 'd' }], has_more: false, last_id: 'd' }),
  );
  assert.deepEqual(ids(await list()), ['a', 'b', 'c', 'd']);
  assert.deepEqual(server.urls, [
    '/v1/models?limit=1000',
    '/v1/models?limit=1000&after_id=b%2F%C3%BC',
    '/v1/models?limit=1000&after_id=c',
  ]);
});

test('an endpoint that does not know pages is not asked for ever', async t => {
  const { list, server } = await start(t, json({ data: [{ id: 'a' }], has_more: true, last_id: 'a' }));
  assert.deepEqual(ids(await list()), ['a']);
  assert.equal(server.urls.length, 2);
});

const failures: [what: string, answer: (response: ServerResponse) => void, kind: string][] = [
  ['401', reply(401, '{"error":{"message":"invalid API key secret-key","type":"apimart_error"}}'), 'authentication'],
  ['402', reply(402, '{"error":{"message":"insufficient balance"}}'), 'billing'],
  ['a page that is not there', reply(404, '<html><title>404 Not Found</title></html>'), 'notFound'],
  ['a web page', reply(200, '<html><title>Sign in</title></html>'), 'unreadable'],
  ['an empty body', reply(200, ''), 'unreadable'],
  ['an error in a good answer', reply(200, '{"success":false,"message":"no group"}'), 'unreadable'],
  ['an empty server error', reply(500, ''), 'serverError'],
  ['a dropped connection', response => response.destroy(), 'connectionLost'],
];

for (const [what, answer, kind] of failures) {
  test(`${what} is told as a problem, without the key`, async t => {
    const { list } = await start(t, answer);
    const end = await list();
    assert.ok(end.kind === 'failed');
    assert.equal(end.problem.kind, kind);
    assert.equal(end.problem.detail.includes('secret-key'), false);
  });
}

test('an endpoint that says nothing is given up after the deadline', async t => {
  const { list } = await start(t, () => undefined);
  const end = await list(new AbortController().signal, 100);
  assert.ok(end.kind === 'failed');
  assert.equal(end.problem.kind, 'timeout');
});

test('a list whose end does not come is given up too', async t => {
  const { list } = await start(t, response => response.writeHead(200).write('{"data":['));
  const end = await list(new AbortController().signal, 100);
  assert.ok(end.kind === 'failed');
  assert.equal(end.problem.kind, 'timeout');
});

test('network code that can’t be loaded is a problem like others', async () => {
  const broken = () => Promise.reject(new Error('no such file'));
  const end = await fetchModelList(broken, at('https://relay.example'), new AbortController().signal);
  assert.ok(end.kind === 'failed');
  assert.deepEqual(end.problem, { kind: 'internal', detail: 'no such file' });
});

test('it can be stopped', async t => {
  const { list, server } = await start(t, () => undefined);
  const stop = new AbortController();
  const listing = list(stop.signal);
  await server.asked;
  stop.abort();
  assert.equal((await listing).kind, 'stopped');
});

function ids(end: Awaited<ReturnType<typeof fetchModelList>>): string[] {
  assert.ok(end.kind === 'listed');
  return end.models.map(model => model.id);
}

function at(origin: string) {
  return { modelsUrl: `${origin}/v1/models`, key: 'secret-key' };
}

function json(body: unknown) {
  return reply(200, JSON.stringify(body));
}

function reply(status: number, body: string) {
  return (response: ServerResponse): void => {
    response.writeHead(status).end(body);
  };
}

async function start(t: TestContext, ...answers: ((response: ServerResponse) => void)[]) {
  const urls: string[] = [];
  const server = await startScriptedServer(
    ...answers.map(answer => (response: ServerResponse) => {
      urls.push(response.req.url ?? '');
      answer(response);
    }),
  );
  t.after(() => server.close());
  const list = (signal = new AbortController().signal, deadlineMs?: number) =>
    fetchModelList(() => Promise.resolve(transport), at(server.origin), signal, deadlineMs);
  return { list, server: { urls, asked: server.asked } };
}
