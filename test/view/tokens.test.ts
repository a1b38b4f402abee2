import assert from 'node:assert/strict';
import { view } from '../support/view.ts';

view.use({
  settings: { 'marginalia.systemPrompt': 'You are a careful assistant for programmers. '.repeat(300) },
});

view('the size of a request is estimated while one types, and counted when asked', async ({ workbench, endpoint }) => {
  const chat = await workbench.openChat();
  await chat.box.fill('How long is this?');
  await workbench.command('Marginalia: Show Parameters');
  await chat.frame.getByText(/About [\d,]+ tokens \(an estimate\) · [\d.]+% of the context window/).waitFor();
  await chat.button('Count').click();
  await chat.frame.getByText(/^[\d,]+ tokens · /).waitFor();
  assert.equal(await chat.button('Count').count(), 0);
  assert.equal(endpoint.requests.filter(({ path }) => path.endsWith('/count_tokens')).length, 1);
});
