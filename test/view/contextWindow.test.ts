import assert from 'node:assert/strict';
import { eventually } from '../../harness/drive/eventually.ts';
import { view } from '../support/view.ts';
import type { Chat } from '../../harness/drive/workbench.ts';

view.use({
  settings: {
    'marginalia.maxTokens': 500,
    'marginalia.models': { 'claude-sonnet-4-5-*': { contextWindow: 4_000 } },
  },
});

interface Body {
  messages: { role: string; content: unknown }[];
}

const story = 'Tea and coffee, please. '.repeat(640);
const gist = { kind: 'script', content: [{ type: 'text', text: 'We spoke about **tea**.' }] } as const;

view('older turns are summed up, sent as that, and sent again when it is undone', async ({ workbench, endpoint }) => {
  const chat = await workbench.openChat();
  const offers = chat.frame.getByRole('region', { name: 'Make Room' });
  await ask(chat, story);
  await offers.getByText(/context window/).waitFor();
  await ask(chat, 'And cocoa?');

  endpoint.faults.next(gist);
  await offers.getByRole('button', { name: 'Summarize Older Turns' }).click();
  const summary = chat.frame.getByRole('article', { name: 'Summary' });
  await summary.getByText('We spoke about tea.').waitFor();
  assert.match(lastText((await endpoint.arrival(2)).body), /^Summarise our conversation so far\./);
  await chat.showStart();
  await chat.questions.first().getByText('Summarized for the model').waitFor();
  await chat.showEnd();
  await offers.waitFor({ state: 'hidden' });

  await summary.getByRole('button', { name: 'Edit Summary' }).click();
  await summary.getByRole('textbox', { name: 'Summary' }).fill('We spoke about **green** tea.');
  await summary.getByRole('button', { name: 'Save' }).click();
  await summary.getByText('We spoke about green tea.').waitFor();
  await ask(chat, 'What did I ask?');
  const { messages } = (await endpoint.arrival(3)).body as Body;
  assert.equal(messages.length, 3);
  assert.match(
    JSON.stringify(messages[0]),
    /<summary>\\nWe spoke about \*\*green\*\* tea\.\\n<\/summary>\\n\\nAnd cocoa\?"/,
  );

  await workbench.reload();
  const again = await workbench.openChat();
  await again.frame.getByRole('article', { name: 'Summary' }).getByRole('button', { name: 'Undo Summary' }).click();
  await eventually(async () => assert.equal(await again.frame.getByText('Summarized for the model').count(), 0));
  await ask(again, 'And now?');
  assert.match(JSON.stringify((await endpoint.arrival(4)).body), /Tea and coffee, please/);
});

view('a summary that is cancelled leaves everything as it was', async ({ workbench, endpoint }) => {
  const chat = await workbench.openChat();
  await ask(chat, story);
  endpoint.faults.next({ kind: 'stall', afterPieces: 1 });
  await chat.button('Summarize Older Turns').click();
  const summary = chat.frame.getByRole('article', { name: 'Summary' });
  await summary.getByRole('button', { name: 'Cancel' }).click();
  await summary.waitFor({ state: 'hidden' });
  await chat.button('Summarize Older Turns').waitFor();
});

view('"prompt is too long" offers ways on, and the question is answered', async ({ workbench, endpoint }) => {
  const chat = await workbench.openChat();
  await ask(chat, 'First words');
  endpoint.faults.next({ kind: 'status', status: 400, message: 'prompt is too long: 5210 tokens > 3000 maximum' });
  await ask(chat, 'Second words');
  await chat.answers.last().getByText('The conversation is too long for this model').waitFor();
  const offers = chat.frame.getByRole('region', { name: 'Make Room' });
  assert.equal(await offers.getByRole('button', { name: /Settings/ }).count(), 0);
  endpoint.faults.next(gist);
  await offers.getByRole('button', { name: 'Summarize Older Turns' }).click();
  await chat.frame.getByText('We spoke about tea.').waitFor();
  await offers.getByRole('button', { name: 'Try Again', exact: true }).click();
  const { messages } = (await endpoint.arrival(3)).body as Body;
  assert.match(JSON.stringify(messages), /We spoke about \*\*tea\*\*\..*Second words/);
  assert.equal(messages.length, 1);
  await chat.idle();
  assert.equal(await chat.frame.locator('.notice.error').count(), 0);
});

view('what was not answered goes on in a new conversation, with the summary', async ({ workbench, endpoint }) => {
  const chat = await workbench.openChat();
  await ask(chat, 'First words');
  endpoint.faults.next({
    kind: 'status',
    status: 400,
    shape: 'relay',
    message: 'Input is too long for requested model.',
  });
  await ask(chat, 'Second words');
  endpoint.faults.next(gist);
  await chat.button('New with Summary').click();
  await eventually(async () => assert.equal(await chat.questions.count(), 0));
  await chat.frame.getByRole('article', { name: 'Summary' }).getByText('We spoke about tea.').waitFor();
  await eventually(async () => assert.equal(await chat.box.inputValue(), 'Second words'));
  await chat.box.press('Enter');
  const { messages } = (await endpoint.arrival(3)).body as Body;
  assert.match(JSON.stringify(messages), /We spoke about \*\*tea\*\*\..*Second words/);
  await chat.idle();
});

