import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '../../harness/drive/eventually.ts';
import { view } from '../support/view.ts';
import { overwritePage, pageBytes } from '../support/overwritePage.ts';
import { storeConversation } from '../support/storedConversation.ts';

view('of a damaged history what can be read is there, and the file is kept', async ({ workbench, profile }) => {
  storeConversation(profile, 'About teas', { turns: 20 });
  storeConversation(profile, 'About coffees', { turns: 400 });
  const folder = join(profile, 'data/User/globalStorage/marginalia.marginalia');
  const path = join(folder, 'conversations.sqlite');
  const at = readFileSync(path).indexOf('"text":"Question 150."');
  assert.ok(at > 0);
  overwritePage(path, Math.floor(at / pageBytes) + 1);

  const chat = await workbench.openChat();
  await workbench.notification('What could be read of them is here; the damaged file was kept as');
  assert.equal(readdirSync(folder).filter(name => /\.damaged-[^.]*Z$/.test(name)).length, 1);
  await workbench.openConversation('About coffees');
  await eventually(async () => assert.ok((await chat.answers.count()) > 0));
  await workbench.openConversation('About teas');
  await chat.frame.getByText('Answer 10.').waitFor();
  await chat.ask('Is it stored again?');
  await chat.idle();
  await workbench.reload();
  const again = await workbench.openChat();
  await again.frame.getByText('Is it stored again?', { exact: true }).waitFor();
});
