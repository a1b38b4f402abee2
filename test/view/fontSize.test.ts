import assert from 'node:assert/strict';
import { eventually } from '../../harness/drive/eventually.ts';
import { view } from '../support/view.ts';
import { sizes } from '../support/sizes.ts';

view(
  'font size and line height come from the settings, as large as they may be',
  async ({ workbench, changeSettings }) => {
    const chat = await workbench.openChat();
    await chat.ask('Show me code about tea');
    await chat.idle();
    await changeSettings({ 'marginalia.fontSize': 400, 'marginalia.lineHeight': 2 });
    // One setting after the other.
    await eventually(async () => {
      const { text, line } = await sizes(chat);
      assert.deepEqual({ text, line }, { text: 32, line: 64 });
    });
    const cut: unknown = await chat.frame.evaluate(`document.documentElement.scrollWidth > innerWidth`);
    assert.equal(cut, false, 'nothing sticks out of the view');
    await workbench.reload();
    const again = await workbench.openChat();
    await again.answers.first().waitFor();
    const { text, line } = await sizes(again);
    assert.deepEqual({ text, line }, { text: 32, line: 64 }, 'from the start');
  },
);
