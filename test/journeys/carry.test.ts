import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { eventually } from '../../harness/drive/eventually.ts';
import { environmentKey, type Journey, journey } from '../support/journey.ts';
import type { Chat, Workbench } from '../../harness/drive/workbench.ts';

journey.use({ pace: 0 });

async function texts(chat: Chat): Promise<string[]> {
  return chat.questions.locator('.prompt-text').allInnerTexts();
}

/** A conversation with two versions of its first message, the second of them shown. */
async function talk({ workbench }: Journey): Promise<Chat> {
  const chat = await workbench.openChat();
  await chat.ask('Say one');
  await chat.idle();
  await chat.questions.first().hover();
  await chat.questions.getByRole('button', { name: 'More Actions' }).click();
  await chat.questions.getByRole('menuitem', { name: 'Edit' }).click();
  const editor = chat.frame.getByRole('textbox', { name: 'Edit Message' });
  await editor.fill('Say **eleven** <b>');
  await editor.press('Enter');
  await chat.idle();
  await eventually(async () => assert.deepEqual(await texts(chat), ['Say **eleven** <b>']));
  return chat;
}

/** The dialog looks at its folder first: meanwhile it takes no Enter, and then it writes over what was typed. */
async function accept(workbench: Workbench, path?: string): Promise<void> {
  const input = await workbench.textInput();
  await eventually(async () => {
    if (path !== undefined) await input.fill(path, { timeout: 2_000 });
    await input.press('Enter');
    await input.waitFor({ state: 'hidden', timeout: 2_000 });
  });
}

/** Exports by keyboard alone, and gives the path of the file. */
async function exportAs({ workbench, workspace }: Journey, format: string, ending: string): Promise<string> {
  await workbench.command('Marginalia: Export Conversation…');
  const input = await workbench.textInput();
  await input.fill(format);
  await workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: format }).first().waitFor();
  await workbench.page.keyboard.press('Enter');
  await workbench.page.locator('.quick-input-widget', { hasText: 'Export Conversation' }).waitFor();
  await eventually(async () => assert.match(await input.inputValue(), new RegExp(`${ending.replaceAll('.', '\\.')}$`)));
  await accept(workbench);
  await workbench.notification('The conversation was exported to');
  const name = (await readdir(workspace)).find(file => file.endsWith(ending));
  assert.ok(name, `no ${ending}`);
  return join(workspace, name);
}

async function importFrom({ workbench }: Journey, path: string): Promise<void> {
  await workbench.command('Marginalia: Import Conversation…');
  await accept(workbench, path);
}

async function conversationCount({ workbench }: Journey): Promise<number> {
  const history = await workbench.openHistory();
  const rows = history.row('Say one');
  await rows.first().waitFor();
  const count = await rows.count();
  await history.search.press('Escape');
  return count;
}

journey(
  'a conversation is exported as Markdown, edited by hand, and opened again with its versions',
  async ({ stage: all }) => {
    const { workbench } = all;
    let chat = await talk(all);
    const before = await conversationCount(all);
    const path = await exportAs(all, 'Markdown', '.chat.md');
    assert.match(path, /Say-one\.chat\.md$/);
    const written = await readFile(path, 'utf8');
    assert.match(
      written,
      /^## You <!-- turn 3 first -->\n\nSay \*\*eleven\*\* <b>$|^## You <!-- turn 3 -->\n\nSay \*\*eleven\*\* <b>$/m,
    );
    assert.match(written, /^<details><summary>Other versions<\/summary>/m);
    assert.equal(written.includes(environmentKey), false);
    assert.equal(written.includes('file://'), false);

    await writeFile(path, `\ufeff${written.replace('Say **eleven** <b>', 'Say twelve').replaceAll('\n', '\r\n')}`);
    await importFrom(all, path);
    chat = await workbench.chat();
    await eventually(async () => assert.deepEqual(await texts(chat), ['Say twelve']));
    const versions = chat.frame.getByRole('group', { name: 'Version 2 of 2' });
    await versions.getByRole('button', { name: 'Previous Version' }).click();
    await eventually(async () => assert.deepEqual(await texts(chat), ['Say one']));
    await chat.ask('And after that?');
    await chat.idle();
    assert.equal(await chat.questions.count(), 2);

    await importFrom(all, path);
    await eventually(async () => assert.deepEqual(await texts(chat), ['Say twelve']));
    assert.equal(await conversationCount(all), before + 2);
  },
);

journey('a file of a conversation has a way to open it as a chat; other files have none', async ({ stage: all }) => {
  const { workbench, workspace } = all;
  await writeFile(join(workspace, 'talk.chat.md'), '# A talk\n\n## You\n\nHello\n\n## Assistant\n\nHi.\n');
  await writeFile(join(workspace, 'other.chat.md'), '## You\n\nBye\n');
  await workbench.openFile('README.md');
  const button = workbench.page.locator('.editor-actions').getByRole('button', { name: 'Open as Chat' });
  assert.equal(await button.count(), 0);
  await workbench.openFile('talk.chat.md');
  await workbench.page.keyboard.press('Control+End');
  await workbench.page.keyboard.type('You and I.');
  await eventually(async () => {
    // The editor draws its buttons anew once the file is saved, and loses the key that goes to an old one.
    await button.press('Enter', { timeout: 2_000 });
    await (await workbench.chat()).questions.getByText('Hello').first().waitFor({ timeout: 3_000 });
  });
  const chat = await workbench.chat();
  assert.deepEqual(await texts(chat), ['Hello']);
  await chat.answers.getByText('Hi.\nYou and I.').waitFor();
  await chat.until("document.activeElement.id === 'composer'");

  const row = workbench.page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'other.chat.md' });
  await row.click({ button: 'right' });
  const item = workbench.page.locator('.monaco-menu').getByRole('menuitem', { name: 'Open as Chat' });
  await eventually(async () => {
    // A menu takes no click in the moment after it has opened.
    if (await item.isVisible()) await item.click();
    assert.deepEqual(await texts(chat), ['Bye']);
  });
});

