import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '../../harness/drive/eventually.ts';
import type { Chat, Workbench } from '../../harness/drive/workbench.ts';
import { journey } from '../support/journey.ts';

/** Answers with what it was given, and with what it sees of the key. */
const script = `
let input = '';
process.stdin.on('data', text => (input += text)).on('end', () => {
  console.log('Price of ' + JSON.parse(input).query + ': 3, key: ' + process.env.MARGINALIA_API_KEY);
});
`;

async function openToAct(workbench: Workbench): Promise<Chat> {
  const chat = await workbench.openChat();
  await chat.button(/^Choose mode: Chat$/).click();
  await workbench.pick('Act');
  await chat.button('Choose mode: Act').waitFor();
  return chat;
}

journey(
  'a tool file is made in the editor, offered with the next request, asked about and run; what is wrong with one stands in it',
  async ({ workbench, workspace, endpoint }) => {
    await journey.step('a tool is made, offered, asked about and run', async () => {
      const { page } = workbench;
      await mkdir(join(workspace, 'scripts'), { recursive: true });
      await writeFile(join(workspace, 'scripts/look_up_price.mjs'), script);
      const chat = await openToAct(workbench);
      await workbench.command('Marginalia: New Tool…');
      await workbench.pick('In the folder');
      // Before that, the list of places would take the letters.
      await page.locator('.quick-input-widget').getByText('The name that the model calls it by').waitFor();
      await page.keyboard.type('look up');
      await page.locator('.quick-input-widget').getByText('has to be 1 to 64 letters').waitFor();
      await page.keyboard.press('Control+A');
      await page.keyboard.type('look_up_price');
      await page.keyboard.press('Enter');
      await page.locator('.editor-instance .view-line', { hasText: 'look_up_price.mjs' }).waitFor();

      await chat.ask('Please use look_up_price for "apples"');
      const card = chat.frame.getByRole('region', { name: 'Run look_up_price?' });
      await card.getByText('node scripts/look_up_price.mjs').waitFor();
      await card.getByText('As .marginalia/tools/look_up_price.json says.').waitFor();
      await card.getByText('"query": "apples"').waitFor();
      await card.getByRole('button', { name: 'Allow', exact: true }).press('Enter');
      await chat.idle();
      await chat.answers.last().getByText('Price of apples: 3, key: undefined').first().waitFor();

      const bodies = await Promise.all([0, 1].map(async index => (await endpoint.arrival(index)).body));
      const [first, second] = bodies as { tools: { name: string }[]; messages: { content: unknown[] }[] }[];
      assert.ok(first?.tools.some(({ name }) => name === 'look_up_price'));
      assert.match(JSON.stringify(second?.messages.at(-1)), /"tool_result".*Price of apples: 3/);
    });

    await journey.step('what is wrong with a tool file stands in it while it is typed, and in the list', async () => {
      const { page } = workbench;
      const tool = { name: 'bash', description: 'Runs.', input_schema: { type: 'object' }, command: ['ls'] };
      await mkdir(join(workspace, '.marginalia/tools'), { recursive: true });
      await writeFile(join(workspace, '.marginalia/tools/wrong.json'), JSON.stringify(tool, undefined, 2));
      await workbench.openFile('.marginalia/tools/wrong.json');
      await workbench.command('Problems: Focus on Problems View');
      const problems = page.locator('.markers-panel');
      await problems.getByText('“bash” is the name of a tool that is built in.').waitFor();

      await workbench.editor.click();
      await page.keyboard.press('Control+Home');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('End');
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.type(' it');
      // Not saved yet. The editor's own check says so as well.
      await problems.getByText('“name” has to be 1 to 64 letters (a to z), digits, _ or -.').waitFor();
      await problems.getByText(/does not match the pattern/).waitFor();

      await workbench.command('Marginalia: Tools');
      await page.locator('.quick-input-list .monaco-list-row', { hasText: 'can’t be used' }).waitFor();
      await page.keyboard.press('Escape');
      await workbench.editor.click();
      await page.keyboard.press('Control+Z');
    });
  },
);

journey(
  'a tool runs a task of the editor or a command of it with the input, and is tried in a tab',
  async ({ stage }) => {
    const { workbench, workspace } = stage;
    const { page } = workbench;
    const input_schema = { type: 'object', properties: { value: { type: 'string' } } };
    const description = 'For this test.';
    const counting = {
      name: 'count_letters',
      description: 'Counts letters.',
      input_schema: { type: 'object', properties: { words: { type: 'string', maxLength: 5 } }, required: ['words'] },
      command: [
        'node',
        '-e',
        'process.stdin.on("data", text => console.log(JSON.parse(text).words.length + " letters"))',
      ],
    };
    const files = {
      '.marginalia/tools/count.json': counting,
      '.vscode/tasks.json': {
        version: '2.0.0',
        tasks: [
          {
            label: 'Good one',
            type: 'process',
            command: 'node',
            args: ['-e', '1'],
            presentation: { reveal: 'silent' },
          },
          {
            label: 'Bad one',
            type: 'process',
            command: 'node',
            args: ['-e', 'process.exit(3)'],
            presentation: { reveal: 'silent' },
          },
        ],
      },
      '.marginalia/tools/good.json': { name: 'good_task', description, input_schema, task: 'Good one' },
      '.marginalia/tools/bad.json': { name: 'bad_task', description, input_schema, task: 'Bad one' },
      '.marginalia/tools/none.json': { name: 'no_task', description, input_schema, task: 'None' },
      '.marginalia/tools/symbols.json': {
        name: 'list_symbols',
        description,
        input_schema,
        editorCommand: 'vscode.executeDocumentSymbolProvider',
      },
    };
    await mkdir(join(workspace, '.vscode'), { recursive: true });
    await mkdir(join(workspace, '.marginalia/tools'), { recursive: true });
    for (const [path, content] of Object.entries(files)) {
      await writeFile(join(workspace, path), JSON.stringify(content));
    }
    const chat = await openToAct(workbench);
    const call = async (name: string, words: string, result: RegExp): Promise<void> => {
      await chat.ask(`Use ${name}`);
      const card = chat.frame.getByRole('region', { name: `Run ${name}?` });
      await card
        .getByRole('group', { name: /^It runs this/ })
        .getByText(words)
        .waitFor();
      await card.getByRole('button', { name: 'Allow', exact: true }).click();
      await chat.idle();
      await chat.answers.last().getByText(result).first().waitFor();
    };
    await call('good_task', '"Good one"', /“Good one” has ended with exit code 0/);
    await call('bad_task', '"Bad one"', /“Bad one” has ended with exit code 3/);
    await call('no_task', 'None', /There is no task called “None”/);
    // What it says of the input shows that it got it.
    await call('list_symbols', 'vscode.executeDocumentSymbolProvider', /Invalid argument 'uri'/);

    // It is tried in a tab, which the list of tools opens.
    await workbench.command('Marginalia: Tools');
    const row = page.locator('.quick-input-list .monaco-list-row', { hasText: 'count_letters' });
    await row.hover();
    await row.locator('.action-label.codicon-play').click();
    const form = await eventually(async () => {
      for (const frame of page.frames()) {
        const isOpen = await frame.locator('.tool-trial').isVisible();
        if (isOpen) return frame;
      }
      return assert.fail('The form is not open yet.');
    });
    const words = form.getByLabel('words');
    await words.fill('apples');
    await form.getByText('must have at most 5 characters.').first().waitFor();
    await words.fill('apple');
    await words.press('Enter');
    await form.getByText('5 letters').waitFor();
  },
);
