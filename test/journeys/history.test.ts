import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { eventually } from '../../harness/drive/eventually.ts';
import { journey } from '../support/journey.ts';
import type { Chat, Workbench } from '../../harness/drive/workbench.ts';

/** Two conversations with titles of their own: the user's history outlives a journey. The second one is open. */
async function conversations(workbench: Workbench, titles: [string, string]): Promise<Chat> {
  const chat = await workbench.openChat();
  for (const [index, question] of titles.entries()) {
    if (index > 0) {
      await workbench.command('Marginalia: New Conversation');
      await chat.frame.getByRole('heading', { name: 'Ask about your code' }).waitFor();
    }
    await chat.box.fill(question);
    await chat.box.press('Enter');
    await chat.answers.first().waitFor();
    await chat.idle();
  }
  return chat;
}

const rows = ({ page }: Workbench): Locator => page.locator('.quick-input-list .monaco-list-row');
const row = (workbench: Workbench, title: string): Locator => rows(workbench).filter({ hasText: title });

async function open(workbench: Workbench, title: string): Promise<void> {
  await workbench.command('Marginalia: Open Conversation…');
  await row(workbench, title).waitFor();
}

async function press(workbench: Workbench, title: string, button: string): Promise<void> {
  await row(workbench, title).hover();
  await row(workbench, title).getByRole('button', { name: button, exact: true }).click();
}

journey('earlier conversations are listed by day, found by what was said, and opened', async ({ workbench }) => {
  const chat = await conversations(workbench, ['注文を処理する関数', 'Where is the parser?']);
  await open(workbench, 'Where is the parser?');
  assert.match(await rows(workbench).first().innerText(), /Where is the parser\?/);
  assert.match(await workbench.page.locator('.quick-input-list').innerText(), /Today/);
  await workbench.page.keyboard.type('処理');
  await row(workbench, 'Where is the parser?').waitFor({ state: 'detached' });
  assert.equal(await rows(workbench).count(), 1);
  await workbench.page.keyboard.press('Enter');
  await eventually(async () => assert.match(await chat.questions.innerText(), /注文を処理する関数/));
});

journey('a conversation is pinned, renamed and archived from the list', async ({ workbench }) => {
  await conversations(workbench, ['Does rooibos keep?', 'Does maté keep?']);
  await open(workbench, 'Does rooibos');
  await press(workbench, 'Does rooibos', 'Pin');
  await eventually(async () => assert.match(await rows(workbench).first().innerText(), /Does rooibos/));
  await press(workbench, 'Does rooibos', 'Rename…');
  await workbench.page.locator('.quick-input-title', { hasText: 'Rename Conversation' }).waitFor();
  await workbench.page.locator('.quick-input-box input').fill('About rooibos');
  await workbench.page.keyboard.press('Enter');
  await eventually(async () => assert.match(await rows(workbench).first().innerText(), /About rooibos/));
  await press(workbench, 'About rooibos', 'Archive');
  await row(workbench, 'About rooibos').waitFor({ state: 'detached' });
  await workbench.page.getByRole('button', { name: 'Show Archived Conversations' }).click();
  await row(workbench, 'About rooibos').waitFor();
  assert.equal(await rows(workbench).count(), 1);
});

journey(
  'what was found in a conversation loads no picture where the mouse rests on it',
  async ({ workbench, context }) => {
    const loaded: string[] = [];
    context.on('request', request => {
      if (request.url().includes('evil.invalid')) loaded.push(request.url());
    });
    await conversations(workbench, ['Something else', 'A first line\n\npixel ![x](https://evil.invalid/?code=1)']);
    await open(workbench, 'A first line');
    await workbench.page.keyboard.type('pixel');
    await rows(workbench).first().locator('.quick-input-list-label-meta').hover();
    const hover = workbench.page.locator('.monaco-hover', { hasText: 'pixel' });
    await hover.waitFor();
    assert.equal(await hover.locator('img').count(), 0);
    assert.deepEqual(loaded, []);
  },
);

journey('a deleted conversation comes back by Undo', async ({ workbench }) => {
  const chat = await conversations(workbench, ['Stays where it is', 'Goes and comes back']);
  await open(workbench, 'Goes and comes back');
  await press(workbench, 'Goes and comes back', 'Delete');
  await row(workbench, 'Goes and comes back').waitFor({ state: 'detached' });
  await chat.frame.getByRole('heading', { name: 'Ask about your code' }).waitFor();
  await workbench.page.keyboard.press('Escape');
  await workbench.command('Notifications: Show Notifications');
  await workbench.page.locator('.notifications-center').getByRole('button', { name: 'Undo' }).click();
  await eventually(async () => assert.match(await chat.questions.innerText(), /Goes and comes back/));
});
