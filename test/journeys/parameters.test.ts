import assert from 'node:assert/strict';
import { eventually } from '../../harness/drive/eventually.ts';
import { journey } from '../support/journey.ts';

journey('parameters are kept as a preset, and come back with it', async ({ workbench }) => {
  const chat = await workbench.openChat();
  const { frame } = chat;
  await workbench.command('Marginalia: Show Parameters');
  await frame.getByLabel('top_k', { exact: true }).fill('7');
  await chat.button(/^Parameters \(1 set\)$/).waitFor();
  await chat.button('Save as Preset…').click();
  await (await workbench.textInput()).fill('sevenfold');
  await chat.page.keyboard.press('Enter');
  await chat.button('Leave top_k to the Settings').click();
  await chat.button(/^Parameters$/).waitFor();
  await chat.button('Apply Preset…').click();
  await chat.page.locator('.quick-input-list .monaco-list-row', { hasText: 'sevenfold' }).click();
  await eventually(async () => assert.equal(await frame.getByLabel('top_k', { exact: true }).inputValue(), '7'));
});

const look = [{ name: 'look', input_schema: { type: 'object', properties: { at: { type: 'string' } } } }];

journey(
  'what is half typed outlives the view, and nothing is sent while it is wrong',
  async ({ workbench, endpoint }) => {
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
    await workbench.openFile('src/prices.ts');
    await workbench.reload();
    chat = await workbench.openChat();
    await eventually(async () =>
      assert.equal(await chat.frame.getByLabel('Result of look').inputValue(), 'half a res'),
    );
  },
);
