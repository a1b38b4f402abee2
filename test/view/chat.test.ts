import assert from 'node:assert/strict';
import type { Fault } from '../../harness/endpoint/server.ts';
import { eventually } from '../../harness/drive/eventually.ts';
import { view } from '../support/view.ts';

/** In mid-answer, with some lines shown. */
const hold: Fault = { kind: 'hold', afterPieces: 80 };

view('Shift+Enter breaks the line and sends nothing', async ({ workbench, endpoint }) => {
  const chat = await workbench.openChat();
  await chat.box.click();
  await chat.page.keyboard.type('one');
  await chat.page.keyboard.press('Shift+Enter');
  await chat.page.keyboard.type('two');
  assert.equal(await chat.box.inputValue(), 'one\ntwo');
  assert.equal(endpoint.requests.length, 0);
  await chat.page.keyboard.press('Enter');
  const request = await endpoint.arrival(0);
  assert.match(JSON.stringify(request.body), /one\\ntwo/);
});

view('Enter that ends an input method’s composition sends nothing', async ({ workbench, endpoint, context }) => {
  const chat = await workbench.openChat();
  await chat.box.click();
  await chat.frame.evaluate(`globalThis.pressed = [];
    addEventListener('keydown', event => pressed.push(event.key), { capture: true });`);
  const devtools = await context.newCDPSession(chat.page);
  // The browser may never answer for a key that an input method keeps; that the page got it is what counts.
  const press = async (event: { key: string; code?: string }): Promise<void> => {
    const keyDown = { type: 'rawKeyDown', windowsVirtualKeyCode: 229, ...event } as const;
    devtools.send('Input.dispatchKeyEvent', keyDown).catch(() => undefined);
    await eventually(async () => assert.ok(await chat.frame.evaluate(`pressed.includes('${event.key}')`)));
  };
  await devtools.send('Input.imeSetComposition', { text: 'にほん', selectionStart: 3, selectionEnd: 3 });
  // What a browser sends while a candidate window takes the key.
  await press({ key: 'Process' });
  await press({ key: 'Enter', code: 'Enter' });
  assert.equal(endpoint.requests.length, 0);
  await devtools.send('Input.insertText', { text: '日本' });
  assert.equal(await chat.box.inputValue(), '日本');
  assert.equal(endpoint.requests.length, 0);
  await chat.page.keyboard.press('Enter');
  const request = await endpoint.arrival(0);
  assert.match(JSON.stringify(request.body), /日本/);
});

view('Stop ends the answer down to the socket and keeps what arrived', async ({ workbench, endpoint }) => {
  endpoint.faults.next(hold);
  const chat = await workbench.openChat();
  await chat.ask('Write 40 long paragraphs');
  await eventually(async () => assert.ok((await chat.answers.innerText()).length > 200));
  const closed = endpoint.requests[0]?.closed;
  await chat.stopButton.click();
  assert.equal((await closed)?.finished, false);
  await chat.sendButton.waitFor();
  const kept = await chat.answers.innerText();
  assert.ok(kept.length > 200);
  assert.match(kept, /Stopped/);
});

view(
  'what is sent while an answer runs waits, can be changed, and goes out by itself',
  async ({ workbench, endpoint }) => {
    endpoint.faults.next(hold);
    const chat = await workbench.openChat();
    await chat.ask('Write 6 long paragraphs');
    for (const text of ['second', 'third', 'fourth']) {
      await chat.box.fill(text);
      await chat.box.press('Enter');
    }
    const queued = chat.frame.getByRole('list', { name: 'Waiting to be sent' }).getByRole('listitem');
    await eventually(async () => assert.equal(await queued.count(), 3));
    await queued.nth(1).getByRole('button', { name: 'Remove Queued Message' }).click();
    await eventually(async () => assert.equal(await queued.count(), 2));
    await queued.nth(1).getByRole('button', { name: 'Edit Queued Message' }).click();
    await eventually(async () => assert.equal(await chat.box.inputValue(), 'fourth'));
    await chat.box.fill('fifth');
    endpoint.faults.release();
    const { body } = await endpoint.arrival(1);
    assert.match(JSON.stringify(body), /second/);
    await chat.idle();
    assert.equal(await queued.count(), 0);
    assert.equal(await chat.box.inputValue(), 'fifth', 'what is being typed stays');
    assert.equal(endpoint.requests.length, 2);
  },
);

view('after Stop the keyboard is in the message, by mouse and by key', async ({ workbench, endpoint }) => {
  endpoint.faults.next(hold, 2);
  const chat = await workbench.openChat();
  const focused = (): Promise<string | null> => chat.frame.evaluate('document.activeElement.id');
  await chat.ask('Write 40 long paragraphs');
  await chat.stopButton.click();
  await chat.sendButton.waitFor();
  await eventually(async () => assert.equal(await focused(), 'composer'));
  await chat.ask('Write 40 more');
  await chat.stopButton.focus();
  await chat.page.keyboard.press('Enter');
  await chat.sendButton.waitFor();
  await eventually(async () => assert.equal(await focused(), 'composer'));
});

view('Escape stops the answer too', async ({ workbench, endpoint }) => {
  endpoint.faults.next(hold);
  const chat = await workbench.openChat();
  await chat.ask('Write 40 long paragraphs');
  const { closed } = await endpoint.arrival(0);
  await endpoint.faults.held();
  await chat.page.keyboard.press('Escape');
  assert.equal((await closed).finished, false);
  await chat.sendButton.waitFor();
});

view('the next turn carries the conversation, and New Conversation clears it', async ({ workbench, endpoint }) => {
  const chat = await workbench.openChat();
  await chat.ask('My name is Ada');
  await chat.idle();
  await chat.ask('What did I say first?');
  await chat.idle();
  assert.match(await chat.answers.nth(1).innerText(), /My name is Ada/);
  await workbench.command('Marginalia: New Conversation');
  await eventually(async () => assert.equal(await chat.answers.count(), 0));
  await chat.ask('And now?');
  await chat.idle();
  const body = endpoint.requests[2]?.body as { messages: unknown[] };
  assert.equal(body.messages.length, 1);
});
