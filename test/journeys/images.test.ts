import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sentImage } from '../support/sentImage.ts';
import { eventually } from '../../harness/drive/eventually.ts';
import { journey } from '../support/journey.ts';

journey('a file from the dialog is scaled down too', async ({ workbench, endpoint, workspace }) => {
  const chat = await workbench.openChat();
  const made: unknown = await chat.frame.evaluate(`(async () => {
    const canvas = new OffscreenCanvas(3000, 2000);
    canvas.getContext('2d').fillRect(0, 0, 3000, 2000);
    const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg' })).arrayBuffer());
    return [...bytes];
  })()`);
  await writeFile(join(workspace, 'large.jpg'), Buffer.from(made as number[]));
  await workbench.command('Marginalia: Attach…');
  await workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: 'File, Image or PDF…' }).click();
  const input = await workbench.textInput();
  await eventually(async () => {
    // The dialog looks at the folder first: meanwhile it takes no Enter, and then it puts in the folder's path.
    if (await input.isVisible()) {
      await input.fill(join(workspace, 'large.jpg'), { timeout: 2_000 });
      await input.press('Enter');
    }
    await chat.button('Remove large.jpg').waitFor({ timeout: 2_000 });
  });
  await chat.ask('What is this?');
  assert.equal(sentImage((await endpoint.arrival(0)).body).size, '1344×896');
});
