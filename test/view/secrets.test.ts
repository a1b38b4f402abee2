import assert from 'node:assert/strict';
import { eventually } from '../../harness/drive/eventually.ts';
import type { Chat } from '../../harness/drive/workbench.ts';
import { themes } from '../../harness/editor/themes.ts';
import { violations } from '../support/accessibility.ts';
import { madeUp } from '../support/secrets.ts';
import { view } from '../support/view.ts';

view.use({ settings: { 'marginalia.filter.secrets': 'ask' } });

const cardOf = (chat: Chat) => chat.frame.getByRole('region', { name: 'Send secrets?' });

view('secrets are asked about by keyboard before anything is sent, and come back in the answer', async ({ stage }) => {
  const { workbench, endpoint } = stage;
  const chat = await workbench.openChat();
  await chat.askAtOnce(`Is this right?\npassword: "${madeUp.password}"`);
  const card = cardOf(chat);
  await card.getByText('your message, line 2').waitFor();
  await chat.frame.getByText('Not sent yet: it waits for your word on what was found.').waitFor();
  await chat.until(`document.activeElement?.id === 'composer'`);
  await eventually(async () =>
    assert.match(await chat.frame.locator('[aria-live="polite"]').first().innerText(), /A secret was found/),
  );
  assert.equal(endpoint.requests.length, 0);
  assert.equal((await card.innerText()).includes(madeUp.password), false);
  const text = 'Write `⟦secret-1⟧` into the file:\n\n```sh\nlogin ⟦secret-1⟧\n```\n\nThat is all.';
  endpoint.faults.next({ kind: 'script', content: [{ type: 'text', text }] });
  await workbench.page.keyboard.press('Control+Enter');
  await chat.idle();
  const sent = JSON.stringify((await endpoint.arrival(0)).body);
  assert.equal(sent.includes(madeUp.password), false);
  assert.ok(sent.includes('password: \\"⟦secret-1⟧\\"'), sent);
  await chat.answers.last().getByText(`login ${madeUp.password}`).waitFor();
  await chat.frame.getByText('Adjusted in this request: messages').first().click();
  await chat.frame.getByText('One secret was sent as a placeholder and put back here.').first().waitFor();
  assert.equal(await card.count(), 0);

  // What was decided holds, and the endpoint reads the same words again.
  await chat.ask('And now?');
  await chat.idle();
  const [again, first] = [endpoint.requests[1]?.body, endpoint.requests[0]?.body] as { messages: unknown[] }[];
  assert.equal(JSON.stringify(again).includes(madeUp.password), false);
  assert.equal(JSON.stringify(again?.messages[0]).includes('⟦secret-1⟧'), JSON.stringify(first).includes('⟦secret-1⟧'));
});

view('Escape keeps the request back; tried again it can go out as it is', async ({ workbench, endpoint }) => {
  const chat = await workbench.openChat();
  await chat.ask(`My token is ${madeUp.github}`);
  await cardOf(chat).waitFor();
  await workbench.page.keyboard.press('Escape');
  await chat.frame.getByText('You kept it back because of what was found in it.').first().waitFor();
  await chat.idle();
  assert.equal(endpoint.requests.length, 0);
  await chat.frame.getByRole('button', { name: 'Try Again', exact: true }).click();
  await cardOf(chat).getByRole('button', { name: 'Send as It Is' }).press('Enter');
  await chat.idle();
  assert.ok(JSON.stringify((await endpoint.arrival(0)).body).includes(madeUp.github));
});

view('Stop while the card asks sends nothing', async ({ workbench, endpoint }) => {
  const chat = await workbench.openChat();
  await chat.ask(`My token is ${madeUp.github}`);
  await cardOf(chat).waitFor();
  await chat.stopButton.click();
  await chat.idle();
  assert.deepEqual([await cardOf(chat).count(), endpoint.requests.length], [0, 0]);
});

