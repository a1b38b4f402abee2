import assert from 'node:assert/strict';
import { type Theme, themes } from '../../harness/editor/themes.ts';
import { violations } from '../support/accessibility.ts';
import { readTheme, recordedTheme, type ViewTheme } from '../support/bareEditor/theme.ts';
import { journey } from '../support/journey.ts';

journey(
  'what tests of the view go by is what the editor gives a view, in each of the four themes',
  async ({ stage }) => {
    const { workbench, changeSettings } = stage;
    const { frame } = await workbench.openChat();
    for (const [name, title] of Object.entries(themes) as [Theme, string][]) {
      await changeSettings({ 'workbench.colorTheme': title });
      await frame.locator(`body[data-vscode-theme-id="${title}"]`).waitFor();
      const theme = await frame.evaluate<ViewTheme>(readTheme);
      assert.deepEqual(
        withoutFonts(theme),
        withoutFonts(recordedTheme(name)),
        'Run node test/view/recordTheme.ts once more.',
      );
    }
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
