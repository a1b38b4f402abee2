import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '../../harness/drive/eventually.ts';
import { chip, hideFiles, option, sendFolder, sentTexts } from '../support/attaching.ts';
import { view } from '../support/view.ts';

view('chips are walked with the arrows and removed with keys, one or all', async ({ workbench }) => {
  const chat = await workbench.openChat();
  workbench.editor.openFolder();
  const { keyboard } = chat.page;
  await chat.box.click();
  for (const name of ['orders', 'prices', 'customers']) {
    await keyboard.type(`@${name}`);
    await option(chat, new RegExp(`^${name}`))
      .first()
      .waitFor();
    await keyboard.press('Enter');
    await chip(chat, new RegExp(`^${name}`)).waitFor();
  }
  await chip(chat, /^orders/).focus();
  await keyboard.press('ArrowRight');
  await keyboard.press('Delete');
  await eventually(async () => assert.equal(await chip(chat, /^prices/).count(), 0));
  await chat.until("document.activeElement.textContent.startsWith('customers')");
  await keyboard.press('Backspace');
  await eventually(async () => assert.equal(await chip(chat, /^customers/).count(), 0));
  await chat.until("document.activeElement.textContent.startsWith('orders')");

  await chat.box.click();
  await chat.box.fill('');
  for (const name of ['prices', 'customers']) {
    await keyboard.type(`@${name}`);
    await option(chat, new RegExp(`^${name}`))
      .first()
      .waitFor();
    await keyboard.press('Enter');
    await chip(chat, new RegExp(`^${name}`)).waitFor();
  }
  await chat.button('Remove All').click();
  await eventually(async () => assert.equal(await chip(chat, /./).count(), 0));
  await chat.until("document.activeElement.id === 'composer'");
});

view('@ finds a file by the keyboard and puts it into the request', async ({ workbench, endpoint }) => {
  const chat = await workbench.openChat();
  workbench.editor.openFolder();
  const { keyboard } = chat.page;
  await chat.box.click();
  // At once, as fast as one types who knows the file.
  await keyboard.type('What does @ordts');
  await keyboard.press('Enter');
  await chip(chat, /^orders\.ts/).waitFor();
  assert.equal(await chat.box.inputValue(), 'What does orders.ts ');
  await keyboard.type('do?');
  await keyboard.press('Enter');
  const [file = '', question] = sentTexts((await endpoint.arrival(0)).body);
  assert.match(file, /^File: src\/orders\.ts \(lines 1-43, typescript\)\n```typescript\n/);
  assert.match(file, /sum \+= item\.price/);
  assert.equal(question, 'What does orders.ts do?');
  await chat.idle();
  await chat.showStart();
  assert.match(await chat.questions.innerText(), /src\/orders\.ts:1–43/);
  await eventually(async () => assert.equal(await chip(chat, /orders/).count(), 0));
});

view('what is attached is frozen, and attached once', async ({ workbench, endpoint }) => {
  const chat = await workbench.openChat();
  workbench.editor.openFolder();
  workbench.openFile('src/orders.ts', [16, 22]);
  await workbench.command('Marginalia: Add Selection to Chat');
  await chip(chat, /^orders\.ts:16–22/).waitFor();
  // Until it has been read.
  await workbench.editor.command('Marginalia: Add Selection to Chat');
  workbench.type(text => text.replace('let sum', '// not seen\n  let sum'));
  await chat.box.fill('A draft');
  await chip(chat, /^orders\.ts:16–22/).waitFor();
  assert.equal(await chat.frame.getByRole('list', { name: 'Attachments' }).getByRole('listitem').count(), 1);
  assert.equal(await chat.box.inputValue(), 'A draft');
  await chat.box.press('Enter');
  const [code = ''] = sentTexts((await endpoint.arrival(0)).body);
  assert.match(code, /^File: src\/orders\.ts \(lines 16-22, typescript\)/);
  assert.doesNotMatch(code, /not seen/);
});

view('a folder says what it leaves out, and sends the rest', async ({ workbench, endpoint, workspace }) => {
  await hideFiles(workspace);
  const chat = await workbench.openChat();
  workbench.editor.openFolder(workspace);
  await chat.box.click();
  await chat.page.keyboard.type('@src');
  await option(chat, /^src\//)
    .first()
    .waitFor();
  await chat.page.keyboard.press('Enter');
  await sendFolder(chat, endpoint);
});

view('a file of secrets is asked about first', async ({ workbench, workspace }) => {
  await writeFile(join(workspace, '.env'), 'TOKEN=1\n');
  const chat = await workbench.openChat();
  workbench.editor.openFolder(workspace);
  workbench.openFile('.env');
  const question = '.env contains what looks like secrets.';
  await workbench.command('Marginalia: Add File to Chat');
  await workbench.leave(question);
  assert.equal(await chip(chat, /\.env/).count(), 0);
  await workbench.command('Marginalia: Add File to Chat');
  await eventually(() =>
    assert.equal(workbench.editor.notifications.filter(({ text }) => text.includes(question)).length, 2),
  );
  await workbench.press(question, 'Attach Anyway');
  await chip(chat, /^\.env/).waitFor();
});

view('an earlier conversation goes along as it is read, and is asked about where it is long', async ({ stage }) => {
  const { workbench, endpoint } = stage;
  const chat = await workbench.openChat();
  endpoint.faults.next({ kind: 'script', content: [{ type: 'text', text: 'The harbour is blue.' }] });
  await chat.ask('Which colour has the harbour?');
  await chat.idle();
  await workbench.command('Marginalia: New Conversation');
  await chat.askAtOnce(`Keep this: ${'many words '.repeat(10_000)}`);
  await chat.idle();
  await workbench.command('Marginalia: New Conversation');
  await eventually(async () => assert.equal(await chat.answers.count(), 0));

  await chat.box.click();
  await chat.page.keyboard.type('@earlier');
  await option(chat, /^Earlier Conversation/).waitFor();
  await chat.page.keyboard.press('Enter');
  await workbench.pick('Which colour has the harbour?');
  await chip(chat, /^Which colour has the harbour\?/).waitFor();
  // The attach button offers the same.
  await chat.button('Attach').click();
  await workbench.pick('Earlier Conversation…');
  await workbench.pick('Keep this');
  await workbench.press('tokens.', 'Attach Anyway');
  await chip(chat, /^Keep this/).waitFor();
  await chat.until(`document.activeElement?.id === 'composer'`);
  await chat.ask('And its boats?');
  const { messages } = (await endpoint.arrival(2)).body as { messages: { content: { text: string }[] }[] };
  const [colour = '', words = '', question] = messages.at(-1)?.content.map(({ text }) => text) ?? [];
  assert.match(colour, /^Earlier conversation “Which colour has the harbour\?”, begun \d{4}-/);
  assert.match(colour, /## You\n\nWhich colour has the harbour\?\n\n## .+\n\nThe harbour is blue\.\n/);
  assert.match(words, /many words many words/);
  assert.equal(question, 'And its boats?');
  await chat.idle();
});
