/**
 * Every state of the chat without a violation, in all four default themes. With MARGINALIA_PICTURES=folder each is also
 * pictured there, in three widths, to be looked at.
 */
import assert from 'node:assert/strict';
import { themes } from '../../harness/editor/themes.ts';
import type { Chat } from '../../harness/drive/workbench.ts';
import { violations } from '../support/accessibility.ts';
import { dot } from '../support/dot.ts';
import { view, type ViewStage } from '../support/view.ts';

const pictures = process.env['MARGINALIA_PICTURES'];
const widths = [240, 380, 700];

const blocks = `## Orders that never arrive

The total of \`src/orders.ts:3\` is read **before** the discount; see [the docs](https://example.com/tea) and ~~that~~ this.[^1]

> A quote of one line.

- [x] read the file
- [ ] change it
  - and its test

| Tea | Price | Since |
|---|---:|---|
| Sencha | 12.50 | 2021 |
| Assam | 8.00 | 2019 |

\`\`\`ts
// The total of an order, in cents.
export function totalOf(order: Order): number {
  const sum = order.lines.reduce((all, line) => all + line.price * line.count, 0);
  return Math.round(sum * (1 - 0.25)); // "rounded"
}
\`\`\`

\`\`\`diff
-  return total;
+  return Math.max(0, total);
\`\`\`

The mean is $\\bar{x} = \\frac{1}{n}\\sum_{i=1}^{n} x_i$, and

$$\\int_0^1 x^2 \\, dx = \\frac{1}{3}$$

<details>
<summary>What else was tried</summary>

Nothing.
</details>

\`\`\`mermaid
flowchart LR
  A[Start] --> B{Ready?}
  B -- yes --> C[Go]
\`\`\`

---

[^1]: A footnote.
`;

view('before anything is asked', async ({ stage, workbench }) => {
  const chat = await workbench.openChat();
  await chat.button('Show me around').waitFor();
  await look(stage, chat, 'empty');
  await workbench.command('Marginalia: Show Parameters');
  await chat.frame.getByRole('group', { name: 'The Next Request' }).waitFor();
  await look(stage, chat, 'parameters');
  await workbench.page.keyboard.press('Escape');
  await chat.box.fill('/');
  await chat.frame.getByRole('option').first().waitFor();
  await look(stage, chat, 'prompts');
  await chat.box.fill('@');
  await chat.frame.getByRole('option').first().waitFor();
  await look(stage, chat, 'mentions');
});

view('an answer with a block of every kind, and what is found in it', async ({ stage, workbench, endpoint }) => {
  const chat = await workbench.openChat();
  endpoint.faults.next({ kind: 'script', content: [{ type: 'text', text: blocks }] });
  await chat.ask('Why do orders never arrive?');
  await chat.idle();
  await chat.answers.locator('.diagram svg').first().waitFor({ state: 'attached' });
  await chat.showStart();
  await look(stage, chat, 'blocks-start');
  await chat.frame.evaluate(`document.querySelector('.code-block').scrollIntoView({ block: 'start' })`);
  await look(stage, chat, 'blocks-code');
  await chat.showEnd();
  await look(stage, chat, 'blocks-end');
  await workbench.page.keyboard.press('Control+F');
  await chat.frame.getByRole('textbox', { name: 'Find' }).fill('order');
  await chat.frame
    .getByText(/of \d+/)
    .first()
    .waitFor();
  await look(stage, chat, 'find');
});

view('an answer that thinks, writes and is waited for', async ({ stage, workbench, endpoint }) => {
  const chat = await workbench.openChat();
  const content = [
    { type: 'thinking' as const, thinking: 'First the total, then the discount. '.repeat(8) },
    { type: 'text' as const, text: blocks },
  ];
  endpoint.faults.next([
    { kind: 'script', content },
    { kind: 'hold', afterPieces: 6, againAfter: 60 },
  ]);
  await chat.ask('Think about orders');
  await chat.button(/^Thinking/).click();
  await look(stage, chat, 'thinking');
  for (const text of ['This waits', 'and this']) {
    await chat.box.fill(text);
    await chat.box.press('Enter');
  }
  await chat.paste('screenshot.png', dot.toString('base64'));
  await chat.frame.getByText('screenshot.png').waitFor();
  workbench.openFile('src/customers.ts', [2, 5]);
  endpoint.faults.release();
  await chat.answers.getByText('Orders that never arrive').waitFor();
  await look(stage, chat, 'streaming');
});

view('what went wrong, the size of a request, an edit and the history', async ({ stage, workbench, endpoint }) => {
  const chat = await workbench.openChat();
  await chat.ask('Hello');
  await chat.idle();
  endpoint.faults.next({ kind: 'status', status: 401, message: 'invalid x-api-key' });
  await chat.ask('A failure');
  await chat.idle();
  await look(stage, chat, 'error');
  endpoint.faults.next({ kind: 'status', status: 529, headers: { 'retry-after': '55' } });
  await chat.ask('A wait');
  await chat.button('Retry Now').waitFor();
  await look(stage, chat, 'wait');
  await chat.button('Cancel').first().click();
  await chat.idle();
  await chat.button(/^Next request/).click();
  await chat.frame.getByRole('dialog').waitFor();
  await look(stage, chat, 'size');
  await workbench.page.keyboard.press('Escape');
  const history = await workbench.openHistory();
  await history.rows.first().waitFor();
  await look(stage, chat, 'history');
});

view('a call that asks before it changes a file', async ({ stage, workbench }) => {
  const chat = await workbench.openChat();
  workbench.editor.openFolder();
  await chat.button('Choose mode: Chat').click();
  await workbench.pick('Act');
  await chat.button('Choose mode: Act').waitFor();
  await chat.ask('Fix the discount: a rate never goes below zero');
  await chat.frame.getByRole('region', { name: 'Change src/prices.ts?' }).waitFor();
  await look(stage, chat, 'asks');
});

/** The state in every theme, pictured where that is wanted. */
async function look({ changeSettings }: ViewStage, chat: Chat, state: string): Promise<void> {
  const usual = chat.page.viewportSize();
  for (const [index, [name, theme]] of Object.entries(themes).entries()) {
    await changeSettings({ 'workbench.colorTheme': theme });
    await chat.frame.locator(`body[data-vscode-theme-id="${theme}"]`).waitFor();
    const found = await violations(chat.frame, 'sideBar', index === 0 ? 'all' : 'colours');
    if (pictures === undefined) assert.deepEqual(found, [], `${theme}: ${state}`);
    else console.log(state, theme, JSON.stringify(found));
    for (const width of pictures === undefined ? [] : widths) {
      await chat.page.setViewportSize({ width, height: 720 });
      await chat.page.screenshot({ path: `${pictures}/${state}-${width}-${name}.png` });
    }
    if (usual) await chat.page.setViewportSize(usual);
  }
}
