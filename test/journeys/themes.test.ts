import assert from 'node:assert/strict';
import axe from 'axe-core';
import { eventually } from '../../harness/drive/eventually.ts';
import { type Theme, themes } from '../../harness/editor/themes.ts';
import { readTheme, recordedTheme, type ViewTheme } from '../support/bareEditor/theme.ts';
import { journey } from '../support/journey.ts';
import type { Workbench } from '../../harness/drive/workbench.ts';

journey.use({
  settings: {
    'window.autoDetectColorScheme': false,
    'workbench.colorTheme': 'Dark Modern',
    'editor.tokenColorCustomizations': { '[Monokai]': { keywords: '#123456' } },
  },
});

const code = [
  '```ts\n// why\nimport { a } from "b";\nexport class Tea<T> extends Leaf {\n  @cup() name = /x+/g;\n',
  '  async pour(cups = 42): Promise<void> {\n    if (cups === null) return;\n    console.log(`${cups} ${this.name}`);\n  }\n}\n```\n\n',
  '```html\n<a href="b" class="c">text</a>\n<style>.a > b:hover { color: #fff; }</style>\n```\n\n```json\n{ "a": [1, true, "x"] }\n```\n\n',
  '```diff\n@@ -1 +1 @@\n-old\n+new\n```\n\n```md\n# Title\n- item\n```\n\n```py\n@wraps\ndef f(x: int) -> None:\n    """doc"""\n```\n\n',
  '```mermaid\nflowchart LR\n  A[Leaf] --> B[Cup]\n```\n',
].join('');

/** The colours of each role on the page, by the classes that code is made of. */
const coloursOnPage = `Object.fromEntries([...document.querySelectorAll('.code-block code span')]
  .map(span => [span.className, getComputedStyle(span).color]))`;

journey(
  'each theme gives a view what tests of the view go by, and code and diagrams its colours, which can be read',
  async ({ workbench, endpoint }) => {
    const chat = await workbench.openChat();
    endpoint.faults.next({ kind: 'script', content: [{ type: 'text', text: code }] });
    await chat.ask('Show me code');
    await chat.idle();
    await chat.answers.getByRole('img', { name: 'Diagram: flowchart' }).waitFor();
    await chat.frame.evaluate(axe.source);
    for (const [name, theme, keyword] of [
      ['dark', 'Dark Modern', 'rgb(86, 156, 214)'],
      ['light', 'Light Modern', 'rgb(0, 0, 255)'],
      ['hc', 'Dark High Contrast', 'rgb(86, 156, 214)'],
      ['hc-light', 'Light High Contrast', 'rgb(15, 74, 133)'],
    ] as const satisfies [Theme, string, string][]) {
      await chooseTheme(workbench, theme);
      await chat.frame.locator(`body[data-vscode-theme-id="${themes[name]}"]`).waitFor();
      assert.deepEqual(
        withoutFonts(await chat.frame.evaluate<ViewTheme>(readTheme)),
        withoutFonts(recordedTheme(name)),
        'Run node test/view/recordTheme.ts once more.',
      );
      await eventually(async () => assert.equal((await colours())['code-keyword'], keyword, theme));
      assert.deepEqual(await unreadable(), [], theme);
      // A theme that cannot be read leaves the view its own colours.
      await chat.frame.evaluate(`(() => { const { style } = document.documentElement;
        for (const name of [...style].filter(name => name.startsWith('--code-'))) style.removeProperty(name); })()`);
      assert.notEqual((await colours())['code-keyword'], keyword, theme);
      assert.deepEqual(await unreadable(), [], `${theme}, colours of the view`);
    }
    await chooseTheme(workbench, 'Monokai');
    await eventually(async () => assert.equal((await colours())['code-keyword'], 'rgb(18, 52, 86)'));

    function colours(): Promise<Record<string, string>> {
      return chat.frame.evaluate<Record<string, string>>(coloursOnPage);
    }
    function unreadable(): Promise<string[]> {
      return chat.frame.evaluate<string[]>(`axe.run('.code-block', { runOnly: ['color-contrast'] }).then(found =>
        found.violations.flatMap(({ nodes }) => nodes.map(node => node.html + ' ' + node.any[0].message)))`);
    }
  },
);

async function chooseTheme({ page }: Workbench, name: string): Promise<void> {
  const row = page.locator('.quick-input-widget:visible .monaco-list-row.focused', { hasText: name });
  await eventually(async () => {
    // Typed before the list is there, the keys of the shortcut's second half would go elsewhere.
    await page.keyboard.press('Escape');
    await page.locator('.monaco-workbench').focus();
    await page.keyboard.press('Control+K');
    await page.keyboard.press('Control+T');
    await page.locator('.quick-input-widget:visible').waitFor({ timeout: 2_000 });
    await page.keyboard.type(name);
    await row.waitFor({ timeout: 2_000 });
  });
  await page.keyboard.press('Enter');
  await row.waitFor({ state: 'hidden' });
}

/** They are the machine's. */
function withoutFonts({ variables, ...others }: ViewTheme): ViewTheme {
  const names = Object.entries(variables).filter(([name]) => !name.includes('font'));
  return { ...others, variables: Object.fromEntries(names) };
}
