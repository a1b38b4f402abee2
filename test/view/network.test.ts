import assert from 'node:assert/strict';
import { eventually } from '../../harness/drive/eventually.ts';
import { view } from '../support/view.ts';

view.use({ settings: { 'marginalia.baseUrl': 'https://endpoint.invalid' } });

view('an endpoint that is not found offers the editor’s network, and takes it', async ({ workbench }) => {
  const chat = await workbench.openChat();
  await chat.ask('Hello');
  const useOther = chat.button('Use the Editor’s Network');
  // After three retries, which are not waited for.
  await eventually(async () => {
    await chat.button('Retry Now').or(useOther).first().waitFor();
    if (!(await useOther.isVisible())) await chat.button('Retry Now').click({ timeout: 1_000 });
    assert.ok(await useOther.isVisible());
  });
  await useOther.click();
  await eventually(() => assert.equal(workbench.editor.settings.get('marginalia.transport'), 'vscode'));
});
