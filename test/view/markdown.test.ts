import assert from 'node:assert/strict';
import { eventually } from '../../harness/drive/eventually.ts';
import { view } from '../support/view.ts';

view.use({
  settings: {
    'window.autoDetectColorScheme': false,
    'workbench.colorTheme': 'Dark Modern',
    'editor.tokenColorCustomizations': { '[Monokai]': { keywords: '#123456' } },
  },
});

view('formulas are drawn, prices are not, and what is copied is what was written', async ({ workbench, endpoint }) => {
  const chat = await workbench.openChat();
  const text = 'Since $x^2$ costs $5:\n\n$$\n\\frac{a}{b}\n$$\n\nand \\(\\undefinedthing\\).';
  endpoint.faults.next({ kind: 'script', content: [{ type: 'text', text }] });
  await chat.ask('Show me a formula');
  await chat.idle();
  await chat.answers.locator('mfrac').waitFor();
  assert.equal(await chat.answers.locator('math').count(), 2);
  const display = chat.answers.locator('.math-display');
  assert.ok(((await display.boundingBox())?.height ?? 0) > 24, 'a fraction is two lines high');
  await chat.frame.evaluate(
    `document.getSelection().selectAllChildren(document.querySelector('[role=log] .markdown'))`,
  );
  await chat.answers.locator('.markdown p').first().press('Control+C');
  await eventually(async () => {
    const copied: unknown = await workbench.page.evaluate('navigator.clipboard.readText()');
    assert.equal(copied, 'Since $x^2$ costs $5:\n\n$$\n\\frac{a}{b}\n$$\n\nand \\(\\undefinedthing\\).');
  });
});

view('what is written from right to left reads so, block by block', async ({ workbench, endpoint }) => {
  const chat = await workbench.openChat();
  const text =
    'שלום `code` עולם\n\n- אחת\n- two\n\n> ציטוט\n\n| שם | b |\n|---|---|\n| 1 | 2 |\n\n```\nקוד\n```\n\nEnglish';
  endpoint.faults.next({ kind: 'script', content: [{ type: 'text', text }] });
  await chat.ask('Speak Hebrew');
  await chat.idle();
  const direction = (selector: string): Promise<unknown> =>
    chat.frame.evaluate(`getComputedStyle(document.querySelector('[role=log] .markdown ${selector}')).direction`);
  for (const selector of ['p', 'li', 'blockquote', '.table-wrapper', 'th'])
    assert.equal(await direction(selector), 'rtl');
  for (const selector of ['p code', 'li + li', '.code-block', '.code-block code', '> p:last-child']) {
    assert.equal(await direction(selector), 'ltr', selector);
  }
  // The mark of an item stands in its margin, which is on the side where its line begins.
  const [right, left] = await Promise.all([0, 1].map(index => chat.answers.locator('li').nth(index).boundingBox()));
  assert.ok(right && left && right.x < left.x && right.x + right.width < left.x + left.width);
});

view('a footnote leads to what explains it and back, by mouse and keyboard', async ({ workbench, endpoint }) => {
  const chat = await workbench.openChat();
  const filler = 'A paragraph.\n\n'.repeat(40);
  const text = `One[^1], two[^1] and none[^2].\n\n${filler}<details>\n<summary>Notes</summary>\n\n[^1]: The note.\n\n</details>\n`;
  endpoint.faults.next({ kind: 'script', content: [{ type: 'text', text }] });
  await chat.ask('Show me a footnote');
  await chat.idle();
  const references = chat.answers.getByRole('link', { name: '[^1]', exact: true });
  await references.nth(1).waitFor();
  assert.equal(await chat.answers.locator('.footnote[role=link]').count(), 2);
  await references.nth(1).click();
  const focused = chat.frame.locator(':focus');
  await chat.frame.locator('.footnote-start:focus').waitFor();
  await focused.press('Enter');
  await chat.frame.locator('.footnote:focus').waitFor();
  const isSecond = await chat.frame.evaluate("document.querySelectorAll('.footnote')[1] === document.activeElement");
  assert.equal(isSecond, true);
});
