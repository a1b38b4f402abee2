import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Chat } from '../../harness/drive/workbench.ts';
import { themes } from '../../harness/editor/themes.ts';
import { violations } from '../support/accessibility.ts';
import { view } from '../support/view.ts';

/** Judges by words in the texts. */
const script = `
  let input = '';
  process.stdin.on('data', text => (input += text)).on('end', () => {
    const said = JSON.parse(input).texts.map(({ text }) => text).join(' ');
    if (said.includes('broken')) throw new Error('The check has lost its list.');
    const verdict = said.includes('forbidden') ? 'block' : said.includes('doubtful') ? 'ask' : 'allow';
    const answer = () => console.log(JSON.stringify({ verdict, reason: 'It says ' + verdict + '.' }));
    if (said.includes('slow')) setTimeout(answer, 60_000);
    else answer();
  });`;

view.use({ settings: { 'marginalia.moderation.command': [process.execPath, '-e', script] } });

const cardOf = (chat: Chat) => chat.frame.getByRole('region', { name: 'Your check' });

view('a blocked message is not sent, says why, and goes out once it is changed', async ({ workbench, endpoint }) => {
  const chat = await workbench.openChat();
  await chat.askAtOnce('This is forbidden');
  await chat.frame.getByRole('heading', { name: 'Not sent: your check has blocked it' }).waitFor();
  await chat.frame.getByText('It says block.').waitFor();
  await chat.idle();
  assert.equal(endpoint.requests.length, 0);
  await chat.frame.getByRole('button', { name: 'Edit Message' }).click();
  const editor = chat.frame.getByRole('textbox', { name: /edit/i });
  assert.equal(await editor.inputValue(), 'This is forbidden');
  await editor.fill('This is fine');
  await editor.press('Control+Enter');
  await chat.idle();
  assert.deepEqual(endpoint.requests.length, 1);
  assert.ok(!JSON.stringify(endpoint.requests[0]?.body).includes('forbidden'));
});

view('what the check leaves to the user goes out with their word, by keyboard', async ({ stage }) => {
  const { workbench, endpoint, changeSettings } = stage;
  const chat = await workbench.openChat();
  await chat.askAtOnce('This is doubtful');
  const card = cardOf(chat);
  await card.getByText('It says ask.').waitFor();
  assert.equal(endpoint.requests.length, 0);
  for (const [index, theme] of Object.values(themes).entries()) {
    await changeSettings({ 'workbench.colorTheme': theme });
    await chat.frame.locator(`body[data-vscode-theme-id="${theme}"]`).waitFor();
    assert.deepEqual(await violations(chat.frame, 'sideBar', index === 0 ? 'all' : 'colours'), [], theme);
  }
  await workbench.page.keyboard.press('Escape');
  await chat.frame.getByText('You kept it back because of what was found in it.').first().waitFor();
  await chat.idle();
  assert.equal(endpoint.requests.length, 0);
  await chat.frame.getByRole('button', { name: 'Try Again', exact: true }).click();
  endpoint.faults.next({ kind: 'script', content: [{ type: 'text', text: 'Doubtful, or doubtful.' }] });
  await card.getByRole('button', { name: 'Send Anyway' }).press('Enter');
  await card.getByRole('heading', { name: 'Your check asks: use this answer?' }).waitFor();
  assert.equal(endpoint.requests.length, 1);
  await workbench.page.keyboard.press('Control+Enter');
  await chat.idle();
  await chat.answers.last().getByText('Doubtful, or doubtful.').waitFor();
  assert.equal(await card.count(), 0);
});

view('a check that fails lets nothing out, and leads to its settings', async ({ workbench, endpoint }) => {
  const chat = await workbench.openChat();
  await chat.askAtOnce('This is broken');
  await chat.frame.getByRole('heading', { name: 'Not sent: your check has brought no verdict' }).waitFor();
  await chat.answers
    .last()
    .getByText(/The check has lost its list\./)
    .waitFor();
  await chat.frame.getByRole('button', { name: 'Check’s Settings' }).waitFor();
  await chat.idle();
  assert.equal(endpoint.requests.length, 0);
});

view('Stop ends a check that runs, and sends nothing', async ({ workbench, endpoint }) => {
  const chat = await workbench.openChat();
  await chat.askAtOnce('This is slow');
  await cardOf(chat).getByText('Your check looks at what goes out. Nothing is sent before.').waitFor();
  await chat.frame.getByText('Not sent yet: your check looks at it…').waitFor();
  await chat.stopButton.click();
  await chat.idle();
  assert.deepEqual([await cardOf(chat).count(), endpoint.requests.length], [0, 0]);
});

view('a blocked answer stands behind a notice, whole, and its tools do not run', async ({ workbench, endpoint }) => {
  const chat = await workbench.openChat();
  workbench.editor.openFolder();
  await chat.button('Choose mode: Chat').click();
  await workbench.pick('Act');
  endpoint.faults.next({
    kind: 'script',
    content: [
      { type: 'text', text: 'A forbidden thing.' },
      { type: 'tool_use', name: 'str_replace_based_edit_tool', input: { command: 'view', path: '.' } },
    ],
  });
  await chat.askAtOnce('Go on');
  await chat.frame.getByRole('heading', { name: 'Your check has blocked this answer' }).waitFor();
  await chat.idle();
  assert.equal(endpoint.requests.length, 1, 'its tool has not run');
  const text = chat.answers.last().getByText('A forbidden thing.');
  assert.equal(await text.count(), 0);
  await chat.frame.getByRole('button', { name: 'Show Answer' }).click();
  await text.waitFor();
  await chat.frame.getByRole('button', { name: 'Hide Answer' }).click();
  await text.waitFor({ state: 'detached' });
  await chat.ask('And now?');
  await chat.idle();
  assert.ok(!JSON.stringify((await endpoint.arrival(1)).body).includes('forbidden'));
});

view('a check behind an address is asked before the endpoint, and gets no key', async ({ stage }) => {
  const { workbench, endpoint, changeSettings } = stage;
  const asked: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      asked.push(`${endpoint.requests.length} ${JSON.stringify(request.headers)} ${body}`);
      response.end('{"verdict":"allow"}');
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/check`;
  await changeSettings({ 'marginalia.moderation.command': [], 'marginalia.moderation.endpoint': address });
  try {
    const chat = await workbench.openChat();
    await chat.ask('Hello there');
    await chat.idle();
    const [out = '', back = ''] = asked;
    assert.match(out, /^0 .*"way":"out".*Hello there/);
    assert.match(back, /^1 .*"way":"back"/);
    const { headers } = await endpoint.arrival(0);
    const key = String(headers['x-api-key']);
    assert.ok(key.length > 8 && !asked.join().includes(key));
  } finally {
    server.close();
  }
});
