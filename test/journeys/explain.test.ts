import assert from 'node:assert/strict';
import { journey } from '../support/journey.ts';

journey('Explain Selection of the editor’s menu shows what was sent, and leads to its lines', async ({ stage }) => {
  const { workbench, endpoint } = stage;
  const { page } = workbench;
  const chat = await workbench.openChat();
  await workbench.openFile('src/orders.ts');
  await workbench.selectLines(16, 22);
  await page.locator('.view-line').nth(17).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Marginalia' }).hover();
  await page.getByRole('menuitem', { name: 'Explain Selection' }).waitFor();
  // A menu takes no click in the moment in which it opens.
  await page.waitForTimeout(500);
  await page.getByRole('menuitem', { name: 'Explain Selection' }).click();
  const sent = JSON.stringify((await endpoint.arrival(0)).body);
  assert.match(sent, /File: src\/orders\.ts \(lines 16-22, typescript\)/);
  await chat.answers.first().waitFor();
  await chat.idle();
  const question = await chat.questions.innerText();
  assert.match(question, /src\/orders\.ts:16–22/);
  assert.match(question, /sum \+= item\.price/);
  assert.match(await chat.answers.innerText(), /subtotal/);
  await workbench.openFile('README.md');
  await chat.questions.getByRole('button', { name: /orders\.ts:16/ }).click();
  await page.locator('.tabs-container .tab.active', { hasText: 'orders.ts' }).waitFor();
});

journey('Explain and Review take all that is selected, piece by piece', async ({ workbench, endpoint }) => {
  await workbench.openFile('src/orders.ts');
  await workbench.page.locator('.view-line', { hasText: 'let sum' }).waitFor();
  // The same sign three times: a selection on each of these lines.
  await workbench.goToLine(17);
  for (let count = 0; count < 2; count++) await workbench.page.keyboard.press('Control+ArrowRight');
  await workbench.page.keyboard.press('Control+Shift+ArrowRight');
  await workbench.page.keyboard.press('Control+Shift+L');
  await workbench.page.locator('.statusbar-item', { hasText: /\d selections/ }).waitFor();
  for (const [index, command] of ['Explain Selection', 'Review Selection'].entries()) {
    await workbench.command(`Marginalia: ${command}`);
    const sent = JSON.stringify((await endpoint.arrival(index)).body);
    assert.match(sent, /\(lines 17-17, typescript\)[^]*\(lines 25-25, typescript\)[^]*\(lines 30-30, typescript\)/);
    await (await workbench.chat()).idle();
  }
});

journey('without a selection the symbol at the cursor is explained, or the block around it', async ({ stage }) => {
  const { workbench, endpoint } = stage;
  await workbench.openFile('src/orders.ts');
  await workbench.goToLine(28);
  await workbench.command('Marginalia: Explain Selection');
  const symbol = JSON.stringify((await endpoint.arrival(0)).body);
  assert.match(symbol, /function total\(order/);
  assert.doesNotMatch(symbol, /function subtotal/);
  await (await workbench.chat()).idle();
  // Nobody tells the symbols of this language.
  await workbench.openFile('scripts/stock.go');
  await workbench.goToLine(14);
  await workbench.command('Marginalia: Explain Selection');
  const block = JSON.stringify((await endpoint.arrival(1)).body);
  assert.match(block, /if s\.left < limit|for _, s := range shelves/);
  assert.doesNotMatch(block, /func main/);
});

journey(
  'what is explained is asked without what was said before, until that is included',
  async ({ workbench, endpoint }) => {
    const chat = await workbench.openChat();
    await chat.ask('Which teas grow in Japan?');
    await chat.idle();
    await workbench.openFile('src/orders.ts');
    await workbench.selectLines(16, 22);
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