journey('a broken file is told with its line, and its name is no command', async ({ stage: all }) => {
  const { workbench, workspace } = all;
  const chat = await talk(all);
  const name = '[Restore them](command:workbench.action.closeActiveEditor).chat.md';
  await writeFile(join(workspace, name), '---\ntitle: "x"\n\n## You\n\nHello\n');
  await importFrom(all, join(workspace, name));
  await workbench.notification('Restore them');
  await workbench.command('Notifications: Show Notifications');
  const message = workbench.page.locator('.notifications-center .notification-list-item-message');
  const text = (await message.first().innerText()).replaceAll('\u200b', '');
  assert.ok(text.startsWith(`${name} cannot be opened as a chat.`), text);
  assert.equal(await message.locator('a').count(), 0);

  const path = join(workspace, 'broken.chat.md');
  await writeFile(path, '---\ntitle: "x"\n\n## You\n\nHello\n');
  await importFrom(all, path);
  await workbench.notification('broken.chat.md cannot be opened as a chat. Line 1:');
  assert.deepEqual(await texts(chat), ['Say **eleven** <b>']);

  await writeFile(path, '## You <!-- turn 1 -->\n\nHello\n\n<!-- data\nturn 1 {"record"\n-->\n');
  await importFrom(all, path);
  await workbench.notification('broken.chat.md was opened, but not all of it. Line 6:');
  await eventually(async () => assert.deepEqual(await texts(chat), ['Hello']));
  await workbench.command('Notifications: Show Notifications');
  const notice = workbench.page.locator('.notifications-center .notification-list-item', { hasText: 'Line 6' });
  await notice.hover();
  await notice.getByRole('button', { name: 'Show Line' }).click();
  await workbench.page.locator('.statusbar-item', { hasText: 'Ln 6,' }).waitFor();
});

journey('the page of a conversation shows it in the browser, and nothing runs or is loaded', async ({ stage: all }) => {
  const { workbench, context } = all;
  const chat = await talk(all);
  const answer = (await chat.answers.first().locator('.markdown').first().innerText()).split('\n')[0] ?? '';
  const path = await exportAs(all, 'Web page', '.html');
  assert.equal((await readFile(path, 'utf8')).includes(environmentKey), false);

  const page = await context.newPage();
  const asked: string[] = [];
  const said: string[] = [];
  page.on('request', request => asked.push(request.url()));
  page.on('console', message => said.push(message.text()));
  page.on('pageerror', error => said.push(error.message));
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.goto(pathToFileURL(path).href);
    await page.getByRole('heading', { level: 1, name: 'Say one' }).waitFor();
    assert.equal(await page.locator('.said').innerText(), 'Say **eleven** <b>');
    assert.ok((await page.locator('.answer').innerText()).includes(answer));
    await page.getByText('Other versions of these messages are not shown: 2').waitFor();
    const back = await page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
    assert.equal(back, colorScheme === 'light' ? 'rgb(255, 255, 255)' : 'rgb(22, 25, 29)');
    assert.equal(await page.evaluate('document.scripts.length'), 0);
  }
  await page.setViewportSize({ width: 240, height: 600 });
  assert.ok(await page.evaluate<boolean>('document.documentElement.scrollWidth <= 240'));
  assert.deepEqual([...new Set(asked)], [pathToFileURL(path).href]);
  assert.deepEqual(said, []);
  await page.close();
  await workbench.page.bringToFront();
});

journey('JSON goes out and comes back; the conversation is copied as it is read', async ({ stage: all }) => {
  const { workbench } = all;
  const chat = await talk(all);
  const path = await exportAs(all, 'JSON', '.json');
  const { conversation } = JSON.parse(await readFile(path, 'utf8')) as { conversation: { turns: unknown[] } };
  assert.equal(conversation.turns.length, 4);
  await workbench.command('Marginalia: New Conversation');
  await eventually(async () => assert.deepEqual(await texts(chat), []));
  await workbench.command('Marginalia: Copy Conversation as Markdown');
  await workbench.notification('There is nothing in this conversation yet.');
  await importFrom(all, path);
  await eventually(async () => assert.deepEqual(await texts(chat), ['Say **eleven** <b>']));
  await chat.frame.getByRole('group', { name: 'Version 2 of 2' }).waitFor();

  await workbench.command('Marginalia: Copy Conversation as Markdown');
  await eventually(async () => {
    const copied = await workbench.page.evaluate<string>('navigator.clipboard.readText()');
    assert.match(copied, /^# Say one\n\n## You\n\nSay \*\*eleven\*\* <b>\n\n## claude-/);
  });
});
