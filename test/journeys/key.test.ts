import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '../../harness/drive/eventually.ts';
import { violations } from '../support/accessibility.ts';
import { journey } from '../support/journey.ts';

/** Looks like nothing else, so that finding it anywhere means that it leaked. */
const key = 'leak-canary-7f3a9c51e2';

journey.use({ env: { MARGINALIA_API_KEY: undefined, ANTHROPIC_API_KEY: 'never-for-this-origin' } });

journey(
  'without a key the view offers to set one, which works, is nowhere to be found, and is asked for again once removed',
  async ({ workbench, endpoint, context, profile, workspace }) => {
    const chat = await workbench.openChat();
    const { origin } = new URL(endpoint.baseUrl);
    const card = chat.frame.getByRole('region', { name: 'Where is your key from?' });
    await card.getByText('https://api.anthropic.com').waitFor();
    assert.deepEqual(await violations(chat.frame, 'sideBar'), []);
    await card.getByRole('button', { name: 'Another address…' }).click();
    const address = await workbench.textInput();
    await address.fill('http://relay.example');
    await workbench.page.getByText('must start with https://').waitFor();
    await workbench.page.keyboard.press('Escape');
    await card.getByRole('button', { name: `A relay ${origin}` }).click();
    await workbench.page.locator('.quick-input-title', { hasText: `API key for ${origin}` }).waitFor();
    const input = await workbench.textInput();
    assert.equal(await input.getAttribute('type'), 'password');
    await input.fill(key);
    await workbench.page.keyboard.press('Enter');
    await workbench.notification('is stored');
    await chat.ask('Hello');
    await chat.idle();
    assert.equal(endpoint.requests[0]?.headers['x-api-key'], key);

    // An error that echoes the key: relays do.
    endpoint.faults.next({ kind: 'status', status: 401, message: `Incorrect key ${key} given` });
    await chat.ask('Again');
    await chat.idle();
    await chat.answers.getByText('[key]').waitFor();
    await workbench.command('Marginalia: Show Log');

    const page = await Promise.all(workbench.page.frames().map(frame => frame.content()));
    assert.equal(page.join('').includes(key), false, 'the key is on the page');
    assert.deepEqual(await filesWith(profile, key), []);
    assert.deepEqual(await filesWith(workspace, key), []);
    assert.equal(
      endpoint.requests.some(request => JSON.stringify(request.body).includes(key)),
      false,
    );
    const storage = await context.storageState();
    assert.equal(JSON.stringify(storage).includes(key), false, 'the key is in the browser’s plain storage');

    // A removed one is asked for again, and no other key takes its place.
    const sent = endpoint.requests.length;
    await workbench.command('Marginalia: Remove API Key');
    await workbench.command('Marginalia: New Conversation');
    await card.waitFor();
    await chat.ask('Hello');
    await chat.idle();
    await eventually(async () => assert.match(await chat.answers.innerText(), /No API key/));
    assert.equal(endpoint.requests.length, sent);
    await workbench.command('Marginalia: Set API Key…');
    await (await workbench.textInput()).fill(key);
    await workbench.page.keyboard.press('Enter');
    await workbench.notification('is stored');
  },
);

/** The files below a folder that hold the text, as UTF-8 or UTF-16. */
async function filesWith(folder: string, text: string): Promise<string[]> {
  const needles = [Buffer.from(text), Buffer.from(text, 'utf16le')];
  const found: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const content = await readFile(path);
    if (needles.some(needle => content.includes(needle))) found.push(path);
  }
  return found;
}
