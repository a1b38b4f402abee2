import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { after, test, type TestContext } from 'node:test';
import { LLMock } from '@copilotkit/aimock';
import { type DemoEndpoint, type Fault, startDemoEndpoint } from '../../../harness/endpoint/server.ts';
import {
  type CheckReport,
  type CheckStep,
  checkConnection,
  profileOf,
} from '../../../src/core/endpoint/checkConnection.ts';
import { usualKeyHeaders } from '../../../src/core/messages/endpoint.ts';
import { parseBaseUrl } from '../../../src/core/transport/baseUrl.ts';
import { rulesFor } from '../../../src/core/models/modelRules.ts';
import { createUndiciTransport } from '../../../src/core/transport/undiciTransport.ts';
import { startScriptedServer } from '../../support/scriptedServer.ts';

const transport = createUndiciTransport();
after(() => transport.close());

const sonnet = 'claude-sonnet-4-5-20250929';
const red: Fault = { kind: 'script', content: [{ type: 'text', text: 'Red.' }] };

test('the demo endpoint can do everything', async t => {
  const demo = await startDemo(t);
  const steps: CheckStep[] = [];
  const report = await check(demo.baseUrl, { steps });
  assert.deepEqual(results(report), {
    reach: 'yes',
    models: 'yes',
    answer: 'yes',
    key: 'yes',
    stream: 'yes',
    countTokens: 'yes',
    tools: 'yes',
    thinking: 'yes',
    // It is no model and can't see: it says what it was sent, and not which colour that has.
    images: 'unclear',
  });
  assert.deepEqual(steps, ['reach', 'models', 'answer', 'stream', 'countTokens', 'tools', 'thinking', 'images']);
  assert.equal(report.outcomes.models.count, report.models?.length);
  assert.ok((report.latency?.newConnectionMs ?? 0) > 0);
  assert.ok((report.outcomes.stream.firstByteMs ?? 0) > 0);
  assert.deepEqual(profileOf(report), {
    streaming: 'yes',
    countTokens: 'yes',
    tools: 'yes',
    thinking: 'yes',
    images: 'unknown',
    model: sonnet,
    checkedAt: 5,
  });
});

for (const model of ['claude-opus-5', 'claude-fable-5', `${sonnet}-thinking`, 'claude-haiku-4-5', 'claude-opus-4-1']) {
  test(`nothing that is asked of ${model} is refused by strict validation`, async t => {
    const demo = await startDemo(t);
    const report = await check(demo.baseUrl, { model });
    for (const [step, outcome] of Object.entries(report.outcomes)) assert.equal(outcome.problem, undefined, step);
    assert.equal(report.outcomes.thinking.result, 'yes');
  });
}

test('a model that names the picture’s colour has seen it', async t => {
  const demo = await startDemo(t);
  demo.faults.next([], 4);
  demo.faults.next(red);
  const report = await check(demo.baseUrl);
  assert.equal(report.outcomes.images.result, 'yes');
});

test('the key is not sent before something answers, nor to any other place', async t => {
  const demo = await startDemo(t);
  await check(demo.baseUrl);
  const [first, second, third] = demo.requests;
  assert.equal(first?.headers['x-api-key'], undefined);
  assert.equal(second?.headers['x-api-key'], undefined);
  assert.equal(third?.headers['x-api-key'], 'secret-key');
});

test('without a key it only looks whether something answers', async t => {
  const demo = await startDemo(t);
  const report = await check(demo.baseUrl, { key: '' });
  assert.equal(report.outcomes.reach.result, 'yes');
  assert.equal(report.outcomes.answer.result, 'skipped');
  assert.equal(
    demo.requests.every(request => request.method === 'GET'),
    true,
  );
  assert.equal(profileOf(report), undefined);
});

const refusals: [what: string, fault: Fault, kind: string, key: string][] = [
  ['a key that is not accepted', { kind: 'status', status: 401 }, 'authentication', 'no'],
  [
    'a key without credit',
    { kind: 'status', status: 402, shape: 'relay', message: 'insufficient balance' },
    'billing',
    'yes',
  ],
  ['a plan without the model', { kind: 'status', status: 403 }, 'permission', 'unclear'],
  ['an unknown model', { kind: 'status', status: 404, message: 'model: nope' }, 'notFound', 'unclear'],
  ['a passing lack of channels', { kind: 'status', status: 529 }, 'overloaded', 'unclear'],
];

for (const [what, fault, kind, key] of refusals) {
  test(`${what} ends the check after one paid request and one look`, async t => {
    const demo = await startDemo(t);
    demo.faults.next(fault, Infinity);
    const report = await check(demo.baseUrl);
    assert.equal(report.outcomes.answer.problem?.kind, kind);
    assert.equal(report.outcomes.key.result, key);
    assert.equal(report.outcomes.stream.result, 'skipped');
    assert.equal(demo.requests.filter(request => request.method === 'POST').length, 1);
    assert.equal(profileOf(report), undefined);
  });
}

