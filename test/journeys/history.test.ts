import assert from 'node:assert/strict';
import { eventually } from '../../harness/drive/eventually.ts';
import { journey } from '../support/journey.ts';
import { type Chat, HistoryView, type Workbench } from '../../harness/drive/workbench.ts';

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

journey(
  'the conversations are shown by a key, also where the chat is not, and left by Escape',
  async ({ workbench }) => {
    const chat = await conversations(workbench, [
      'Stays where it is\n\n昨日の会話を要約して',
      'Goes and comes back\n\n请导出设置',
    ]);
    await chat.box.fill('half a message');
    await chat.box.press('Control+Alt+H');
    const history = new HistoryView(chat.frame);
    await history.panel.waitFor();
    // Words of two characters, which no trigram holds, in the editor's own SQLite.
    for (const [word, row, other] of [
      ['会話', 'Stays where it is', 'Goes and comes back'],
      ['设置', 'Goes and comes back', 'Stays where it is'],
    ] as const) {
      await history.search.fill(word);
      await eventually(async () => {
        assert.equal(await history.row(other).count(), 0);
        assert.equal(await history.row(row).locator('.history-snippet mark').first().innerText(), word);
      });
    }
    await history.search.fill('');
    await history.press('Goes and comes back', 'Delete');
    await history.button('Undo').click();
    await history.row('Goes and comes back').getByText('open').waitFor();
    await history.search.press('Escape');
    await chat.box.and(chat.frame.locator(':focus')).waitFor();
    await eventually(async () => assert.match(await chat.questions.innerText(), /Goes and comes back/));
    await workbench.command('View: Toggle Secondary Side Bar Visibility');
    await workbench.page.locator('.part.auxiliarybar').waitFor({ state: 'hidden' });
    await workbench.openConversation('Stays where it is');
    const again = await workbench.openChat();
    await eventually(async () => assert.match(await again.questions.innerText(), /Stays where it is/));
  },
);
