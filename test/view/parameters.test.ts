import assert from 'node:assert/strict';
import { eventually } from '../../harness/drive/eventually.ts';
import { view } from '../support/view.ts';

view('parameters are set beside the request that they make, and sent', async ({ workbench, endpoint }) => {
  const chat = await workbench.openChat();
  const { frame } = chat;
  await chat.box.fill('What about tea?');
  await chat.button('Parameters').click();
  const request = frame.getByRole('group', { name: 'The Next Request' });
  await eventually(async () => assert.match(await request.innerText(), /What about tea\?/));

  await frame.getByLabel('max_tokens', { exact: true }).fill('0');
  await frame.getByText('A whole number, 1 or more.').waitFor();
  assert.match(await request.innerText(), /"max_tokens": 8192/, 'what is wrong is not sent');
  await frame.getByLabel('max_tokens', { exact: true }).fill('900');
  await frame.getByLabel('temperature', { exact: true }).fill('0.3');
  await frame.getByLabel('stop_sequences', { exact: true }).fill('END\nSTOP');
  await frame.getByLabel('metadata.user_id', { exact: true }).fill('someone');
  await frame.getByText('top_p was left out: this model takes it only without temperature.').waitFor();
  await eventually(async () => {
    const body = JSON.parse(await request.innerText()) as Record<string, unknown>;
    assert.deepEqual(
      [body['max_tokens'], body['temperature'], body['stop_sequences'], body['metadata']],
      [900, 0.3, ['END', 'STOP'], { user_id: 'someone' }],
    );
  });
  const shown = JSON.parse(await request.innerText()) as unknown;

  await chat.page.keyboard.press('Escape');
  await chat.box.press('Enter');
  await chat.idle();
  assert.deepEqual((await endpoint.arrival(0)).body, shown, 'what was shown is what was sent');

  // They belong to the conversation.
  await chat.button(/^Parameters \(4 set\)$/).waitFor();
  await workbench.command('Marginalia: New Conversation');
  await chat.button(/^Parameters$/).waitFor();
});

view('a changed default is that of new conversations', async ({ workbench, endpoint, changeSettings }) => {
  const chat = await workbench.openChat();
  const asked = async (at: number) => {
    const { model, max_tokens: maxTokens, temperature } = (await endpoint.arrival(at)).body as Record<string, unknown>;
    return [model, maxTokens, temperature];
  };
  await chat.ask('First');
  await chat.idle();
  const before = await asked(0);
  await changeSettings({
    'marginalia.model': 'claude-opus-4-5',
    'marginalia.maxTokens': 700,
    'marginalia.temperature': 0.5,
  });
  await workbench.command('Marginalia: New Conversation');
  await chat.button('Choose model: claude-opus-4-5').waitFor();
  await chat.ask('In a new one');
  await chat.idle();
  assert.deepEqual(await asked(1), ['claude-opus-4-5', 700, 0.5]);

  const history = await workbench.openHistory();
  await history.row('First').click();
  await chat.button('Choose model: claude-sonnet-4-5').waitFor();
  await chat.ask('Second');
  await chat.idle();
  assert.deepEqual(await asked(2), before);
});

