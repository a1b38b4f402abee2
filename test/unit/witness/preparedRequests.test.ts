/** The demo validates as strictly as the service does: it must refuse nothing that we prepare. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type DemoEndpoint, startDemoEndpoint } from '../../../harness/endpoint/server.ts';
import { prepareRequest } from '../../../src/core/messages/prepareRequest.ts';
import type { MessagesRequest } from '../../../src/core/messages/wire.ts';

const models = [
  'claude-haiku-4-5-20251001',
  'claude-sonnet-4-5-20250929',
  'claude-opus-4-1-20250805',
  'claude-opus-4-1-20250805-thinking',
  'claude-sonnet-4-5-20250929-thinking',
  'claude-opus-4-5',
  'claude-sonnet-4-6',
  'claude-opus-4-6',
  'claude-opus-4-7',
  'claude-opus-4-8',
  'claude-sonnet-5',
  'claude-opus-5',
  'claude-fable-5',
];

const tool = { name: 'f', input_schema: { type: 'object' as const } };
const user = { role: 'user' as const, content: 'Hello' };

/** Everything that a user can set, alone and together, sensible or not. */
const wishes: Record<string, Partial<MessagesRequest>> = {
  nothing: {},
  'every sampling parameter': { temperature: 0.5, top_p: 0.9, top_k: 5 },
  'more tokens than any model writes': { max_tokens: 1_000_000 },
  'a budget for thinking': { thinking: { type: 'enabled', budget_tokens: 2000 }, temperature: 0.2, top_k: 3 },
  'a budget that is too small': { thinking: { type: 'enabled', budget_tokens: 10 } },
  'a budget above the limit of the answer': { max_tokens: 4000, thinking: { type: 'enabled', budget_tokens: 9000 } },
  'adaptive thinking': { thinking: { type: 'adaptive' }, top_p: 0.5 },
  'no thinking': { thinking: { type: 'disabled' } },
  'a forced tool': { tools: [tool], tool_choice: { type: 'tool', name: 'f' } },
  'a forced tool while thinking': {
    tools: [tool],
    tool_choice: { type: 'any' },
    thinking: { type: 'enabled', budget_tokens: 2000 },
  },
  'a tool choice without tools': { tool_choice: { type: 'any' } },
  'odd stop sequences': { stop_sequences: [' ', 'a', 'b', 'c', 'd', 'e'] },
  'a prefill': { messages: [user, { role: 'assistant', content: 'The answer is ( \n' }] },
  'neighbours and empty messages': { messages: [user, { role: 'assistant', content: '' }, user] },
  'a system prompt and an id': { system: 'Be brief.', metadata: { user_id: 'u' } },
};

let endpoint: DemoEndpoint;
before(async () => {
  endpoint = await startDemoEndpoint();
});
after(() => endpoint.close());

for (const model of models) {
  test(`nothing that is prepared for ${model} is refused`, async () => {
    for (const [name, wish] of Object.entries(wishes)) {
      const wanted: MessagesRequest = { model, max_tokens: 8192, stream: false, messages: [user], ...wish };
      const response = await fetch(`${endpoint.baseUrl}/v1/messages`, {
        method: 'POST',
        headers: { 'x-api-key': 'demo', 'anthropic-version': '2023-06-01', 'content-type': 'application/json' },
        body: JSON.stringify(prepareRequest(wanted).body),
      });
      const answer = await response.text();
      assert.equal(response.status, 200, `${name}: ${answer}`);
    }
  });
}

test('the control: the same wishes unprepared are refused', async () => {
  const wanted = { model: 'claude-opus-4-7', max_tokens: 100, messages: [user], temperature: 0.5 };
  const response = await fetch(`${endpoint.baseUrl}/v1/messages`, {
    method: 'POST',
    headers: { 'x-api-key': 'demo', 'anthropic-version': '2023-06-01', 'content-type': 'application/json' },
    body: JSON.stringify(wanted),
  });
  assert.equal(response.status, 400);
});
