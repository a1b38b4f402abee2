import assert from 'node:assert/strict';
import type { Fault } from '../../harness/endpoint/server.ts';
import { eventually } from '../../harness/drive/eventually.ts';
import { view } from '../support/view.ts';

view.use({ settings: { 'marginalia.topK': 5 } });

const refusals: [fault: Fault, says: RegExp, offers: string][] = [
  [{ kind: 'status', status: 401 }, /key was not accepted/i, 'Set API Key'],
  [{ kind: 'status', status: 402, shape: 'relay', message: 'insufficient balance' }, /no credit/i, 'Try Again'],
  [{ kind: 'status', status: 404, message: 'model: nope' }, /not found/i, 'Choose Model'],
  [
    { kind: 'status', status: 502, shape: 'html', headers: { 'x-should-retry': 'false' } },
    /server|endpoint/i,
    'Try Again',
  ],
];

view(
  'what the endpoint refuses is said, with what to do next, and stays out of what is sent later',
  async ({ workbench, endpoint }) => {
    const chat = await workbench.openChat();
    for (const [index, [fault, says, offers]] of refusals.entries()) {
      endpoint.faults.next(fault);
      await chat.ask(`Hello ${index}`);
      await chat.idle();
      const answer = chat.answers.last();
      assert.match(await answer.innerText(), says);
      await answer.getByRole('button', { name: offers }).first().waitFor();
      await answer.getByText('Not part of the conversation').waitFor();
      assert.match(await chat.questions.last().innerText(), new RegExp(`Hello ${index}`));
    }
    assert.equal(endpoint.requests.length, refusals.length, 'nothing is tried again by itself');
    const past = chat.frame.locator('.past-notice');
    assert.equal(await chat.frame.locator('.notice.error').count(), 1);
    assert.equal(await past.count(), refusals.length - 1, 'the notices before the last are a line each');
    assert.equal(await past.getByRole('button').count(), 0);
    const first = past.filter({ hasText: 'The API key was not accepted' });
    assert.equal(await first.getByText('Check that it is complete').isVisible(), false);
    await first.locator('summary').click();
    await first.getByText('Check that it is complete').waitFor();
    await chat.ask('And now?');
    await chat.idle();
    await chat.answers.last().getByText('Questions without an answer were left out.').waitFor({ state: 'attached' });
    const { messages } = (await endpoint.arrival(refusals.length)).body as { messages: unknown[] };
    assert.deepEqual(messages, [{ role: 'user', content: 'And now?' }]);
  },
);

view('the wait can be skipped, and cancelled', async ({ workbench, endpoint }) => {
  endpoint.faults.next({ kind: 'status', status: 529, headers: { 'retry-after': '50' } }, 2);
  const chat = await workbench.openChat();
  await chat.ask('Hello');
  await chat.button('Retry Now').click();
  await endpoint.arrival(1);
  await chat.button('Cancel').click();
  await chat.sendButton.waitFor();
  assert.equal(endpoint.requests.length, 2);
  assert.match(await chat.answers.innerText(), /Stopped/);
});

const cuts: [what: string, fault: Fault, says: RegExp][] = [
  ['a dropped connection', { kind: 'cutAfterPieces', n: 12 }, /connection/i],
  ['a stream that stops without its end', { kind: 'endAfterPieces', n: 12 }, /ended|complete/i],
  [
    'an error in the middle',
    { kind: 'errorEvent', afterPieces: 12, type: 'overloaded_error', message: 'Overloaded' },
    /Overloaded|overloaded/,
  ],
];

for (const [what, fault, says] of cuts) {
  view(`${what} keeps the text, says so, and can be tried again`, async ({ workbench, endpoint }) => {
    endpoint.faults.next(fault);
    const chat = await workbench.openChat();
    await chat.ask('Show me a list about tea');
    await chat.idle();
    const text = await chat.answers.innerText();
    assert.match(text, /Demo endpoint/);
    assert.match(text, says);
    assert.equal(endpoint.requests.length, 1, 'nothing is sent again once text was shown');
    await chat.button('Try Again').click();
    await endpoint.arrival(1);
    await chat.idle();
    await eventually(async () => assert.match(await chat.answers.innerText(), /Tokens/));
  });
}

view('a cut answer is continued where it stopped, letter by letter', async ({ workbench, endpoint }) => {
  endpoint.faults.next({ kind: 'cutAfterPieces', n: 12 });
  const chat = await workbench.openChat();
  await chat.ask('Show me a list about tea');
  await chat.button('Continue').click();
  const { messages } = (await endpoint.arrival(1)).body as { messages: { role: string }[] };
  await chat.idle();
  await eventually(async () => assert.equal(await chat.answers.locator('.notice').count(), 0));
  const stitched = await chat.answers.locator('.markdown').innerText();
  assert.equal(messages.at(-1)?.role, 'assistant');

  await workbench.command('Marginalia: New Conversation');
  await eventually(async () => assert.equal(await chat.questions.count(), 0));
  await chat.ask('Show me a list about tea');
  await chat.idle();
  assert.equal(stitched, await chat.answers.locator('.markdown').innerText());
});

