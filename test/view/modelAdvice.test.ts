import assert from 'node:assert/strict';
import { eventually } from '../../harness/drive/eventually.ts';
import { themes } from '../../harness/editor/themes.ts';
import { violations } from '../support/accessibility.ts';
import { view } from '../support/view.ts';

view.use({ settings: { 'marginalia.model': 'claude-opus-5' } });

view(
  'a short question to the costliest model brings a suggestion that waits for a click or a key',
  async ({ stage }) => {
    const { workbench, endpoint } = stage;
    let chat = await workbench.openChat();
    const note = () => chat.frame.getByRole('group', { name: 'Another model' });
    // The endpoint’s list is read; nothing is chosen.
    await workbench.command('Marginalia: Choose Model…');
    (await workbench.list('Claude Haiku 4.5')).hide();

    await chat.box.click();
    await chat.page.keyboard.type('What is a monad?');
    await note().getByText('Claude Haiku 4.5 is quicker with a short question.').waitFor();
    assert.equal(await chat.frame.locator(':focus').getAttribute('id'), 'composer', 'the keyboard stays');
    await note().getByRole('button', { name: 'Switch to Claude Haiku 4.5' }).press('Enter');
    await chat.button('Choose model: claude-haiku-4-5').waitFor();
    assert.equal(await note().count(), 0);
    assert.equal(await chat.frame.locator(':focus').getAttribute('id'), 'composer');
    assert.equal(await chat.box.inputValue(), 'What is a monad?');
    await chat.page.keyboard.press('Enter');
    // Behind the list.
    assert.equal(((await endpoint.arrival(1)).body as { model: string }).model, 'claude-haiku-4-5-20251001');
    await chat.idle();

    // Of this conversation alone; dismissed in the next one, it stays away, also after the window was loaded anew.
    await workbench.command('Marginalia: New Conversation');
    await chat.button('Choose model: claude-opus-5').waitFor();
    await chat.box.fill('What is a functor?');
    await note().getByRole('button', { name: 'Suggest no other model here' }).focus();
    await chat.page.keyboard.press('Escape');
    await eventually(async () => assert.equal(await note().count(), 0));
    await workbench.reload();
    chat = await workbench.openChat();
    await chat.box.fill('What is a magma?');
    await chat.page.waitForTimeout(1_500);
    assert.equal(await note().count(), 0);
  },
);

view('a suggestion has no accessibility violation, and goes with its setting', async ({ stage }) => {
  const { workbench, changeSettings } = stage;
  const chat = await workbench.openChat();
  await workbench.command('Marginalia: Choose Model…');
  (await workbench.list('Claude Haiku 4.5')).hide();
  await chat.box.fill('What is a monad?');
  const note = chat.frame.getByRole('group', { name: 'Another model' });
  await note.waitFor();
  for (const [index, theme] of Object.values(themes).entries()) {
    await changeSettings({ 'workbench.colorTheme': theme });
    await chat.frame.locator(`body[data-vscode-theme-id="${theme}"]`).waitFor();
    assert.deepEqual(await violations(chat.frame, 'sideBar', index === 0 ? 'all' : 'colours'), [], theme);
  }
  await changeSettings({ 'marginalia.suggestModels': false });
  await note.waitFor({ state: 'detached' });
});
