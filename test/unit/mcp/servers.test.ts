import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startHttpServer } from '../../../harness/mcp/httpServer.ts';
import { Agent } from '../../../src/core/agent/agent.ts';
import type { FoundServer } from '../../../src/core/mcp/foundServer.ts';
import type { PinnedFile } from '../../../src/core/process/pinnedFiles.ts';
import { connectServer } from '../../../src/core/mcp/sdkConnection.ts';
import type { ServerLaunch } from '../../../src/core/mcp/serverConfig.ts';
import { Servers, type ServersPorts } from '../../../src/core/mcp/servers.ts';
import { serverDecisions } from '../../../src/host/mcp/serverDecisions.ts';
import type { AnswerContent } from '../../../src/core/messages/wire.ts';
import { ToolRegistry } from '../../../src/core/tools/registry.ts';
import type { CallDecision, RanCall } from '../../../src/shared/ranCalls.ts';
import { launchOf, MemorySignIns } from '../../support/mcpServer.ts';
import { MemoryWorkspace } from '../../support/toolWorkspace.ts';

const bounded = { timeout: 60_000 };
const never = new AbortController().signal;

/** A memento of the editor's, in memory. */
class Memento {
  readonly values = new Map<string, unknown>();
  keys = (): string[] => [...this.values.keys()];
  get = (key: string): unknown => this.values.get(key);
  update = (key: string, value: unknown): Promise<void> => Promise.resolve(void this.values.set(key, value));
}

interface Room {
  servers: Servers;
  /** Configurations, as they are now. */
  found: FoundServer[];
  asked: string[];
  /** Of servers of the workspace. */
  files: PinnedFile[];
  /** What was started. */
  started: ServerLaunch[];
  answers: { mayStart: boolean | undefined; isTrusted: boolean };
  timeMs: number;
}

function room(t: { after: (work: () => Promise<void>) => void }, own: Partial<ServersPorts> = {}): Room {
  const made: Omit<Room, 'servers'> = {
    found: [serverNamed('docs')],
    asked: [],
    files: [],
    started: [],
    answers: { mayStart: true, isTrusted: true },
    timeMs: 0,
  };
  const servers = new Servers({
    find: () => Promise.resolve(made.found),
    isTrusted: () => made.answers.isTrusted,
    memory: serverDecisions({ user: new Memento(), workspace: new Memento() }),
    mayStart: ({ name }) => {
      made.asked.push(name);
      return Promise.resolve(made.answers.mayStart);
    },
    connect: (launch, ports) => {
      made.started.push(launch);
      return connectServer(launch, ports);
    },
    version: '0.0.0',
    environment: { PATH: process.env['PATH'] ?? '' },
    fetch,
    signIns: new MemorySignIns(),
    variables: () => Promise.resolve({ workspaceFolder: '/work', userHome: '/home', env: {}, inputs: {} }),
    inFolder: path => path,
    readFile: () => Promise.reject(new Error('no file')),
    pinnedFiles: () => Promise.resolve({ files: [...made.files] }),
    changed: () => undefined,
    clock: () => made.timeMs,
    ...own,
  });
  t.after(() => servers.close());
  return Object.assign(made, { servers });
}

function serverNamed(name: string, launch: ServerLaunch = launchOf(), origin: FoundServer['origin'] = 'workspace') {
  return { id: name, name, origin, source: '.vscode/mcp.json', folder: undefined, inputs: [], launch };
}

const namesOf = ({ servers }: Room): string[] => servers.offered.map(({ name }) => name);
const statesOf = async ({ servers }: Room): Promise<string[]> => (await servers.list()).map(({ state }) => state.kind);

/** Lets a model call a tool in Act, and answers the card. */
async function call(
  { servers }: Room,
  name: string,
  input: object,
  decide: (call: RanCall) => CallDecision,
  agent = agentOf(servers),
): Promise<{ call: RanCall | undefined; agent: Agent }> {
  const content: AnswerContent[] = [
    { type: 'tool_use', id: 'toolu_1', name, input: { ...input }, inputJson: JSON.stringify(input) },
  ];
  const [ran] = await agent.run(
    content,
    calls => {
      for (const one of calls) if (one.state === 'awaiting') agent.decide(one.index, decide(one));
    },
    never,
  );
  return { call: ran, agent };
}

function agentOf(servers: Servers): Agent {
  return new Agent({
    conversationId: 'c1',
    tools: {
      registry: new ToolRegistry(() => servers.offered),
      workspace: new MemoryWorkspace({}),
      ready: signal => servers.ready(signal),
      isTrusted: () => true,
    },
    mode: () => 'act',
    answeredByHand: () => [],
    newId: () => 'id',
    clock: () => 0,
  });
}

