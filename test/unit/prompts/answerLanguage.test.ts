import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answeredInLanguage } from '../../../src/core/prompts/answerLanguage.ts';
import { builtInPrompts } from '../../../src/core/prompts/builtInPrompts.ts';

const t = (text: string, ...values: (string | number)[]): string => text.replace('{0}', String(values[0] ?? '{0}'));

for (const language of ['en', 'en-US', 'en-gb', 'no language']) {
  test(`with the display language “${language}”, prompts are as they stand`, () => {
    assert.equal(answeredInLanguage('Explain this code.', language, t), 'Explain this code.');
  });
}

const names: [language: string, name: string][] = [
  ['ja', '日本語'],
  ['zh-cn', '简体中文'],
  ['zh-tw', '繁體中文'],
  ['de', 'Deutsch'],
  ['pt-br', 'português (Brasil)'],
];

for (const [language, name] of names) {
  test(`with the display language “${language}”, the answer is asked for in ${name}`, () => {
    assert.match(
      answeredInLanguage('Explain this code.', language, t),
      new RegExp(`\n\nAnswer in ${name.replace(/[()]/g, '.')}\\.`),
    );
  });
}

test('every built-in prompt asks for it, in its last line', () => {
  for (const { text } of builtInPrompts(t, 'ja')) assert.match(text, /\n\nAnswer in 日本語\. .*$/);
});
