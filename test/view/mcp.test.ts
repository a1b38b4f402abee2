import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startAuthorizationServer } from '../../harness/mcp/authorizationServer.ts';
import { startHttpServer } from '../../harness/mcp/httpServer.ts';
import { eventually } from '../../harness/drive/eventually.ts';
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

/** Signs in to the server, at this authorization server. */
async function signIn(workbench: BareWorkbench, server: string, at: string): Promise<void> {
  await workbench.openChat();
  workbench.editor.openFolder();
  await workbench.changeSettings({ 'marginalia.mcp.servers': { tracker: { url: server } } });
  await workbench.command('Marginalia: MCP Servers');
  await workbench.pick('tracker');
  await workbench.pick('Start');
  await workbench.list('Sign In…');
  await workbench.pick('Sign In…');
  const page = await eventually(() => {
    const opened = workbench.editor.opened.find(url => url.startsWith(at));
    assert.ok(opened, 'no page is open');
    return opened;
  });
  assert.equal((await fetch(page)).status, 200);
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
  // The attach button offers the same.
  await chat.button('Attach').click();
  await workbench.pick('Resource of an MCP Server…');
  await workbench.pick('style');
  await chat.frame
    .getByRole('list', { name: 'Attachments' })
    .getByRole('button', { name: /^style/ })
    .waitFor();
});

