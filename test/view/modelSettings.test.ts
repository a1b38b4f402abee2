import assert from 'node:assert/strict';
import { view } from '../support/view.ts';

view.use({
  settings: { 'marginalia.models': { 'claude-sonnet-4-5*': { maxOutput: 77 } } },
});

view('what the user has set about a model decides what is sent', async ({ workbench, endpoint }) => {
  const chat = await workbench.openChat();
  await chat.ask('Hello');
  await chat.idle();
  const body = endpoint.requests[0]?.body as { max_tokens: number };
  assert.equal(body.max_tokens, 77);
});
