import assert from 'node:assert/strict';
import { journey } from '../support/journey.ts';

journey.use({ settings: { 'marginalia.topK': 5 } });

journey('429 is waited for with a countdown, and then answered', async ({ workbench, endpoint }) => {
  endpoint.faults.next({ kind: 'status', status: 429, headers: { 'retry-after': '50' } });
  const chat = await workbench.openChat();
  await chat.ask('Hello');
  await chat.answers.getByText(/Retrying in \d+ s/).waitFor();
  await chat.button('Retry Now').click();
  await chat.answers.locator('p').first().waitFor();
  await chat.idle();
  assert.equal(endpoint.requests.length, 2);
});
