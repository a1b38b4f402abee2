import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '../../harness/drive/eventually.ts';
import { editedTalk, shownMessages } from '../support/editedTalk.ts';
import { environmentKey, type Journey, journey } from '../support/journey.ts';
import type { Workbench } from '../../harness/drive/workbench.ts';

journey.use({ pace: 0 });

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
  'a conversation is exported as Markdown, edited by hand, and opened again, also from its file',
  async ({ stage: all }) => {
    const { workbench, workspace } = all;
    await journey.step('it comes back with its versions', async () => {
      let chat = await editedTalk(all);
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
      await eventually(async () => assert.deepEqual(await shownMessages(chat), ['Say twelve']));
      const versions = chat.frame.getByRole('group', { name: 'Version 2 of 2' });
      await versions.getByRole('button', { name: 'Previous Version' }).click();
      await eventually(async () => assert.deepEqual(await shownMessages(chat), ['Say one']));
      await chat.ask('And after that?');
      await chat.idle();
      assert.equal(await chat.questions.count(), 2);

      await importFrom(all, path);
      await eventually(async () => assert.deepEqual(await shownMessages(chat), ['Say twelve']));
      assert.equal(await conversationCount(all), before + 2);

      // The name of a broken file is no command.
      const name = '[Restore them](command:workbench.action.closeActiveEditor).chat.md';
      await writeFile(join(workspace, name), '---\ntitle: "x"\n\n## You\n\nHello\n');
      await importFrom(all, join(workspace, name));
      await workbench.notification('Restore them');
      await workbench.command('Notifications: Show Notifications');
      const message = workbench.page.locator('.notifications-center .notification-list-item-message');
      const text = (await message.first().innerText()).replaceAll('\u200b', '');
      assert.ok(text.startsWith(`${name} cannot be opened as a chat.`), text);
      assert.equal(await message.first().locator('a').count(), 0);
    });

    await journey.step('a file of a conversation has a way to open it as a chat; other files have none', async () => {
      await workbench.command('Notifications: Clear All Notifications');
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
      assert.deepEqual(await shownMessages(chat), ['Hello']);
      await chat.answers.getByText('Hi.\nYou and I.').waitFor();
      await chat.until("document.activeElement.id === 'composer'");

      const row = workbench.page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'other.chat.md' });
      await row.click({ button: 'right' });
      const item = workbench.page.locator('.monaco-menu').getByRole('menuitem', { name: 'Open as Chat' });
      await eventually(async () => {
        // A menu takes no click in the moment after it has opened.
        if (await item.isVisible()) await item.click();
        assert.deepEqual(await shownMessages(chat), ['Bye']);
      });
    });
  },
);
