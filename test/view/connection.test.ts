import assert from 'node:assert/strict';
import { environmentKey } from '../support/journey.ts';
import { view } from '../support/view.ts';

view('a key that is taken as a bearer token is tried so, and goes so from then on', async ({ workbench, endpoint }) => {
  const chat = await workbench.openChat();
  endpoint.faults.next({ kind: 'status', status: 401, message: 'a bearer token is required' });
  await chat.ask('Hello');
  await chat.idle();
  assert.equal((await endpoint.arrival(0)).headers['x-api-key'], environmentKey);
  await chat.answers.last().getByRole('button', { name: 'Try It as Bearer Token' }).click();
  await endpoint.arrival(1);
  await chat.idle();
  await chat.ask('And now?');
  await chat.idle();
  for (const request of endpoint.requests.slice(1)) {
    assert.equal(request.headers.authorization, `Bearer ${environmentKey}`);
    assert.equal(request.headers['x-api-key'], undefined);
  }
  assert.equal(endpoint.requests.length, 3);
});
