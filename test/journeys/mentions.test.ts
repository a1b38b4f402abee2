import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually, patience } from '../../harness/drive/eventually.ts';
import { chip, hideFiles, option, sendFolder, sentTexts } from '../support/attaching.ts';
import { journey } from '../support/journey.ts';

journey('staged and unstaged changes and a commit go along as patches', async ({ workbench, endpoint, workspace }) => {
  execFileSync('git', ['add', 'src/prices.ts'], { cwd: workspace });
  await writeFile(join(workspace, 'src/news.ts'), 'export const news = 1;\n');
  await workbench.openFile('src/prices.ts');
  const chat = await workbench.openChat();
  const { keyboard } = chat.page;
  await chat.box.click();
  // The Git extension starts with the window and takes its time.
  await eventually(async () => {
    await chat.box.fill('');
    await keyboard.type('@staged');
    await option(chat, /^Staged Changes/).waitFor({ timeout: 2_000 });
  });
  await keyboard.press('Enter');
  await chip(chat, /^Staged changes/).waitFor();
  assert.equal(await chat.box.inputValue(), '');
  await keyboard.type('@unst');
  await option(chat, /^Unstaged Changes/).waitFor();
  await keyboard.press('Enter');
  await chip(chat, /^Unstaged changes/).waitFor();
  await keyboard.type('@comm');
  await option(chat, /^Commit…/).waitFor();
  await keyboard.press('Enter');
  await workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: 'The shop as it was' }).click();
  await chip(chat, /^Commit /).waitFor();
  await chat.until("document.activeElement.id === 'composer'");
  await keyboard.type('Explain');
  await keyboard.press('Enter');
  const [staged = '', unstaged = '', commit = ''] = sentTexts((await endpoint.arrival(0)).body);
  assert.match(staged, /^Staged changes in workspace:\n```diff\ndiff --git a\/src\/prices\.ts/);
  assert.match(unstaged, /\+\+\+ b\/src\/news\.ts\n@@ -0,0 \+1,1 @@\n\+export const news = 1;/);
  assert.match(commit, /^Commit \w{8} in workspace: The shop as it was\n/);
  assert.match(commit, /\+\+\+ b\/src\/server\.ts/);
});

journey('the explorer’s menu adds a folder, and says what it left out', async ({ workbench, endpoint, workspace }) => {
  await hideFiles(workspace);
  const { page } = workbench;
  const row = page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'src' }).first();
  // The rows below move as the files appear.
  await page.locator('.explorer-folders-view .monaco-list-row', { hasText: '.gitignore' }).waitFor();
  if ((await row.getAttribute('aria-expanded')) === 'true')
    await page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'secret.ts' }).waitFor();
  await row.click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Add to Marginalia Chat' }).waitFor();
  await page.waitForTimeout(500);
  await page.getByRole('menuitem', { name: 'Add to Marginalia Chat' }).click();
  const chat = await workbench.chat();
  await sendFolder(chat, endpoint);
});

journey('problems and symbols can be named', async ({ workbench, endpoint }) => {
  await workbench.openFile('src/orders.ts');
  await workbench.goToLine(16);
  await workbench.page.keyboard.type('const broken: = ;');
  await workbench.problem('expected');
  const chat = await workbench.openChat();
  const { keyboard } = chat.page;
  await chat.box.click();
  await keyboard.type('@probl');
  await option(chat, /^Problems of the Current File/).waitFor();
  await keyboard.press('Enter');
  await chip(chat, /^Problems in orders\.ts/).waitFor();
  await keyboard.type('@#total');
  await option(chat, /^total/)
    .first()
    .waitFor();
  await keyboard.press('Enter');
  await chip(chat, /^orders\.ts:\d+–\d+/).waitFor();
  await keyboard.type('breaks');
  await keyboard.press('Enter');
  const [problems = '', symbol = '', question] = sentTexts((await endpoint.arrival(0)).body);
  assert.match(
    problems,
    /^Problems that the editor reports in src\/orders\.ts:\n- src\/orders\.ts:16:\d+ error: .+ \(ts \d+\)/,
  );
  assert.match(symbol, /function total\(/);
  assert.equal(question, 'total breaks');
});

journey(
  'what is selected in the terminal is added, and the clipboard stays as it was',
  async ({ workbench, endpoint }) => {
    const { page } = workbench;
    await workbench.openChat();
    await workbench.command('Terminal: Create New Terminal');
    const terminal = page.locator('.terminal-wrapper .xterm-rows');
    // The prompt ends with the folder's name and a sign; then the keyboard is waited for.
    await terminal.filter({ hasText: /[$#%]\s*$/ }).waitFor({ timeout: patience });
    await page.locator('.terminal-wrapper .xterm.focus').waitFor({ timeout: patience });
    await page.keyboard.type('echo only-in-the-$((1 + 1))-terminal');
    await page.keyboard.press('Enter');
    await terminal.filter({ hasText: 'only-in-the-2-terminal' }).waitFor({ timeout: patience });
    await page.evaluate("navigator.clipboard.writeText('kept')");
    await workbench.command('Terminal: Select All');
    await workbench.command('Marginalia: Add Terminal Selection to Chat');
    const chat = await workbench.chat();
    await chip(chat, /^Terminal: /).waitFor();
    assert.equal(await page.evaluate('navigator.clipboard.readText()'), 'kept');
    await chat.ask('What happened?');
    const [selected = ''] = sentTexts((await endpoint.arrival(0)).body);
    assert.match(selected, /^Selected in the terminal “.+”:\n```text\n[^]*only-in-the-2-terminal/);
  },
);

