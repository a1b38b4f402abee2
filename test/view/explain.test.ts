import assert from 'node:assert/strict';
import { view } from '../support/view.ts';

view('Explain and Review take all that is selected, piece by piece', async ({ workbench, endpoint }) => {
  const chat = await workbench.openChat();
  workbench.openFile('src/orders.ts', [17, 17], [25, 25], [30, 30]);
  for (const [index, command] of ['Explain Selection', 'Review Selection'].entries()) {
    await workbench.command(`Marginalia: ${command}`);
    const sent = JSON.stringify((await endpoint.arrival(index)).body);
    assert.match(sent, /\(lines 17-17, typescript\)[^]*\(lines 25-25, typescript\)[^]*\(lines 30-30, typescript\)/);
    await chat.idle();
  }
});

view('Review Selection sends what is selected, and nothing of the rest', async ({ workbench, endpoint }) => {
  const chat = await workbench.openChat();
  workbench.openFile('src/customers.ts', [24, 26]);
  await workbench.command('Marginalia: Review Selection');
  const selected = JSON.stringify((await endpoint.arrival(0)).body);
  assert.match(selected, /lines 24-26/);
  assert.doesNotMatch(selected, /SELECT/);
  await chat.idle();
});

view(
  'what is explained is asked without what was said before, until that is included',
  async ({ workbench, endpoint }) => {
    const chat = await workbench.openChat();
    await chat.ask('Which teas grow in Japan?');
    await chat.idle();
    workbench.openFile('src/orders.ts', [16, 22]);
    await workbench.command('Marginalia: Explain Selection');
    const messagesOf = async (at: number): Promise<unknown[]> =>
      ((await endpoint.arrival(at)).body as { messages: unknown[] }).messages;
    assert.equal((await messagesOf(1)).length, 1);
    await chat.answers.nth(1).waitFor();
    await chat.idle();
    await chat.questions.last().getByText('From here on, without what was said before').waitFor();
    await chat.ask('And why so?');
    await chat.idle();
    assert.equal((await messagesOf(2)).length, 3, 'what follows goes on from there');
    await chat.showStart();
    await chat.button('Include It').click();
    await chat.frame.getByText('Together with what was said before').waitFor();
    await chat.ask('All together?');
    await chat.idle();
    assert.equal((await messagesOf(3)).length, 7);
    assert.doesNotMatch(JSON.stringify(await messagesOf(2)), /Japan/);
  },
);
