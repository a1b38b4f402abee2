import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { startDemoEndpoint } from '../../../harness/endpoint/server.ts';
import { toCurl, toPython, toTypeScript } from '../../../src/core/inspect/snippets.ts';
import type { MessagesRequest } from '../../../src/core/messages/wire.ts';

const request: MessagesRequest = {
  model: 'claude-sonnet-4-5-20250929',
  max_tokens: 500,
  stream: true,
  system: `It's "quoted" with a $VARIABLE, a \`tick\` and a \\ backslash.\nTwo lines, 日本語 too.`,
  messages: [{ role: 'user', content: [{ type: 'text', text: 'Hello' }] }],
  temperature: 0.5,
  tools: [{ name: 'look', input_schema: { type: 'object', properties: {}, additionalProperties: false } }],
};
const sendable = (url: string, changed: Partial<MessagesRequest> = {}) => ({
  url,
  requestHeaders: { 'content-type': 'application/json', 'anthropic-version': '2023-06-01', 'x-api-key': '…' },
  request: { ...request, ...changed },
});
const run = promisify(execFile);
const env = { ...process.env, MARGINALIA_API_KEY: 'sk-test' };

const goldens = { 'snippet.sh': toCurl, 'snippet.py': toPython, 'snippet.ts.txt': toTypeScript };

for (const [name, make] of Object.entries(goldens)) {
  test(`${name} is the one that was looked at`, async () => {
    const written = make(sendable('https://api.example.com/v1/messages'));
    const path = join('test/golden', name);
    if (process.env['UPDATE_GOLDEN']) await writeFile(path, written);
    assert.equal(written, await readFile(path, 'utf8'));
  });
}

for (const stream of [true, false]) {
  test(`the TypeScript program sends the same request (stream: ${stream})`, async t => {
    const endpoint = await startDemoEndpoint();
    const folder = await mkdtemp('test/unit/inspect/running-');
    t.after(async () => {
      await endpoint.close();
      await rm(folder, { recursive: true });
    });
    const path = join(folder, 'snippet.ts');
    await writeFile(path, toTypeScript(sendable(`${endpoint.baseUrl}/v1/messages`, { stream })));
    const { stdout } = await run(process.execPath, [path], { env, timeout: 20_000 });
    assert.match(stdout, /Demo endpoint/);
    // The SDK leaves `stream` out where it is false.
    const body = endpoint.requests[0]?.body as Record<string, unknown>;
    assert.deepEqual({ ...body, stream: body['stream'] ?? false }, { ...request, stream });
  });

  test(`the shell command sends the same request (stream: ${stream})`, async t => {
    try {
      await run('curl', ['--version']);
    } catch {
      t.skip('this machine has no curl');
      return;
    }
    const endpoint = await startDemoEndpoint();
    t.after(() => endpoint.close());
    const command = toCurl(sendable(`${endpoint.baseUrl}/v1/messages`, { stream }));
    const { stdout } = await run('sh', ['-c', command], { env, timeout: 20_000 });
    assert.match(stdout, /Demo/);
    assert.deepEqual(endpoint.requests[0]?.body, { ...request, stream });
    assert.equal(endpoint.requests[0].headers['x-api-key'], 'sk-test');
  });
}
