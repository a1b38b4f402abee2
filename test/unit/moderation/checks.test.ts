import assert from 'node:assert/strict';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { test } from 'node:test';
import type { CheckSubject, Outcome } from '../../../src/core/moderation/check.ts';
import { commandCheck } from '../../../src/core/moderation/commandCheck.ts';
import { endpointCheck } from '../../../src/core/moderation/endpointCheck.ts';
import { readVerdict } from '../../../src/core/moderation/readVerdict.ts';
import { createUndiciTransport } from '../../../src/core/transport/undiciTransport.ts';

const subject: CheckSubject = {
  version: 1,
  way: 'out',
  model: 'm',
  texts: [{ part: 'user', text: 'Grüße “x”' }],
};
const never = new AbortController().signal;

/** A check that is a script of Node. */
function run(script: string, timeLimitMs = 60_000, signal = never): Promise<Outcome> {
  const argv = [process.execPath, '-e', script];
  const environment = { PATH: process.env['PATH'] ?? '' };
  return commandCheck({ argv, folder: tmpdir(), environment, timeLimitMs })(subject, signal);
}

test('a verdict is an object with one of three words; all else is none', () => {
  const reads: [answer: string, Outcome][] = [
    ['{"verdict":"allow"}\n', { kind: 'verdict', verdict: 'allow', reason: '' }],
    ['{"verdict":"block","reason":"a\\u0000\\u202eb"}', { kind: 'verdict', verdict: 'block', reason: 'a b' }],
    ['{"verdict":"ask","reason":7}', { kind: 'verdict', verdict: 'ask', reason: '' }],
    ['{"verdict":"ALLOW"}', { kind: 'failed', failure: 'noVerdict', detail: '{"verdict":"ALLOW"}' }],
    ['allow', { kind: 'failed', failure: 'noVerdict', detail: 'allow' }],
    ['', { kind: 'failed', failure: 'noVerdict', detail: '' }],
    ['[{"verdict":"allow"}]', { kind: 'failed', failure: 'noVerdict', detail: '[{"verdict":"allow"}]' }],
  ];
  for (const [answer, outcome] of reads) assert.deepEqual(readVerdict(answer), outcome, answer);
  const long = readVerdict(JSON.stringify({ verdict: 'block', reason: 'x'.repeat(5_000) }));
  assert.equal(long.kind === 'verdict' && long.reason.length, 1_001);
});

test('a command reads the subject and prints its verdict', async () => {
  const script = `
    let input = '';
    process.stdin.on('data', text => (input += text)).on('end', () => {
      const { way, texts } = JSON.parse(input);
      console.log(JSON.stringify({ verdict: 'block', reason: way + ': ' + texts[0].text }));
    });`;
  assert.deepEqual(await run(script), { kind: 'verdict', verdict: 'block', reason: 'out: Grüße “x”' });
});

test('a command that fails, takes too long, says nothing or is not there has brought no verdict', async () => {
  const verdict = `console.log('{"verdict":"allow"}');`;
  const failed = await run(`${verdict} console.error('no model'); process.exitCode = 3;`);
  assert.deepEqual(failed, { kind: 'failed', failure: 'exitCode', detail: 'no model' });
  assert.deepEqual(await run(`${verdict} setTimeout(() => {}, 60_000);`, 700), {
    kind: 'failed',
    failure: 'timeout',
    detail: '',
  });
  assert.deepEqual(await run(''), { kind: 'failed', failure: 'noVerdict', detail: '' });
  for (const program of ['/no/such/program', '', 'a\0b']) {
    const look = commandCheck({ argv: [program], folder: tmpdir(), environment: {}, timeLimitMs: 9_000 });
    const outcome = await look(subject, never);
    assert.equal(outcome.kind === 'failed' && outcome.failure, 'notStarted', program);
  }
});

test('Stop ends a command, which then has no outcome', async () => {
  const abort = new AbortController();
  const looking = run('setTimeout(() => {}, 60_000);', 60_000, abort.signal);
  setTimeout(() => abort.abort(), 200);
  await assert.rejects(looking, { name: 'AbortError' });
});

type Reply = (
  request: IncomingMessage,
  body: string,
) => { status: number; body: string; headers?: Record<string, string> };

/** Asks a check behind an address of this machine. */
async function ask(reply: Reply | undefined, timeLimitMs = 10_000): Promise<Outcome> {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      if (!reply) return;
      const replied = reply(request, body);
      response.writeHead(replied.status, replied.headers).end(replied.body);
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const transport = createUndiciTransport({ proxy: '', systemCertificates: false });
  try {
    const look = endpointCheck(`http://127.0.0.1:${port}/check?team=1`, {
      transport: () => Promise.resolve(transport),
      timeLimitMs,
    });
    return await look(subject, never);
  } finally {
    server.closeAllConnections();
    server.close();
    await transport.close();
  }
}

test('an address is posted the subject, without a key, and answers with its verdict', async () => {
  const seen: unknown[] = [];
  const outcome = await ask(({ method, url, headers }, body) => {
    seen.push(method, url, headers['content-type'], headers['x-api-key'], headers.authorization, JSON.parse(body));
    return { status: 200, body: '{"verdict":"ask","reason":"Is this public?"}' };
  });
  assert.deepEqual(outcome, { kind: 'verdict', verdict: 'ask', reason: 'Is this public?' });
  assert.deepEqual(seen, ['POST', '/check?team=1', 'application/json', undefined, undefined, subject]);
});

test('an address that fails, leads elsewhere, is late or is not there has brought no verdict', async () => {
  const failed = await ask(() => ({ status: 500, body: 'out of memory' }));
  assert.deepEqual(failed, { kind: 'failed', failure: 'status', detail: '500 out of memory' });
  const moved = await ask(() => ({ status: 307, body: '', headers: { location: 'https://elsewhere.test/' } }));
  assert.deepEqual(moved, { kind: 'failed', failure: 'status', detail: '307' });
  const late = await ask(undefined, 300);
  assert.equal(late.kind === 'failed' && late.failure, 'timeout');
  const none = endpointCheck('http://127.0.0.1:9/', {
    transport: () => Promise.reject(new Error('refused')),
    timeLimitMs: 1_000,
  });
  assert.deepEqual(await none(subject, never), { kind: 'failed', failure: 'unreachable', detail: 'refused' });
});

test('texts go to no address that is neither behind TLS nor on this machine', async () => {
  const transport = () => Promise.reject(new Error('asked'));
  for (const address of ['http://check.test/', 'check.test', 'ftp://check.test/', 'https://me:pw@check.test/', 'x y']) {
    const outcome = await endpointCheck(address, { transport, timeLimitMs: 1_000 })(subject, never);
    assert.deepEqual(outcome, { kind: 'failed', failure: 'badAddress', detail: '' }, address);
  }
  const asked = await endpointCheck('https://check.test/', { transport, timeLimitMs: 1_000 })(subject, never);
  assert.equal(asked.kind === 'failed' && asked.failure, 'unreachable');
});
