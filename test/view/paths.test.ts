import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '../../harness/drive/eventually.ts';
import { themes } from '../../harness/editor/themes.ts';
import { violations } from '../support/accessibility.ts';
import { view } from '../support/view.ts';

view(
  'a path is a link while the answer still grows, and a selection in it survives',
  async ({ workbench, endpoint }) => {
    const text = `Look at src/orders.ts:3 first.\n\n${'More words follow here. '.repeat(400).replaceAll('. More', '.\n\nMore')}`;
    endpoint.faults.next([
      { kind: 'script', content: [{ type: 'text', text }] },
      { kind: 'stall', afterPieces: 200, heartbeat: 'ping', heartbeatMs: 500 },
    ]);
    const chat = await workbench.openChat();
    workbench.editor.openFolder();
    await chat.ask('Tell me more');
    const span = chat.answers.last().locator('[data-path]');
    await span.waitFor();
    await chat.frame.evaluate(`getSelection().selectAllChildren(document.querySelector('[data-path]'))`);
    await chat.answers.last().getByRole('link', { name: 'src/orders.ts:3' }).waitFor();
    assert.ok(await chat.stopButton.isVisible());
    assert.equal(await chat.frame.evaluate('String(getSelection())'), 'src/orders.ts:3');
    await chat.stopButton.click();
    await chat.idle();
    await eventually(async () => assert.equal(await span.getAttribute('role'), 'link'));
  },
);

view('the lines that a link leads to can be read in every theme', async ({ stage }) => {
  const { workbench, endpoint, changeSettings } = stage;
  endpoint.faults.next({ kind: 'script', content: [{ type: 'text', text: 'Look at src/prices.ts:19 first.' }] });
  const chat = await workbench.openChat();
  workbench.editor.openFolder();
  await chat.ask('Where is it?');
  await chat.idle();
  const link = chat.answers.last().getByRole('link', { name: 'src/prices.ts:19' });
  for (const theme of Object.values(themes)) {
    await changeSettings({ 'workbench.colorTheme': theme });
    await chat.frame.locator(`body[data-vscode-theme-id="${theme}"]`).waitFor();
    await link.hover();
    await chat.frame.locator('.path-peek .code-number').first().waitFor();
    assert.deepEqual(await violations(chat.frame, 'sideBar', 'colours'), [], theme);
    await chat.box.hover();
  }
});

view(
  'nothing outside of the workspace is a link, and what has gone is not opened',
  async ({ workbench, endpoint, workspace }) => {
    await writeFile(join(workspace, '..', 'secret.ts'), 'not of this workspace');
    const inside = join(workspace, 'src/prices.ts');
    const text = `See \`${inside}:3\`, but not \`../secret.ts\`, \`src/../../secret.ts\`, \`/etc/hosts.txt\`, \`src\` or \`/etc/passwd\`.`;
    endpoint.faults.next({ kind: 'script', content: [{ type: 'text', text }] });
    const chat = await workbench.openChat();
    workbench.editor.openFolder(workspace);
    await chat.ask('Where is it?');
    await chat.idle();
    const links = chat.answers.last().getByRole('link');
    await links.first().waitFor();
    assert.deepEqual(await links.allInnerTexts(), [`${inside}:3`]);

    // A page that was taken over gets no further: the host looks for itself.
    await chat.frame.evaluate(`{
      const span = document.querySelector('[data-path="../secret.ts"]');
      span.setAttribute('role', 'link');
      span.click();
    }`);
    await workbench.notification('The file can no longer be opened.');
    assert.equal(workbench.editor.activeTextEditor, undefined);
  },
);
