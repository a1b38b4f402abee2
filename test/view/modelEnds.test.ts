import assert from 'node:assert/strict';
import { eventually } from '../../harness/drive/eventually.ts';
import { view } from '../support/view.ts';

view('a model that ends is named once, and each way on is one click', async ({ workbench, endpoint }) => {
  const asked = (): unknown => (endpoint.requests.at(-1)?.body as { model?: string } | undefined)?.model;
  const chat = await workbench.openChat();

  // It still answers here, and is left behind with the button of the message.
  await chat.ask('Hello');
  await chat.idle();
  assert.equal(asked(), 'claude-sonnet-4-5-20250929');
  const message = 'claude-sonnet-4-5-20250929 ended with its vendor on 2026-11-30';
  await workbench.press(message, 'Use claude-sonnet-5');
  await chat.button('claude-sonnet-5').waitFor();

  // It does not answer any more.
  await workbench.command('Marginalia: Choose Model…');
  // The endpoint's list takes the place of the one that is known.
  await workbench.list('Claude Opus 5');
  await workbench.pick('ends with its vendor on 2026-08-05, then claude-opus-5');
  await chat.button('claude-opus-4-1').waitFor();
  endpoint.faults.next({ kind: 'status', status: 404, message: 'model: claude-opus-4-1-20250805' });
  await chat.ask('And now?');
  await chat.idle();
  await chat.answers.last().getByText('Its vendor ends it on 2026-08-05. claude-opus-5 takes its place.').waitFor();
  await chat.answers.last().getByRole('button', { name: 'Use claude-opus-5' }).click();
  await eventually(() => assert.equal(asked(), 'claude-opus-5'));
  await chat.idle();
  await chat.button('claude-opus-5').waitFor();
});

view(
  'where the endpoint does not list the default model, the first question asks for one',
  async ({ workbench, endpoint }) => {
    const list = JSON.stringify({ data: [{ id: 'claude-opus-5', display_name: 'Claude Opus 5' }] });
    endpoint.faults.nextFor('models', { kind: 'status', status: 200, body: list });
    const chat = await workbench.openChat();
    await workbench.command('Marginalia: Choose Model…');
    (await workbench.list('Claude Opus 5')).hide();
    await chat.box.fill('Hello');
    await chat.box.press('Enter');
    const asked = await workbench.list('Claude Opus 5');
    assert.match(asked.placeholder, /^claude-sonnet-4-5-20250929 is not offered here/);
    asked.hide();
    await eventually(async () => assert.equal(await chat.box.inputValue(), 'Hello', 'nothing is lost'));
    assert.equal(endpoint.requests.filter(({ path }) => path === '/v1/messages').length, 0);
    await chat.box.press('Enter');
    await workbench.pick('Claude Opus 5');
    await chat.answers.first().waitFor();
    await chat.idle();
    const { model } = (await endpoint.arrival(1)).body as { model: string };
    assert.equal(model, 'claude-opus-5');
  },
);