view('what is typed at the last moment goes along, or is kept where it was typed', async ({ workbench, endpoint }) => {
  const chat = await workbench.openChat();
  await ask(chat, 'First words');
  endpoint.faults.next({ kind: 'status', status: 400, message: 'prompt is too long: 5210 tokens > 3000 maximum' });
  await ask(chat, 'Second words');
  await chat.button('New Conversation').waitFor();
  // The draft is told when the keys pause: nothing of this waits for that.
  await chat.frame.locator('body').evaluate(body => {
    const box = body.querySelector<HTMLTextAreaElement>('textarea#composer');
    if (box) box.value = 'Third words';
    box?.dispatchEvent(new InputEvent('input', { bubbles: true }));
    const buttons = body.querySelectorAll<HTMLElement>('vscode-button');
    [...buttons].find(({ textContent }) => textContent.trim() === 'New Conversation')?.click();
  });
  await eventually(async () => assert.equal(await chat.box.inputValue(), 'Second words\n\nThird words'));
  await workbench.openConversation('First words');
  await eventually(async () => assert.equal(await chat.questions.count(), 2));
  assert.equal(await chat.box.inputValue(), '', 'it has moved');
  await chat.box.fill('Fourth words');
  await workbench.command('Marginalia: New Conversation');
  await eventually(async () => assert.equal(await chat.questions.count(), 0));
  await workbench.openConversation('First words');
  await eventually(async () => assert.equal(await chat.box.inputValue(), 'Fourth words'));
});

view('an answer that fills the window can go on after room was made', async ({ workbench, endpoint }) => {
  const chat = await workbench.openChat();
  await ask(chat, 'First words');
  endpoint.faults.next({
    kind: 'script',
    content: [{ type: 'text', text: 'The answer begins' }],
    stopReason: 'model_context_window_exceeded',
  });
  await ask(chat, 'Second words');
  await chat.button('Continue').waitFor();
  endpoint.faults.next(gist);
  await chat.button('Summarize Older Turns').click();
  await chat.frame.getByText('We spoke about tea.').waitFor();
  await chat.button('Continue').click();
  const { messages } = (await endpoint.arrival(3)).body as Body;
  assert.match(JSON.stringify(messages), /We spoke about \*\*tea\*\*\..*Second words/);
  assert.deepEqual(messages.at(-1), { role: 'assistant', content: 'The answer begins' });
  await chat.idle();
});

view(
  'a question that is too long is asked of a model with a larger window, and only those are offered',
  async ({ workbench, endpoint }) => {
    const chat = await workbench.openChat();
    await ask(chat, 'First words');
    endpoint.faults.next({
      kind: 'status',
      status: 400,
      message: 'prompt is too long: 210000 tokens > 200000 maximum',
    });
    await ask(chat, 'Second words');
    await chat.answers.last().getByRole('button', { name: 'Larger Model…' }).click();
    const list = await workbench.list('1M context');
    assert.ok(list.find('Claude Opus 5'));
    for (const other of ['4K context', 'claude-sonnet-4-5', 'Enter another id']) {
      assert.equal(list.find(other), undefined, other);
    }
    list.choose('Claude Opus 5');
    await eventually(() => {
      const asked = endpoint.requests.filter(({ path }) => path === '/v1/messages');
      assert.equal((asked[2]?.body as { model: string } | undefined)?.model, 'claude-opus-5');
    });
    await chat.idle();
    assert.equal(await chat.frame.locator('.notice.error').count(), 0);
  },
);

/** However long it is, and waits for the answer. */
async function ask(chat: Chat, text: string): Promise<void> {
  await chat.askAtOnce(text);
  await chat.idle();
}

function lastText(body: unknown): string {
  const content = (body as Body).messages.at(-1)?.content;
  if (typeof content === 'string') return content;
  return (content as { text: string }[]).at(-1)?.text ?? '';
}

view('what is attached is left out of requests, and taken in again', async ({ workbench, endpoint }) => {
  const chat = await workbench.openChat();
  workbench.openFile('src/orders.ts', [1, 40]);
  await workbench.command('Marginalia: Explain Selection');
  await chat.answers.first().waitFor();
  await chat.idle();
  await ask(chat, story);
  await chat.button('Attachments…').click();
  const code = chat.frame.getByRole('checkbox', { name: /src\/orders\.ts:1-40/ });
  await code.click();
  await chat.showStart();
  await chat.frame.getByText('Not sent any more: src/orders.ts:1-40').waitFor();
  await ask(chat, 'And now?');
  const { messages } = (await endpoint.arrival(2)).body as Body;
  assert.equal(messages[0]?.content, 'Explain this code.\n\n[src/orders.ts:1-40, 40 lines, was attached here]');
  await chat.showStart();
  await chat.button('Send Again').click();
  await chat.frame.getByText('Not sent any more').waitFor({ state: 'hidden' });
  await ask(chat, 'And again?');
  assert.match(JSON.stringify((await endpoint.arrival(3)).body), /File: src\/orders\.ts/);
});

view('what came with a question that is too long can be left out, and it is asked again', async ({ stage }) => {
  const { workbench, endpoint } = stage;
  const chat = await workbench.openChat();
  workbench.openFile('src/orders.ts');
  await workbench.command('Marginalia: Add File to Chat');
  await chat.button('Remove orders.ts').waitFor();
  endpoint.faults.next({ kind: 'status', status: 400, message: 'prompt is too long: 5210 tokens > 3000 maximum' });
  await ask(chat, 'What is this?');
  const offers = chat.answers.last().getByRole('region', { name: 'Make Room' });
  await offers.getByRole('button', { name: 'Attachments…' }).click();
  const file = offers.getByRole('checkbox', { name: /orders\.ts\s*last message/ });
  await file.click();
  await offers.getByRole('button', { name: 'Try Again', exact: true }).click();
  const { messages } = (await endpoint.arrival(1)).body as Body;
  assert.doesNotMatch(JSON.stringify(messages), /File: src/);
  assert.match(JSON.stringify(messages), /orders\.ts.* was attached here/);
  await chat.idle();
});
