import assert from 'node:assert/strict';
import type { Chat } from '../../harness/drive/workbench.ts';
import { journey } from '../support/journey.ts';

journey.use({
  settings: {
    'marginalia.maxTokens': 500,
    'marginalia.models': { 'claude-sonnet-4-5-*': { contextWindow: 4_000 } },
  },
});

interface Body {
  messages: { role: string; content: unknown }[];
}

journey(
  'what came with a question that is too long can be left out, and it is asked again',
  async ({ workbench, endpoint }) => {
    await workbench.openFile('src/orders.ts');
    const chat = await workbench.openChat();
    await chat.box.pressSequentially('@orders.ts');
    await chat.frame
      .getByRole('option', { name: /orders\.ts/ })
      .first()
      .click();
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
  },
);

/** However long it is, and waits for the answer. */
async function ask(chat: Chat, text: string): Promise<void> {
  await chat.askAtOnce(text);
  await chat.idle();
}