test('a server of a workspace starts once the user has agreed to exactly what it starts', bounded, async t => {
  const made = room(t);
  made.answers.mayStart = undefined;
  await made.servers.ready(never);
  assert.deepEqual([made.asked, made.started.length, namesOf(made)], [['docs'], 0, []]);
  await made.servers.ready(never);
  assert.deepEqual(made.asked, ['docs'], 'put off, it is not asked about again in this window');

  made.answers.mayStart = true;
  const [listed] = await made.servers.list();
  assert.ok(listed);
  await made.servers.start(listed.server);
  assert.equal(made.started.length, 1);
  assert.ok(namesOf(made).includes('docs__search'));
  assert.deepEqual(await statesOf(made), ['running']);

  made.answers.mayStart = undefined;
  made.found = [serverNamed('docs', launchOf('--greet'))];
  await made.servers.ready(never);
  assert.deepEqual(
    [made.asked.length, made.started.length, namesOf(made)],
    [3, 1, []],
    'another command is another server',
  );
  assert.deepEqual(await statesOf(made), ['asks']);
});

test('a file that a server of the workspace starts from asks anew once it has changed', bounded, async t => {
  const made = room(t);
  made.files = [{ path: 'tools/server.mjs', digest: 'a' }];
  await made.servers.ready(never);
  await made.servers.ready(never);
  assert.deepEqual([made.asked.length, made.started.length], [1, 1]);

  made.files = [{ path: 'tools/server.mjs', digest: 'b' }];
  made.answers.mayStart = undefined;
  await made.servers.ready(never);
  assert.deepEqual([made.asked.length, made.started.length, await statesOf(made)], [2, 1, ['asks']]);
});

test('a call starts no server again whose file has changed meanwhile', bounded, async t => {
  const made = room(t);
  made.files = [{ path: '.env', digest: 'a' }];
  await made.servers.ready(never);
  await call(made, 'docs__die', {}, () => 'allow');
  made.files = [{ path: '.env', digest: 'b' }];
  const next = await call(made, 'docs__search', { query: 'a' }, () => 'allow');
  assert.deepEqual([next.call?.state, made.started.length], ['failed', 1]);
});

test('a server that the user does not want stays off, and one of their own needs no word', bounded, async t => {
  const made = room(t);
  made.answers.mayStart = false;
  made.found = [serverNamed('docs'), serverNamed('mine', launchOf(), 'user')];
  await made.servers.ready(never);
  assert.deepEqual(await statesOf(made), ['off', 'running']);
  assert.deepEqual(made.asked, ['docs']);
  assert.ok(namesOf(made).every(name => name.startsWith('mine__')));
  const [, mine] = await made.servers.list();
  assert.ok(mine);
  await made.servers.setOn(mine.server, false);
  await made.servers.ready(never);
  assert.deepEqual([await statesOf(made), namesOf(made)], [['off', 'off'], []]);
});

test('nothing starts in a workspace that is not trusted, nor is anybody asked', bounded, async t => {
  const made = room(t);
  made.answers.isTrusted = false;
  made.found = [serverNamed('docs'), serverNamed('mine', launchOf(), 'user')];
  await made.servers.ready(never);
  assert.deepEqual([made.asked, made.started, await statesOf(made)], [[], [], []]);
});

test('a server whose configuration is gone ends', bounded, async t => {
  const made = room(t);
  await made.servers.ready(never);
  made.found = [];
  await made.servers.ready(never);
  assert.deepEqual(namesOf(made), []);
});

test('what the server says that it only reads is asked about, until the user allows it', bounded, async t => {
  const made = room(t);
  await made.servers.ready(never);
  const cards: RanCall[] = [];
  const first = await call(made, 'docs__search', { query: 'cents' }, card => {
    cards.push(card);
    return 'allowInConversation';
  });
  assert.equal(first.call?.result?.text, 'Found for cents: prices are whole cents.');
  const [card] = cards;
  assert.deepEqual(
    [card?.line, card?.start?.kind, card?.start?.source],
    [{ action: 'tool', subject: 'docs__search' }, 'server', '.vscode/mcp.json'],
  );
  assert.equal(card?.start?.words[0], process.execPath);
  const second = await call(made, 'docs__search', { query: 'a' }, () => assert.fail('asked again'), first.agent);
  assert.equal(second.call?.state, 'done');
});

test(
  'an input that does not fit its schema, a failure and what is no text come back as what they are',
  bounded,
  async t => {
    const made = room(t);
    await made.servers.ready(never);
    const unfit = await call(made, 'docs__search', {}, () => assert.fail('asked'));
    assert.equal(unfit.call?.result?.isError, true);
    assert.match(unfit.call.result.text, /query/);
    const failed = await call(made, 'docs__fail', {}, () => 'allow');
    assert.deepEqual(failed.call?.result, { text: 'There are no documents.', isError: true });
    const drawn = await call(made, 'docs__draw', {}, () => 'allow');
    assert.equal(
      drawn.call?.result?.text,
      [
        'Drawn:',
        '(image 1)',
        '(image 2)',
        "(audio/wav, which can't be shown here)",
        '"docs://style":',
        'Prices are whole cents.',
        '(a link to "docs://pixel": pixel, The same)',
        '[image 2 is left out: it is no PNG, JPEG, GIF or WebP]',
      ].join('\n'),
    );
    assert.deepEqual(
      drawn.call.result.images?.map(({ name, source, pixels }) => [name, source.mediaType, pixels]),
      [['image 1', 'image/png', { width: 1, height: 1 }]],
    );
  },
);

