import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Chat } from '../../harness/drive/workbench.ts';
import type { BareWorkbench } from '../support/bareEditor/bareWorkbench.ts';
import { browserProgram } from '../support/browserProgram.ts';
import { view, type ViewStage } from '../support/view.ts';

const page = `<title>Shop</title><button style="position:fixed;inset:0;width:100%;height:100%"
  onclick="document.title = 'Sold'">Buy</button>`;

interface Shop {
  chat: Chat;
  url: string;
}

/** Opens the chat in Act, with the browser switched on, beside a server with a page to try. */
async function withShop(stage: ViewStage, work: (shop: Shop) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'marginalia-test-'));
  const server = createServer((_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(page));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  try {
    await stage.changeSettings({
      'marginalia.browser.enabled': true,
      'marginalia.browser.headless': true,
      'marginalia.browser.path': await browserProgram(folder),
    });
    const chat = await openToAct(stage.workbench);
    await work({ chat, url: `http://localhost:${(server.address() as AddressInfo).port}/` });
    await chat.idle();
  } finally {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function openToAct(workbench: BareWorkbench): Promise<Chat> {
  const chat = await workbench.openChat();
  workbench.editor.openFolder();
  await chat.button('Choose mode: Chat').click();
  await workbench.pick('Act');
  await chat.button('Choose mode: Act').waitFor();
  return chat;
}

view('a model opens a page of this machine, clicks, and tells what it saw', async ({ stage, endpoint }) => {
  await withShop(stage, async ({ chat, url }) => {
    await chat.ask(`Try ${url}, and click at 640, 400.`);
    const opens = chat.frame.getByRole('region', { name: `Open ${url} in a browser of its own?` });
    await opens.getByRole('button', { name: 'Allow', exact: true }).click();
    const clicks = chat.frame.getByRole('region', { name: /^Do this in the browser\? Pointer: left_click 640, 400/ });
    await clicks.getByRole('button', { name: 'Allow in This Conversation' }).click();
    await chat.answers.last().getByText('After the click it is called “Sold”.').first().waitFor();
    await chat.idle();
    const { headers, body } = await endpoint.arrival(0);
    assert.equal(headers['anthropic-beta'], 'computer-use-2025-01-24');
    const { tools } = body as { tools: { name: string; type?: string }[] };
    assert.deepEqual(
      tools.map(({ name, type }) => [name, type]),
      [
        ['str_replace_based_edit_tool', 'text_editor_20250728'],
        ['bash', 'bash_20250124'],
        ['todo', undefined],
        ['open_page', undefined],
        ['computer', 'computer_20250124'],
      ],
    );
    await chat.button(/^Done: Pointer: left_click 640, 400/).click();
    await chat.frame.getByRole('img', { name: 'screenshot' }).waitFor();
    await chat.until(`document.querySelector('.call-images canvas')?.width > 100`);
  });
});

view('another address asks with a warning each time, and denied, nothing is opened', async ({ stage, endpoint }) => {
  await withShop(stage, async ({ chat }) => {
    await chat.ask('Look at https://example.com/shop.');
    const card = chat.frame.getByRole('region', { name: 'Open https://example.com/shop in a browser of its own?' });
    await card.getByText('This address is not on this machine').waitFor();
    assert.equal(await card.getByRole('button', { name: 'Allow in This Conversation' }).count(), 0);
    await card.getByRole('button', { name: 'Deny' }).click();
    await chat.answers.last().getByText('I could not try https://example.com/shop.').first().waitFor();
    assert.equal(endpoint.requests.length, 2);
  });
});

view('without the setting no browser is offered', async ({ workbench, endpoint }) => {
  const chat = await openToAct(workbench);
  await chat.ask('Try http://localhost:1/');
  await chat.idle();
  const { tools } = (await endpoint.arrival(0)).body as { tools: { name: string }[] };
  assert.deepEqual(
    tools.map(({ name }) => name),
    ['str_replace_based_edit_tool', 'bash', 'todo'],
  );
});
