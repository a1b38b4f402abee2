import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { eventually } from '../../harness/drive/eventually.ts';
import { editedTalk, shownMessages } from '../support/editedTalk.ts';
import { environmentKey } from '../support/journey.ts';
import { view, type ViewStage } from '../support/view.ts';

view.use({ pace: 0 });

/** Exports into the workspace, and gives the path of the file. */
async function exportAs({ workbench }: ViewStage, workspace: string, format: string): Promise<string> {
  workbench.editor.openFolder(workspace);
  await workbench.command('Marginalia: Export Conversation…');
  await workbench.pick(format);
  const path = (await workbench.fileDialog()).accept();
  await workbench.notification('The conversation was exported to');
  return path;
}

/** Imports, and waits for the end of that. */
async function importFrom({ workbench }: ViewStage, path: string): Promise<void> {
  const done = workbench.editor.command('Marginalia: Import Conversation…');
  (await workbench.fileDialog()).accept(path);
  await done;
}

view('a broken file is told with its line, and what can be read of it is', async ({ stage: all, workspace }) => {
  const { workbench } = all;
  const chat = await editedTalk(all);
  const path = join(workspace, 'broken.chat.md');
  await writeFile(path, '---\ntitle: "x"\n\n## You\n\nHello\n');
  await importFrom(all, path);
  await workbench.notification('broken.chat.md cannot be opened as a chat. Line 1:');
  await chat.ask('Say twelve');
  await chat.idle();
  assert.deepEqual(await shownMessages(chat), ['Say **eleven** <b>', 'Say twelve'], 'it is still shown');

  await writeFile(path, '## You <!-- turn 1 -->\n\nHello\n\n<!-- data\nturn 1 {"record"\n-->\n');
  await importFrom(all, path);
  await workbench.press('broken.chat.md was opened, but not all of it. Line 6:', 'Show Line');
  await eventually(async () => assert.deepEqual(await shownMessages(chat), ['Hello']));
  await eventually(() => {
    const { document, selection } = workbench.editor.activeTextEditor ?? {};
    assert.deepEqual([document?.uri.fsPath, selection?.start.line], [path, 5]);
  });
});

view(
  'the page of a conversation shows it in the browser, and nothing runs or is loaded',
  async ({ stage: all, workspace }) => {
    const { workbench, context } = all;
    const chat = await editedTalk(all);
    const answer = (await chat.answers.first().locator('.markdown').first().innerText()).split('\n')[0] ?? '';
    const path = await exportAs(all, workspace, 'Web page');
    assert.match(path, /\.html$/);
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
  },
);

view('JSON goes out and comes back; the conversation is copied as it is read', async ({ stage: all, workspace }) => {
  const { workbench } = all;
  const chat = await editedTalk(all);
  const path = await exportAs(all, workspace, 'JSON');
  assert.match(path, /\.json$/);
  const { conversation } = JSON.parse(await readFile(path, 'utf8')) as { conversation: { turns: unknown[] } };
  assert.equal(conversation.turns.length, 4);
  await workbench.command('Marginalia: New Conversation');
  await eventually(async () => assert.deepEqual(await shownMessages(chat), []));
  await workbench.command('Marginalia: Copy Conversation as Markdown');
  await workbench.notification('There is nothing in this conversation yet.');
  await importFrom(all, path);
  await eventually(async () => assert.deepEqual(await shownMessages(chat), ['Say **eleven** <b>']));
  await chat.frame.getByRole('group', { name: 'Version 2 of 2' }).waitFor();

  await workbench.command('Marginalia: Copy Conversation as Markdown');
  await eventually(async () => {
    const copied = await workbench.page.evaluate<string>('navigator.clipboard.readText()');
    assert.match(copied, /^# Say one\n\n## You\n\nSay \*\*eleven\*\* <b>\n\n## claude-/);
  });
});
