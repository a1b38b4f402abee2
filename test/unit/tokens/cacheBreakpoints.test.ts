import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type DemoEndpoint, startDemoEndpoint } from '../../../harness/endpoint/server.ts';
import type { MessagesRequest, TextBlockParam } from '../../../src/core/messages/wire.ts';
import { withCacheBreakpoints } from '../../../src/core/tokens/cacheBreakpoints.ts';

const mark = { type: 'ephemeral' } as const;
const long = 'A sentence that is repeated until it is long enough to be cached. '.repeat(120);
const tool = { name: 'look', description: long, input_schema: { type: 'object' as const } };
const base: MessagesRequest = {
  model: 'claude-sonnet-4-5-20250929',
  max_tokens: 200,
  stream: false,
  system: long,
  tools: [{ name: 'first', input_schema: { type: 'object' } }, tool],
  messages: [
    { role: 'user', content: 'One' },
    { role: 'assistant', content: 'Answer one' },
    { role: 'user', content: 'Two' },
    { role: 'assistant', content: 'Answer two' },
    { role: 'user', content: 'Three' },
  ],
};

let demo: DemoEndpoint;
before(async () => {
  demo = await startDemoEndpoint();
});
after(() => demo.close());

test('the last tool, the last system block and the last two user messages carry one, and the input none', () => {
  const untouched = structuredClone(base);
  const marked = withCacheBreakpoints(base, 1024);
  assert.deepEqual(base, untouched);
  assert.deepEqual(marked.tools, [base.tools?.[0], { ...tool, cache_control: mark }]);
  assert.deepEqual(marked.system, [{ type: 'text', text: long, cache_control: mark }]);
  const asked = (text: string) => ({ role: 'user', content: [{ type: 'text', text, cache_control: mark }] });
  assert.deepEqual(marked.messages, [...base.messages.slice(0, 2), asked('Two'), base.messages[3], asked('Three')]);
});

test('the same history gives the same bytes', () => {
  const once = JSON.stringify(withCacheBreakpoints(base, 1024));
  assert.equal(JSON.stringify(withCacheBreakpoints(structuredClone(base), 1024)), once);
});

test('what the user has set is kept and counts against the four', () => {
  const system: TextBlockParam[] = [
    { type: 'text', text: long, cache_control: mark },
    { type: 'text', text: 'a', cache_control: mark },
    { type: 'text', text: 'b', cache_control: mark },
  ];
  const three = withCacheBreakpoints({ ...base, system }, 1024);
  assert.deepEqual(three.system, system);
  assert.equal(countMarks(three), 4);
  const last = three.messages.at(-1)?.content;
  assert.ok(Array.isArray(last) && countMarks(last) === 1, 'the last message is the most useful place');
  const four = { ...base, system: [...system, { type: 'text' as const, text: 'c', cache_control: mark }] };
  assert.equal(withCacheBreakpoints(four, 1024), four);
  assert.equal(countMarks(withCacheBreakpoints(withCacheBreakpoints(base, 1024), 1024)), 4);
});

test('a prefix below the minimum carries none', () => {
  const short: MessagesRequest = { ...base, system: 'Be brief.', tools: [] };
  assert.equal(countMarks(withCacheBreakpoints(short, 1024)), 0);
  const { tools, ...withoutTools } = base;
  assert.equal(tools?.length, 2);
  const systemOnly = withCacheBreakpoints({ ...withoutTools, system: 'Be brief.', messages: [userOf(long)] }, 1024);
  assert.equal(systemOnly.system, 'Be brief.');
  assert.equal(countMarks(systemOnly), 1);
});

test('thinking and empty text carry none: the block before does, or the message before', () => {
  const result = { type: 'tool_result' as const, tool_use_id: 't', content: 'ok' };
  const use = { type: 'tool_use' as const, id: 't', name: 'look', input: {} };
  const thought = { type: 'thinking' as const, thinking: 'hm', signature: 's' };
  const marked = withCacheBreakpoints(
    {
      ...base,
      messages: [
        userOf(long),
        { role: 'assistant', content: [thought, use] },
        { role: 'user', content: [result, { type: 'text', text: '' }] },
      ],
    },
    1024,
  );
  assert.deepEqual(marked.messages[2]?.content, [
    { ...result, cache_control: mark },
    { type: 'text', text: '' },
  ]);
  assert.deepEqual(marked.messages[1]?.content, [thought, use]);
  const empty = withCacheBreakpoints({ ...base, messages: [userOf(long), userOf('')] }, 1024);
  assert.equal(countMarks(empty.messages), 1);
});

test('strict validation takes it, and the second turn reads from the cache what the first has written', async () => {
  const first = { ...base, messages: base.messages.slice(0, 3) };
  const one = await send(withCacheBreakpoints(first, 1024));
  assert.equal(one.cache_read_input_tokens, 0);
  assert.ok(one.cache_creation_input_tokens > 1024);
  const two = await send(withCacheBreakpoints(base, 1024));
  assert.ok(two.cache_read_input_tokens >= one.cache_creation_input_tokens, JSON.stringify(two));
  assert.ok(two.cache_creation_input_tokens < 100);
  assert.equal(two.input_tokens, 0);
});

test('the control: without breakpoints nothing is written or read', async () => {
  await send(base);
  const usage = await send(base);
  assert.deepEqual([usage.cache_creation_input_tokens, usage.cache_read_input_tokens], [0, 0]);
});

interface CacheUsage {
  input_tokens: number;
  cache_creation_input_tokens: number;
  cache_read_input_tokens: number;
}

async function send(request: MessagesRequest): Promise<CacheUsage> {
  const response = await fetch(`${demo.baseUrl}/v1/messages`, {
    method: 'POST',
    headers: { 'x-api-key': 'demo', 'anthropic-version': '2023-06-01', 'content-type': 'application/json' },
    body: JSON.stringify(request),
  });
  const text = await response.text();
  assert.equal(response.status, 200, text);
  return (JSON.parse(text) as { usage: CacheUsage }).usage;
}

function userOf(content: string): MessagesRequest['messages'][number] {
  return { role: 'user', content };
}

function countMarks(value: unknown): number {
  return JSON.stringify(value).split('"cache_control"').length - 1;
}
