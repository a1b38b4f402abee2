import assert from 'node:assert/strict';
import { eventually } from '../../harness/drive/eventually.ts';
import { view } from '../support/view.ts';

view.use({
  settings: { 'marginalia.systemPrompt': 'You are a careful assistant for programmers. '.repeat(300) },
});

view('the size of a request is estimated while one types, and counted when asked', async ({ workbench, endpoint }) => {
  const chat = await workbench.openChat();
  await chat.box.fill('How long is this?');
  await workbench.command('Marginalia: Show Parameters');
  await chat.frame.getByText(/About [\d,]+ tokens \(an estimate\) · <?\d+% of the context window/).waitFor();
  await chat.button('Count').click();
  await chat.frame.getByText(/^[\d,]+ tokens · /).waitFor();
  assert.equal(await chat.button('Count').count(), 0);
  assert.equal(endpoint.requests.filter(({ path }) => path.endsWith('/count_tokens')).length, 1);
});

view('the second turn reads the first from the cache', async ({ workbench, endpoint }) => {
  const chat = await workbench.openChat();
  await chat.ask('First question');
  await chat.idle();
  await chat.ask('Second question');
  await chat.idle();
  const { messages } = (await endpoint.arrival(1)).body as { messages: { content: unknown }[] };
  assert.deepEqual(messages.at(-1)?.content, [
    { type: 'text', text: 'Second question', cache_control: { type: 'ephemeral' } },
  ]);
  await eventually(async () => {
    const title = await chat.answers.last().locator('.usage').getAttribute('title');
    assert.match(title ?? '', /from the cache: [\d,]{4,}/);
  });
});
