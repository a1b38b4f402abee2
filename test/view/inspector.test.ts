import assert from 'node:assert/strict';
import { eventually } from '../../harness/drive/eventually.ts';
import { environmentKey } from '../support/journey.ts';
import { view } from '../support/view.ts';

view('requests are listed with everything about them, copied, and sent again', async ({ workbench, endpoint }) => {
  const chat = await workbench.openChat();
  await chat.ask('Is forgotten');
  await chat.idle();
  await (await workbench.inspector()).getByRole('button', { name: 'Clear Requests' }).click();
  endpoint.faults.next({ kind: 'status', status: 529, headers: { 'retry-after-ms': '10' } });
  await chat.ask('Hello there');
  await chat.idle();
  const inspector = await workbench.inspector();
  await inspector.getByText('Retries: 1').waitFor();
  await inspector.getByText('Attempt 2').waitFor();
  await inspector.getByText('Connected').first().waitFor();
  await inspector.getByText('First token').waitFor();
  assert.match(await inspector.getByRole('group', { name: 'Request body' }).innerText(), /Hello there/);
  assert.match(await inspector.getByRole('group', { name: 'Answer, put together' }).innerText(), /end_turn/);
  const bodies = inspector.getByRole('group', { name: 'Body of the answer, as it came', exact: true });
  assert.match(await bodies.first().innerText(), /overloaded_error/);
  await inspector.getByText('Body of the answer, as it came').last().click();
  await eventually(async () =>
    assert.match(await bodies.last().innerText(), /event: message_start[^]*event: message_stop/),
  );

  await inspector.getByRole('button', { name: 'Copy as curl' }).click();
  await eventually(async () => {
    const copied = await workbench.page.evaluate('navigator.clipboard.readText()');
    assert.match(String(copied), /^curl -N .*\$MARGINALIA_API_KEY.*Hello there/s);
    assert.equal(String(copied).includes(environmentKey), false);
  });

  await inspector.getByRole('button', { name: 'Send Again' }).click();
  const again = await endpoint.arrival(3);
  assert.deepEqual(again.body, endpoint.requests[1]?.body);
  await inspector.getByText('Sent again').waitFor();
  await eventually(async () => assert.equal(await inspector.locator('.exchange .outcome.complete').count(), 2));

  await inspector.getByRole('button', { name: 'Clear Requests' }).click();
  await inspector.getByText('No request has been sent in this window yet.').waitFor();
});