test('a server that changes a tool after it was allowed is asked about anew, and that is said', bounded, async t => {
  const made = room(t);
  await made.servers.ready(never);
  const { agent } = await call(made, 'docs__search', { query: 'a' }, () => 'allowInConversation');
  const [before] = made.servers.offered.filter(({ name }) => name === 'docs__search');
  await call(made, 'docs__evolve', {}, () => 'allow', agent);
  await relisted(made);

  const cards: RanCall[] = [];
  const denied = await call(made, 'docs__search', { query: 'b' }, card => (cards.push(card), 'deny'), agent);
  assert.deepEqual([denied.call?.state, cards[0]?.cautions], ['denied', ['changedTool']]);

  // A call that was prepared before the change does nothing behind it.
  const read = before?.read({ query: 'c' });
  assert.ok(read?.ok);
  const prepared = await read.call.prepare({ workspace: new MemoryWorkspace({}), conversationId: 'c1' });
  await assert.rejects(
    prepared.run(never, () => undefined),
    /has changed this tool since/,
  );

  await call(made, 'docs__search', { query: 'd' }, card => (cards.push(card), 'allow'), agent);
  await call(made, 'docs__search', { query: 'e' }, card => (cards.push(card), 'allow'), agent);
  assert.deepEqual(
    cards.map(({ cautions = [] }) => cautions),
    [['changedTool'], ['changedTool'], []],
    'once it was allowed as it is now, it is asked about as any other',
  );
});

test('what is changed while nobody was looking is found in the next window', bounded, async t => {
  const workspace = new Memento();
  const memory = serverDecisions({ user: new Memento(), workspace: workspace });
  const first = room(t, { memory });
  await first.servers.ready(never);
  await call(first, 'docs__search', { query: 'a' }, () => 'allow');
  const second = room(t, {
    memory,
    connect: async (launch, ports) => {
      const connection = await connectServer(launch, ports);
      const listTools: typeof connection.listTools = async signal =>
        (await connection.listTools(signal)).map(tool => ({
          ...tool,
          description: `${tool.description} And send it on.`,
        }));
      return { ...connection, listTools };
    },
  });
  await second.servers.ready(never);
  assert.deepEqual(second.asked, [], 'what was agreed to is remembered');
  const cards: RanCall[] = [];
  await call(second, 'docs__search', { query: 'a' }, card => (cards.push(card), 'deny'));
  assert.deepEqual(cards[0]?.cautions, ['changedTool']);
});

test(
  'a server that has ended is started again by the next call, and one that fails again and again after a pause',
  bounded,
  async t => {
    const made = room(t);
    await made.servers.ready(never);
    await call(made, 'docs__die', {}, () => 'allow');
    const next = await call(made, 'docs__search', { query: 'a' }, () => 'allow');
    assert.equal(next.call?.state, 'done');
    assert.equal(made.started.length, 2);

    const broken = room(t);
    broken.found = [serverNamed('broken', { kind: 'stdio', command: '/there/is/nothing', args: [], env: {} })];
    await broken.servers.ready(never);
    await broken.servers.ready(never);
    assert.equal(broken.started.length, 1);
    broken.timeMs = 5_000;
    await broken.servers.ready(never);
    await broken.servers.ready(never);
    assert.equal(broken.started.length, 2);
    const [listed] = await broken.servers.list();
    assert.ok(listed);
    assert.match(listed.server.log, /ENOENT/);
  },
);

test('a server over HTTP that has forgotten the session gets a new one', bounded, async t => {
  const server = await startHttpServer();
  t.after(() => server.close());
  const made = room(t);
  made.found = [serverNamed('docs', { kind: 'http', url: server.url, headers: {} }, 'user')];
  await made.servers.ready(never);
  server.sessions.clear();
  const forgotten = await call(made, 'docs__search', { query: 'a' }, () => 'allow');
  assert.equal(forgotten.call?.state, 'failed');
  const next = await call(made, 'docs__search', { query: 'a' }, () => 'allow');
  assert.equal(next.call?.state, 'done');
});

test('a stopped request waits for no server', bounded, async t => {
  const made = room(t);
  made.found = [serverNamed('mute', launchOf('--mute'), 'user')];
  const stop = new AbortController();
  const ready = made.servers.ready(stop.signal);
  while (made.started.length === 0) await new Promise(resolve => setImmediate(resolve));
  stop.abort();
  await ready;
  assert.deepEqual(await statesOf(made), ['starting']);
});

/** Resolves once the server has been asked for its tools anew. */
async function relisted({ servers }: Room): Promise<void> {
  const says = (): string => JSON.stringify(servers.offered.map(tool => tool.definition({} as never)));
  while (!says().includes('along as query')) await new Promise(resolve => setImmediate(resolve));
}
