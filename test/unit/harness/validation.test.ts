import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { DemoEndpoint } from '../../../harness/endpoint/server.ts';
import { startDemoEndpoint } from '../../../harness/endpoint/server.ts';
import type { ErrorBody, Json } from './client.ts';
import { HEADERS, MODEL, body, message, post } from './client.ts';

let endpoint: DemoEndpoint;
before(async () => {
  endpoint = await startDemoEndpoint();
});
after(() => endpoint.close());

const user = (content: unknown): Json => ({ role: 'user', content });
const assistant = (content: unknown): Json => ({ role: 'assistant', content });
const messages = (...list: Json[]): Json => ({ ...body(''), messages: list });
const text = (words: string, more: Json = {}): Json => ({ type: 'text', text: words, ...more });
const image = (mediaType: string, bytes: string): Json => ({
  type: 'image',
  source: { type: 'base64', media_type: mediaType, data: Buffer.from(bytes, 'latin1').toString('base64') },
});
const call = (id: string): Json => ({ type: 'tool_use', id, name: 'look', input: {} });
const result = (id: string, content: unknown = 'seen'): Json => ({ type: 'tool_result', tool_use_id: id, content });
const tool = (more: Json = {}): Json => ({ name: 'look', input_schema: { type: 'object' }, ...more });
const GIF = 'GIF89a\x05\0\x07\0';
const mark = { cache_control: { type: 'ephemeral' } };
const budget = { thinking: { type: 'enabled', budget_tokens: 1024 } };
const adaptive = { thinking: { type: 'adaptive' } };

