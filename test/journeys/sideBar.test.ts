import assert from 'node:assert/strict';
import { eventually } from '../../harness/drive/eventually.ts';
import { journeyOfNewUser as journey } from '../support/journey.ts';

journey.use({ settings: { 'chat.disableAIFeatures': false } });

journey(
  'beside the editor’s own Chat, at the width that the side bar comes with, both names are seen',
  async ({ workbench }) => {
    const title = workbench.page.locator('.part.auxiliarybar > .title');
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
  },
);