test('JSON where a stream was asked for is told, and is still an answer', async t => {
  const demo = await startDemo(t);
  demo.faults.next({ kind: 'jsonForStream' }, Infinity);
  const report = await check(demo.baseUrl);
  assert.deepEqual(report.outcomes.stream.remarks, ['jsonForStream']);
  assert.equal(report.outcomes.tools.result, 'yes');
  assert.equal(profileOf(report)?.streaming, 'no');
});

test('a stream where none was asked for is told', async t => {
  const demo = await startDemo(t);
  demo.faults.next({ kind: 'streamForJson' });
  const report = await check(demo.baseUrl);
  assert.equal(report.outcomes.answer.result, 'yes');
  assert.deepEqual(report.outcomes.answer.remarks, ['streamForJson']);
});

test('an endpoint that only streams is checked to the end', async t => {
  const demo = await startDemo(t);
  demo.faults.next({ kind: 'status', status: 400, message: 'stream must be true' });
  const report = await check(demo.baseUrl);
  assert.equal(report.outcomes.answer.result, 'no');
  assert.equal(report.outcomes.stream.result, 'yes');
  assert.equal(report.outcomes.key.result, 'yes');
  assert.equal(profileOf(report)?.tools, 'yes');
});

test('an endpoint without count_tokens and without a list can still answer', async t => {
  const demo = await startDemo(t);
  demo.faults.nextFor('count_tokens', { kind: 'status', status: 404, shape: 'html' });
  demo.faults.nextFor('models', { kind: 'status', status: 404, shape: 'html' }, 3);
  const report = await check(demo.baseUrl);
  assert.equal(report.outcomes.reach.result, 'yes');
  assert.equal(report.outcomes.models.result, 'no');
  assert.equal(report.outcomes.countTokens.result, 'no');
  assert.equal(profileOf(report)?.countTokens, 'no');
  assert.equal(profileOf(report)?.streaming, 'yes');
});

const dishonest: [
  what: string,
  faults: (demo: DemoEndpoint) => void,
  step: CheckStep,
  result: string,
  remark: string,
][] = [
  [
    'a tool that is not called',
    demo => script(demo, 2, [{ type: 'text', text: 'red' }]),
    'tools',
    'no',
    'toolNotCalled',
  ],
  [
    'a tool call that is no JSON',
    demo => script(demo, 2, [{ type: 'tool_use', name: 'report_colour', json: '{"colour":' }]),
    'tools',
    'no',
    'toolInputBroken',
  ],
  [
    'thinking that is ignored',
    demo => script(demo, 3, [{ type: 'text', text: '391' }]),
    'thinking',
    'no',
    'thinkingIgnored',
  ],
  [
    'thinking without a signature',
    demo => script(demo, 3, [{ type: 'thinking', thinking: 'Hm.', signature: '' }]),
    'thinking',
    'yes',
    'thinkingUnsigned',
  ],
  [
    'a picture that was lost',
    demo => script(demo, 4, [{ type: 'text', text: 'None.' }]),
    'images',
    'unclear',
    'imageNotSeen',
  ],
  ['another model', demo => demo.faults.next({ kind: 'otherModel', model: 'glm-5' }), 'answer', 'yes', 'otherModel'],
];

for (const [what, prepare, step, result, remark] of dishonest) {
  test(`${what} is told`, async t => {
    const demo = await startDemo(t);
    prepare(demo);
    const report = await check(demo.baseUrl);
    assert.equal(report.outcomes[step].result, result);
    assert.deepEqual(report.outcomes[step].remarks, [remark]);
  });
}

test('a passing trouble of one step proves nothing about it', async t => {
  const demo = await startDemo(t);
  demo.faults.next([], 2);
  demo.faults.next({ kind: 'status', status: 429 });
  const report = await check(demo.baseUrl);
  assert.equal(report.outcomes.tools.result, 'unclear');
  assert.equal(profileOf(report)?.tools, 'unknown');
  assert.equal(profileOf(report)?.thinking, 'yes');
});

test('a model that is not on the list is told', async t => {
  const demo = await startDemo(t);
  const report = await check(demo.baseUrl, { model: 'claude-opus-4-7' });
  assert.deepEqual(report.outcomes.models.remarks, ['modelNotListed']);
});

test('an endpoint that hangs is given up, step by step', async t => {
  const server = await startScriptedServer(() => undefined);
  t.after(() => server.close());
  const report = await check(server.origin, { deadlineMs: 100 });
  assert.equal(report.outcomes.reach.problem?.kind, 'timeout');
  assert.equal(report.outcomes.models.result, 'skipped');
});

test('an answer that hangs is given up too, and the stream is still looked at', async t => {
  const demo = await startDemo(t);
  demo.faults.next({ kind: 'silence', ms: 60_000 });
  const deadlines: AbortController[] = [];
  t.mock.method(AbortSignal, 'timeout', () => {
    const deadline = new AbortController();
    deadlines.push(deadline);
    return deadline.signal;
  });
  const checking = check(demo.baseUrl);
  await demo.arrival(3);
  deadlines.at(-1)?.abort(new DOMException('', 'TimeoutError'));
  const report = await checking;
  assert.equal(report.outcomes.answer.problem?.kind, 'timeout');
  assert.equal(report.outcomes.stream.result, 'yes');
});