/** What is refused, and with which words. */
// prettier-ignore
const REFUSED: readonly (readonly [what: string, request: unknown, message: string | RegExp])[] = [
  ['text that is no JSON', '{"model":', /^The request body is not valid JSON: /],
  ['a missing model', { max_tokens: 1, messages: [user('hi')] }, 'model: Field required'],
  ['missing messages', { model: MODEL, max_tokens: 1 }, 'messages: Field required'],
  ['a missing max_tokens', { model: MODEL, messages: [user('hi')] }, 'max_tokens: Field required'],
  ['no messages at all', messages(), 'messages: at least one message is required'],
  ['a field that does not exist', body('hi', { max_token: 5 }), 'max_token: Extra inputs are not permitted'],
  ['a field of a message that does not exist', messages({ ...user('hi'), name: 'x' }), 'messages.0.name: Extra inputs are not permitted'],
  ['a conversation that the assistant begins', messages(assistant('hi')), 'messages: first message must use the "user" role'],
  ['a system message', messages({ role: 'system', content: 'x' }), /^messages: Unexpected role "system"/],
  ['an unknown role', messages({ role: 'tool', content: 'x' }), "messages.0.role: Input should be 'user' or 'assistant'"],
  ['an empty message', messages(user('')), 'messages.0: all messages must have non-empty content except for the optional final assistant message'],
  ['an empty text block', messages(user([text('')])), 'messages: text content blocks must be non-empty'],
  ['a blank text', messages(user(' \n')), 'messages: text content blocks must contain non-whitespace text'],
  ['a block without a type', messages(user([{ text: 'x' }])), "messages.0.content.0: Unable to extract tag using discriminator 'type'"],
  ['an unknown block', messages(user([{ type: 'video' }])), /^messages\.0\.content\.0: Input tag 'video' found using 'type' does not match any of the expected tags: /],
  ['max_tokens of 0', body('hi', { max_tokens: 0 }), 'max_tokens: Input should be greater than or equal to 1'],
  ['max_tokens as text', body('hi', { max_tokens: '5' }), 'max_tokens: Input should be a valid integer'],
  ['more max_tokens than the model can give', body('hi', { max_tokens: 64_001 }), `max_tokens: 64001 > 64000, which is the maximum allowed number of output tokens for ${MODEL}`],
  ['a temperature above 1', body('hi', { temperature: 1.5 }), 'temperature: range: 0..1'],
  ['a top_p below 0', body('hi', { top_p: -0.1 }), 'top_p: range: 0..1'],
  ['a top_k that is no integer', body('hi', { top_k: 1.5 }), 'top_k: Input should be a valid integer'],
  ['temperature together with top_p', body('hi', { temperature: 1, top_p: 1 }), '`temperature` and `top_p` cannot both be specified for this model. Please use only one.'],
  ['another temperature for a newer model', body('hi', { model: 'claude-opus-4-8', temperature: 0.2 }), '`temperature` is deprecated for this model.'],
  ['a blank stop sequence', body('hi', { stop_sequences: ['END', '\n'] }), 'stop_sequences: each stop sequence must contain non-whitespace'],
  ['five stop sequences', body('hi', { stop_sequences: ['a', 'b', 'c', 'd', 'e'] }), 'stop_sequences: List should have at most 4 items after validation, not 5'],
  ['a long user id', body('hi', { metadata: { user_id: 'x'.repeat(257) } }), 'metadata.user_id: String should have at most 256 characters'],
  ['an empty system block', body('hi', { system: [text('')] }), 'system: text content blocks must be non-empty'],
  ['a system prompt of another form', body('hi', { system: { text: 'x' } }), 'system: Input should be a valid list'],
  ['stream as text', body('hi', { stream: 'yes' }), 'stream: Input should be a valid boolean'],
  ['an image type that does not exist', messages(user([image('image/jpg', GIF)])), "messages.0.content.0.image.source.base64.media_type: Input should be 'image/jpeg', 'image/png', 'image/gif' or 'image/webp'"],
  ['an image that is of another type than declared', messages(user([image('image/png', GIF)])), 'messages.0.content.0.image.source.base64: The image was specified using the image/png media type, but the image appears to be a image/gif image'],
  ['bytes that are no image', messages(user([image('image/png', 'plain')])), 'Could not process image'],
  ['an image with its data: prefix', messages(user([{ type: 'image', source: { type: 'base64', media_type: 'image/gif', data: 'data:image/gif;base64,R0lG' } }])), 'messages.0.content.0.image.source.base64.data: Invalid base64 data'],
  ['an image URL without TLS', messages(user([{ type: 'image', source: { type: 'url', url: 'http://x.test/a.png' } }])), 'messages.0.content.0.image.source.url.url: Only HTTPS URLs are supported.'],
  ['an image of the assistant', messages(user('hi'), assistant([image('image/gif', GIF)])), 'messages.1.content.0: `image` blocks can only be in `user` messages'],
  ['a document that is no PDF', messages(user([{ type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: 'aGFsbG8=' } }])), 'The PDF specified was not valid.'],
  ['a tool call of the user', messages(user([call('t1')])), 'messages.0.content.0: `tool_use` blocks can only be in `assistant` messages'],
  ['a tool result of the assistant', messages(user('hi'), assistant([result('t1')])), 'messages.1.content.0: `tool_result` blocks can only be in `user` messages'],
  ['a tool name with a space', body('hi', { tools: [tool({ name: 'a b' })] }), "tools.0.custom.name: String should match pattern '^[a-zA-Z0-9_-]{1,128}$'"],
  ['a tool without a schema', body('hi', { tools: [{ name: 'look' }] }), 'tools.0.custom.input_schema: Field required'],
  ['a schema that is no object', body('hi', { tools: [tool({ input_schema: { type: 'string' } })] }), "tools.0.custom.input_schema.type: Input should be 'object'"],
  ['alternatives at the top of a schema', body('hi', { tools: [tool({ input_schema: { type: 'object', anyOf: [] } })] }), 'tools.0.custom.input_schema: input_schema does not support oneOf, allOf, or anyOf at the top level'],
  ['a property whose type does not exist', body('hi', { tools: [tool({ input_schema: { type: 'object', properties: { a: { type: 'text' } } } })] }), /^tools\.0\.custom\.input_schema: JSON schema is invalid/],
  ['two tools of one name', body('hi', { tools: [tool(), tool()] }), 'tools: Tool names must be unique.'],
  ['a strict tool with an open schema', body('hi', { tools: [tool({ strict: true })] }), "tools.0.custom: For 'object' type, 'additionalProperties' must be explicitly set to false"],
  ['the bash tool of 2024 with a model of today', body('hi', { tools: [tool(), { type: 'bash_20241022', name: 'bash' }] }), "tools.1: Input tag 'bash_20241022' found using 'type' does not match any of the expected tags: 'bash_20250124', 'custom', 'memory_20250818', 'text_editor_20250124', 'text_editor_20250429', 'text_editor_20250728', 'web_search_20250305'"],
  ['the editor of 2024 with a model of today', body('hi', { tools: [{ type: 'text_editor_20241022', name: 'str_replace_editor' }] }), /^tools\.0: Input tag 'text_editor_20241022'/],
  ['the computer without its beta', body('hi', { tools: [{ type: 'computer_20250124', name: 'computer', display_width_px: 9, display_height_px: 9 }] }), /^tools\.0: Input tag 'computer_20250124'/],
  ['a typed tool under another name', body('hi', { tools: [{ type: 'bash_20250124', name: 'shell' }] }), "tools.0.bash_20250124.name: Input should be 'bash'"],
  ['a description of a typed tool', body('hi', { tools: [{ type: 'bash_20250124', name: 'bash', description: 'x' }] }), 'tools.0.bash_20250124.description: Extra inputs are not permitted'],
  ['tool_choice without tools', body('hi', { tool_choice: { type: 'auto' } }), 'tool_choice: tool_choice may only be specified while providing tools'],
  ['tool_choice as text', body('hi', { tools: [tool()], tool_choice: 'auto' }), 'tool_choice: Input should be a valid dictionary or object to extract fields from'],
  ['tool_choice of an unknown kind', body('hi', { tools: [tool()], tool_choice: { type: 'required' } }), "tool_choice: Input tag 'required' found using 'type' does not match any of the expected tags: 'auto', 'any', 'tool', 'none'"],
  ['tool_choice of an unknown tool', body('hi', { tools: [tool()], tool_choice: { type: 'tool', name: 'hear' } }), "Tool 'hear' not found in provided tools"],
  ['a tool call without a result', messages(user('hi'), assistant([call('t1')]), user('and?')), /^messages\.1: `tool_use` ids were found without `tool_result` blocks immediately after: t1\./],
  ['a result behind other content', messages(user('hi'), assistant([call('t1')]), user([text('well'), result('t1')])), /^messages\.1: `tool_use` ids were found without `tool_result` blocks immediately after: t1\./],
  ['one result for two calls', messages(user('hi'), assistant([call('t1'), call('t2')]), user([result('t1')])), /immediately after: t2\./],
  ['a result without a call', messages(user('hi'), assistant('ok'), user([result('t9')])), /^messages\.2\.content\.0: unexpected `tool_use_id` found in `tool_result` blocks: t9\./],
  ['two results for one call', messages(user('hi'), assistant([call('t1')]), user([result('t1'), result('t1')])), /^messages\.2\.content\.1: each tool_use must have a single result/],
  ['a call id that comes twice', messages(user('hi'), assistant([call('t1')]), user([result('t1')]), assistant([call('t1')]), user([result('t1')])), 'messages.3: `tool_use` ids must be unique'],
  ['a call id with a dot', messages(user('hi'), assistant([call('t.1')]), user([result('t.1')])), "messages.1.content.0.tool_use.id: String should match pattern '^[a-zA-Z0-9_-]+$'"],
  ['a call whose input is text', messages(user('hi'), assistant([{ ...call('t1'), input: '{}' }]), user([result('t1')])), 'messages.1.content.0.tool_use.input: Input should be a valid dictionary'],
  ['an empty text in a result', messages(user('hi'), assistant([call('t1')]), user([result('t1', [text('')])])), 'messages: text content blocks must be non-empty'],
  ['a prefill with a space at its end', messages(user('hi'), assistant('Well ')), 'messages: final assistant content cannot end with trailing whitespace'],
  ['a prefill for a newer model', { ...messages(user('hi'), assistant('Well')), model: 'claude-sonnet-4-6' }, 'This model does not support assistant message prefill. The conversation must end with a user message.'],
  ['a prefill with thinking', { ...messages(user('hi'), assistant('Well')), ...budget }, /Expected `thinking` or `redacted_thinking`, but found `text`/],
  ['a thinking budget below 1024', body('hi', { thinking: { type: 'enabled', budget_tokens: 1023 } }), 'thinking.enabled.budget_tokens: Input should be greater than or equal to 1024'],
  ['a thinking budget of all the tokens', body('hi', { ...budget, max_tokens: 1024 }), '`max_tokens` must be greater than `thinking.budget_tokens`.'],
  ['adaptive thinking of an older model', body('hi', adaptive), 'adaptive thinking is not supported on this model'],
  ['a thinking budget for a newer model', body('hi', { ...budget, model: 'claude-opus-4-7' }), /^"thinking\.type\.enabled" is not supported for this model\./],
  ['Fable without thinking', body('hi', { model: 'claude-fable-5', thinking: { type: 'disabled' } }), '"thinking.type.disabled" is not supported for this model.'],
  ['thinking with a temperature', body('hi', { ...budget, temperature: 0.5 }), '`temperature` may only be set to 1 when thinking is enabled.'],
  ['thinking with top_k', body('hi', { ...budget, top_k: 5 }), '`top_k` must be unset when thinking is enabled.'],
  ['thinking with a low top_p', body('hi', { ...budget, top_p: 0.9 }), '`top_p` must be greater than or equal to 0.95 or unset when thinking is enabled.'],
  ['thinking with a forced tool', body('hi', { ...budget, tools: [tool()], tool_choice: { type: 'any' } }), 'Thinking may not be enabled when tool_choice forces tool use.'],
  ['a forced tool of a -thinking model', body('hi', { model: `${MODEL}-thinking`, tools: [tool()], tool_choice: { type: 'any' } }), 'Thinking may not be enabled when tool_choice forces tool use.'],
  ['thinking switched on within a tool loop', { ...messages(user('hi'), assistant([call('t1')]), user([result('t1')])), ...budget }, /^messages\.1\.content\.0\.type: Expected `thinking` or `redacted_thinking`, but found `tool_use`\./],
  ['thinking without a signature', messages(user('hi'), assistant([{ type: 'thinking', thinking: 'x' }, text('ok')]), user('go')), 'messages.1.content.0.thinking.signature: Field required'],
  [
    'five cache marks',
    body(
      [1, 2, 3, 4].map(n => text(String(n), mark)),
      { system: [text('s', mark)] },
    ),
    'A maximum of 4 blocks with cache_control may be provided. Found 5.',
  ],
  ['a cache mark of another kind', body([text('x', { cache_control: { type: 'forever' } })]), "messages.0.content.0.text.cache_control.type: Input should be 'ephemeral'"],
  ['a long cache mark behind a short one', body([text('a', mark), text('b', { cache_control: { type: 'ephemeral', ttl: '1h' } })]), /^a ttl='1h' cache_control block must not come after a ttl='5m'/],
  ['an effort for a model without it', body('hi', { output_config: { effort: 'low' } }), 'This model does not support the effort parameter.'],
  ['a prompt that is too long', body('word '.repeat(170_000)), /^prompt is too long: 2\d{5} tokens > 200000 maximum$/],
];

