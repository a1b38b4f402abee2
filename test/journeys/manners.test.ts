import assert from 'node:assert/strict';
import { eventually } from '../../harness/drive/eventually.ts';
import { journey, journeyOfNewUser } from '../support/journey.ts';
import type { Workbench } from '../../harness/drive/workbench.ts';

journey.use({ pace: 15, settings: { 'marginalia.notifyWhenUnfocused': 'always' } });

const status = ({ page }: Workbench) => page.locator('.statusbar-item[id="marginalia.marginalia.marginalia.status"]');

/** Plays a user who has turned to another window: the browser says so, and to the editor it is so. */
async function leaveWindow({ page }: Workbench): Promise<void> {
  await page.evaluate(`{
    document.hasFocus = () => false;
    // The editor hears of a loss only where it has heard of a gain since the keyboard went into a frame.
    window.dispatchEvent(new FocusEvent('focus'));
    window.dispatchEvent(new FocusEvent('blur'));
  }`);
}

async function comeBack({ page }: Workbench): Promise<void> {
  await page.evaluate(`{
    delete document.hasFocus;
    window.dispatchEvent(new FocusEvent('focus'));
  }`);
}

async function notices(workbench: Workbench): Promise<string> {
  await workbench.command('Notifications: Show Notifications');
  const center = workbench.page.locator('.notifications-center');
  await center.waitFor();
  const text = await center.innerText();
  await workbench.page.keyboard.press('Escape');
  return text;
}

journey('the status bar shows what the chat is doing, and leads there', async ({ workbench, endpoint }) => {
  const chat = await workbench.openChat();
  await eventually(async () => assert.match(await status(workbench).innerText(), /Marginalia/));
  await chat.ask('Write 20 long paragraphs about tea');
  await eventually(async () => assert.match(await status(workbench).innerText(), /Answering… \d+ s/));
  const label = await status(workbench).locator('[aria-label]').first().getAttribute('aria-label');
  assert.equal(label, 'Marginalia: An answer is running');
  await chat.stopButton.click();
  await eventually(async () => assert.match(await status(workbench).innerText(), /Marginalia/));
  endpoint.faults.next({ kind: 'status', status: 401 });
  await chat.ask('Is my key right?');
  await chat.idle();
  await workbench.openFile('src/orders.ts');
  await status(workbench).locator('.codicon-warning').waitFor();
  await status(workbench).click();
  await status(workbench).locator('.codicon-comment-discussion').waitFor();
  await eventually(async () => assert.equal(await chat.frame.evaluate('document.activeElement?.id'), 'composer'));
});

journey('an answer that ends while the window has no focus is told of and shown, no other', async ({ workbench }) => {
  const chat = await workbench.openChat();
  await chat.ask('Which teas grow in Japan?');
  await leaveWindow(workbench);
  await chat.idle();
  await comeBack(workbench);
  await workbench.command('Marginalia: New Conversation');
  await chat.frame.getByRole('heading', { name: 'Ask about your code' }).waitFor();
  await workbench.notification('“Which teas grow in Japan?” was answered.');
  const show = workbench.page.locator('.notifications-center').getByRole('button', { name: 'Show', exact: true });
  await eventually(async () => {
    await workbench.command('Notifications: Show Notifications');
    await show.click({ timeout: 3_000 });
  });
  await eventually(async () => assert.match(await chat.questions.innerText(), /Which teas grow in Japan\?/));

  // Whoever looks at the window is told nothing.
  await workbench.command('Notifications: Clear All Notifications');
  await chat.ask('And in China?');
  await chat.idle();
  assert.doesNotMatch(await notices(workbench), /was answered/);
});

journey('the keyboard stays in the editor while an answer runs and ends', async ({ workbench, endpoint }) => {
  const { page } = workbench;
  endpoint.faults.next({ kind: 'hold', afterPieces: 5 });
  await workbench.openFile('src/orders.ts');
  await workbench.selectLines(16, 22);
  await workbench.command('Marginalia: Explain Selection');
  await page.keyboard.press('Control+Home');
  const words = Array.from({ length: 10 }, (_, index) => `word${index}`).join(' ');
  await page.keyboard.type(`// ${words} `, { delay: 20 });
  const chat = await workbench.chat();
  await chat.answers.getByText('Demo endpoint').waitFor();
  await page.keyboard.type('while it runs ');
  endpoint.faults.release();
  await page.keyboard.type('while it ends ');
  await chat.idle();
  await page.keyboard.type('the end');
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Control+C');
  const text = String(await page.evaluate('navigator.clipboard.readText()'));
  assert.ok(text.startsWith(`// ${words} while it runs while it ends the end`), text.slice(0, 400));
});

journey.describe('for a new user', () => {
  journeyOfNewUser.use({ settings: { 'chat.disableAIFeatures': false } });

  journeyOfNewUser(
    'a new user sees both names beside the editor’s own Chat, at the width that the side bar comes with; walkthrough and empty view lead to the same places',
    async ({ workbench, endpoint, changeSettings }) => {
      const { page } = workbench;
      const title = page.locator('.part.auxiliarybar > .title');
      const tab = (name: string) => title.locator('.composite-bar .action-item', { hasText: name });
      await workbench.command('Marginalia: Open Chat');
      await workbench.chat();
      for (const active of ['Marginalia', 'Chat']) {
        if (active === 'Chat') await tab('Chat').click();
        await eventually(async () => {
          assert.match((await tab(active).getAttribute('class')) ?? '', /checked/);
          assert.deepEqual(await title.locator('.composite-bar .action-item').allInnerTexts(), ['Chat', 'Marginalia']);
          assert.equal(await title.getByRole('button', { name: 'Additional Views' }).count(), 0);
        });
      }
      await tab('Marginalia').click();
      await title.getByRole('button', { name: 'New Conversation' }).waitFor();
      await changeSettings({ 'chat.disableAIFeatures': true });

      const chat = await workbench.openChat();
      await chat.button('Ask a Question').click();
      await eventually(async () => assert.match(await chat.box.inputValue(), /fetch/));
      assert.equal(endpoint.requests.length, 0);
      await chat.button('Show me around').click();
      const step = (title: string) => page.locator('.getting-started-step', { hasText: title });
      await step('Ask your first question').waitFor();
      const done = (title: string) => step(title).getByRole('checkbox', { checked: true });
      assert.equal(await done('Ask your first question').count(), 0);
      // It takes the keyboard once it is drawn.
      await page.locator('.getting-started-step:focus').waitFor();
      await chat.box.press('Enter');
      await chat.answers.first().waitFor();
      await done('Ask your first question').waitFor();
      for (const title of ['Have code explained', 'Have it reviewed']) await step(title).waitFor();
    },
  );
});
