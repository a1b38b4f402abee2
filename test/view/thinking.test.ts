import assert from 'node:assert/strict';
import { eventually } from '../../harness/drive/eventually.ts';
import type { Fault } from '../../harness/endpoint/faults.ts';
import { view, type ViewStage } from '../support/view.ts';
import type { Chat } from '../../harness/drive/workbench.ts';

// The answers wait in the middle of their thinking, until what stands there has been seen.
view.use({ pace: 0 });
const words = 'One thought follows another, and each of them is a line.\n\n'.repeat(40);

view('thinking is folded, counts its seconds, and keeps its time through a reload', async ({ workbench, endpoint }) => {
  const chat = await workbench.openChat();
  think(endpoint, words, 'held');
  await chat.ask('What is tea?');
  const running = chat.button(/^Thinking…$/);
  await running.waitFor();
  assert.equal(await running.getAttribute('aria-expanded'), 'false');
  // Only for the eye: the name of the button stays what it is.
  await eventually(async () => assert.match(await running.innerText(), /Thinking…\s*\d+ s/));
  assert.equal(await chat.frame.getByText('One thought follows').count(), 0);
  endpoint.faults.release();
  await chat.idle();
  const title = await chat.button(/^Thought for \d+ s$/).innerText();
  await workbench.reload();
  // Until the page that stays is there, what is opened may be lost with the one before.
  const { again, thought } = await eventually(async () => {
    const again = await workbench.openChat();
    const thought = again.button(title);
    if ((await thought.getAttribute('aria-expanded', { timeout: 3_000 })) === 'false') await thought.click();
    await again.frame.getByText('One thought follows').first().waitFor({ timeout: 3_000 });
    return { again, thought };
  });
  await thought.click();
  assert.equal(await again.frame.getByText('One thought follows').count(), 0);
});

view(
  'by the setting it is open while it streams, is followed, and folds when it ends',
  async ({ workbench, endpoint, changeSettings }) => {
    await changeSettings({ 'marginalia.expandThinking': 'whileStreaming' });
    const chat = await workbench.openChat();
    think(endpoint, words, 'held');
    await chat.ask('What is tea?');
    const running = chat.button(/^Thinking…$/);
    await eventually(async () => assert.equal(await running.getAttribute('aria-expanded'), 'true'));
    await eventually(async () => assert.ok((await overflow(chat)).hidden > 50));
    await eventually(async () => assert.ok((await overflow(chat)).below <= 2, 'the end is in sight'));
    endpoint.faults.release();
    await chat.idle();
    const thought = chat.button(/^Thought for/);
    await eventually(async () => assert.equal(await thought.getAttribute('aria-expanded'), 'false'));

    // What the user folds by hand stays folded, and what they unfold unfolded.
    think(endpoint, words, 'held');
    await chat.ask('And coffee?');
    await eventually(async () => assert.equal(await running.getAttribute('aria-expanded'), 'true'));
    await running.click();
    assert.equal(await running.getAttribute('aria-expanded'), 'false');
    await running.click();
    await eventually(async () => assert.ok((await overflow(chat)).below <= 2, 'the end is in sight'));
    endpoint.faults.release();
    await chat.idle();
    assert.equal(await thought.last().getAttribute('aria-expanded'), 'true');
    await changeSettings({ 'marginalia.expandThinking': 'always' });
    await eventually(async () => assert.equal(await thought.first().getAttribute('aria-expanded'), 'true'));
  },
);

view('thinking that is hidden says why, and how to have it shown', async ({ workbench, endpoint }) => {
  const chat = await workbench.openChat();
  endpoint.faults.next({ kind: 'script', content: [{ type: 'redacted_thinking' }, { type: 'text', text: 'Tea.' }] });
  await chat.ask('What is tea?');
  await chat.idle();
  await chat.answers
    .last()
    .getByText(/has encrypted this part/)
    .waitFor();
  think(endpoint, '');
  await chat.ask('And coffee?');
  await chat.idle();
  await chat.answers
    .last()
    .getByText(/does not show its thinking by itself/)
    .waitFor();
  await chat.button('Ask for a Summary').click();
  await chat.frame.getByText('A summary of it is asked for now.').waitFor();
  await chat.ask('And cocoa?');
  await chat.idle();
  // This model takes a budget, which is what it gets; what was asked for stays.
  const { thinking } = (await endpoint.arrival(endpoint.requests.length - 1)).body as {
    thinking: Record<string, unknown>;
  };
  assert.equal(thinking['display'], 'summarized');
  await chat
    .button(/^Thought/)
    .last()
    .click();
  await chat.frame.getByText('The user writes').waitFor();
});

function think(endpoint: ViewStage['endpoint'], thinking: string, held?: 'held'): void {
  const answer: Fault = {
    kind: 'script',
    content: [
      { type: 'thinking', thinking },
      { type: 'text', text: 'Tea.' },
    ],
  };
  endpoint.faults.next(held ? [answer, { kind: 'hold', afterPieces: 100 }] : answer);
}

/** Pixels of the transcript above and below what is seen. */
async function overflow(chat: Chat): Promise<{ hidden: number; below: number }> {
  const box = `document.querySelector('.scroller')`;
  const found: unknown = await chat.frame.evaluate(
    `({ hidden: ${box}.scrollTop, below: ${box}.scrollHeight - ${box}.scrollTop - ${box}.clientHeight })`,
  );
  return found as { hidden: number; below: number };
}

view('how a model thinks is chosen beside the message', async ({ workbench, endpoint }) => {
  const chat = await workbench.openChat();
  const asked = (): unknown => (endpoint.requests.at(-1)?.body as { thinking?: unknown } | undefined)?.thinking;
  const choose = chat.frame.getByRole('button', { name: 'Choose how it thinks' });
  await choose.click();
  await workbench.pick('Up to 4,096 tokens');
  await chat.frame.getByRole('button', { name: 'Choose how it thinks: 4.1K' }).click();
  await workbench.pick('Up to 1,024 tokens');
  await chat.frame.getByRole('button', { name: 'Choose how it thinks: 1K' }).waitFor();
  await chat.ask('Think');
  await chat.idle();
  assert.deepEqual(asked(), { type: 'enabled', budget_tokens: 1_024 });
  await choose.click();
  await workbench.pick('Off');
  await chat.frame.getByRole('button', { name: 'Choose how it thinks', exact: true }).waitFor();
  await chat.ask('At once');
  await chat.idle();
  assert.equal(asked(), undefined);
});