for (const [what, request, expected] of REFUSED) {
  test(`${what} is refused in the service's words`, async () => {
    const response = await post(endpoint, request);
    assert.equal(response.status, 400);
    const error = (await response.json()) as ErrorBody;
    assert.equal(error.type, 'error');
    assert.equal(error.error.type, 'invalid_request_error');
    if (typeof expected === 'string') assert.equal(error.error.message, expected);
    else assert.match(error.error.message, expected);
    assert.equal(error.request_id, response.headers.get('request-id'));
  });
}

/** What must not be refused. */
// prettier-ignore
const ACCEPTED: readonly (readonly [what: string, request: Json])[] = [
  ['neighbours of the same role', messages(user('one'), user('two'), assistant('a'), assistant('b'), user('three'))],
  ['an empty last message of the assistant', messages(user('hi'), assistant(''))],
  ['temperature together with top_p on Sonnet 4', body('hi', { model: 'claude-sonnet-4', temperature: 1, top_p: 1 })],
  ['the default temperature on a newer model', body('hi', { model: 'claude-opus-4-8', temperature: 1 })],
  ['a system prompt of blocks', body('hi', { system: [text('one'), text('two')] })],
  ['four stop sequences', body('hi', { stop_sequences: ['a!', 'b!', 'c!', 'd!'] })],
  ['four cache marks', body([1, 2, 3, 4].map(n => text(String(n), mark)))],
  ['a cache_control property in a tool input', messages(user('hi'), assistant([{ ...call('t1'), input: { cache_control: {} } }]), user([result('t1')]))],
  ['a picture', body([image('image/gif', GIF), text('What is this?')])],
  ['a picture by https', body([{ type: 'image', source: { type: 'url', url: 'https://x.test/a.png' } }, text('What is this?')])],
  ['a picture in a tool result', messages(user('hi'), assistant([call('t1')]), user([result('t1', [image('image/gif', GIF)])]))],
  ['a tool result without content', messages(user('hi'), assistant([call('t1')]), user([{ type: 'tool_result', tool_use_id: 't1' }]))],
  ['results split over two messages of the user', messages(user('hi'), assistant([call('t1'), call('t2')]), user([result('t1')]), user([result('t2')]))],
  [
    'the typed tools of today',
    body('hi', {
      tools: [
        { type: 'bash_20250124', name: 'bash' },
        { type: 'text_editor_20250728', name: 'str_replace_based_edit_tool', max_characters: 5 },
      ],
    }),
  ],
  ['a prefill', messages(user('hi'), assistant('Well'))],
  ['adaptive thinking with a forced tool', body('hi', { ...adaptive, model: 'claude-sonnet-4-6', tools: [tool()], tool_choice: { type: 'any' } })],
  ['fewer tokens than a -thinking model needs', body('hi', { model: `${MODEL}-thinking`, max_tokens: 5, temperature: 0.3, top_p: 0.5 })],
  ['tools that the history used and this request still has', { ...messages(user('hi'), assistant([call('t1')]), user([result('t1')])), tools: [tool()] }],
];

