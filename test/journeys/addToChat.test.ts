import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { eventually, patience } from '../../harness/drive/eventually.ts';
import type { Workbench } from '../../harness/drive/workbench.ts';
import { journey } from '../support/journey.ts';

/** Opens the menu of a row or a tab, and takes an entry; opens it again where the workbench closes it by itself. */
async function choose({ page }: Workbench, target: Locator, entry: string): Promise<void> {
  const item = page.getByRole('menuitem', { name: entry });
  await eventually(async () => {
    // A menu that is open keeps the pointer; without one, Escape would drop what is selected.
    if (await item.isVisible()) await page.keyboard.press('Escape');
    await target.click({ button: 'right', timeout: 3_000 });
    await item.waitFor({ timeout: 3_000 });
    // A menu takes no click in its first moment, in which the button that has opened it is let go.
    await page.waitForTimeout(500);
    await item.click({ timeout: 2_000 });
    await item.waitFor({ state: 'detached', timeout: 2_000 });
  });
}

/** The names of what is attached. */
async function names(workbench: Workbench): Promise<string[]> {
  const chat = await workbench.chat();
  const chips = chat.frame.getByRole('list', { name: 'Attachments' }).getByRole('listitem');
  return (await chips.allInnerTexts()).map(text => text.split('\n')[0] ?? '');
}

async function attached(workbench: Workbench, expected: RegExp[]): Promise<void> {
  await eventually(async () => {
    const found = await names(workbench);
    assert.equal(found.length, expected.length, found.join(', '));
    for (const [index, pattern] of expected.entries()) assert.match(found[index] ?? '', pattern);
  });
}

/** Selects one more row of a list, which may be drawn anew meanwhile. */
async function selectToo(row: Locator): Promise<void> {
  const selected = row.and(row.page().locator('.selected'));
  await eventually(async () => {
    if (!(await selected.isVisible())) await row.click({ modifiers: ['ControlOrMeta'] });
    await selected.waitFor({ timeout: 3_000 });
  });
}

journey.describe('in the explorer', () => {
  // A file that opens would be selected alone again.
  journey.use({ settings: { 'explorer.autoReveal': false } });

  journey('menus of files, folders and tabs add what they were opened on', async ({ workbench }) => {
    const { page } = workbench;
    const row = (name: string): Locator =>
      page.locator('.explorer-folders-view .monaco-list-row').filter({ hasText: name }).first();
    await row('README.md').click();
    await selectToo(row('package.json'));
    await choose(workbench, row('package.json'), 'Add to Marginalia Chat');
    await attached(workbench, [/^README\.md/, /^package\.json/]);
    await choose(workbench, row('src'), 'Add to Marginalia Chat');
    await attached(workbench, [/^README\.md/, /^package\.json/, /^src\//]);

    await workbench.openFile('src/prices.ts');
    await workbench.openFile('src/orders.ts');
    const tab = page.locator('.tabs-container .tab', { hasText: 'prices.ts' });
    await choose(workbench, tab, 'Add to Marginalia Chat');
    await attached(workbench, [/^README\.md/, /^package\.json/, /^src\//, /^prices\.ts/]);
  });
});

journey.describe('in the source control view', () => {
  journey.use({ settings: { 'scm.defaultViewMode': 'tree', 'scm.compactFolders': false } });

  journey('menus of folders, files and groups add their changes', async ({ workbench, endpoint, workspace }) => {
    await mkdir(join(workspace, 'src/news'), { recursive: true });
    await writeFile(join(workspace, 'src/news/one.ts'), 'export const one = 1;\n');
    await writeFile(join(workspace, 'src/news/two.ts'), 'export const two = 2;\n');
    await workbench.openChat();
    await workbench.page.getByRole('tab', { name: /^Source Control/ }).click();
    const row = (name: string): Locator =>
      workbench.page.locator('.scm-view .monaco-list-row').filter({ hasText: name }).first();
    await row('two.ts').waitFor({ timeout: patience });
    await choose(workbench, row('news'), 'Add Changes to Chat…');
    await attached(workbench, [/^Changes in 2 files/]);

    // The folder and a file of it at once: that file goes along once.
    await row('one.ts').click();
    await selectToo(row('news'));
    await selectToo(row('prices.ts'));
    await choose(workbench, row('prices.ts'), 'Add Changes to Chat…');
    await attached(workbench, [/^Changes in 2 files/, /^Changes in 3 files/]);

    const staged = row('prices.ts');
    await staged.hover();
    await staged.getByRole('button', { name: 'Stage Changes' }).click();
    const group = (name: RegExp): Locator =>
      workbench.page
        .locator('.scm-view .monaco-list-row')
        .filter({ has: workbench.page.locator('.resource-group', { hasText: name }) });
    await group(/^Staged Changes/).click();
    await selectToo(group(/^Changes/));
    await choose(workbench, group(/^Changes/), 'Add Changes to Chat…');
    await attached(workbench, [/^Changes in 2 files/, /^Changes in 3 files/, /^Staged changes/, /^Unstaged changes/]);
    const chat = await workbench.chat();
    await chat.ask('What is new?');
    const { messages } = (await endpoint.arrival(0)).body as { messages: { content: { text?: string }[] }[] };
    const texts = messages.at(-1)?.content.map(({ text = '' }) => text) ?? [];
    assert.deepEqual(texts.map(filesOf), [
      ['src/news/one.ts', 'src/news/two.ts'],
      ['src/news/one.ts', 'src/news/two.ts', 'src/prices.ts'],
      // The button stages all that was selected.
      ['src/news/one.ts', 'src/news/two.ts', 'src/prices.ts'],
      ['src/receipts.ts'],
      [],
    ]);
  });
});

/** The files of a patch, by name. */
function filesOf(text: string): string[] {
  return [...text.matchAll(/^diff --git a\/(\S+)/gm)].map(([, path = '']) => path).sort();
}
