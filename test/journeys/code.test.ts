import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually, patience } from '../../harness/drive/eventually.ts';
import { journey } from '../support/journey.ts';

const text = 'Use this:\n\n```ts\nconst answer = 42;\n```\n\nand run\n\n```sh\n$ touch from-the-answer\n```\n';

journey(
  'a block of code goes to the cursor, into a new file and to the prompt',
  async ({ workbench, endpoint, workspace }) => {
    endpoint.faults.next({ kind: 'script', content: [{ type: 'text', text }] });
    const { page } = workbench;
    await workbench.openFile('src/orders.ts');
    await workbench.goToLine(2);
    const chat = await workbench.openChat();
    await chat.ask('Show me code');
    await chat.idle();
    const blocks = chat.answers.locator('.code-block');

    await blocks.first().getByRole('button', { name: 'Insert at Cursor' }).click();
    await page.locator('.view-line', { hasText: 'const answer = 42;' }).waitFor();
    // The editor gets the keyboard, so one step takes it back.
    await page.locator('.editor-instance .monaco-editor.focused').first().waitFor();
    await page.keyboard.press('Control+Z');
    await eventually(async () =>
      assert.equal(await page.locator('.view-line', { hasText: 'const answer = 42;' }).count(), 0),
    );

    const wrap = blocks.first().getByRole('button', { name: 'Wrap Lines' });
    await wrap.click();
    assert.equal(await wrap.getAttribute('aria-pressed'), 'true');

    await blocks.first().getByRole('button', { name: 'Open in New File' }).click();
    await page.locator('.tab.active', { hasText: 'Untitled' }).waitFor();
    await page.locator('.statusbar-item', { hasText: 'TypeScript' }).waitFor();

    assert.equal(await blocks.first().getByRole('button', { name: 'Put into Terminal' }).count(), 0);
    await blocks.last().getByRole('button', { name: 'Put into Terminal' }).click();
    await page
      .locator('.terminal-wrapper .xterm-rows', { hasText: 'touch from-the-answer' })
      .waitFor({ timeout: patience });
    const made = join(workspace, 'from-the-answer');
    // It waits at the prompt for the user's own Enter.
    assert.equal(existsSync(made), false);
    // The text is there a moment before the keyboard.
    await page.locator('.terminal-wrapper .xterm.focus').waitFor({ timeout: patience });
    await page.keyboard.press('Enter');
    await eventually(() => access(made));
  },
);
