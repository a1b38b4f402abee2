import assert from 'node:assert/strict';
import { eventually } from '../../harness/drive/eventually.ts';
import type { Chat } from '../../harness/drive/workbench.ts';
import { storeConversation } from '../support/storedConversation.ts';
import { view, type ViewStage } from '../support/view.ts';

view.use({ pace: 0 });

/** Two windows that show the same conversation. */
async function both(
  { workbench, profile, openWindow }: ViewStage,
  turns: number,
): Promise<{ here: Chat; there: Chat }> {
  const id = storeConversation(profile, 'A shared one', { turns });
  const other = openWindow();
  for (const window of [workbench, other]) window.remember(id);
  const [here, there] = [await workbench.openChat(), await other.openChat()];
  for (const chat of [here, there]) await chat.frame.getByText(`Answer ${turns / 2}.`).waitFor();
  return { here, there };
}

view(
  'what another window asks is seen here while it is answered; nothing moves for the reader, and the draft stays',
  async ({ stage }) => {
    const { here, there } = await both(stage, 40);
    await here.box.fill('half a question');
    await here.frame.evaluate(`{
      const box = document.querySelector('.scroller');
      box.dispatchEvent(new WheelEvent('wheel', { deltaY: -1, bubbles: true }));
      box.scrollTop -= 300;
    }`);
    const place = (): Promise<string> =>
      here.frame.evaluate(`(() => {
        const box = document.querySelector('.scroller');
        const seen = [...document.querySelectorAll('[data-turn]')].find(slot => slot.getBoundingClientRect().bottom > 100);
        return box.scrollTop + ' ' + seen.dataset.turn + ' ' + Math.round(seen.getBoundingClientRect().top);
      })()`);
    await eventually(async () => assert.equal(await place(), await place()));
    const before = await place();

    stage.endpoint.faults.next({ kind: 'hold', afterPieces: 5 });
    await there.ask('From the other window');
    await eventually(async () => assert.equal(await here.turnCount(), 42));
    assert.equal(await place(), before);
    assert.equal(await here.box.inputValue(), 'half a question');

    await here.showEnd();
    await here.answers.last().getByText('Answering in another window…').waitFor();
    await here.questions.getByText('From the other window').waitFor();
    assert.equal(await here.stopButton.count(), 0);
    stage.endpoint.faults.release();
    await there.idle();
    const said = await there.answers.last().locator('.portion').innerText();
    await eventually(async () => {
      assert.equal(await here.answers.last().locator('.portion').innerText(), said);
      assert.equal(await here.frame.getByText('Answering in another window…').count(), 0);
    });
    assert.equal(await here.box.inputValue(), 'half a question');
  },
);

view('an answer that another window asks for anew is another version here', async ({ stage }) => {
  const { here, there } = await both(stage, 2);
  await there.answers.first().hover();
  await there.answers.first().getByRole('button', { name: 'Try Again', exact: true }).click();
  await there.frame.getByRole('group', { name: 'Version 2 of 2' }).waitFor();
  await here.frame.getByRole('group', { name: 'Version 1 of 2' }).waitFor();
  await here.answers.getByText('Answer 1.').waitFor();
});

view('the list of all conversations shows what another window begins', async ({ stage }) => {
  const { workbench, openWindow } = stage;
  await workbench.openChat();
  const history = await workbench.openHistory();
  const there = await openWindow().openChat();
  await there.ask('Begun elsewhere');
  await history.row('Begun elsewhere').waitFor();
});

view('the list says what another window answers, until it has ended', async ({ stage }) => {
  const { workbench, endpoint, openWindow } = stage;
  const chat = await workbench.openChat();
  await chat.ask('Asked here');
  await chat.idle();
  const history = await workbench.openHistory();
  await history.row('Asked here').waitFor();

  endpoint.faults.next({ kind: 'hold', afterPieces: 5 });
  const there = await openWindow().openChat();
  await there.ask('Asked there');
  await history.row('Asked there').getByText('answering in another window').waitFor();
  assert.equal(await history.row('Asked here').getByText('answering').count(), 0);
  endpoint.faults.release();
  await there.idle();
  await history.row('Asked there').getByText('answering').waitFor({ state: 'detached' });
});
