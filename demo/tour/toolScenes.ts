import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventually } from '../../harness/drive/eventually.ts';
import { newConversationIn } from './actScenes.ts';
import { ended, type Stage } from './stage.ts';

const serverScript = fileURLToPath(new URL('../../harness/mcp/stdioServer.ts', import.meta.url));

/** Looks prices up in the source of the sample project. */
const tool = {
  name: 'look_up_price',
  description: 'Looks up the price of an article by its name. Use it before you name a price.',
  input_schema: {
    type: 'object',
    properties: { query: { type: 'string', description: 'The name of the article', maxLength: 20 } },
    required: ['query'],
  },
  command: ['node', 'scripts/look_up_price.mjs'],
};

const script = `const prices = { sencha: 4.2, gyokuro: 11.5 };
process.stdin.on('data', text => {
  const { query } = JSON.parse(text);
  console.log(\`\${query}: \${prices[query]?.toFixed(2) ?? 'no'} EUR for 100 g\`);
});
`;

/** A tool of a file: tried in a form, called by a model, and in the list of tools. */
export async function toolOfFile({ workbench, album, folder }: Stage): Promise<void> {
  const { page } = workbench;
  await mkdir(join(folder, '.marginalia/tools'), { recursive: true });
  await writeFile(join(folder, '.marginalia/tools/look_up_price.json'), `${JSON.stringify(tool, undefined, 2)}\n`);
  await writeFile(join(folder, 'scripts/look_up_price.mjs'), script);
  await workbench.command('View: Close All Editors');
  await workbench.openFile('.marginalia/tools/look_up_price.json');
  const row = page.locator('.quick-input-list .monaco-list-row', { hasText: 'look_up_price' });
  await eventually(async () => {
    await workbench.command('Marginalia: Tools');
    await row.waitFor({ timeout: 3_000 });
  });
  await album.take(page, 'tools-list');
  await row.hover();
  await row.locator('.action-label.codicon-play').click();
  const form = await eventually(async () => {
    for (const frame of page.frames()) if (await frame.locator('.tool-trial').isVisible()) return frame;
    throw new Error('The form is not open yet.');
  });
  await form.getByLabel('query').fill('a name that is much longer than that');
  await form.getByText('must have at most 20 characters.').first().waitFor();
  await album.take(page, 'tool-form-wrong');
  await form.getByLabel('query').fill('sencha');
  await form.getByLabel('query').press('Enter');
  await form.getByText('4.20 EUR').waitFor();
  await album.take(page, 'tool-tried');
  await workbench.command('View: Close Editor');
  const chat = await newConversationIn(workbench, 'Plan');
  await chat.button('Choose mode: Plan').click();
  await workbench.pick('Act');
  await chat.ask('Please use look_up_price for "sencha"');
  const card = chat.frame.getByRole('region', { name: 'Run look_up_price?' });
  await card.waitFor();
  await album.take(page, 'tool-asked');
  await card.getByRole('button', { name: 'Allow', exact: true }).click();
  await ended(chat);
  await album.take(page, 'tool-ran');
}

/** A server of the workspace: it asks before it starts, its tool before it runs. */
export async function serverOfWorkspace({ workbench, album, folder }: Stage): Promise<void> {
  const { page } = workbench;
  await mkdir(join(folder, '.vscode'), { recursive: true });
  const servers = { docs: { command: process.execPath, args: [serverScript] } };
  await writeFile(join(folder, '.vscode/mcp.json'), `${JSON.stringify({ servers }, undefined, 2)}\n`);
  const chat = await newConversationIn(workbench, 'Act');
  await chat.ask('Please use docs__search for "cents"');
  const dialog = page.locator('.monaco-dialog-box');
  await dialog.getByText('Start the MCP server “docs”, as .vscode/mcp.json says?').waitFor();
  await album.take(page, 'server-asked');
  await dialog.getByRole('button', { name: 'Start', exact: true }).click();
  const card = chat.frame.getByRole('region', { name: 'Run docs__search?' });
  await card.waitFor();
  await album.take(page, 'server-tool-asked');
  await card.getByRole('button', { name: 'Allow', exact: true }).click();
  await ended(chat);
  await workbench.command('Marginalia: MCP Servers');
  await page.locator('.quick-input-list .monaco-list-row', { hasText: 'docs' }).waitFor();
  await album.take(page, 'servers');
  await workbench.pick('docs');
  await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Log' }).waitFor();
  await album.take(page, 'server');
  await workbench.pick('Stop');
}