view('a prefill begins the answer, and thinking and tools are asked for', async ({ workbench, endpoint }) => {
  const chat = await workbench.openChat();
  const { frame } = chat;
  await workbench.command('Marginalia: Show Parameters');
  await frame.getByLabel(/^prefill/).fill('{"answer":');
  await chat.button(/^Parameters \(1 set\)$/).waitFor();
  await chat.page.keyboard.press('Escape');
  await chat.ask('Give me JSON');
  await chat.idle();
  assert.match(await chat.answers.innerText(), /\{"answer":/);
  const { messages } = (await endpoint.arrival(0)).body as { messages: { role: string; content: string }[] };
  assert.deepEqual(messages.at(-1), { role: 'assistant', content: '{"answer":' });

  await workbench.command('Marginalia: Show Parameters');
  await frame.getByLabel(/^prefill/).fill('');
  await frame.getByLabel('thinking', { exact: true }).selectOption('enabled');
  await frame.getByLabel('budget_tokens', { exact: true }).fill('2000');
  await eventually(async () =>
    assert.match(await frame.getByRole('group', { name: 'The Next Request' }).innerText(), /"budget_tokens": 2000/),
  );
  await chat.page.keyboard.press('Escape');
  await chat.ask('Think about it');
  await chat.idle();
  await chat.answers.last().getByText('Thought').waitFor();
  const { thinking } = (await endpoint.arrival(1)).body as { thinking: unknown };
  assert.deepEqual(thinking, { type: 'enabled', budget_tokens: 2000 });
});

const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const look = [{ name: 'look', input_schema: { type: 'object', properties: { at: { type: 'string' } } } }];

view('a tool use is shown, answered by hand, and handed back with its thinking', async ({ workbench, endpoint }) => {
  const chat = await workbench.openChat();
  const { frame } = chat;
  await workbench.command('Marginalia: Show Parameters');
  await frame.getByLabel('tools', { exact: true }).fill(JSON.stringify(look));
  await frame.getByLabel('thinking', { exact: true }).selectOption('enabled');
  await chat.button(/^Parameters \(2 set\)$/).waitFor();
  await chat.page.keyboard.press('Escape');
  endpoint.faults.next({
    kind: 'script',
    content: [
      { type: 'thinking', thinking: 'I should look.' },
      { type: 'tool_use', id: 'toolu_1', name: 'look', input: { at: 'the sky' } },
    ],
  });
  await chat.ask('What colour is the sky?');
  await chat.idle();
  await eventually(async () =>
    assert.match(await frame.getByRole('group', { name: 'Tool use: look' }).innerText(), /"at": "the sky"/),
  );
  await chat.paste('sky.png', png);
  await frame.getByText('sky.png').waitFor();
  await frame.getByLabel('Result of look').fill('blue');
  await chat.button('Send Result').click();
  const { messages } = (await endpoint.arrival(1)).body as { messages: { content: { type: string }[] }[] };
  await chat.idle();
  assert.deepEqual(
    messages[1]?.content.map(({ type }) => type),
    ['thinking', 'tool_use'],
  );
  assert.deepEqual(messages[2]?.content, [
    {
      type: 'tool_result',
      tool_use_id: 'toolu_1',
      content: [
        { type: 'text', text: 'blue' },
        { type: 'image', source: { type: 'base64', media_type: 'image/png', data: png } },
      ],
    },
  ]);
  await eventually(async () => assert.equal(await chat.button('Remove sky.png').count(), 0));
  assert.equal(await chat.answers.count(), 2);
  assert.equal(await chat.answers.last().locator('.notice.error').count(), 0);
});

view('what is half typed outlives the view, and nothing is sent while it is wrong', async ({ workbench, endpoint }) => {
  let chat = await workbench.openChat();
  await workbench.command('Marginalia: Show Parameters');
  await chat.frame.getByLabel('temperature', { exact: true }).fill('0.3');
  await chat.button(/^Parameters \(1 set\)$/).waitFor();
  await chat.frame.getByLabel('temperature', { exact: true }).fill('1.5');
  const notice = 'Nothing is sent as long as temperature is wrong: A number from 0 to 1.';
  await chat.frame.getByText(notice).waitFor();
  await chat.page.keyboard.press('Escape');
  await chat.box.fill('Hello');
  await chat.box.press('Enter');
  assert.equal(await chat.box.inputValue(), 'Hello', 'it is not sent');
  await workbench.reload();
  chat = await workbench.openChat();
  await chat.frame.getByText(notice).waitFor();
  assert.equal(endpoint.requests.length, 0);
  await chat.button('Open Parameters').click();
  const field = chat.frame.getByLabel('temperature', { exact: true });
  await eventually(async () => assert.equal(await field.inputValue(), '1.5'));
  await field.fill('0.5');
  await chat.frame.getByText(notice).waitFor({ state: 'detached' });
  await chat.frame.getByLabel('tools', { exact: true }).fill(JSON.stringify(look));
  await chat.button(/^Parameters \(2 set\)$/).waitFor();
  await chat.page.keyboard.press('Escape');
  endpoint.faults.next({ kind: 'script', content: [{ type: 'tool_use', id: 'toolu_1', name: 'look', input: {} }] });
  await chat.ask('Hello');
  const { temperature } = (await endpoint.arrival(0)).body as { temperature: number };
  assert.equal(temperature, 0.5);
  await chat.idle();
  await chat.frame.getByLabel('Result of look').fill('half a res');
  // The keyboard leaves the view, which tells the host at once.
  await chat.frame.evaluate(`window.dispatchEvent(new FocusEvent('blur'))`);
  await workbench.reload();
  chat = await workbench.openChat();
  await eventually(async () => assert.equal(await chat.frame.getByLabel('Result of look').inputValue(), 'half a res'));
});

view('parameters are kept as a preset, and come back with it', async ({ workbench }) => {
  const chat = await workbench.openChat();
  const { frame } = chat;
  await workbench.command('Marginalia: Show Parameters');
  await frame.getByLabel('top_k', { exact: true }).fill('7');
  await chat.button(/^Parameters \(1 set\)$/).waitFor();
  await chat.button('Save as Preset…').click();
  const name = await workbench.textInput();
  name.fill('sevenfold');
  name.enter();
  await chat.button('Leave top_k to the Settings').click();
  await chat.button(/^Parameters$/).waitFor();
  await chat.button('Apply Preset…').click();
  await workbench.pick('sevenfold');
  await eventually(async () => assert.equal(await frame.getByLabel('top_k', { exact: true }).inputValue(), '7'));
});
