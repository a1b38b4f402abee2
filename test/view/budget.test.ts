import assert from 'node:assert/strict';
import { eventually } from '../../harness/drive/eventually.ts';
import { view } from '../support/view.ts';

view.use({
  settings: { 'marginalia.confirmAboveTokens': 2_000, 'marginalia.systemPrompt': 'Be kind.' },
  pace: 10,
});

const long = 'Tea and coffee, please. '.repeat(500);

view('what the next request takes stands below the message while one types', async ({ workbench, endpoint }) => {
  const chat = await workbench.openChat();
  const size = chat.button(/^Next request: /);
  await size.waitFor();
  const before = tokensIn(await size.textContent());
  await chat.box.fill('How much is this? '.repeat(40));
  await eventually(async () => assert.ok(tokensIn(await size.textContent()) > before + 100));
  assert.match((await size.textContent()) ?? '', /<1% of the context window, about <\$0\.01/);
  const left = (await chat.button('Parameters').boundingBox())?.x;

  await size.focus();
  await workbench.page.keyboard.press('Enter');
  const card = chat.frame.getByRole('dialog', { name: 'The Next Request' });
  await card.waitFor();
  const text = (await card.innerText()).replaceAll('\n', ' ');
  for (const part of [
    /of 200,000 tokens \(<1%\), an estimate/,
    /System prompt 3/,
    /This message 1\d\d/,
    /\$3\.00 in/,
  ]) {
    assert.match(text, part);
  }
  assert.equal(endpoint.requests.length, 0, 'nothing is sent before it is asked for');
  await card.getByText('Count').click();
  await card.getByText(/counted by the endpoint/).waitFor();
  assert.equal(endpoint.requests.length, 1);
  await workbench.page.keyboard.press('Escape');
  await card.waitFor({ state: 'hidden' });
  assert.match((await chat.frame.locator(':focus').textContent()) ?? '', /^Next request/);
  assert.equal((await chat.button('Parameters').boundingBox())?.x, left, 'nothing moves');
});

view('above the limit it asks, and the message stays where it was written', async ({ stage }) => {
  const { workbench, endpoint, changeSettings } = stage;
  const chat = await workbench.openChat();
  const question = chat.frame.getByRole('region', { name: 'Send this?' });
  await chat.box.fill(long);
  await chat.box.press('Enter');
  await question.getByText(/^Send about [\d,]+ tokens for about/).waitFor();
  await question.getByText('By your settings, this asks above 2,000 tokens.').waitFor();
  await eventually(async () => assert.equal(await chat.box.inputValue(), long.trim()));
  await question.getByRole('button', { name: 'Cancel' }).click();
  await question.waitFor({ state: 'hidden' });
  assert.equal(await chat.box.inputValue(), long.trim());
  assert.equal(endpoint.requests.length, 0);

  // By keyboard, without leaving the message.
  await chat.box.press('Enter');
  await question.waitFor();
  await workbench.page.keyboard.press('Escape');
  await question.waitFor({ state: 'hidden' });
  await chat.box.press('Enter');
  await question.waitFor();
  await eventually(async () => assert.equal(await chat.box.inputValue(), long.trim()));
  await workbench.page.keyboard.press('Control+Enter');
  await chat.answers.first().waitFor();
  await chat.idle();
  assert.equal(await chat.box.inputValue(), '');
  assert.equal(endpoint.requests.length, 1);

  // What the endpoint has put into its cache is expected from there.
  await chat.button(/^Next request: /).click();
  const card = chat.frame.getByRole('dialog', { name: 'The Next Request' });
  assert.match((await card.innerText()).replaceAll('\n', ' '), /Expected from the cache [23],\d{3} /);
  await workbench.page.keyboard.press('Escape');

  // What waits in the queue asks when its time has come, and what a command asks does before it goes out.
  await chat.box.fill('Write 4 long paragraphs about tea');
  await chat.box.press('Enter');
  endpoint.faults.next({ kind: 'hold', afterPieces: 5 });
  await question.getByRole('button', { name: 'Send' }).click();
  await chat.stopButton.waitFor();
  await chat.box.fill('And cocoa?');
  await chat.box.press('Enter');
  await chat.frame.getByRole('list', { name: 'Waiting to be sent' }).getByText('And cocoa?').waitFor();
  endpoint.faults.release();
  await question.getByText('And cocoa?').waitFor({ timeout: 60_000 });
  assert.equal(endpoint.requests.length, 2);
  await question.getByRole('button', { name: 'Send' }).click();
  await chat.answers.nth(2).waitFor();
  await chat.idle();
  // Without what was said before: by itself the code is small.
  await changeSettings({ 'marginalia.confirmAboveTokens': 20 });
  workbench.openFile('src/prices.ts', [1, 5]);
  await workbench.command('Marginalia: Explain Selection');
  await question.getByText('Explain this code.').waitFor();
  await question.getByRole('button', { name: 'Cancel' }).click();
  await question.waitFor({ state: 'hidden' });
  assert.equal(endpoint.requests.length, 3);
});

function tokensIn(label: string | null): number {
  return Number((/([\d,]+) tokens/.exec(label ?? '')?.[1] ?? '').replaceAll(',', ''));
}
