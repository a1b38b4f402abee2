/** A server that says something else of its tools once the user has allowed them: through the whole loop. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from '../../../harness/drive/eventually.ts';
import { connectServer } from '../../../src/core/mcp/sdkConnection.ts';
import { Servers } from '../../../src/core/mcp/servers.ts';
import { rulesFor } from '../../../src/core/models/modelRules.ts';
import { serverDecisions } from '../../../src/host/mcp/serverDecisions.ts';
import { launchOf, MemorySignIns } from '../../support/mcpServer.ts';
import { answerWith, turn } from '../../support/session.ts';
import { calling, resultsIn, temporaryFolder, workIn } from '../../support/workingSession.ts';

/** A memento of the editor's, in memory. */
class Memento {
  readonly values = new Map<string, unknown>();
  keys = (): string[] => [...this.values.keys()];
  get = (key: string): unknown => this.values.get(key);
  update = (key: string, value: unknown): Promise<void> => Promise.resolve(void this.values.set(key, value));
}

test('a tool that was allowed for the conversation is asked about anew, and what is denied is not sent', async t => {
  const launch = launchOf();
  const docs = {
    id: 'docs',
    name: 'docs',
    origin: 'workspace' as const,
    source: 'mcp.json',
    folder: undefined,
    inputs: [],
  };
  const servers = new Servers({
    find: () => Promise.resolve([{ ...docs, launch }]),
    isTrusted: () => true,
    signIns: new MemorySignIns(),
    pinnedFiles: () => Promise.resolve({ files: [] }),
    memory: serverDecisions({ user: new Memento(), workspace: new Memento() }),
    mayStart: () => Promise.resolve(true),
    connect: connectServer,
    version: '0.0.0',
    environment: { PATH: process.env['PATH'] ?? '' },
    fetch,
    variables: () => Promise.resolve({ workspaceFolder: '/srv', userHome: '/home', env: {}, inputs: {} }),
    inFolder: path => path,
    readFile: () => Promise.reject(new Error('no file')),
    changed: () => undefined,
    clock: () => performance.now(),
  });
  t.after(() => servers.close());
  const search = (query: string): [string, Record<string, unknown>] => ['docs__search', { query }];
  const { session, asked, requests } = workIn(t, temporaryFolder(t), {
    scripts: [
      calling(search('first')),
      calling(search('second')),
      calling(['docs__evolve', {}]),
      answerWith('Done.'),
      calling(search('the key')),
      answerWith('Then not.'),
    ],
    tools: () => servers.offered,
    ready: signal => servers.ready(signal),
    decide: ({ cautions = [] }) => (cautions.includes('changedTool') ? 'deny' : 'allowInConversation'),
  });
  await session.send(turn('Search'));
  assert.deepEqual(
    asked.map(({ line }) => line.subject),
    ['docs__search', 'docs__evolve'],
    'what was allowed for the conversation is not asked about again',
  );
  // The server tells of it by itself, at its time.
  await eventually(() => {
    const said = JSON.stringify(servers.offered.map(tool => tool.definition(rulesFor('m'))));
    assert.match(said, /along as query/);
    return Promise.resolve();
  });
  await session.send(turn('And once more'));
  assert.deepEqual(asked.at(-1)?.cautions, ['changedTool']);
  assert.equal(resultsIn(requests[5])[0]?.text, 'Not executed: the user declined.');
});