test('nothing listens', async () => {
  const report = await check('http://127.0.0.1:1');
  assert.equal(report.outcomes.reach.result, 'no');
  assert.equal(report.outcomes.reach.problem?.kind, 'unreachable');
});

test('an address under which a web page stands is told, and the API of the same host is found', async t => {
  const demo = await startDemo(t);
  const report = await check(`${demo.baseUrl}/docs`);
  assert.equal(report.outcomes.answer.problem?.kind, 'notFound');
  assert.equal(report.outcomes.stream.result, 'skipped');
  assert.equal(report.foundAt, demo.baseUrl);
});

test('an API beside another one is found under its usual prefix, even where it refuses the key', async t => {
  const server = await startScriptedServer(response => {
    const { url } = response.req;
    if (url !== '/anthropic/v1/messages') page(response);
    else response.writeHead(401).end('{"type":"error","error":{"type":"authentication_error","message":"no"}}');
  });
  t.after(() => server.close());
  const report = await check(server.origin);
  assert.equal(report.outcomes.answer.problem?.kind, 'unreadable');
  assert.equal(report.foundAt, `${server.origin}/anthropic`);
});

test('a web server that has no API anywhere is told as such', async t => {
  const server = await startScriptedServer(page);
  t.after(() => server.close());
  const report = await check(server.origin);
  assert.equal(report.foundAt, undefined);
  assert.equal(server.requests.length, 7);
});

test('a redirect is named and not followed', async t => {
  const server = await startScriptedServer(response =>
    response.writeHead(301, { location: 'https://www.relay.example/x' }).end(),
  );
  t.after(() => server.close());
  const report = await check(server.origin);
  assert.deepEqual(report.outcomes.reach.remarks, ['redirected']);
  assert.equal(report.outcomes.reach.named, 'https://www.relay.example');
});

test('it can be stopped at any step', async t => {
  const demo = await startDemo(t);
  const stop = new AbortController();
  demo.faults.next({ kind: 'silence', ms: 60_000 });
  const checking = check(demo.baseUrl, { signal: stop.signal });
  await demo.arrival(3);
  stop.abort();
  const report = await checking;
  assert.equal(report.stopped, true);
  assert.equal(report.outcomes.models.result, 'yes');
  assert.equal(report.outcomes.answer.result, 'skipped');
  assert.equal(demo.requests.length, 4);
});

test('the key is in no report', async t => {
  const demo = await startDemo(t);
  for (const status of [200, 401, 500]) {
    if (status > 200) demo.faults.next({ kind: 'status', status, message: 'bad secret-key given' }, Infinity);
    assert.equal(JSON.stringify(await check(demo.baseUrl)).includes('secret-key'), false);
  }
});

test('an endpoint that nobody here wrote', async t => {
  const mock = new LLMock({ port: 0 });
  mock.onMessage('Reply with the one word', { content: 'ok' });
  mock.onMessage('Report the colour', { toolCalls: [{ name: 'report_colour', arguments: '{"colour":"red"}' }] });
  mock.onMessage('What is 17', { reasoning: '17 times 23.', content: '391' });
  mock.onMessage('Which colour', { content: 'Red' });
  await mock.start();
  t.after(() => mock.stop());
  const report = await check(mock.url);
  assert.deepEqual(results(report), {
    reach: 'yes',
    models: 'yes',
    answer: 'yes',
    key: 'yes',
    stream: 'yes',
    countTokens: 'no',
    tools: 'yes',
    thinking: 'yes',
    images: 'yes',
  });
});

interface CheckOptions {
  model?: string;
  key?: string;
  deadlineMs?: number;
  signal?: AbortSignal;
  steps?: CheckStep[];
}

function check(pasted: string, options: CheckOptions = {}): Promise<CheckReport> {
  const baseUrl = parseBaseUrl(pasted);
  assert.ok(baseUrl.ok);
  const { messagesUrl, modelsUrl } = baseUrl;
  const { model = sonnet, key = 'secret-key', signal = new AbortController().signal } = options;
  return checkConnection(
    { messagesUrl, modelsUrl, key, keyAs: usualKeyHeaders, model, rules: rulesFor(model) },
    { transport, now: () => 5, ...(options.deadlineMs !== undefined && { deadlineMs: options.deadlineMs }) },
    step => options.steps?.push(step),
    signal,
  );
}

function results({ outcomes }: CheckReport): Record<string, string> {
  return Object.fromEntries(Object.entries(outcomes).map(([step, { result }]) => [step, result]));
}

async function startDemo(t: TestContext): Promise<DemoEndpoint> {
  const demo = await startDemoEndpoint({ keys: ['secret-key'] });
  t.after(() => demo.close());
  return demo;
}

/** The paid requests before this one are answered as they come. */
function script(demo: DemoEndpoint, before: number, content: Extract<Fault, { kind: 'script' }>['content']): void {
  demo.faults.next([], before);
  demo.faults.next({ kind: 'script', content });
}

function page(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/html' }).end('<html><title>Welcome</title></html>');
}
