import assert from 'node:assert/strict';
import { type Theme, themes } from '../../harness/editor/themes.ts';
import { violations, walk } from '../support/accessibility.ts';
import { readTheme, recordedTheme, type ViewTheme } from '../support/bareEditor/theme.ts';
import { journey } from '../support/journey.ts';

journey(
  'the requests are readable in all four themes, of which tests of the view know what they go by',
  async ({ stage }) => {
    const { workbench, changeSettings } = stage;
    const chat = await workbench.openChat();
    await chat.ask('Hello');
    await chat.idle();
    for (const [index, [name, title]] of (Object.entries(themes) as [Theme, string][]).entries()) {
      await changeSettings({ 'workbench.colorTheme': title });
      await chat.frame.locator(`body[data-vscode-theme-id="${title}"]`).waitFor({ timeout: 10_000 });
      const theme = await chat.frame.evaluate<ViewTheme>(readTheme);
      assert.deepEqual(
        withoutFonts(theme),
        withoutFonts(recordedTheme(name)),
        'Run node test/view/recordTheme.ts once more.',
      );
      const inspector = await workbench.inspector();
      const rules = index === 0 ? 'all' : 'colours';
      assert.deepEqual(await violations(inspector, 'editor', rules), [], `${title}: the requests`);
      assert.deepEqual(await violations(chat.frame, 'sideBar', rules), [], `${title}: the chat`);
      await workbench.command('View: Close Editor');
    }
    const inspector = await workbench.inspector();
    await inspector.locator('.exchange').first().click();
    const { missed, outOfOrder, unseen } = await walk(workbench.page, inspector);
    assert.deepEqual({ missed, outOfOrder, unseen }, { missed: [], outOfOrder: [], unseen: [] });
  },
);

/** They are the machine's. */
function withoutFonts({ variables, ...others }: ViewTheme): ViewTheme {
  const names = Object.entries(variables).filter(([name]) => !name.includes('font'));
  return { ...others, variables: Object.fromEntries(names) };
}

journey('the list of what can be named, its chips and the turn have none either', async ({ workbench, endpoint }) => {
  await workbench.openFile('src/orders.ts');
  await workbench.selectLines(16, 22);
  const chat = await workbench.openChat();
  const { keyboard } = chat.page;
  await chat.box.click();
  await keyboard.type('@');
  await chat.frame.getByRole('option', { name: /^Selection/ }).waitFor();
  assert.deepEqual(await violations(chat.frame, 'sideBar'), [], 'the list');
  await keyboard.press('Shift+Tab');
  await chat.frame.getByRole('listbox').waitFor({ state: 'detached' });
  await chat.until('document.activeElement !== document.body');
  for (const name of ['selection', 'prices', 'src/']) {
    await chat.box.fill('');
    await keyboard.type(`@${name}`);
    await keyboard.press('Enter');
    await chat.frame.locator('.attachment', { hasText: name === 'selection' ? 'orders.ts:16' : name }).waitFor();
  }
  assert.deepEqual(await violations(chat.frame, 'sideBar'), [], 'the chips');
  endpoint.faults.next({ kind: 'script', content: [{ type: 'text', text: 'Because.' }] });
  await chat.ask('Why?');
  await chat.idle();
  assert.deepEqual(await violations(chat.frame, 'sideBar'), [], 'the turn');
});
