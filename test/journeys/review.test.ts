import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { eventually } from '../../harness/drive/eventually.ts';
import { journey } from '../support/journey.ts';

journey('Review File puts findings at the code they quote and into Problems', async ({ workbench, endpoint }) => {
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
});

journey('a suggestion is applied as one step to undo, and the finding goes', async ({ workbench }) => {
  await workbench.openFile('src/orders.ts');
  await workbench.command('Marginalia: Review File');
  await workbench.commentThreads.first().waitFor({ state: 'attached' });
  await workbench.goToLine(30);
  const thread = workbench.commentThreads.filter({ hasText: '==' }).first();
  await thread.waitFor();
  const before = await workbench.commentThreads.count();
  await thread.getByRole('button', { name: 'Apply Suggestion' }).click();
  await workbench.page.locator('.view-line', { hasText: 'order.items.length === 0' }).waitFor();
  await eventually(async () => assert.ok((await workbench.commentThreads.count()) < before));
  await workbench.editor.click({ position: { x: 200, y: 60 } });
  await workbench.page.keyboard.press('Control+Z');
  await workbench.page.locator('.view-line', { hasText: 'order.items.length == 0' }).waitFor();
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

journey('Review Selection sends the selected lines only', async ({ workbench, endpoint }) => {
  await workbench.openFile('src/customers.ts');
  await workbench.selectLines(24, 26);
  await workbench.command('Marginalia: Review Selection');
  const sent = JSON.stringify((await endpoint.arrival(0)).body);
  assert.match(sent, /lines 24-26/);
  assert.doesNotMatch(sent, /SELECT/);
});

journey('a finding whose code is not there is listed and pinned nowhere', async ({ workbench, endpoint }) => {
  endpoint.faults.next({
    kind: 'script',
    content: [
      {
        type: 'tool_use',
        name: 'report_findings',
        input: {
          findings: [
            {
              path: 'src/orders.ts',
              severity: 'error',
              title: 'Imagined',
              explanation: 'x',
              quote: 'this code is not there',
            },
            {
              path: 'src/orders.ts',
              severity: 'warning',
              title: 'Real',
              explanation: 'y',
              quote: '  saveOrder(order);',
            },
          ],
        },
      },
    ],
    stopReason: 'tool_use',
  });
  await workbench.openFile('src/orders.ts');
  await workbench.command('Marginalia: Review File');
  const chat = await workbench.chat();
  await workbench.goToLine(41);
  await workbench.commentThreads.filter({ hasText: 'Real' }).first().waitFor();
  await chat.answers.getByText('Imagined').waitFor();
  assert.equal(await workbench.commentThreads.filter({ hasText: 'Imagined' }).count(), 0);
  await workbench.problem('Real');
  assert.equal(await (await workbench.problems()).filter({ hasText: 'Imagined' }).count(), 0);
});

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
  await workbench.reload();
  await workbench.openChat();
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
