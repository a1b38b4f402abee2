import assert from 'node:assert/strict';
import { mkdtemp, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../../harness/drive/eventually.ts';
import { hostileFields } from '../support/hostileMarkdown.ts';
import { journey } from '../support/journey.ts';

journey(
  'nothing that hostile findings hold loads or leads elsewhere than https, whatever stands beside it',
  async ({ workbench, endpoint, context }) => {
    const loaded: string[] = [];
    context.on('request', request => {
      if (request.url().includes('evil.invalid')) loaded.push(request.url());
    });
    // Each field comes before and after another one, and all stand at one line.
    const findings = hostileFields.map((explanation, index) => ({
      path: 'src/orders.ts',
      severity: 'warning',
      title: `Finding ${index} ${hostileFields.at(index - 2)}`,
      explanation,
      quote: '  saveOrder(order);',
      replacement: `${hostileFields.at((index + 1) % hostileFields.length)}\nEnd ${index}`,
    }));
    endpoint.faults.next({
      kind: 'script',
      content: [{ type: 'tool_use', name: 'report_findings', input: { findings } }],
      stopReason: 'tool_use',
    });
    await workbench.openFile('src/orders.ts');
    await workbench.command('Marginalia: Review File');
    const bodies = workbench.page.locator('.review-widget .comment-body');
    await bodies.first().waitFor({ state: 'attached' });
    // Only the first one is open by itself.
    for (let opened = 0; opened < findings.length; opened++) await workbench.command('Marginalia: Next Finding');
    await eventually(async () => assert.equal(await bodies.count(), findings.length));
    const assertTame = async (): Promise<void> => {
      assert.deepEqual(loaded, []);
      assert.deepEqual(await workbench.page.evaluate(tracesInComments), { active: [], links: [] });
    };
    await assertTame();
    // Code is drawn in colours after the rest.
    for (const index of findings.keys()) {
      await bodies
        .filter({ hasText: `End ${index}` })
        .first()
        .waitFor({ state: 'attached' });
    }
    await assertTame();
  },
);

/** What must not be in a comment; looked for in the editor. */
const tracesInComments = `({
  active: [...document.querySelectorAll('.review-widget .comment-body :is(script, img, svg, iframe, video, audio, style, form, input, table, pre)')]
    .map(element => element.outerHTML),
  links: [...document.querySelectorAll('.review-widget .comment-body a')]
    .map(link => link.dataset.href ?? link.getAttribute('href') ?? '').filter(href => !href.startsWith('https://')),
})`;

journey('a link in the workspace gives away nothing from beyond it', async ({ workbench, endpoint, workspace }) => {
  const outside = await mkdtemp(join(tmpdir(), 'marginalia-outside-'));
  await writeFile(join(outside, 'passwd.ts'), 'export const root = "beyond";\n');
  await symlink(join(outside, 'passwd.ts'), join(workspace, 'src/leak.ts'));
  await symlink(outside, join(workspace, 'src/elsewhere'));
  const { page } = workbench;
  await workbench.openFile('src/prices.ts');
  await page.locator('.statusbar-item', { hasText: 'main' }).first().waitFor();
  await workbench.command('Marginalia: Review Changes');
  await workbench.pick('Review them, too');
  await workbench.notification('src/leak.ts');
  const chat = await workbench.chat();
  await chat.idle();

  // The editor tells of new files when it finds the time; until then the list of before answers.
  await eventually(async () => {
    await chat.box.fill('');
    await chat.box.click();
    await page.keyboard.type('@leak');
    await chat.frame.getByRole('option', { name: /^leak/ }).first().waitFor({ timeout: 2_000 });
  });
  await page.keyboard.press('Enter');
  const place = `src/leak.ts → ${join(outside, 'passwd.ts')}`;
  await page.locator('.monaco-dialog-box', { hasText: `This leads out of the workspace: ${place}` }).waitFor();
  await page.keyboard.press('Escape');
  await chat.box.fill('');
  await chat.box.click();
  await page.keyboard.type('@src');
  await chat.frame
    .getByRole('option', { name: /^src\// })
    .first()
    .waitFor();
  await page.keyboard.press('Enter');
  const chips = chat.frame.getByRole('list', { name: 'Attachments' });
  await chips.getByRole('button', { name: /^src\// }).waitFor();

  const text = 'Put this into `src/elsewhere/new.ts`:\n\n```ts\nexport const written = 1;\n```';
  endpoint.faults.next({ kind: 'script', content: [{ type: 'text', text }] });
  await chat.ask('What is this?');
  await chat.idle();
  const sent = JSON.stringify(endpoint.requests.map(({ body }) => body));
  assert.match(sent, /File: src\/orders\.ts/);
  assert.doesNotMatch(sent, /beyond|src\/elsewhere\/passwd/);

  await chat.answers.last().getByRole('button', { name: 'Apply to File' }).click();
  const rows = page.locator('.quick-input-list .monaco-list-row');
  await rows.first().waitFor();
  assert.equal(await rows.filter({ hasText: 'Create' }).count(), 0);
});
