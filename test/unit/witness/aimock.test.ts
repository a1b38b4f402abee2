/** Our client against an endpoint that nobody here wrote. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { LLMock } from '@copilotkit/aimock';
import { type AnswerEnd, MessagesClient } from '../../../src/core/messages/client.ts';
import { createUndiciTransport } from '../../../src/core/transport/undiciTransport.ts';
import type { MessagesRequest } from '../../../src/core/messages/wire.ts';

const mock = new LLMock({ port: 0 });
const transport = createUndiciTransport();
const client = new MessagesClient({ transport: () => Promise.resolve(transport) });

before(async () => {
  mock.onMessage('hello', { content: 'Hello, 世界' });
  mock.onMessage('list', { toolCalls: [{ name: 'list_dir', arguments: '{"path":"."}' }] });
  mock.onMessage('think', { reasoning: 'Let me see.', content: 'Done.' });
  mock.onMessage('boom', { error: { message: 'Overloaded', type: 'overloaded_error' }, status: 529 });
  await mock.start();
});
after(async () => {
  await transport.close();
  await mock.stop();
});

for (const stream of [true, false]) {
  const how = stream ? 'streamed' : 'whole';

  test(`a text, ${how}`, async () => {
    const end = await ask('hello', stream);
    assert.equal(end.kind, 'complete');
    assert.deepEqual(end.message.content, [{ type: 'text', text: 'Hello, 世界' }]);
    assert.equal(end.message.stopReason, 'end_turn');
  });

  test(`a tool call, ${how}`, async () => {
    const end = await ask('list', stream);
    const [block] = end.message.content;
    assert.ok(block?.type === 'tool_use');
    assert.equal(block.name, 'list_dir');
    assert.deepEqual(block.input, { path: '.' });
    assert.equal(end.message.stopReason, 'tool_use');
  });

  test(`thinking and a text, ${how}`, async () => {
    const end = await ask('think', stream);
    assert.deepEqual(
      end.message.content.map(block => block.type),
      ['thinking', 'text'],
    );
  });
}

test('an overload is retried and then told', async () => {
  const end = await ask('boom', true);
  assert.ok(end.kind === 'failed');
  assert.equal(end.problem.kind, 'overloaded');
  assert.equal(end.problem.detail, 'Overloaded');
});

function ask(content: string, stream: boolean): Promise<AnswerEnd> {
  const request: MessagesRequest = {
    model: 'claude-sonnet-4-5-20250929',
    max_tokens: 100,
    stream,
    messages: [{ role: 'user', content }],
  };
  const listener = {
    attemptStarted: () => undefined,
    retrying: (wait: { skip: () => void }) => wait.skip(),
    blockStarted: () => undefined,
    textAppended: () => undefined,
    restarted: () => undefined,
  };
  const endpoint = { messagesUrl: `${mock.url}/v1/messages`, key: 'any' };
  return client.send(request, endpoint, listener, new AbortController().signal);
}
