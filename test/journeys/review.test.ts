import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { eventually } from '../../harness/drive/eventually.ts';
import type { Fault } from '../../harness/endpoint/faults.ts';
import { journey, journeyOfNewUser } from '../support/journey.ts';

journey(
  'Review File puts findings at the code they quote and into Problems; Review Selection too',
  async ({ workbench, endpoint }) => {
    await workbench.openFile('src/customers.ts');
    await workbench.command('Marginalia: Review File');
    const chat = await workbench.chat();
    await chat.answers.first().waitFor();
    await chat.idle();
    const body = endpoint.requests[0]?.body as { tool_choice: unknown; system: string };
    assert.deepEqual(body.tool_choice, { type: 'tool', name: 'report_findings' });
    assert.match(body.system, /careful senior engineer/);
    await workbench.commentThreads.first().waitFor();
    await workbench.problem(/eval/i);
    await workbench.problem('Ln 25');
    // The first page of a window may be loaded twice.
    await eventually(async () => assert.match(await (await workbench.chat()).answers.innerText(), /customers\.ts:25/));

    await workbench.openFile('src/customers.ts');
    await workbench.selectLines(24, 26);
    await workbench.command('Marginalia: Review Selection');
    const selected = JSON.stringify((await endpoint.arrival(1)).body);
    assert.match(selected, /lines 24-26/);
    assert.doesNotMatch(selected, /SELECT/);
  },
);

journey('a suggestion is applied as one step to undo, and the finding goes', async ({ workbench }) => {
  await workbench.openFile('src/orders.ts');
  await workbench.command('Marginalia: Review File');
  await workbench.commentThreads.first().waitFor({ state: 'attached' });
  const thread = workbench.commentThreads.filter({ hasText: '==' }).first();
  await eventually(async () => {
    await workbench.command('Marginalia: Next Finding');
    await thread.waitFor({ timeout: 2_000 });
  });
  await thread.getByRole('button', { name: 'Apply Suggestion' }).click();
  await workbench.page.locator('.view-line', { hasText: 'order.items.length === 0' }).waitFor();
  await thread.waitFor({ state: 'hidden' });
  await workbench.editor.click({ position: { x: 200, y: 60 } });
  await workbench.page.keyboard.press('Control+Z');
  await workbench.page.locator('.view-line', { hasText: 'order.items.length == 0' }).waitFor();
});

journey(
  'only the first comment opens by itself; it begins with severity and title, and its suggestion is a diff',
  async ({ workbench, endpoint }) => {
    endpoint.faults.next(
      reportOf(
        {
          severity: 'Critical',
          title: 'Nobody waits for `saveOrder`',
          explanation: 'It may fail.',
          quote: 'saveOrder(order);',
          replacement: 'if (order.id) {\n  saveOrder(order);\n}',
        },
        { severity: 'low', title: 'Another', quote: '  return order.id;' },
        { severity: 'error', title: 'Imagined', quote: 'this code is not there' },
      ),
    );
    await workbench.openFile('src/orders.ts');
    await workbench.command('Marginalia: Review File');
    await workbench.command('Marginalia: Next Finding');
    const thread = workbench.commentThreads.filter({ hasText: 'It may fail.' }).first();
    await thread.waitFor();
    assert.equal(await workbench.commentThreads.count(), 1);
    // What quotes no code is listed, and stands nowhere.
    await (await workbench.chat()).answers.getByText('Imagined').waitFor();
    assert.match((await thread.locator('.avatar').getAttribute('src')) ?? '', /severity(?:\/|%2F)error\.svg/);
    assert.equal(await thread.locator('.author').innerText(), 'Nobody waits for saveOrder');
    await eventually(async () => {
      const body = (await thread.locator('.comment-body').innerText()).replace(/\s+/g, ' ');
      assert.match(body, /- saveOrder\(order\); \+ if \(order\.id\) \{ \+ saveOrder\(order\); \+ \}/);
    });
    await thread.getByRole('button', { name: 'Apply Suggestion' }).click();
    await workbench.page.locator('.view-line', { hasText: 'if (order.id) {' }).waitFor();
    await workbench.command('Marginalia: Next Finding');
    await workbench.commentThreads.filter({ hasText: 'Another' }).first().waitFor();
    assert.equal(await workbench.commentThreads.filter({ hasText: 'Imagined' }).count(), 0);
    await workbench.problem('Another');
    assert.equal(await (await workbench.problems()).filter({ hasText: 'Imagined' }).count(), 0);
  },
);

