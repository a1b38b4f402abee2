import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { languages } from '../../scripts/l10n/languages.ts';
import { journey } from '../support/journey.ts';
import { Wording } from '../../harness/drive/wording.ts';

for (const language of languages) {
  journey.describe(language, () => {
    journey.use({ language, pace: 'instant' });
    // One after the other, in the same window.
    journey.describe.configure({ mode: 'default' });
    const wording = new Wording(language);

    /** All that our own words say in a page, seen or heard; not what people, models and endpoints have written. */
    const expectNoEnglish = async (frame: Frame, when: string): Promise<void> => {
      const shown = await frame.evaluate<string[]>(shownTexts);
      assert.ok(shown.length > 5, `${when}: nothing is shown`);
      assert.deepEqual(wording.englishAmong(shown), [], when);
      assert.deepEqual(shown.filter(isEnglishSentence), [], when);
    };

    journey(`history, requests, usage and parameters speak ${language}`, async ({ workbench }) => {
      const chat = await workbench.openChat();
      await chat.ask('Which tea keeps best?');
      await chat.idle();
      await workbench.command('Marginalia: Open Conversation…');
      const { page } = workbench;
      await page.getByPlaceholder('Search titles and contents').waitFor();
      await page.locator('.quick-input-list', { hasText: 'Today' }).waitFor();
      await page.keyboard.press('Escape');
      await workbench.command('Marginalia: Show Parameters');
      await chat.frame.getByRole('group', { name: 'The Next Request' }).waitFor();
      await expectNoEnglish(chat.frame, 'parameters');
      await expectNoEnglish(await workbench.inspector(), 'requests');
      await workbench.command('Marginalia: Show Usage');
      await expectNoEnglish(await workbench.frameWith('By Day'), 'usage');
    });
  });
}

/** In the page: what is to be read in it, or heard. */
const shownTexts = `(() => {
  const others = '.markdown, .prompt-text, pre, code, textarea, script, style, .held-text, .notice-detail';
  const texts = [];
  for (const element of document.body.querySelectorAll('*')) {
    if (element.closest(others)) continue;
    for (const name of ['aria-label', 'aria-description', 'title', 'placeholder', 'alt']) {
      texts.push(element.getAttribute(name) ?? '');
    }
    for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE) texts.push(node.data);
  }
  return [...new Set(texts.map(text => text.trim()))].filter(text => text !== '');
})()`;

function isEnglishSentence(text: string): boolean {
  return /[a-z]{2,} [a-z]{2,} [a-z]{2,}/i.test(text);
}
