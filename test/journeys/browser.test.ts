import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { browserProgram } from '../support/browserProgram.ts';
import { journey } from '../support/journey.ts';

const page = `<title>Shop</title><button style="position:fixed;inset:0;width:100%;height:100%"
  onclick="document.title = 'Sold'">Buy</button>`;

journey(
  'a model tries the page that is built: it opens it, clicks, sees what came of it, and the picture opens',
  async ({ workbench, changeSettings }) => {
    const folder = await mkdtemp(join(tmpdir(), 'marginalia-test-'));
    const server = createServer((_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(page));
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const url = `http://localhost:${(server.address() as AddressInfo).port}/`;
    try {
      await changeSettings({
        'marginalia.browser.enabled': true,
        'marginalia.browser.headless': true,
        'marginalia.browser.path': await browserProgram(folder),
      });
      const chat = await workbench.openChat();
      await chat.button(/^Choose mode: Chat$/).click();
      await workbench.pick('Act');
      await chat.ask(`Try ${url}, and click at 640, 400.`);
      const opens = chat.frame.getByRole('region', { name: `Open ${url} in a browser of its own?` });
      await opens.getByRole('button', { name: 'Allow', exact: true }).press('Enter');
      const clicks = chat.frame.getByRole('region', { name: /^Do this in the browser\?/ });
      await clicks.getByRole('button', { name: 'Allow', exact: true }).press('Enter');
      await chat.answers.last().getByText('After the click it is called “Sold”.').first().waitFor();
      await chat.idle();
      await chat.button(/^Done: Pointer: left_click 640, 400/).click();
      await chat.frame.getByRole('img', { name: 'screenshot' }).click();
      await workbench.page.getByRole('tab', { name: /^screenshot/ }).waitFor();
    } finally {
      server.close();
      await rm(folder, { recursive: true, force: true });
    }
  },
);
