import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { connectServer } from '../../../src/core/mcp/sdkConnection.ts';
import { type ConnectPorts, type ServerConnection, ServerError } from '../../../src/core/mcp/connection.ts';
import type { ServerLaunch } from '../../../src/core/mcp/serverConfig.ts';
import { neededEnvironment } from '../../../src/core/process/neededEnvironment.ts';
import { hear, type Heard, isRunning, launchOf, stopHalfway } from '../../support/mcpServer.ts';

const bounded = { timeout: 60_000 };
const never = new AbortController().signal;

async function connected(
  t: { after: (work: () => Promise<void>) => void },
  launch: ServerLaunch,
  own: Partial<ConnectPorts> = {},
): Promise<{ connection: ServerConnection; heard: Heard }> {
  const heard = hear(own);
  const connection = await connectServer(launch, heard.ports);
  t.after(() => connection.close());
  return { connection, heard };
}

const options = { signal: never, timeLimitMs: 30_000, progress: () => undefined };

test('a server that is a process lists its tools and answers calls', bounded, async t => {
  const { connection } = await connected(t, launchOf());
  assert.equal(connection.serverName, 'harness 1.2.3');
  const [search] = await connection.listTools(never);
  assert.deepEqual(search, {
    name: 'search',
    description: 'Searches the documents.',
    inputSchema: { type: 'object', properties: { query: { type: 'string' } }, required: ['query'] },
    saysItReads: true,
  });
  assert.deepEqual(await connection.callTool('search', { query: 'cents' }, options), {
    parts: [{ kind: 'text', text: 'Found for cents: prices are whole cents.' }],
    isError: false,
  });
  const failed = await connection.callTool('fail', {}, options);
  assert.equal(failed.isError, true);
  const drawn = await connection.callTool('draw', {}, options);
  assert.deepEqual(
    drawn.parts.map(({ kind }) => kind),
    ['text', 'image', 'image', 'other', 'resource', 'link'],
  );
});

test('prompts and resources are listed and read', bounded, async t => {
  const { connection } = await connected(t, launchOf());
  const [summary] = await connection.listPrompts(never);
  assert.deepEqual(summary, {
    name: 'summary',
    title: 'Summary',
    description: 'What the documents say',
    takes: [
      { name: 'about', description: '', isRequired: true },
      { name: 'length', description: 'Such as short', isRequired: false },
    ],
  });
  assert.deepEqual(await connection.readPrompt('summary', { about: 'prices' }, never), [
    {
      role: 'user',
      part: { kind: 'text', text: 'Summarize what the documents say about prices, in any length.' },
    },
  ]);
  assert.deepEqual(await connection.completePrompt?.('summary', { name: 'about', value: 'pri' }, {}, never), [
    'prices',
    'printing',
  ]);
  await assert.rejects(connection.readPrompt('broken', {}, never), /There is no prompt broken/);
  assert.deepEqual(await connection.listResources(never), [
    { uri: 'docs://style', name: 'style', description: 'House style' },
    { uri: 'docs://pixel', name: 'pixel', description: 'An image' },
  ]);
  assert.deepEqual(await connection.readResource('docs://style', never), [
    { kind: 'text', text: 'Prices are whole cents.' },
  ]);
});

test('lines that are no messages are passed over, and what a server says of its tools is heard', bounded, async t => {
  const { connection, heard } = await connected(t, launchOf('--greet'));
  await connection.callTool('evolve', {}, options);
  await heard.toolsChanged;
  const [search] = await connection.listTools(never);
  assert.match(search?.description ?? '', /along as query/);
});

test('progress is told, and a call that is stopped is cancelled at the server', bounded, async t => {
  const { connection } = await connected(t, launchOf());
  await stopHalfway(connection);
  const after = await connection.callTool('search', { query: 'a' }, options);
  assert.equal(after.isError, false, 'the connection still stands');
});

