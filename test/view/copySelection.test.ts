import assert from 'node:assert/strict';
import { eventually } from '../../harness/drive/eventually.ts';
import { view } from '../support/view.ts';

view.use({ pace: 'instant' });

view(
  'of an answer what is selected is copied as Markdown, and all of it otherwise',
  async ({ workbench, endpoint }) => {
    const answer = 'Two **bold** words.\n\n- one `x`\n- two';
    endpoint.faults.next({ kind: 'script', content: [{ type: 'text', text: answer }] });
    const chat = await workbench.openChat();
    await chat.ask('Say it');
    await chat.idle();
    const copied = async (expected: string): Promise<void> => {
      await chat.answers.last().hover();
      await chat.answers.last().getByRole('button', { name: 'Copy as Markdown' }).click();
      await eventually(async () =>
        assert.equal(await workbench.page.evaluate('navigator.clipboard.readText()'), expected),
      );
    };
    await copied(answer);
    // From within the first paragraph to within the second item.
    await chat.answers.last().evaluate(article => {
      const bold = article.querySelector('strong')?.firstChild;
      const last = article.querySelector('li:last-child')?.firstChild;
      if (bold && last) document.getSelection()?.setBaseAndExtent(bold, 0, last, 2);
    });
    await copied('**bold** words.\n\n- one `x`\n- tw');
    await chat.answers.last().evaluate(() => document.getSelection()?.removeAllRanges());
    await copied(answer);
  },
);
