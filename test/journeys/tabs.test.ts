import assert from 'node:assert/strict';
import { eventually, patience } from '../../harness/drive/eventually.ts';
import { journey } from '../support/journey.ts';
import { Chat, Workbench } from '../../harness/drive/workbench.ts';

journey.use({ pace: 15 });

const tabs = ({ page }: Workbench) => page.locator('.part.editor .tabs-container .tab');

/** A conversation that has moved from the view into a tab. */
async function conversationInTab(workbench: Workbench, question: string): Promise<Chat> {
  const chat = await workbench.openChat();
  await chat.ask(question);
  await chat.idle();
  const tab = tabs(workbench).filter({ hasText: question });
  await eventually(async () => {
    // Where a box of the editor has closed by itself, the keyboard is in the tab that stands there: the command means that.
    await chat.takeKeyboard();
    await workbench.command('Marginalia: Open in Editor Tab');
    await tab.waitFor({ timeout: patience / 4 });
  });
  return workbench.chatIn('editor');
}

journey(
  'a conversation moves into a tab with its title, and is opened there alone from then on',
  async ({ workbench }) => {
    const chat = await conversationInTab(workbench, 'Which teas grow in Japan?');
    assert.match(await chat.questions.innerText(), /Which teas grow/);
    assert.match(await tabs(workbench).innerText(), /Which teas grow in Japan\?/);
    const view = await workbench.chatIn('auxiliarybar');
    await view.frame.getByRole('heading', { name: 'Ask about your code' }).waitFor();
    await chat.ask('And in China?');
    await chat.idle();
    assert.equal(await chat.answers.count(), 2);
    assert.equal(await view.answers.count(), 0);

    await workbench.openFile('src/orders.ts');
    await workbench.openConversation('Which teas grow in Japan?');
    const again = await workbench.chatIn('editor');
    await eventually(async () => assert.match(await again.questions.first().innerText(), /Which teas grow/));
    await workbench.openConversation('Which teas grow in Japan?', 'Open in Editor Tab');
    const its = tabs(workbench).filter({ hasText: 'Which teas grow in Japan?' });
    await eventually(async () => assert.equal(await its.count(), 1));
    assert.equal(await view.questions.count(), 0);

    // Behind a file it stays hidden.
    await workbench.openFile('src/orders.ts');
    await workbench.selectLines(16, 22);
    await workbench.command('Marginalia: Explain Selection');
    await view.answers.first().waitFor();
    const active = workbench.page.locator('.part.editor .tabs-container .tab.active');
    assert.match(await active.innerText(), /orders/);
  },
);

journey(
  'it comes back with the window, with its draft; one that was deleted says that it is gone',
  async ({ workbench }) => {
    const chat = await conversationInTab(workbench, 'What comes back?');
    await chat.box.fill('a draft');
    await conversationInTab(workbench, 'Soon to be gone');
    // Behind another one that tab is not there after a reload, so deleting does not reach it.
    await tabs(workbench).filter({ hasText: 'What comes back?' }).click();
    await workbench.reloadWithTabs(/What comes back\?/, /a draft/, /Soon to be gone/, /"mru":\[0,1\]/);
    const again = await workbench.chatIn('editor');
    assert.match(await again.questions.innerText(), /What comes back\?/);
    assert.equal(await again.box.inputValue(), 'a draft');
    await again.box.press('Enter');
    await again.answers.nth(1).waitFor();
    await again.idle();

    await workbench.openConversation('Soon to be gone', 'Delete');
    await workbench.page.keyboard.press('Escape');
    await tabs(workbench).filter({ hasText: 'Soon to be gone' }).click();
    const gone = await workbench.frameWith('The conversation that was open here is gone');
    const empty = new Chat(workbench.page, gone);
    await empty.ask('A new one');
    await empty.idle();
    assert.equal(await gone.getByText('The conversation that was open here is gone').count(), 0);
  },
);

journey('an answer goes on when its tab is closed, and is shown running when it is opened', async ({ stage }) => {
  const { workbench, endpoint } = stage;
  const chat = await conversationInTab(workbench, 'First');
  endpoint.faults.next({ kind: 'hold', afterPieces: 20, againAfter: 80 });
  await chat.ask('Write 20 long paragraphs about tea');
  await endpoint.faults.held();
  await chat.stopButton.waitFor();
  const { length } = await chat.answers.last().innerText();
  await workbench.command('View: Close Editor');
  await eventually(async () => assert.equal(await tabs(workbench).count(), 0));
  endpoint.faults.release();
  await endpoint.faults.held();
  await workbench.openConversation('First', 'Open in Editor Tab');
  const again = await workbench.chatIn('editor');
  await again.stopButton.waitFor();
  await eventually(async () => assert.ok((await again.answers.last().innerText()).length > length));
  await again.stopButton.click();
  await again.frame.locator('.turn-slot:last-child .answer.stopped').waitFor();
});

journey('commands go to the chat that was used last, and keys work in a tab', async ({ workbench, endpoint }) => {
  await workbench.openFile('src/orders.ts');
  const chat = await conversationInTab(workbench, 'The tab');
  const { page } = workbench;
  await chat.ask('Write 20 long paragraphs about tea');
  await chat.stopButton.waitFor();
  await workbench.command('Marginalia: Stop Answer');
  await chat.frame.locator('.turn-slot:last-child .answer.stopped').waitFor();
  await workbench.command('View: Move Editor into Right Group');
  await tabs(workbench).filter({ hasText: 'orders' }).click();
  await workbench.selectLines(16, 22);
  await workbench.command('Marginalia: Explain Selection');
  await endpoint.arrival(2);
  const shown = await workbench.chatIn('editor');
  await eventually(async () => assert.match(await shown.questions.last().innerText(), /src\/orders\.ts:16–22/));
  await shown.idle();
  await shown.takeKeyboard();
  await page.keyboard.press('Control+Alt+n');
  await shown.frame.getByRole('heading', { name: 'Ask about your code' }).waitFor();
  await eventually(async () => assert.equal(await tabs(workbench).filter({ hasText: 'New Conversation' }).count(), 1));
});

journey('a conversation gets a window of its own', async ({ workbench, context }) => {
  const chat = await workbench.openChat();
  await chat.ask('In its own window');
  await chat.idle();
  const opened = context.waitForEvent('page');
  await workbench.command('Marginalia: Open in New Window');
  const own = new Workbench(await opened);
  const moved = await own.chat();
  await eventually(async () => assert.match(await moved.questions.innerText(), /In its own window/));
  await moved.ask('And on');
  await moved.idle();
  assert.equal(await moved.answers.count(), 2);
});
