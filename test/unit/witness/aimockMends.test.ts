/** The whole loop against an endpoint that nobody here wrote: a failing test is mended, run for real, and all of it taken back. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { type ChatCompletionRequest, LLMock } from '@copilotkit/aimock';
import { makeWorkspace } from '../../../harness/editor/makeWorkspace.ts';
import { Restoring } from '../../../src/core/chat/restoring.ts';
import { MessagesClient } from '../../../src/core/messages/client.ts';
import type { Connection } from '../../../src/core/request/requestSources.ts';
import { createUndiciTransport } from '../../../src/core/transport/undiciTransport.ts';
import type { RestoreResult } from '../../../src/shared/restore.ts';
import { turn } from '../../support/session.ts';
import { plainSettings } from '../../support/turns.ts';
import { temporaryFolder, workIn } from '../../support/workingSession.ts';

const editor = 'str_replace_based_edit_tool';
const path = 'src/prices.ts';
const old_str = '  return Math.round(total * (1 - discount.rate));';
const new_str = '  return Math.round(total * (1 - Math.max(0, discount.rate)));';

/** A model that looks, tests, changes, tests again, and says what came of it. */
async function startModel(t: TestContext): Promise<LLMock> {
  const mock = new LLMock({ port: 0 });
  const calls: [name: string, input: object][] = [
    [editor, { command: 'view', path }],
    ['bash', { command: 'npm test' }],
    [editor, { command: 'str_replace', path, old_str, new_str }],
    ['bash', { command: 'npm test' }],
  ];
  for (const [at, [name, input]] of calls.entries()) {
    const toolCalls = [{ name, arguments: JSON.stringify(input) }];
    mock.on({ predicate: request => resultsSeen(request) === at }, { toolCalls });
  }
  mock.on({ predicate: request => resultsSeen(request) === calls.length }, { content: 'The tests pass.' });
  await mock.start();
  t.after(() => mock.stop());
  return mock;
}

function resultsSeen({ messages }: ChatCompletionRequest): number {
  return messages.filter(({ role }) => role === 'tool').length;
}

function connectionTo(url: string): Connection {
  return {
    ok: true,
    endpoint: { messagesUrl: `${url}/v1/messages`, key: 'any' },
    settings: { ...plainSettings, model: 'claude-sonnet-4-5-20250929', maxTokens: 1000, promptCaching: true },
  };
}

test('a failing test is mended: read, run, changed, run again; then all of it is taken back', async t => {
  const folder = join(temporaryFolder(t), 'corner-shop');
  await makeWorkspace(folder);
  const before = await readFile(join(folder, path), 'utf8');
  const mock = await startModel(t);
  const transport = createUndiciTransport();
  t.after(() => transport.close());
  const connection = connectionTo(mock.url);
  const { session, asked, calls } = workIn(t, folder, {
    ports: {
      client: new MessagesClient({ transport: () => Promise.resolve(transport) }),
      connect: () => Promise.resolve(connection),
    },
  });

  await session.send(turn('Fix the discount until its test passes'));

  assert.deepEqual(
    calls().map(({ state, line, exitCode }) => [state, line.action, exitCode]),
    [
      ['done', 'view', undefined],
      ['done', 'run', 1],
      ['done', 'replace', undefined],
      ['done', 'run', 0],
    ],
  );
  assert.deepEqual(
    asked.map(({ line }) => line.action),
    ['run', 'replace', 'run'],
    'what only reads is not asked about',
  );
  const [, failing, , passing] = calls().map(({ result }) => result?.text ?? '');
  assert.match(failing ?? '', /✖ a discount never raises the total|not ok \d+ - a discount never raises the total/);
  assert.match(passing ?? '', /^\S* ?fail 0$/m);
  const last = session.branch.turns.at(-1);
  assert.ok(last?.role === 'assistant');
  assert.deepEqual(last.content, [{ type: 'text', text: 'The tests pass.' }]);
  assert.ok((await readFile(join(folder, path), 'utf8')).includes(new_str));
  const git = (...args: string[]): string => execFileSync('git', args, { cwd: folder, encoding: 'utf8' });
  assert.equal(git('stash', 'list') + git('log', '--format=%s'), 'The shop as it was\n', 'nothing of ours is in git');

  const results: RestoreResult[] = [];
  const restoring = new Restoring({
    session: () => session,
    returned: () => undefined,
    restored: result => results.push(result),
  });
  const turnId = restoring.lastTurnId ?? '';
  const { files } = await restoring.plan(turnId);
  assert.deepEqual(
    files.map(file => [file.path, file.action]),
    [[path, 'change']],
  );
  await restoring.restore(turnId, files, true);
  assert.deepEqual(results, [{ restored: 1, failed: [] }]);
  assert.equal(await readFile(join(folder, path), 'utf8'), before);
  assert.equal(session.branch.turns.length, 0);
  assert.equal(session.unsent.draft, 'Fix the discount until its test passes');
});