for (const [what, request] of ACCEPTED) {
  test(`${what} is accepted`, async () => {
    assert.equal((await message(endpoint, request)).type, 'message');
  });
}

test('the computer tool is accepted with its beta header', async () => {
  const computer = { type: 'computer_20250124', name: 'computer', display_width_px: 800, display_height_px: 600 };
  const headers = { 'anthropic-beta': 'computer-use-2025-01-24' };
  await message(endpoint, body('hi', { tools: [computer] }), headers);
});

test('the newest API version takes no sampling parameters, whatever their value', async () => {
  const headers = { 'anthropic-version': '2026-10-21' };
  const response = await post(endpoint, body('hi', { temperature: 1 }), { headers });
  const error = (await response.json()) as ErrorBody;
  assert.equal(error.error.message, 'temperature: Extra inputs are not permitted');
});

for (const model of ['claude-nonesuch-4', 'gpt-5', 'claude-sonnet-9', 'claude-3-5-sonnet-20241022']) {
  test(`the model ${model} is not found`, async () => {
    const response = await post(endpoint, body('hi', { model }));
    assert.equal(response.status, 404);
    assert.deepEqual(((await response.json()) as ErrorBody).error, {
      type: 'not_found_error',
      message: `model: ${model}`,
    });
  });
}

