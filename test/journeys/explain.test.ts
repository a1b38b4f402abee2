import assert from 'node:assert/strict';
import { journey } from '../support/journey.ts';

journey(
  'Explain Selection of the editor’s menu shows what was sent, also of a symbol or block at the cursor',
  async ({ stage }) => {
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

    // Without a selection it is the symbol at the cursor.
    await workbench.openFile('src/orders.ts');
    await workbench.goToLine(28);
    await workbench.command('Marginalia: Explain Selection');
    const symbol = JSON.stringify((await endpoint.arrival(1)).body);
    assert.match(symbol, /function total\(order/);
    assert.doesNotMatch(symbol, /function subtotal/);
    await chat.idle();
    // Nobody tells the symbols of this language.
    await workbench.openFile('scripts/stock.go');
    await workbench.goToLine(14);
    await workbench.command('Marginalia: Explain Selection');
    const block = JSON.stringify((await endpoint.arrival(2)).body);
    assert.match(block, /if s\.left < limit|for _, s := range shelves/);
    assert.doesNotMatch(block, /func main/);
  },
);
