import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { DemoEndpoint } from '../../../harness/endpoint/server.ts';
import { startDemoEndpoint } from '../../../harness/endpoint/server.ts';
import type { Json } from './client.ts';
import { body, message, say, textOf } from './client.ts';

let endpoint: DemoEndpoint;
before(async () => {
  endpoint = await startDemoEndpoint();
});
after(() => endpoint.close());

/** The answer to the last of several turns; the assistant's are those at the odd places. */
async function converse(turns: readonly unknown[], more: Json = {}): Promise<string> {
  const messages = turns.map((content, at) => ({ role: at % 2 === 0 ? 'user' : 'assistant', content }));
  return textOf(await message(endpoint, { ...body(''), ...more, messages }));
}

const NOTE = /No language model is behind this answer/;

test('the first answer says that it is a demo, and the later ones do not', async () => {
  assert.equal((await say(endpoint, 'Tell me of pears')).match(new RegExp(NOTE, 'g'))?.length, 1);
  assert.doesNotMatch(await converse(['Tell me of pears', 'They are green.', 'And plums?']), NOTE);
});

test('an answer quotes the question and is about its words', async () => {
  const answer = await say(endpoint, 'Why do glaciers calve icebergs?');
  assert.match(answer, /“Why do glaciers calve icebergs\?”/);
  assert.match(answer, /\*\*icebergs\*\*/);
  assert.match(answer, /^## About “glaciers”$/m);
});

test('the same question gets the same answer', async () => {
  assert.equal(await say(endpoint, 'Why is the sea salty?'), await say(endpoint, 'Why is the sea salty?'));
});

test('an answer shows what it was sent besides the question', async () => {
  const gif = Buffer.from('GIF89a\x05\0\x07\0', 'latin1').toString('base64');
  const content = [
    { type: 'image', source: { type: 'base64', media_type: 'image/gif', data: gif } },
    { type: 'text', text: 'What is in the picture?' },
  ];
  const answer = await say(endpoint, content, { system: 'You are a lighthouse keeper.' });
  assert.match(answer, /GIF image of 5×7 pixels/);
  assert.match(answer, /system prompt has 28 characters and begins: “You are a lighthouse keeper\.”/);
});

const PEARS = ['I like pears', 'Good.', 'I like plums', 'Good.'];
for (const [question, expected] of [
  ['What did I say first?', /^The first thing you wrote was: “I like pears”\.$/m],
  ['What did I say before?', /^Before this you wrote: “I like plums”\.$/m],
  ['What was my last message?', /^Before this you wrote: “I like plums”\.$/m],
  ['最初に何と言いましたか?', /最初のメッセージは「I like pears」でした。/],
  ['我之前说了什么?', /在此之前你写道:“I like plums”/],
] as const) {
  test(`"${question}" is answered with the quote`, async () => {
    assert.match(await converse([...PEARS, question]), expected);
  });
}

test('asked what came first in the first message, it says that there was nothing', async () => {
  assert.match(await say(endpoint, 'What did I say first?'), /You have written nothing before this/);
});

test('an answer tells which turn it is', async () => {
  assert.match(await converse([...PEARS, 'Tell me of cherries']), /turn 3 of our conversation/);
});

for (const [question, expected] of [
  ['Compare cats and dogs in a table', /^\| cats \| 4 \| 1 \|$/m],
  ['Give me a list of 5 about rivers', /^5\. Point 5: .*\*rivers\*$/m],
  ['Write a Python function about rivers', /^```python\ndef riversLines\(times: int\)[^]*^```$/m],
] as const) {
  test(`"${question}" gets that form`, async () => {
    assert.match(await say(endpoint, question), expected);
  });
}

test('what is known is compared in a table, in the order of the question, with code where that is asked for', async () => {
  const plain = await say(endpoint, 'Compare coffee and tea');
  assert.match(
    plain,
    /^\| {2}\| Coffee \| Tea \|\n\| --- \| --- \| --- \|\n\| Made from \| roasted beans \| leaves \|$/m,
  );
  assert.doesNotMatch(plain, /```/);
  const coded = await say(endpoint, 'Compare debounce and throttle in a table, with an example in TypeScript');
  assert.match(coded, /^\| Runs \| once it has been quiet/m);
  assert.match(coded, /^```ts\nexport function debounce[^]*export function throttle[^]*^```$/m);
  assert.match(coded, /No language model is behind this answer/);
});

test('the first example of an empty conversation is answered, in its language and for its time', async () => {
  const english = await say(endpoint, 'How do I cancel a fetch after 10 seconds?');
  assert.match(english, /AbortSignal\.timeout\(10_000\)/);
  assert.match(
    await say(endpoint, 'fetch を 3 秒後にキャンセルするには?'),
    /シグナルを[^]*AbortSignal\.timeout\(3_000\)/,
  );
  assert.match(await say(endpoint, '如何在 10 秒后取消 fetch?'), /信号[^]*AbortSignal\.timeout\(10_000\)/);
});

test('what came before and along is told behind what is known', async () => {
  assert.match(
    await converse([...PEARS, 'Compare tea and coffee']),
    /\| Tea \| Coffee \|[^]*turn 3 of our conversation/,
  );
});

test('a long answer has the number of paragraphs that was asked for', async () => {
  const answer = await say(endpoint, 'Write 20 long paragraphs about rivers', { max_tokens: 20_000 });
  assert.equal(answer.match(/^Paragraph \d+ of 20\./gm)?.length, 20);
});

test('Japanese and Chinese questions are answered in their language', async () => {
  assert.match(await say(endpoint, '量子コンピュータの基礎を説明してください'), /「コンピュータ」について/);
  assert.match(await say(endpoint, '请解释什么是机器学习'), /关于“/);
});

test('a prefill gets only what comes after it', async () => {
  const options = 'What is the Greek name of the sun? (A) Sol (B) Helios (C) Sun';
  assert.match(await converse([options, 'The answer is (']), /^B\) Helios/);
  const json = `{${await converse(['Name a river', '{'])}`;
  assert.deepEqual(JSON.parse(json), { demo: true, question: 'Name a river' });
  assert.match(await converse(['Name a river', 'Once upon a time']), /^ … .*“Name a river”/);
});

test("the beginning of its own answer is continued to that answer's end", async () => {
  const whole = await say(endpoint, 'Tell me of glaciers');
  const start = whole.slice(0, 150).trimEnd();
  assert.equal(start + (await converse(['Tell me of glaciers', start])), whole);
});

test('a cut answer is resumed when a model without prefill is told to continue', async () => {
  const model = 'claude-sonnet-4-6';
  const whole = await say(endpoint, 'Tell me of glaciers', { model });
  const start = whole.slice(0, 150).trimEnd();
  const rest = await converse(['Tell me of glaciers', start, 'Please continue where you stopped.'], { model });
  assert.equal(start + rest, whole);
});

test('tool results are quoted, the failed ones as such', async () => {
  const calls = ['a', 'b', 'c'].map(id => ({ type: 'tool_use', id, name: 'look', input: {} }));
  const results = [
    { type: 'tool_result', tool_use_id: 'a', content: '12 files' },
    { type: 'tool_result', tool_use_id: 'b', content: 'File not found', is_error: true },
    { type: 'tool_result', tool_use_id: 'c' },
  ];
  const answer = await converse(['Use look', calls, results]);
  assert.match(answer, /3 tool results, 1 of them an error/);
  assert.match(answer, /^1\. “12 files”$/m);
  assert.match(answer, /^2\. \*\*Failed:\*\* “File not found”$/m);
  assert.match(answer, /^3\. “\(no output\)”$/m);
  assert.match(answer, /what you asked: “Use look”/);
});

const tool = (name: string, properties: Json = {}, required: string[] = []): Json => ({
  name,
  input_schema: { type: 'object', properties, required, additionalProperties: false },
});

test('a tool is called when the question names it, and only then', async () => {
  const tools = [tool('read_file', { path: { type: 'string' } }), tool('list_dir')];
  const named = await message(endpoint, body('Please use read_file on src/main.ts', { tools }));
  assert.equal(named.stop_reason, 'tool_use');
  assert.deepEqual(
    named.content.filter(block => block.type === 'tool_use').map(block => [block.name, block.input]),
    [['read_file', { path: 'src/main.ts' }]],
  );
  assert.equal((await message(endpoint, body('Please read my mind', { tools }))).stop_reason, 'end_turn');
  const none = await message(endpoint, body('Use list_dir', { tools, tool_choice: { type: 'none' } }));
  assert.equal(none.stop_reason, 'end_turn');
});

test('several named tools are called together unless that is switched off', async () => {
  const tools = [tool('one'), tool('two')];
  const names = async (more: Json): Promise<readonly string[]> => {
    const answer = await message(endpoint, body('Call one and two', { tools, ...more }));
    return answer.content.filter(block => block.type === 'tool_use').map(block => block.name);
  };
  assert.deepEqual(await names({}), ['one', 'two']);
  assert.deepEqual(await names({ tool_choice: { type: 'auto', disable_parallel_tool_use: true } }), ['one']);
});

test('a forced tool gets an input that its schema accepts', async () => {
  const schema = tool('book', {
    title: { type: 'string', maxLength: 10 },
    colour: { type: 'string', enum: ['red', 'blue'] },
    pages: { type: 'integer', minimum: 7 },
    loud: { type: 'boolean' },
    tags: { type: 'array', items: { type: 'string' }, minItems: 2 },
    shop: { type: 'object', properties: { name: { const: 'corner' }, note: { type: 'string' } }, required: ['name'] },
  });
  const request = body('Book something nice to read', { tools: [schema], tool_choice: { type: 'any' } });
  const [call, ...others] = (await message(endpoint, request)).content;
  assert.deepEqual(others, []);
  assert.deepEqual(call?.input, {
    title: 'Book some…',
    colour: 'red',
    pages: 7,
    loud: true,
    tags: ['Book something nice to read', 'Book something nice to read'],
    shop: { name: 'corner' },
  });
});

test('a structured output is JSON of its schema', async () => {
  const schema = {
    type: 'object',
    properties: { n: { type: 'integer' } },
    required: ['n'],
    additionalProperties: false,
  };
  const answer = await say(endpoint, 'How many?', { output_config: { format: { type: 'json_schema', schema } } });
  assert.deepEqual(JSON.parse(answer), { n: 1 });
});

test('with a text editor, the discount is fixed: a file is viewed, changed, and what came of it is said', async () => {
  const tools = [{ type: 'text_editor_20250728', name: 'str_replace_based_edit_tool' }];
  const question = { role: 'user', content: 'Fix the discount' };
  const ask = (...messages: unknown[]) => message(endpoint, { ...body(''), tools, messages: [question, ...messages] });
  const called = ({ content }: Awaited<ReturnType<typeof ask>>) => {
    const call = content.find(block => block.type === 'tool_use');
    assert.ok(call, 'a tool is called');
    return call;
  };
  const given = (call: ReturnType<typeof called>, content: string, isError = false) => [
    { role: 'assistant', content: [call] },
    { role: 'user', content: [{ type: 'tool_result', tool_use_id: call.id, content, is_error: isError }] },
  ];
  const view = called(await ask());
  assert.deepEqual(view.input, { command: 'view', path: 'src/prices.ts' });
  const change = called(await ask(...given(view, '1\tcode')));
  assert.equal(change.input['command'], 'str_replace');
  const edited = 'Edited:\n    27\t  return Math.round(total * (1 - Math.max(0, discount.rate)));';
  const done = await ask(...given(view, '1\tcode'), ...given(change, edited));
  assert.match(textOf(done), /never raises a price now: `src\/prices\.ts:27`/);
  const denied = await ask(...given(view, '1\tcode'), ...given(change, 'declined', true));
  assert.match(textOf(denied), /I leave src\/prices\.ts as it is.*declined/);
});

test('with a browser, a page is opened, clicked where it was asked, and what it is called is said', async () => {
  const tools = ['open_page', 'computer'].map(name => ({ name, input_schema: { type: 'object' } }));
  const question = { role: 'user', content: 'Try http://localhost:3000/shop, and click at 10, 20.' };
  const ask = (...messages: unknown[]) => message(endpoint, { ...body(''), tools, messages: [question, ...messages] });
  const called = ({ content }: Awaited<ReturnType<typeof ask>>) => {
    const call = content.find(block => block.type === 'tool_use');
    assert.ok(call, 'a tool is called');
    return call;
  };
  const given = (call: ReturnType<typeof called>, text: string) => [
    { role: 'assistant', content: [call] },
    { role: 'user', content: [{ type: 'tool_result', tool_use_id: call.id, content: [{ type: 'text', text }] }] },
  ];
  const open = called(await ask());
  assert.deepEqual([open.name, open.input], ['open_page', { url: 'http://localhost:3000/shop' }]);
  const opened = given(open, 'The page at x is called “Shop”.');
  const click = called(await ask(...opened));
  assert.deepEqual(click.input, { action: 'left_click', coordinate: [10, 20] });
  const last = await ask(...opened, ...given(click, 'The page at x is called “Sold”.'));
  assert.match(textOf(last), /After the click it is called “Sold”/);
});