for (const model of [
  'claude-haiku-4-5-20251001',
  'claude-opus-4-1-20250805',
  'claude-opus-4-1-20250805-thinking',
  'claude-opus-4-5',
  'claude-sonnet-5-5',
  'claude-opus-5',
  'claude-haiku-5-5',
  'claude-fable-5-2',
]) {
  test(`the model ${model} answers under its id without the suffix`, async () => {
    assert.equal((await message(endpoint, body('hi', { model }))).model, model.replace('-thinking', ''));
  });
}

/** Headers that are refused: those that are changed, the status and the message. */
// prettier-ignore
const REFUSED_HEADERS: readonly (readonly [string, Record<string, string | undefined>, number, string])[] = [
  ['no key', { 'x-api-key': undefined }, 401, 'x-api-key header is required'],
  ['a wrong key', { 'x-api-key': 'sk-invalid' }, 401, 'invalid x-api-key'],
  ['a wrong bearer token', { 'x-api-key': undefined, authorization: 'Bearer invalid' }, 401, 'Invalid bearer token'],
  ['no version', { 'anthropic-version': undefined }, 400, 'anthropic-version: header is required'],
  ['an unknown version', { 'anthropic-version': '2025-10-01' }, 400, 'anthropic-version: "2025-10-01" is not a valid version'],
  ['an unknown beta', { 'anthropic-beta': 'x' }, 400, 'Unexpected value(s) `x` for the `anthropic-beta` header. Please consult our documentation or try again without the header.'],
];

for (const [what, changed, status, expected] of REFUSED_HEADERS) {
  test(`a request with ${what} is refused`, async () => {
    const headers = new Headers(HEADERS);
    for (const [name, value] of Object.entries(changed)) {
      if (value === undefined) headers.delete(name);
      else headers.set(name, value);
    }
    const response = await fetch(`${endpoint.baseUrl}/v1/messages`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body('hi')),
    });
    assert.equal(response.status, status);
    assert.equal(((await response.json()) as ErrorBody).error.message, expected);
  });
}