journey('after a finding was dealt with, Next Finding goes to the one behind it', async ({ workbench, endpoint }) => {
  // Two of them stand at one line.
  const quotes = ['  let sum = 0;', '  return sum;', '  if (isEmpty(order)) {', 'isEmpty(order)', '  return order.id;'];
  endpoint.faults.next(
    reportOf(
      ...quotes.map((quote, index) => ({ severity: 'info', title: `Finding ${index + 1}`, quote, explanation: 'x' })),
    ),
  );
  await workbench.openFile('src/orders.ts');
  await workbench.command('Marginalia: Review File');
  await workbench.commentThreads.first().waitFor({ state: 'attached' });
  const goesTo = async (line: number): Promise<void> => {
    await workbench.command('Marginalia: Next Finding');
    await workbench.page.locator('.statusbar-item', { hasText: `Ln ${line}, Col 1` }).waitFor();
  };
  await goesTo(17);
  await goesTo(21);
  const second = workbench.commentThreads.filter({ hasText: 'Finding 2' }).first();
  await second.getByRole('button', { name: 'Dismiss Finding' }).click();
  await second.waitFor({ state: 'hidden' });
  await goesTo(38);
  await workbench.command('Marginalia: Next Finding');
  await workbench.commentThreads.filter({ hasText: 'Finding 4' }).first().waitFor();
  await goesTo(42);
  await goesTo(17);
});

journey('a suggestion that may be meant otherwise is shown before it is applied', async ({ workbench, endpoint }) => {
  endpoint.faults.next(
    reportOf({
      severity: 'warning',
      title: 'Doubtful',
      explanation: 'Perhaps.',
      quote: '  return order.id;',
      // It may be the line above once more, or the line above where the quote shall go.
      replacement: '  saveOrder(order);',
    }),
  );
  await workbench.openFile('src/orders.ts');
  await workbench.command('Marginalia: Review File');
  await workbench.command('Marginalia: Next Finding');
  const thread = workbench.commentThreads.filter({ hasText: 'Perhaps.' }).first();
  await thread.getByRole('button', { name: 'Apply Suggestion' }).click();
  await workbench.page.locator('.tab', { hasText: 'orders.ts (Proposed Change)' }).waitFor();
  await workbench.page.getByRole('button', { name: 'Accept Proposed Change' }).first().click();
  const chat = await workbench.chat();
  await chat.frame.getByRole('listitem').filter({ hasText: 'Doubtful' }).getByText('Applied').waitFor();
  assert.equal(await workbench.page.locator('.view-line', { hasText: 'return order.id' }).count(), 0);
});

journey('the quick fix at a finding applies it without the mouse', async ({ workbench }) => {
  await workbench.openFile('src/orders.ts');
  await workbench.command('Marginalia: Review File');
  await workbench.commentThreads.first().waitFor({ state: 'attached' });
  await workbench.goToLine(30);
  await workbench.openLightbulb('Apply: Use === instead of ==');
  await workbench.page.keyboard.press('Enter');
  await workbench.page.locator('.view-line', { hasText: 'order.items.length === 0' }).waitFor();
});

journey('Review Changes reviews what is not committed, new files if one likes', async ({ workbench, endpoint }) => {
  await workbench.openFile('src/prices.ts');
  // The built-in Git extension takes a moment to find the repository.
  await workbench.page.locator('.statusbar-item', { hasText: 'main' }).first().waitFor();
  await workbench.command('Marginalia: Review Changes');
  await workbench.page.getByPlaceholder('Git does not know these files yet: src/receipts.ts').waitFor();
  await workbench.pick('Review them, too');
  const chat = await workbench.chat();
  await chat.answers.first().waitFor();
  await chat.idle();
  const sent = JSON.stringify(endpoint.requests[0]?.body);
  assert.match(sent, /File: src\/prices\.ts \(lines \d+-\d+, diff\)/);
  assert.match(sent, /File: src\/receipts\.ts \(lines 1-\d+, typescript\)/);
  assert.doesNotMatch(sent, /customers/);
  await workbench.problem(/prices\.ts/);
  await workbench.problem('An error disappears');
});

