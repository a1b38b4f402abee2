import assert from 'node:assert/strict';
import { view } from '../support/view.ts';

view.use({ settings: { 'marginalia.stream': false } });

view('a wrapped answer that was not streamed is read', async ({ workbench, endpoint }) => {
  endpoint.faults.next({ kind: 'envelope' });
  const chat = await workbench.openChat();
  await chat.ask('Hello');
  await chat.idle();
  assert.match(await chat.answers.innerText(), /Demo endpoint/);
  assert.equal(endpoint.requests.length, 1, 'it is not asked for once more');
});
