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

view('lines have so many characters at most where there is room for more', async ({ workbench, changeSettings }) => {
  const chat = await workbench.openChat();
  await chat.page.setViewportSize({ width: 1_600, height: 700 });
  await chat.ask('Tell me of tea');
  await chat.idle();
  /** In characters, as they are in the font of the text. */
  const widths = (): Promise<number[]> =>
    chat.frame.evaluate(`(() => {
      const probe = document.createElement('div');
      probe.style.width = '100ch';
      document.querySelector('.answer .markdown').append(probe);
      const character = probe.getBoundingClientRect().width / 100;
      probe.remove();
      return ['.answer .markdown', '.composer'].map(part =>
        Math.round(document.querySelector(part).getBoundingClientRect().width / character));
    })()`);
  assert.deepEqual(await widths(), [90, 90]);
  await changeSettings({ 'marginalia.fontSize': 20 });
  await chat.until(`getComputedStyle(document.body).fontSize === '20px'`);
  assert.deepEqual(await widths(), [90, 90], 'also in larger letters');
  await changeSettings({ 'marginalia.fontSize': 0, 'marginalia.lineWidth': 120 });
  await eventually(async () => assert.deepEqual(await widths(), [120, 120]));
  await changeSettings({ 'marginalia.lineWidth': 7 });
  await eventually(async () => assert.deepEqual(await widths(), [40, 40], 'the least'));
});