journey(
  'Review Changes sees what is staged, whatever the user’s git shows, and names what it leaves out',
  async ({ workbench, endpoint, workspace }) => {
    const git = (...args: string[]) => promisify(execFile)('git', args, { cwd: workspace });
    await workbench.openFile('src/prices.ts');
    await workbench.page.locator('.statusbar-item', { hasText: 'main' }).first().waitFor();
    await git('config', 'diff.external', 'echo');
    try {
      await writeFile(join(workspace, 'yarn.lock'), 'made\n');
      await writeFile(join(workspace, 'picture.png'), 'a\0');
      await git('mv', 'src/orders.ts', 'src/order.ts');
      await git('rm', '-q', 'scripts/report.py');
      await git('add', 'src/prices.ts', 'yarn.lock', 'picture.png');
      await workbench.command('Marginalia: Review Changes');
      await workbench.pick('Leave them out');
      const sent = JSON.stringify((await endpoint.arrival(0)).body);
      assert.match(sent, /File: src\/prices\.ts \(lines \d+-\d+, diff\)\\n```diff\\n@@ -/);
      assert.match(sent, /File: src\/order\.ts \(lines 1-1, diff\)\\n```diff\\nrename from src\/orders\.ts/);
      assert.match(sent, /File: scripts\/report\.py \(lines 1-1, diff\)\\n```diff\\ndeleted file/);
      assert.doesNotMatch(sent, /receipts|yarn/);
      await workbench.notification('since there is no text to review: picture.png');
      await workbench.notification('since programs have made them: yarn.lock');
    } finally {
      await git('config', '--unset', 'diff.external');
    }
  },
);

journeyOfNewUser(
  'Review Changes takes all repositories at once, one without a commit as well',
  async ({ workbench, endpoint, workspace }) => {
    const inner = join(workspace, 'lib');
    await mkdir(inner);
    await writeFile(join(inner, 'tax.ts'), 'export const tax = 0.2;\n');
    const git = (...args: string[]): Promise<unknown> => promisify(execFile)('git', args, { cwd: inner });
    await git('init', '--quiet');
    await git('add', '.');
    await workbench.openFile('lib/tax.ts');
    await eventually(async () => {
      // What happens in a folder before the editor watches it is never heard of: so something happens there again.
      await git('config', 'user.name', 'Somebody');
      await workbench.command('Marginalia: Review Changes');
      // The built-in Git extension takes a moment to find the second repository.
      const all = workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: 'All repositories' });
      await all.click({ timeout: 5_000 }).catch(async (error: unknown) => {
        await workbench.page.keyboard.press('Escape');
        throw error;
      });
    });
    await workbench.pick('Leave them out');
    const sent = JSON.stringify((await endpoint.arrival(0)).body);
    assert.match(sent, /File: src\/prices\.ts \(lines \d+-\d+, diff\)/);
    assert.match(sent, /File: lib\/tax\.ts \(lines 1-1, typescript\)/);
  },
);

journey('findings come back after a reload, and Clear takes them away for good', async ({ workbench }) => {
  await workbench.openFile('src/customers.ts');
  await workbench.command('Marginalia: Review File');
  await workbench.commentThreads.first().waitFor();
  await workbench.reload();
  await workbench.openChat();
  await workbench.problem(/eval/i);
  await workbench.command('Marginalia: Clear Review Findings');
  await eventually(async () =>
    assert.equal(await (await workbench.problems()).filter({ hasText: /eval/i }).count(), 0),
  );
  // Read anew, they are still dealt with.
  await workbench.command('Marginalia: New Conversation');
  const chat = await workbench.chat();
  await chat.frame.getByRole('heading', { name: 'Ask about your code' }).waitFor();
  await workbench.openConversation('Review this file. src/customers.ts');
  await chat.frame.getByRole('listitem').filter({ hasText: /eval/i }).first().waitFor();
  const left = await workbench.problems();
  assert.equal(await left.filter({ hasText: /eval/i }).count(), 0);
});

journey('findings of several reviews stand together, and are dealt with from the chat', async ({ workbench }) => {
  await workbench.openFile('src/customers.ts');
  await workbench.command('Marginalia: Review File');
  await workbench.problem(/eval/i);
  const chat = await workbench.chat();
  await workbench.command('Marginalia: New Conversation');
  // It takes the keyboard, which would close the list of files.
  await chat.frame.getByRole('heading', { name: 'Ask about your code' }).waitFor();
  await chat.until(`document.hasFocus() && document.activeElement.matches('textarea')`);
  await workbench.openFile('src/orders.ts');
  await workbench.command('Marginalia: Review File');
  await workbench.problem('Use === instead of ==');
  await workbench.problem(/eval/i);

  const row = (title: string | RegExp) => chat.frame.getByRole('listitem').filter({ hasText: title });
  await row('Use === instead of ==').getByRole('button', { name: 'Apply Suggestion' }).click();
  await row('Use === instead of ==').getByText('Applied').waitFor();
  await workbench.goToLine(30);
  await workbench.page.locator('.view-line', { hasText: 'order.items.length === 0' }).waitFor();

  // The other review is there with its conversation, whatever was reviewed since.
  await workbench.openConversation('Review this file. src/customers.ts');
  await row('SQL is built from parts').getByRole('button', { name: 'Next Finding' }).click();
  await workbench.page.locator('.tabs-container .tab.active', { hasText: 'customers.ts' }).waitFor();
  await workbench.page.locator('.statusbar-item', { hasText: 'Ln 20, Col 1' }).waitFor();
  await row(/eval/i).getByRole('button', { name: 'Dismiss Finding' }).click();
  await row(/eval/i).getByText('Dismissed').waitFor();
  await eventually(async () =>
    assert.equal(await (await workbench.problems()).filter({ hasText: /eval/i }).count(), 0),
  );
});

interface Reported {
  severity: string;
  title: string;
  quote: string;
  explanation?: string;
  replacement?: string;
}

/** An answer that reports these findings about `src/orders.ts`. */
function reportOf(...findings: Reported[]): Extract<Fault, { kind: 'script' }> {
  const input = { findings: findings.map(finding => ({ path: 'src/orders.ts', explanation: '', ...finding })) };
  return { kind: 'script', content: [{ type: 'tool_use', name: 'report_findings', input }], stopReason: 'tool_use' };
}
