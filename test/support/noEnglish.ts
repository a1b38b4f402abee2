import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import type { Wording } from '../../harness/drive/wording.ts';

/** All that our own words say in a page, seen or heard; not what people, models and endpoints have written. */
export async function expectNoEnglish(wording: Wording, frame: Frame, when: string): Promise<void> {
  const shown = await frame.evaluate<string[]>(shownTexts);
  assert.ok(shown.length > 5, `${when}: nothing is shown`);
  assert.deepEqual(wording.englishAmong(shown), [], when);
  assert.deepEqual(shown.filter(isEnglishSentence), [], when);
}

/** In the page: what is to be read in it, or heard. */
const shownTexts = `(() => {
  const others = '.markdown, .history-title, .history-snippet, .prompt-text, pre, code, textarea, script, style, .held-text, .notice-detail';
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
