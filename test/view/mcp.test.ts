import assert from 'node:assert/strict';
import type { Chat } from '../../harness/drive/workbench.ts';
import type { BareWorkbench } from '../support/bareEditor/bareWorkbench.ts';
import { serverScript } from '../support/mcpServer.ts';
import { view } from '../support/view.ts';

view.use({ settings: { 'marginalia.mcp.servers': { docs: { command: process.execPath, args: [serverScript] } } } });

async function openToAct(workbench: BareWorkbench): Promise<Chat> {
  const chat = await workbench.openChat();
  workbench.editor.openFolder();
  await chat.button('Choose mode: Chat').click();
  await workbench.pick('Act');
  await chat.button('Choose mode: Act').waitFor();
  return chat;
}

view(
  'the card of a server’s tool shows the server and the input, and says when the server has changed the tool',
  async ({ workbench }) => {
    const chat = await openToAct(workbench);
    await chat.ask('Use docs__search for "cents"');
    const card = chat.frame.getByRole('region', { name: 'Run docs__search?' });
    await card.getByText('It is a tool of this server, which is given the input below:').waitFor();
    await card.getByText(serverScript).waitFor();
    await card.getByText('As marginalia.mcp.servers says.').waitFor();
    await card.getByText('"query": "cents"').waitFor();
    await card.getByRole('button', { name: 'Allow in This Conversation' }).click();
    await chat.idle();
    await chat.answers.last().getByText('Found for cents').first().waitFor();
    await chat.ask('Use docs__search for "cents" again');
    await chat.idle();
    assert.equal(await chat.button(/^Done: docs__search/).count(), 2, 'what was allowed is not asked about again');

    await chat.ask('Use docs__evolve');
    const evolve = chat.frame.getByRole('region', { name: 'Run docs__evolve?' });
    await evolve.getByRole('button', { name: 'Allow', exact: true }).click();
    await chat.idle();
    await chat.ask('Use docs__search for "cents" once more');
    await card.getByText('Its server has changed what it says of this tool since you allowed it.').waitFor();
    assert.equal(await card.getByRole('button', { name: 'Allow in This Conversation' }).count(), 0);
    await card.getByRole('button', { name: 'Deny' }).click();
    await chat.idle();
    await chat.button(/^Denied: docs__search/).waitFor();
  },
);

view('Stop ends a call that a server has not answered', async ({ workbench }) => {
  const chat = await openToAct(workbench);
  await chat.ask('Use docs__wait');
  const card = chat.frame.getByRole('region', { name: 'Run docs__wait?' });
  await card.getByRole('button', { name: 'Allow', exact: true }).click();
  await chat.button(/^Runs: docs__wait/).waitFor();
  await chat.stopButton.click();
  await chat.idle();
  await chat.button(/^Failed: docs__wait/).waitFor();
  await chat.frame.getByText('The tools were stopped.').waitFor();
});

view('a resource of a server goes along once it is chosen with @', async ({ workbench, endpoint }) => {
  const chat = await workbench.openChat();
  workbench.editor.openFolder();
  await chat.box.click();
  await chat.page.keyboard.type('Explain @reso');
  await chat.frame.getByRole('option', { name: /^Resource of an MCP Server/ }).click();
  await workbench.pick('style');
  await chat.frame
    .getByRole('list', { name: 'Attachments' })
    .getByRole('button', { name: /^style/ })
    .waitFor();
  await chat.box.press('Enter');
  const { messages } = (await endpoint.arrival(0)).body as { messages: { content: { text: string }[] }[] };
  assert.equal(
    messages[0]?.content[0]?.text,
    '"docs://style", as the server “docs” gives it:\n```text\nPrices are whole cents.\n```',
  );
  await chat.idle();
});
