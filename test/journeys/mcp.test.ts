import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Chat, Workbench } from '../../harness/drive/workbench.ts';
import { journey } from '../support/journey.ts';
import { serverScript } from '../support/mcpServer.ts';

async function openToAct(workbench: Workbench): Promise<Chat> {
  const chat = await workbench.openChat();
  await chat.button(/^Choose mode: Chat$/).click();
  await workbench.pick('Act');
  await chat.button('Choose mode: Act').waitFor();
  return chat;
}

async function nameServer(workspace: string): Promise<void> {
  await mkdir(join(workspace, '.vscode'), { recursive: true });
  const servers = { docs: { command: process.execPath, args: [serverScript] } };
  await writeFile(join(workspace, '.vscode/mcp.json'), JSON.stringify({ servers }));
}

journey(
  'tools come of a server of the workspace once it is agreed to, and of another extension once ticked; each is asked about',
  async ({ workbench, workspace, endpoint }) => {
    const { page } = workbench;
    await nameServer(workspace);
    const chat = await openToAct(workbench);
    await chat.ask('Please use docs__search for "cents"');
    const dialog = page.locator('.monaco-dialog-box');
    await dialog.getByText('Start the MCP server “docs”, as .vscode/mcp.json says?').waitFor();
    await dialog.getByText(serverScript).waitFor();
    assert.equal(endpoint.requests.length, 0, 'the request waits for the word');
    await dialog.getByRole('button', { name: 'Start', exact: true }).click();

    const card = chat.frame.getByRole('region', { name: 'Run docs__search?' });
    await card.getByText(serverScript).waitFor();
    await card.getByText('As .vscode/mcp.json says.').waitFor();
    await card.getByText('"query": "cents"').waitFor();
    await card.getByRole('button', { name: 'Allow', exact: true }).press('Enter');
    await chat.idle();
    await chat.answers.last().getByText('Found for cents: prices are whole cents.').first().waitFor();

    await workbench.command('Marginalia: MCP Servers');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'runs, 8 tools' }).waitFor();
    await workbench.pick('docs');
    await workbench.pick('Log');
    await page.locator('.editor-instance .view-line', { hasText: /^pid/ }).waitFor();

    await workbench.command('Marginalia: MCP Servers');
    await workbench.pick('docs');
    await workbench.pick('Stop');
    const before = endpoint.requests.length;
    await chat.ask('And again?');
    await chat.idle();
    const { tools } = (await endpoint.arrival(before)).body as { tools: { name: string }[] };
    assert.ok(!tools.some(({ name }) => name.startsWith('docs__')), 'what the user has ended stays so');

    const asked = endpoint.requests.length;
    await chat.ask('Please use editor__companion_echo for "apples"');
    await chat.idle();
    const { tools: offered } = (await endpoint.arrival(asked)).body as { tools: { name: string }[] };
    assert.ok(!offered.some(({ name }) => name.startsWith('editor__')), 'none is offered before that');

    await workbench.command('Marginalia: Tools of Other Extensions');
    await page.keyboard.type('companion_echo');
    const row = page.locator('.quick-input-list .monaco-list-row', { hasText: 'companion_echo' });
    await row.click();
    await page.keyboard.press('Enter');
    await row.waitFor({ state: 'hidden' });
    await chat.ask('Please use editor__companion_echo for "apples"');
    const echo = chat.frame.getByRole('region', { name: 'Run editor__companion_echo?' });
    await echo.getByText('"words": "apples"').waitFor();
    await echo.getByRole('button', { name: 'Allow', exact: true }).press('Enter');
    await chat.idle();
    await chat.answers.last().getByText('echo: apples').first().waitFor();
  },
);
