import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '../../harness/drive/eventually.ts';
import type { Chat } from '../../harness/drive/workbench.ts';
import type { BareWorkbench } from '../support/bareEditor/bareWorkbench.ts';
import { view } from '../support/view.ts';

const lookUp = {
  name: 'look_up',
  description: 'Looks a price up.',
  input_schema: { type: 'object', properties: { query: { type: 'string' } }, required: ['query'] },
  command: ['node', '-e', 'process.stdin.pipe(process.stdout)', '$(date)', 'a\u202eb'],
};

interface Result {
  content: string;
  is_error?: boolean;
}

/** Puts a tool file into the user's storage. */
async function store(profile: string, name: string, file: object): Promise<void> {
  const folder = join(profile, 'data/User/globalStorage/marginalia.marginalia/tools');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, name), JSON.stringify(file));
}

async function openToAct(workbench: BareWorkbench): Promise<Chat> {
  const chat = await workbench.openChat();
  workbench.editor.openFolder();
  await chat.button('Choose mode: Chat').click();
  await workbench.pick('Act');
  await chat.button('Choose mode: Act').waitFor();
  return chat;
}

view(
  'a card shows what a tool starts, argument by argument, with what is hidden in it',
  async ({ workbench, profile }) => {
    await store(profile, 'look_up.json', lookUp);
    const chat = await openToAct(workbench);
    await chat.ask('Use look_up for "apples"');
    const card = chat.frame.getByRole('region', { name: 'Run look_up?' });
    const started = card.getByRole('group', { name: 'It starts this program, with the input below:' });
    await started.waitFor();
    assert.equal(
      (await started.innerText()).trim(),
      'node -e "process.stdin.pipe(process.stdout)" "$(date)" "a⟨U+202E⟩b"',
    );
    await card.getByText('As tools/look_up.json says.').waitFor();
    await card.getByRole('group', { name: 'Tool use: look_up' }).getByText('"query": "apples"').waitFor();
    await card.getByRole('button', { name: 'Allow', exact: true }).press('Enter');
    await chat.idle();
    await chat.button(/^Done: look_up/).click();
    await chat.frame.getByRole('group', { name: 'It starts this program, with the input below:' }).waitFor();
    await chat.frame.getByRole('group', { name: 'Result of the tool' }).getByText('{"query":"apples"}').waitFor();
  },
);

view('an input that does not fit goes back to the model in sentences', async ({ workbench, profile, endpoint }) => {
  await store(profile, 'look_up.json', lookUp);
  const chat = await openToAct(workbench);
  const input = { query: ['apples'] };
  endpoint.faults.next({ kind: 'script', content: [{ type: 'tool_use', id: 'toolu_1', name: 'look_up', input }] });
  await chat.ask('How much?');
  await chat.idle();
  const { messages } = (await endpoint.arrival(1)).body as { messages: { content: Result[] }[] };
  const { content, is_error: isError } = messages.at(-1)?.content[0] ?? {};
  assert.deepEqual([content, isError], ['Error: /query: must be a string.', true]);
  await chat.button(/^Failed: look_up/).waitFor();
});

view('a tool without a way to run is answered by hand', async ({ workbench, profile, endpoint }) => {
  await store(profile, 'ask_me.json', { ...lookUp, name: 'ask_me', command: undefined });
  const chat = await openToAct(workbench);
  await chat.ask('Use ask_me for "apples"');
  await chat.frame.getByLabel('Result of ask_me').fill('three');
  await chat.button('Send Result').click();
  await chat.idle();
  const { messages } = (await endpoint.arrival(1)).body as { messages: { content: Result[] }[] };
  assert.equal(messages.at(-1)?.content[0]?.content, 'three');
});

view('the list says what is wrong with a file, and switches a tool off', async ({ workbench, profile, endpoint }) => {
  await store(profile, 'a.json', lookUp);
  await store(profile, 'b.json', { ...lookUp, description: 'Another one.' });
  await store(profile, 'c.json', { ...lookUp, name: 'broken', comand: [] });
  const chat = await openToAct(workbench);
  await workbench.command('Marginalia: Tools');
  const list = await workbench.list('The tool in tools/a.json has the same name.');
  assert.ok(list.find('Tool files have no field “comand”.'));
  list.choose('asks each time');
  await workbench.pick('Off');
  await workbench.command('Marginalia: Tools');
  await eventually(() => assert.ok(workbench.editor.pickers.at(-1)?.find('look_up')?.description === 'off'));
  await chat.ask('Hello');
  await chat.idle();
  const { tools } = (await endpoint.arrival(0)).body as { tools: { name: string }[] };
  assert.deepEqual(
    tools.map(({ name }) => name),
    ['str_replace_based_edit_tool', 'bash', 'todo'],
  );
});

view('a tool that is changed is asked about anew', async ({ workbench, profile }) => {
  const tool = { ...lookUp, name: 'echo_words', command: ['node', '-p', '"echo: one"'] };
  await store(profile, 'echo.json', tool);
  const chat = await openToAct(workbench);
  await chat.ask('Use echo_words for "apples"');
  const card = chat.frame.getByRole('region', { name: 'Run echo_words?' });
  await card.getByRole('button', { name: 'Allow in This Conversation' }).click();
  await chat.idle();
  await chat.ask('Use echo_words for "pears"');
  await chat.idle();
  assert.equal(await chat.button(/^Done: echo_words/).count(), 2, 'it is not asked about again');

  await store(profile, 'echo.json', { ...tool, command: ['node', '-p', '"echo: two"'] });
  await chat.ask('Use echo_words for "plums"');
  await card.getByText(`node -p "\\"echo: two\\""`).waitFor();
  await card.getByRole('button', { name: 'Allow', exact: true }).click();
  await chat.idle();
  await chat.answers.last().getByText('echo: two').first().waitFor();
});
