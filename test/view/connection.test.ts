import assert from 'node:assert/strict';
import { eventually } from '../../harness/drive/eventually.ts';
import type { BareWorkbench } from '../support/bareEditor/bareWorkbench.ts';
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

view('a key that is not accepted is told, with what to do', async ({ workbench, endpoint }) => {
  endpoint.faults.next({ kind: 'status', status: 401, message: `invalid x-api-key ${environmentKey}` }, Infinity);
  const report = await check(workbench, /not accepted/);
  assert.match(report, /API key accepted: no/);
  assert.match(report, /Streamed answer: not tried/);
  assert.equal(report.includes(environmentKey), false);
  await workbench.notification('does not accept the API key');
});

view('a check of an endpoint that hangs can be cancelled', async ({ workbench, endpoint }) => {
  endpoint.faults.next({ kind: 'silence', ms: 120_000 });
  const report = check(workbench, /stopped before its end/);
  await endpoint.arrival(3);
  workbench.editor.progresses.at(-1)?.cancel();
  await report;
  assert.equal(endpoint.requests.length, 4);
});

view('a whole endpoint that was pasted as base URL works, and its plain form is offered', async ({ stage }) => {
  const { workbench, endpoint, changeSettings } = stage;
  await changeSettings({ 'marginalia.baseUrl': `${endpoint.baseUrl}/v1/messages` });
  await check(workbench, /Chatting works/);
  await workbench.press(endpoint.baseUrl, `Use ${endpoint.baseUrl}`);
  await eventually(() => assert.equal(workbench.editor.settings.get('marginalia.baseUrl'), endpoint.baseUrl));
});

/** Checks the connection, and gives the report once it says `what`. */
async function check(workbench: BareWorkbench, what: RegExp): Promise<string> {
  await workbench.openChat();
  await workbench.command('Marginalia: Check Connection');
  await workbench.press('Check the connection with', 'Check');
  return eventually(() => {
    const document = workbench.editor.activeTextEditor?.document;
    assert.equal(document?.uri.path, '/Connection Check.md');
    const text = document.getText();
    assert.match(text, what);
    return text;
  });
}