view(
  'a review of code with a secret finds its places, and what it has to say of the secret',
  async ({ workbench, endpoint }) => {
    const chat = await workbench.openChat();
    workbench.openFile('src/customers.ts');
    await workbench.command('Marginalia: Review File');
    await cardOf(chat).getByText('src/customers.ts, line 1').waitFor();
    await cardOf(chat).getByRole('button', { name: 'Send Placeholders' }).press('Enter');
    await chat.idle();
    const findings = chat.answers.last().locator('.finding');
    await findings
      .filter({ hasText: /secret|token/i })
      .first()
      .waitFor();
    assert.equal(await findings.filter({ hasText: 'not found' }).count(), 0);
    assert.equal(JSON.stringify((await endpoint.arrival(0)).body).includes('4f9a2c71d8e04b55'), false);
  },
);

view('the card has no accessibility violation in any theme', async ({ stage }) => {
  const { workbench, changeSettings } = stage;
  const chat = await workbench.openChat();
  await chat.askAtOnce(`My token is ${madeUp.github}\nand my key is\n${madeUp.privateKey}`);
  await cardOf(chat).getByText('Private key').waitFor();
  for (const [index, theme] of Object.values(themes).entries()) {
    await changeSettings({ 'workbench.colorTheme': theme });
    await chat.frame.locator(`body[data-vscode-theme-id="${theme}"]`).waitFor();
    assert.deepEqual(await violations(chat.frame, 'sideBar', index === 0 ? 'all' : 'colours'), [], theme);
  }
  await cardOf(chat).getByRole('checkbox').check();
  await cardOf(chat).getByRole('button', { name: 'Send Placeholders' }).press('Enter');
  await chat.idle();
});

view(
  'a tool gets what a placeholder stands for, and what goes back to the model has the placeholder again',
  async ({ stage }) => {
    const { workbench, endpoint } = stage;
    const chat = await workbench.openChat();
    workbench.editor.openFolder();
    await chat.button('Choose mode: Chat').click();
    await workbench.pick('Act');
    await chat.ask(`Write my token ${madeUp.github} into notes.txt`);
    await cardOf(chat).waitFor();
    const input = { command: 'create', path: 'notes.txt', file_text: 'token ⟦token-1⟧\n' };
    const name = 'str_replace_based_edit_tool';
    endpoint.faults.next({ kind: 'script', content: [{ type: 'tool_use', name, input }] });
    await workbench.page.keyboard.press('Control+Enter');
    const card = chat.frame.getByRole('region', { name: 'Create notes.txt?' });
    await card.getByText(`token ${madeUp.github}`).first().waitFor();
    endpoint.faults.next({ kind: 'script', content: [{ type: 'text', text: 'So be it.' }] });
    await card.getByRole('button', { name: 'Deny' }).click();
    await chat.idle();
    const sent = JSON.stringify((await endpoint.arrival(1)).body);
    assert.equal(sent.includes(madeUp.github), false);
    assert.ok(sent.includes('token ⟦token-1⟧\\n'), sent);
  },
);

view('what was decided holds in the next window, until it is taken back', async ({ workbench, endpoint }) => {
  const chat = await workbench.openChat();
  await chat.ask(`My token is ${madeUp.github}`);
  await cardOf(chat).getByRole('button', { name: 'Send as It Is' }).press('Enter');
  await chat.idle();
  await workbench.command('Marginalia: Ask About Secrets Again');
  await chat.ask('And now?');
  await cardOf(chat).getByText('an earlier message, line 1').waitFor();
  await cardOf(chat).getByRole('button', { name: 'Send as It Is' }).press('Enter');
  await chat.idle();
  await workbench.reload();
  const other = await workbench.openChat();
  await other.answers.first().waitFor();
  await other.ask('And here?');
  await other.idle();
  assert.equal(endpoint.requests.length, 3);
  assert.equal(await cardOf(other).count(), 0);
});