journey(
  'pasted code of an open file becomes a reference; undo and a button bring the text back',
  async ({ workbench, endpoint }) => {
    await workbench.openFile('src/orders.ts');
    await workbench.selectLines(16, 22);
    const { page } = workbench;
    await page.keyboard.press('Control+C');
    const chat = await workbench.openChat();
    await chat.box.click();
    await page.keyboard.type('Why ');
    await page.keyboard.press('Control+V');
    await chip(chat, /^orders\.ts:16–22/).waitFor();
    assert.equal(await chat.box.inputValue(), 'Why ');
    await page.keyboard.press('Control+Z');
    await eventually(async () => assert.match(await chat.box.inputValue(), /^Why [^]*sum \+= item\.price/));
    await eventually(async () => assert.equal(await chip(chat, /./).count(), 0));

    await chat.box.fill('');
    await page.keyboard.press('Control+V');
    await chip(chat, /^orders\.ts:16–22/).waitFor();
    await chat.button('Paste as Text').click();
    await eventually(async () => assert.match(await chat.box.inputValue(), /sum \+= item\.price/));
    await eventually(async () => assert.equal(await chip(chat, /./).count(), 0));

    await chat.box.fill('');
    await page.keyboard.press('Control+Shift+V');
    await page.waitForTimeout(400);
    assert.equal(await chip(chat, /./).count(), 0);

    await chat.box.fill('');
    await page.keyboard.press('Control+V');
    await chip(chat, /^orders\.ts:16–22/).waitFor();
    await page.keyboard.type('Explain');
    await page.keyboard.press('Enter');
    const [code = '', question] = sentTexts((await endpoint.arrival(0)).body);
    assert.match(code, /^File: src\/orders\.ts \(lines 16-22/);
    assert.equal(question, 'Explain');
  },
);

journey('what is attached opens: a file at its lines, a patch as it is sent', async ({ workbench }) => {
  await workbench.openFile('src/orders.ts');
  await workbench.selectLines(16, 22);
  await workbench.page.keyboard.press('Control+Alt+Shift+M');
  const chat = await workbench.chat();
  await chip(chat, /^orders\.ts:16–22/).waitFor();
  await workbench.openFile('README.md');
  // By the keyboard, which is in the file then.
  await chip(chat, /^orders\.ts:16–22/).press('Enter');
  await workbench.page.locator('.editor-instance .monaco-editor.focused').first().waitFor();
  await workbench.openFile('README.md');
  await chip(chat, /^orders\.ts:16–22/).click();
  await workbench.page.locator('.tabs-container .tab.active', { hasText: 'orders.ts' }).waitFor();
  await workbench.page.locator('.statusbar-item', { hasText: /Ln 22, Col \d+ \(\d+ selected\)/ }).waitFor();
  await eventually(async () => {
    await workbench.command('Marginalia: Add Changes to Chat…');
    await workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: 'Unstaged Changes' }).click();
  });
  await chip(chat, /^Unstaged changes/).click();
  await workbench.page.locator('.tabs-container .tab.active', { hasText: 'Unstaged changes.md' }).waitFor();
  await workbench.page.locator('.view-line', { hasText: 'diff --git a/src/prices.ts' }).waitFor();
});

journey('the attach button offers what there is, and leaves the keyboard in the message', async ({ workbench }) => {
  await workbench.openFile('src/orders.ts');
  // Nothing is selected.
  await workbench.goToLine(1);
  const chat = await workbench.openChat();
  // The host hears of the cursor later than the editor shows it.
  await chat.frame
    .locator('.editor-chip')
    .filter({ hasText: /^orders\.ts(?!:)/ })
    .waitFor();
  await chat.button('Attach').click();
  const rows = workbench.page.locator('.quick-input-list .monaco-list-row');
  await rows.filter({ hasText: 'Current File' }).waitFor();
  // A row of the list that stood there before may go last.
  await eventually(async () => assert.equal(await rows.filter({ hasText: 'Selection' }).count(), 0));
  await rows.filter({ hasText: 'Current File' }).click();
  await chip(chat, /^orders\.ts/).waitFor();
  await chat.until("document.activeElement.id === 'composer'");
  await workbench.command('Marginalia: Show Parameters');
  const request = chat.frame.getByRole('group', { name: 'The Next Request' });
  await request.getByText('File: src/orders.ts (lines 1-43, typescript)').first().waitFor();
});

journey('what is selected in the editor is offered as it changes, and a click attaches it', async ({ workbench }) => {
  await workbench.openFile('src/orders.ts');
  // Nothing is selected.
  await workbench.goToLine(1);
  const chat = await workbench.openChat();
  const offer = chat.frame.locator('.editor-chip');
  await offer.filter({ hasText: /^orders\.ts(?!:)/ }).waitFor();
  await workbench.selectLines(16, 22);
  await offer.filter({ hasText: /^orders\.ts:16–22/ }).click();
  await chip(chat, /^orders\.ts:16–22/).waitFor();
  await offer.waitFor({ state: 'detached' });
  await chat.until("document.activeElement.id === 'composer'");
  // It follows the editor from here on, which a key takes back.
  await workbench.openFile('src/orders.ts');
  await workbench.selectLines(1, 3);
  await chip(chat, /^orders\.ts:1–3/).waitFor();
  await eventually(async () => {
    const following = chip(chat, /^orders\.ts:1–3/);
    if ((await following.count()) === 0) return;
    await (await workbench.openChat()).takeKeyboard();
    await workbench.page.keyboard.press('Control+Shift+A');
    await following.waitFor({ state: 'detached', timeout: 2_000 });
  });
  await offer.filter({ hasText: /^orders\.ts:1–3/ }).waitFor();
});
