/** The official SDK against the demo endpoint: the demo is held to the protocol by a client that nobody here wrote. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import Anthropic from '@anthropic-ai/sdk';
import { type DemoEndpoint, startDemoEndpoint } from '../../../harness/endpoint/server.ts';

const model = 'claude-sonnet-4-5-20250929';
const question = { model, max_tokens: 2000, messages: [{ role: 'user' as const, content: 'A table about tea' }] };
let endpoint: DemoEndpoint;
let client: Anthropic;

before(async () => {
  endpoint = await startDemoEndpoint();
  client = new Anthropic({ apiKey: 'demo', baseURL: endpoint.baseUrl, maxRetries: 0 });
});
after(() => endpoint.close());

test('a streamed answer is the same message as one that comes whole', async () => {
  const streamed = await client.messages.stream(question).finalMessage();
  const whole = await client.messages.create(question);
  assert.deepEqual(streamed.content, whole.content);
  assert.equal(streamed.stop_reason, 'end_turn');
  assert.ok(streamed.usage.output_tokens > 0);
});

test('tool input streams as JSON that the SDK can read', async () => {
  const message = await client.messages
    .stream({
      ...question,
      tools: [
        {
          name: 'get_tea',
          input_schema: { type: 'object', properties: { kind: { type: 'string' } }, required: ['kind'] },
        },
      ],
      tool_choice: { type: 'tool', name: 'get_tea' },
    })
    .finalMessage();
  const [block] = message.content;
  assert.equal(block?.type, 'tool_use');
  assert.equal(message.stop_reason, 'tool_use');
});

test('thinking comes signed and can be handed back', async () => {
  const thinking = { type: 'enabled' as const, budget_tokens: 1024 };
  const first = await client.messages.stream({ ...question, thinking }).finalMessage();
  assert.equal(first.content[0]?.type, 'thinking');
  const again = await client.messages.create({
    ...question,
    thinking,
    messages: [...question.messages, { role: 'assistant', content: first.content }, { role: 'user', content: 'More' }],
  });
  assert.equal(again.stop_reason, 'end_turn');
});

test('tokens are counted and models are listed', async () => {
  const { messages } = question;
  assert.ok((await client.messages.countTokens({ model, messages })).input_tokens > 0);
  const ids = [];
  for await (const listed of client.models.list()) ids.push(listed.id);
  assert.ok(ids.includes(model));
});

test('errors are of the classes that the SDK has for them', async () => {
  await assert.rejects(client.messages.create({ ...question, model: 'claude-none' }), Anthropic.NotFoundError);
  await assert.rejects(client.messages.create({ ...question, max_tokens: 0 }), Anthropic.BadRequestError);
  const stranger = new Anthropic({ apiKey: 'invalid', baseURL: endpoint.baseUrl, maxRetries: 0 });
  await assert.rejects(stranger.messages.create(question), Anthropic.AuthenticationError);
  endpoint.faults.next({ kind: 'status', status: 429 });
  await assert.rejects(client.messages.create(question), Anthropic.RateLimitError);
});
