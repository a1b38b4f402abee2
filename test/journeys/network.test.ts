import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '../support/eventually.ts';
import { journey } from '../support/journey.ts';

const noProxy = { HTTP_PROXY: undefined, HTTPS_PROXY: undefined, http_proxy: undefined, https_proxy: undefined };
journey.use({ settings: { 'marginalia.baseUrl': 'https://endpoint.invalid' }, env: noProxy });

journey('an endpoint that is not found offers the editor’s network, and takes it', async ({ workbench, profile }) => {
  const chat = await workbench.openChat();
  await chat.ask('Hello');
  // After three retries, which take up to fifteen seconds.
  await chat.button('Use the Editor’s Network').click();
  await eventually(() => {
    const files = globSync(join(profile, '**/User/settings.json'));
    assert.ok(files.some(file => readFileSync(file, 'utf8').includes('"marginalia.transport": "vscode"')));
    return Promise.resolve();
  });
});
