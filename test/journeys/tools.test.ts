import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '../../harness/drive/eventually.ts';
import type { Chat, Workbench } from '../../harness/drive/workbench.ts';
import { journey } from '../support/journey.ts';

// What is written is written by the tool.
journey.use({ settings: { 'files.autoSave': 'off' } });

const question = 'Fix the discount: a rate never goes below zero';

/** Opens the chat and chooses Act with the button below the message. */
async function openToAct(workbench: Workbench): Promise<Chat> {
  const chat = await workbench.openChat();
  await chat.button(/^Choose mode: Chat$/).click();
  await workbench.pick('Act');
  await chat.button('Choose mode: Act').waitFor();
  return chat;
}

const cardOf = (chat: Chat) => chat.frame.getByRole('region', { name: 'Change src/prices.ts?' });

journey(
  'a model reads a file and changes it once that is allowed; undo brings it back',
  async ({ workbench, workspace, endpoint }) => {
    const { page } = workbench;
    const file = join(workspace, 'src/prices.ts');
    const before = await readFile(file, 'utf8');
    await workbench.openFile('src/prices.ts');
    const chat = await openToAct(workbench);
    await chat.ask(question);
    const card = cardOf(chat);
    await card.getByText('+  return Math.round(total * (1 - Math.max(0, discount.rate)));').waitFor();
    assert.equal(await readFile(file, 'utf8'), before, 'nothing is written before it is allowed');
    await chat.stopButton.waitFor();
    await chat.until(`document.activeElement?.id === 'composer'`);
    await chat.button(/^Done: View src\/prices\.ts/).waitFor();

    await card.getByRole('button', { name: 'Allow', exact: true }).press('Enter');
    await chat.idle();
    await chat.answers.last().getByText('A discount never raises a price now').waitFor();
    const changed = page.locator('.editor-instance .view-line', { hasText: 'Math.max(0, discount.rate)' });
    await changed.waitFor();
    assert.match(await readFile(file, 'utf8'), /Math\.max\(0, discount\.rate\)/);
    await chat.button(/^Done: Edit src\/prices\.ts/).click();
    await chat.frame.getByRole('group', { name: 'Result of the tool' }).getByText('has been edited').waitFor();

    const bodies = await Promise.all([0, 1, 2].map(async index => (await endpoint.arrival(index)).body));
    const [, second, third] = bodies as { messages: { role: string; content: { type: string }[] }[] }[];
    assert.deepEqual(
      second?.messages.at(-1)?.content.map(({ type }) => type),
      ['tool_result'],
    );
    assert.equal(third?.messages.length, 5);

    await workbench.editor.click();
    await page.keyboard.press('Control+Z');
    await eventually(async () => assert.equal(await changed.count(), 0));
  },
);

journey(
  'a change goes into what the editor shows, with what is not saved and with its line ends',
  async ({ workbench, workspace }) => {
    const { page } = workbench;
    const file = join(workspace, 'src/prices.ts');
    const text = (await readFile(file, 'utf8')).replaceAll('\n', '\r\n');
    await writeFile(file, text);
    await workbench.openFile('src/prices.ts');
    await workbench.editor.click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('// mine');
    const chat = await openToAct(workbench);
    await chat.ask(question);
    await cardOf(chat).getByRole('button', { name: 'Allow', exact: true }).click();
    await chat.idle();
    await page.locator('.editor-instance .view-line', { hasText: 'Math.max(0, discount.rate)' }).waitFor();
    assert.equal(await readFile(file, 'utf8'), text, 'what was not saved stays the user’s to save');
    await workbench.editor.click();
    await page.keyboard.press('Control+S');
    const expected = `${text.replace('(1 - discount.rate)', '(1 - Math.max(0, discount.rate))')}// mine`;
    await eventually(async () => assert.equal(await readFile(file, 'utf8'), expected));
  },
);

journey('what is denied is not done, and the model is told', async ({ workbench, workspace }) => {
  const file = join(workspace, 'src/prices.ts');
  const before = await readFile(file, 'utf8');
  const chat = await openToAct(workbench);
  await chat.ask(question);
  const deny = cardOf(chat).getByRole('button', { name: 'Deny' });
  await deny.focus();
  await deny.press('Escape');
  await chat.idle();
  await chat.answers.last().getByText('Not executed: the user declined.').first().waitFor();
  assert.equal(await readFile(file, 'utf8'), before);
  await chat.button(/^Denied: Edit src\/prices\.ts/).waitFor();
});

journey('a model mends a failing test: it reads, changes, runs it for real and sees it pass', async ({ workbench }) => {
  const chat = await openToAct(workbench);
  await chat.ask('Fix the discount until its test passes');
  await cardOf(chat).getByRole('button', { name: 'Allow', exact: true }).click();
  const command = chat.frame.getByRole('region', { name: 'Run this command?' });
  await command.getByText('npm test', { exact: true }).waitFor();
  await command.getByRole('button', { name: 'Allow', exact: true }).press('Enter');
  await chat.idle();
  await chat.button(/^Done: Run npm test.*exit code 0/).click();
  await chat.frame
    .getByRole('group', { name: 'Result of the tool' })
    .getByText(/a discount never raises the total/)
    .waitFor();
  await chat.answers.last().getByText('All 2 tests pass.').waitFor();
});

journey(
  'the shell is seen in a terminal, and what the user types there runs in it',
  async ({ workbench, workspace, endpoint }) => {
    const { page } = workbench;
    const chat = await openToAct(workbench);
    const ask = async (command: string): Promise<void> => {
      const content = [{ type: 'tool_use' as const, id: 'toolu_1', name: 'bash', input: { command } }];
      endpoint.faults.next({ kind: 'script', content });
      await chat.ask('Run it');
      const card = chat.frame.getByRole('region', { name: 'Run this command?' });
      await card.getByRole('button', { name: 'Allow', exact: true }).click();
    };
    await ask('cd src');
    await chat.idle();
    await chat.button(/^Done: Run cd src/).click();
    await chat.button('Show Terminal').click();
    const terminal = page.locator('.terminal-wrapper.active .xterm');
    await terminal.click();
    await page.keyboard.type('MINE=hand; pwd > ../typee');
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Enter');
    await eventually(async () => assert.match(await readFile(join(workspace, 'type'), 'utf8'), /src\n$/));
    await ask('echo "made by $MINE"; sleep 1000');
    await chat.button(/^Runs: Run echo/).waitFor();
    await terminal.click();
    await page.keyboard.press('Control+C');
    await chat.idle();
    await chat.button(/^Failed: Run echo/).click();
    await chat.frame.getByRole('group', { name: 'Result of the tool' }).getByText('made by hand').waitFor();
  },
);
