import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '../../harness/drive/eventually.ts';
import { journey } from '../support/journey.ts';
import { hint, lastText, port, type SentBody } from '../support/promptCalls.ts';

journey.use({ settings: { 'marginalia.prompts': [port] } });

journey('a prompt says what it takes along, and sends that', async ({ workbench, endpoint }) => {
  await workbench.openFile('src/orders.ts');
  await workbench.selectLines(16, 22);
  const chat = await workbench.openChat();
  const { keyboard } = chat.page;
  await chat.box.click();
  await keyboard.type('/te');
  await chat.frame.getByRole('option', { name: /tests/ }).waitFor();
  await keyboard.press('Enter');
  assert.equal(await chat.box.inputValue(), '/tests ');
  await keyboard.press('Control+Z');
  await eventually(async () => assert.equal(await chat.box.inputValue(), '/te', 'picking is one step to undo'));
  await chat.box.fill('/tests ');
  await hint(chat, 'tests').getByText('src/orders.ts:16–22').waitFor();
  await chat.button('Show Prompt').click();
  assert.match(await hint(chat, 'tests').innerText(), /otherwise the usual one for typescript/);
  assert.equal(endpoint.requests.length, 0);
  await chat.box.click();
  await keyboard.type('with vitest');
  // What is shown of the request beforehand is what goes out.
  const copied = await eventually(async () => {
    await workbench.command('Marginalia: Copy Next Request');
    const body: unknown = JSON.parse(await workbench.page.evaluate('navigator.clipboard.readText()'));
    assert.match(lastText(body), /with vitest/);
    return body as SentBody;
  });
  await chat.box.click();
  await keyboard.press('Enter');
  const { body } = await endpoint.arrival(0);
  assert.deepEqual((body as SentBody).messages, copied.messages);
  const sent = lastText(body);
  assert.match(sent, /^Write tests for the code below\./);
  assert.match(sent, /\n\nwith vitest\n\nFile: src\/orders\.ts \(lines 16-22, typescript\)\n```typescript\n/);
  assert.match(sent, /sum \+= item\.price/);
  await chat.idle();
  assert.match(await chat.questions.innerText(), /^\/tests with vitest/m);
  assert.equal(await chat.box.inputValue(), '');
  assert.equal(await hint(chat, 'tests').count(), 0);
});

journey(
  'own prompts come from settings and files, and a wrong one is told and costs no other',
  async ({ workbench, endpoint, workspace, changeSettings }) => {
    const chat = await workbench.openChat();
    await changeSettings({ 'marginalia.prompts': [port, { name: 'two words', prompt: 'never' }] });
    await workbench.notification('marginalia.prompts[1].name: a name is one word');
    await mkdir(join(workspace, '.github/prompts'), { recursive: true });
    await writeFile(
      join(workspace, '.github/prompts/commit.prompt.md'),
      '---\ndescription: Write a commit message\n---\nWrite a commit message for these changes.\n\n${diff:unstaged}\n',
    );
    const names = chat.frame.getByRole('option');
    await eventually(async () => {
      await chat.box.fill('');
      await chat.box.click();
      await chat.page.keyboard.type('/');
      assert.match(await names.last().innerText({ timeout: 2_000 }), /\/commit/);
    });
    assert.match(await chat.frame.getByRole('listbox').innerText(), /Yours\s+\/port\s+Port it/);
    await chat.page.keyboard.type('comm');
    await chat.page.keyboard.press('Enter');
    await hint(chat, 'commit').getByText('from .github/prompts/commit.prompt.md').waitFor();
    await chat.page.keyboard.press('Enter');
    const sent = lastText((await endpoint.arrival(0)).body);
    assert.match(sent, /^Write a commit message for these changes\.\n\n```diff\ndiff --git a\/src\/prices\.ts/);
    await chat.idle();
    await workbench.openFile('scripts/stock.go');
    await workbench.selectLines(1, 2);
    await chat.ask('/port Rust');
    assert.match(lastText((await endpoint.arrival(1)).body), /^Port\nFile: scripts\/stock\.go[^]*```\nto Rust\.$/);
  },
);

journey('Run Prompt and the lightbulb run one without the message', async ({ workbench, endpoint }) => {
  await workbench.openFile('src/orders.ts');
  await workbench.selectLines(16, 22);
  const chat = await workbench.openChat();
  await chat.box.fill('half a thought');
  await workbench.command('Marginalia: Run Prompt…');
  const { page } = workbench;
  await page.locator('.quick-input-list .monaco-list-row', { hasText: '/document' }).click();
  assert.match(lastText((await endpoint.arrival(0)).body), /^Write documentation comments[^]*File: src\/orders\.ts/);
  await chat.idle();
  assert.equal(await chat.box.inputValue(), 'half a thought', 'what is typed stays');
  await workbench.editor.click();
  await workbench.selectLines(16, 22);
  await workbench.openLightbulb('Fix with Marginalia');
  await page.locator('.action-widget .monaco-list-row', { hasText: 'Fix with Marginalia' }).click();
  assert.match(lastText((await endpoint.arrival(1)).body), /^Find what is wrong/);
});