view('a field that the endpoint refuses can be left out, and stays out', async ({ workbench, endpoint }) => {
  endpoint.faults.next({ kind: 'status', status: 400, message: 'top_k: Extra inputs are not permitted' });
  const chat = await workbench.openChat();
  await chat.ask('Hello');
  await chat.button('Retry Without top_k').click();
  await endpoint.arrival(1);
  await chat.idle();
  await chat.ask('And again');
  await chat.idle();
  assert.deepEqual(
    endpoint.requests.map(({ body }) => (body as { top_k?: number }).top_k),
    [5, undefined, undefined],
  );
  await chat.answers.last().getByText('Adjusted in this request: top_k').waitFor();
});

const forms: [what: string, fault: Fault][] = [
  ['a message in a relay’s envelope', { kind: 'envelope' }],
  ['a whole message where a stream was asked for', { kind: 'jsonForStream' }],
  ['a stream without event names', { kind: 'noEventLines' }],
];

for (const [what, fault] of forms) {
  view(`${what} is an answer like any other`, async ({ workbench, endpoint }) => {
    endpoint.faults.next(fault);
    const chat = await workbench.openChat();
    await chat.ask('Hello');
    await chat.idle();
    assert.match(await chat.answers.innerText(), /Demo endpoint/);
    assert.match(await chat.answers.innerText(), /Tokens/);
    assert.equal(endpoint.requests.length, 1, 'it is not asked for once more');
  });
}

for (const [stopReason, says] of [
  ['refusal', /The model declined to answer this/],
  ['content_filter', /A filter of the endpoint stopped this answer/],
] as const) {
  view(
    `${stopReason} is shown with the endpoint’s reason, and the message can be changed`,
    async ({ workbench, endpoint }) => {
      const chat = await workbench.openChat();
      const stopDetails = { type: 'refusal', category: 'cyber', explanation: 'It asks for an exploit.' };
      endpoint.faults.next({ kind: 'script', content: [{ type: 'text', text: 'Well' }], stopReason, stopDetails });
      await chat.ask('Write an exploit');
      await chat.idle();
      await chat.answers.last().getByText(says).waitFor();
      await chat.answers.last().getByText('cyber: It asks for an exploit.').waitFor();
      await chat.answers.last().getByRole('button', { name: 'Another Model…', exact: true }).waitFor();
      await chat.answers.last().getByRole('button', { name: 'Edit Message' }).click();
      const editor = chat.frame.getByRole('textbox', { name: /edit/i });
      await editor.fill('Write a test');
      await editor.press('Control+Enter');
      await chat.idle();
      const { messages } = (await endpoint.arrival(1)).body as { messages: unknown[] };
      assert.deepEqual(messages.length, 1);
      assert.ok(!JSON.stringify(messages).includes('exploit'));
    },
  );
}

view('a review that the model declines says so', async ({ workbench, endpoint }) => {
  const chat = await workbench.openChat();
  workbench.openFile('src/customers.ts');
  endpoint.faults.next({ kind: 'script', content: [{ type: 'text', text: 'No.' }], stopReason: 'refusal' });
  await workbench.command('Marginalia: Review File');
  await chat.answers
    .last()
    .getByText(/The model declined to answer this/)
    .waitFor();
});

view('what is too large for the endpoint is said, and nothing of it is lost', async ({ workbench, endpoint }) => {
  const chat = await workbench.openChat();
  endpoint.faults.next({ kind: 'status', status: 413, shape: 'html' });
  await chat.ask('All of it');
  await chat.idle();
  const answer = chat.answers.last();
  await answer.getByText('The conversation is too large to send (413)').waitFor();
  await answer.getByRole('region', { name: 'Make Room' }).getByRole('button', { name: 'Try Again' }).click();
  await chat.idle();
  const { messages } = (await endpoint.arrival(1)).body as { messages: unknown[] };
  assert.deepEqual(messages, [{ role: 'user', content: 'All of it' }]);
});

view('a message of nothing but white space goes nowhere', async ({ workbench, endpoint }) => {
  const chat = await workbench.openChat();
  await chat.box.fill(' \n ');
  await chat.box.press('Enter');
  assert.ok(await chat.frame.getByRole('button', { name: 'Send', exact: true }).isDisabled());
  await chat.ask('Now\0');
  await chat.idle();
  assert.equal(endpoint.requests.length, 1);
  const { messages } = (await endpoint.arrival(0)).body as { messages: unknown[] };
  assert.deepEqual(messages, [{ role: 'user', content: 'Now␀' }]);
});