test('a call that says nothing for too long fails', bounded, async t => {
  const { connection } = await connected(t, launchOf());
  const call = connection.callTool('wait', {}, { ...options, timeLimitMs: 50 });
  await assert.rejects(call, (error: ServerError) => error.failure.kind === 'timeout');
});

test('a server that ends by itself is told once, and calls to it fail', bounded, async t => {
  const { connection, heard } = await connected(t, launchOf());
  await assert.rejects(connection.callTool('die', {}, options), (error: ServerError) => error.failure.kind === 'ended');
  await heard.closed;
  assert.match(heard.log(), /exit code 3/);
  await assert.rejects(connection.callTool('search', {}, options));
});

test('what can’t be started, or never answers, says so, and leaves nothing running', bounded, async () => {
  const nothing: ServerLaunch = { kind: 'stdio', command: '/there/is/nothing', args: [], env: {} };
  await assert.rejects(connectServer(nothing, hear().ports), ({ failure }: ServerError) => {
    assert.equal(failure.kind, 'notStarted');
    return /ENOENT/.test(failure.detail);
  });
  const heard = hear({ timeLimitMs: 2_000 });
  await assert.rejects(
    connectServer(launchOf('--mute', '--stay'), heard.ports),
    ({ failure }: ServerError) => failure.kind === 'timeout',
  );
  assert.equal(isRunning(Number(await heard.logged(/pid (\d+)/))), false);
});

test('closing ends a server that ignores it, and all that it has started', bounded, async () => {
  const heard = hear();
  const connection = await connectServer(launchOf('--stay', '--child'), heard.ports);
  const child = Number(await heard.logged(/child (\d+)/));
  const server = Number(await heard.logged(/pid (\d+)/));
  assert.deepEqual([isRunning(server), isRunning(child)], [true, true]);
  await connection.close();
  // Who has lost its parent is taken away by another process, which may take its time.
  while (isRunning(child) && !isZombie(child)) await new Promise(resolve => setImmediate(resolve));
  assert.equal(isRunning(server), false);
});

test('the end of the process that has connected ends the server and all that it has started', bounded, () => {
  const script = `
    import { connectServer } from './src/core/mcp/sdkConnection.ts';
    import { hear, launchOf } from './test/support/mcpServer.ts';
    const heard = hear();
    await connectServer(launchOf('--stay', '--child'), heard.ports);
    console.log(await heard.logged(/child (\\d+)/));
    process.exit(0);`;
  const child = Number(
    execFileSync(process.execPath, ['--input-type=module-typescript', '-e', script], { encoding: 'utf8' }),
  );
  assert.notEqual(child, 0);
  while (isRunning(child) && !isZombie(child));
});

test('a server gets no key of the environment, and what its configuration names', bounded, async t => {
  const environment = neededEnvironment({
    PATH: process.env['PATH'],
    ANTHROPIC_API_KEY: 'sk-ant-secret',
    GITHUB_TOKEN: 'secret',
    HTTPS_PROXY: 'http://me:secret@proxy.test',
    NO_PROXY: 'localhost',
    LC_ALL: 'C.UTF-8',
    DISPLAY: ':1',
    UNSET: undefined,
  });
  assert.deepEqual(Object.keys(environment), ['PATH', 'NO_PROXY', 'LC_ALL']);
  const launch = { ...launchOf(), env: { LEVEL: 'debug', PORT: '1', LC_ALL: null } };
  const { connection } = await connected(t, launch, { environment, fileEnvironment: { PORT: '2', FROM_FILE: 'x' } });
  const { parts } = await connection.callTool('environment', {}, options);
  const [part] = parts;
  const seen = JSON.parse(part?.kind === 'text' ? part.text : '{}') as Record<string, string>;
  const { PATH, ...others } = seen;
  assert.equal(PATH, process.env['PATH']);
  assert.deepEqual(others, { NO_PROXY: 'localhost', LEVEL: 'debug', PORT: '1', FROM_FILE: 'x' });
});

/** One that has ended and that nobody has asked about yet. */
function isZombie(pid: number): boolean {
  try {
    return /^State:\s*Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return true;
  }
}