view(
  'a prompt of a server is asked for what it takes, and what it says is read before it is sent',
  async ({ workbench, endpoint }) => {
    const chat = await workbench.openChat();
    workbench.editor.openFolder();
    await chat.box.click();
    await chat.page.keyboard.type('/mcp');
    const any = chat.frame.getByRole('option', { name: /^\/mcp Prompt of an MCP Server/ });
    await any.waitFor();
    assert.equal(await chat.frame.getByRole('option', { name: /docs:/ }).count(), 0, 'nothing starts for the list');
    await any.click();
    await chat.frame.getByText('Choose from the prompts of your servers.').waitFor();
    await chat.box.press('Enter');
    await workbench.pick('/docs:summary');
    await workbench.pick('printing');
    await workbench.pick('Leave Empty');
    const words = 'Summarize what the documents say about printing, in any length.';
    await eventually(async () => assert.equal(await chat.box.inputValue(), words));
    assert.equal(endpoint.requests.length, 0, 'nothing has gone out');

    await chat.box.fill('');
    await chat.page.keyboard.type('/docs:ch');
    await chat.frame.getByRole('option', { name: /^\/docs:check-style With examples/ }).click();
    await chat.frame.getByText('The server “docs” writes this message. You see it before it is sent.').waitFor();
    await chat.box.press('Enter');
    await eventually(async () =>
      assert.match(await chat.box.inputValue(), /^\(audio\/wav.*Check the⟨U\+200B⟩ style\.$/s),
    );
    const attachments = chat.frame.getByRole('list', { name: 'Attachments' });
    await attachments.getByRole('button', { name: /^docs:\/\/style/ }).waitFor();
    await attachments
      .getByRole('button', { name: /^docs:check-style/ })
      .first()
      .waitFor();
    assert.equal(endpoint.requests.length, 0);
    await chat.box.press('Enter');
    const { messages } = (await endpoint.arrival(0)).body as {
      messages: { content: { type: string; text?: string }[] }[];
    };
    const content = messages[0]?.content ?? [];
    assert.deepEqual(content.map(({ type }) => type).toSorted(), ['image', 'text', 'text', 'text']);
    assert.ok(
      content.some(({ text = '' }) => text.includes('User: How are prices written?\n\nAssistant: In whole cents.')),
    );
    await chat.idle();
  },
);

view('a prompt that its server refuses stays where it was written', async ({ workbench }) => {
  const chat = await workbench.openChat();
  workbench.editor.openFolder();
  await chat.box.click();
  await chat.page.keyboard.type('/mcp ');
  await chat.box.press('Enter');
  await workbench.pick('/docs:broken');
  await workbench.notification('The MCP server “docs”: failed: ');
  await workbench.notification('There is no prompt broken');
  await eventually(async () => assert.equal(await chat.box.inputValue(), '/mcp'));
});

view('who signs in to a server in their browser gets its tools, until they sign out', async ({ workbench }) => {
  const at = await startAuthorizationServer();
  const server = await startHttpServer({ signIn: { at } });
  try {
    await signIn(workbench, server.url, at.url);
    // The list comes back once the server runs.
    await workbench.list('Sign Out');
    await workbench.pick('Tools');
    await workbench.list('search');
    workbench.editor.pickers.at(-1)?.hide();
    const tokens = [...at.accessTokens, ...at.refreshTokens];
    assert.equal(tokens.length, 2);
    assert.ok(server.requests.some(({ headers }) => headers.authorization === `Bearer ${tokens[0]}`));

    await workbench.command('Marginalia: MCP Servers');
    await workbench.pick('tracker');
    await workbench.pick('Sign Out');
    await workbench.list('Sign In…');
    await eventually(() => assert.deepEqual([...at.accessTokens, ...at.refreshTokens], [], 'revoked'));
    await workbench.pick('Start');
    await eventually(() => assert.equal(server.requests.at(-1)?.headers.authorization, undefined));
    await workbench.list('Sign In…');
    assert.ok(!workbench.editor.pickers.at(-1)?.find('Sign Out'));
  } finally {
    await Promise.all([at.close(), server.close()]);
  }
});

view('who signs out where tokens can’t be revoked is told, and signed out', async ({ workbench }) => {
  const at = await startAuthorizationServer({ revocation: { status: 503, error: 'temporarily_unavailable' } });
  const server = await startHttpServer({ signIn: { at } });
  try {
    await signIn(workbench, server.url, at.url);
    await workbench.list('Sign Out');
    await workbench.pick('Sign Out');
    await workbench.notification(
      'Its token could not be revoked there, and may still be valid: temporarily_unavailable',
    );
    await workbench.list('Sign In…');
    assert.ok(!workbench.editor.pickers.at(-1)?.find('Sign Out'));
  } finally {
    await Promise.all([at.close(), server.close()]);
  }
});

view('an image that a server’s tool brings is shown, and sent to the model', async ({ workbench, endpoint }) => {
  const chat = await openToAct(workbench);
  await chat.ask('Use docs__draw');
  const card = chat.frame.getByRole('region', { name: 'Run docs__draw?' });
  await card.getByRole('button', { name: 'Allow', exact: true }).click();
  await chat.idle();
  const { messages } = (await endpoint.arrival(1)).body as {
    messages: { content: { content?: { type: string }[] }[] }[];
  };
  assert.deepEqual(
    messages.at(-1)?.content[0]?.content?.map(({ type }) => type),
    ['text', 'image'],
  );
  await chat.button(/^Done: docs__draw/).click();
  await chat.frame.getByRole('img', { name: 'image 1' }).waitFor();
});

view('an image among the resources of a server is attached as one', async ({ workbench }) => {
  const chat = await workbench.openChat();
  workbench.editor.openFolder();
  await chat.box.click();
  await chat.page.keyboard.type('@reso');
  await chat.frame.getByRole('option', { name: /^Resource of an MCP Server/ }).click();
  await workbench.pick('pixel');
  const attachments = chat.frame.getByRole('list', { name: 'Attachments' });
  await attachments.getByRole('button', { name: /^pixel.*1 × 1/ }).waitFor();
});

view(
  'a server of the workspace is asked about with its files, and again once one of them has changed',
  async ({ workbench }) => {
    const folder = await mkdtemp(join(tmpdir(), 'marginalia-mcp-'));
    try {
      const servers = { notes: { command: process.execPath, args: [serverScript, 'many.py'], envFile: '.env' } };
      await mkdir(join(folder, '.vscode'));
      await writeFile(join(folder, '.vscode/mcp.json'), JSON.stringify({ servers }));
      await writeFile(join(folder, '.env'), 'LEVEL=debug');
      const names = Array.from({ length: 201 }, (_, at) => `part${at}`);
      await writeFile(join(folder, 'many.py'), `import ${names.join(', ')}`);
      for (const name of names) await writeFile(join(folder, `${name}.py`), '');
      const chat = await workbench.openChat();
      workbench.editor.openFolder(folder);
      await workbench.changeSettings({ 'marginalia.mcp.servers': {} });
      const question = 'Start the MCP server “notes”, as .vscode/mcp.json says?';
      const listTo = async (state: string): Promise<void> => {
        await workbench.command('Marginalia: MCP Servers');
        await workbench.list(state);
        await workbench.pick('notes');
      };
      await listTo('asks before it starts');
      await workbench.pick('Start');
      await workbench.notification(question);
      const asked = workbench.editor.notifications.at(-1);
      assert.match(asked?.detail ?? '', /with \.env as it is now/);
      assert.match(asked?.detail ?? '', /as they are now: 200\n.*import more files than are watched/s);
      await workbench.press(question, 'Start');
      await workbench.list('Tools');
      await writeFile(join(folder, '.env'), 'LEVEL=other');
      await listTo('asks before it starts');
      await workbench.pick('Start');
      await eventually(() => {
        const questions = workbench.editor.notifications.filter(({ text }) => text.includes(question));
        assert.equal(questions.length, 2);
      });
      await workbench.press(question, 'Start');
      await workbench.list('Tools');
      await chat.box.waitFor();
    } finally {
      await rm(folder, { recursive: true });
    }
  },
);
