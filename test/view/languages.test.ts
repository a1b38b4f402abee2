import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { languages } from '../../scripts/l10n/languages.ts';
import { eventually } from '../../harness/drive/eventually.ts';
import { view } from '../support/view.ts';
import { Wording } from '../../harness/drive/wording.ts';

/** The name that a request asks for an answer in. */
const names = { ja: '日本語', 'zh-cn': '简体中文' };

for (const language of languages) {
  view.describe(language, () => {
    view.use({ language });
    const wording = new Wording(language);

    /** All that our own words say in a page, seen or heard; not what people, models and endpoints have written. */
    const expectNoEnglish = async (frame: Frame, when: string): Promise<void> => {
      const shown = await frame.evaluate<string[]>(shownTexts);
      assert.ok(shown.length > 5, `${when}: nothing is shown`);
      assert.deepEqual(wording.englishAmong(shown), [], when);
      assert.deepEqual(shown.filter(isEnglishSentence), [], when);
    };

    view(`the chat speaks ${language}: empty, with an answer, its figures and a failure`, async ({ stage: parts }) => {
      const { workbench, endpoint } = parts;
      const chat = await workbench.openChat();
      assert.equal(await chat.frame.evaluate('document.documentElement.lang'), language);
      await expectNoEnglish(chat.frame, 'empty');
      await chat.ask('Compare tea and coffee in a table, with a code snippet');
      await chat.idle();
      await expectNoEnglish(chat.frame, 'answered');
      await chat.button(/^Tokens: /).click();
      await chat.answers.last().getByRole('group', { name: 'What This Answer Took' }).waitFor();
      await expectNoEnglish(chat.frame, 'figures');
      endpoint.faults.next({ kind: 'status', status: 401 });
      await chat.ask('Is my key right?');
      await chat.idle();
      await chat.button('Set API Key').first().waitFor();
      await expectNoEnglish(chat.frame, 'a key that is refused');
      endpoint.faults.next({ kind: 'status', status: 529, headers: { 'retry-after': '20' } });
      await chat.ask('Are you busy?');
      await chat.answers
        .last()
        .getByText(/Retrying/)
        .waitFor();
      await expectNoEnglish(chat.frame, 'a wait');
      await chat.button('Retry Now').click();
      await chat.idle();
    });

    view(`what a command asks is answered in ${language}, and the request shows why`, async ({ stage: parts }) => {
      const { workbench, endpoint } = parts;
      const chat = await workbench.openChat();
      workbench.openFile('src/orders.ts', [16, 22]);
      await workbench.command('Marginalia: Explain Selection');
      const { body } = await endpoint.arrival(0);
      const line = wording
        .say('Answer in {0}. Code and its comments stay in the language that they are in.')
        .replace('{0}', names[language]);
      assert.match(JSON.stringify(body), new RegExp(line));
      await eventually(async () => assert.match(await chat.questions.last().innerText(), new RegExp(line)));
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
