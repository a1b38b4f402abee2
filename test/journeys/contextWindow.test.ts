import assert from 'node:assert/strict';
import { journey } from '../support/journey.ts';
import type { Chat } from '../../harness/drive/workbench.ts';

journey.use({
  settings: {
    'marginalia.maxTokens': 500,
    'marginalia.models': { 'claude-sonnet-4-5-*': { contextWindow: 4_000 } },
  },
});

interface Body {
  messages: { role: string; content: unknown }[];
}

const story = 'Tea and coffee, please. '.repeat(640);

journey('what is attached is left out of requests, and taken in again', async ({ workbench, endpoint }) => {
  await workbench.openFile('src/orders.ts');
  await workbench.selectLines(1, 40);
  const chat = await workbench.openChat();
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

/** However long it is, and waits for the answer. */
async function ask(chat: Chat, text: string): Promise<void> {
  await chat.askAtOnce(text);
  await chat.idle();
}
