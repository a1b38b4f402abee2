import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '../../harness/drive/eventually.ts';
import { journey } from '../support/journey.ts';

journey.use({ settings: { 'marginalia.baseUrl': 'https://endpoint.invalid' } });

journey('an endpoint that is not found offers the editor’s network, and takes it', async ({ workbench, profile }) => {
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
  await eventually(() => {
    const files = globSync(join(profile, '**/User/settings.json'));
    assert.ok(files.some(file => readFileSync(file, 'utf8').includes('"marginalia.transport": "vscode"')));
  });
});
