import assert from 'node:assert/strict';
import { view } from '../support/view.ts';
import { hint, lastText, port } from '../support/promptCalls.ts';

view.use({ settings: { 'marginalia.prompts': [port] } });

view('a path is no prompt', async ({ workbench, endpoint }) => {
  const chat = await workbench.openChat();
  await chat.ask('/usr/bin is full');
  assert.equal(lastText((await endpoint.arrival(0)).body), '/usr/bin is full');
  await chat.ask('/nothing of that name');
  assert.equal(lastText((await endpoint.arrival(1)).body), '/nothing of that name');
});

view('/explain and /review ask as their commands do', async ({ workbench, endpoint }) => {
  const chat = await workbench.openChat();
  workbench.openFile('src/orders.ts', [28, 27]);
  await chat.ask('/explain ');
  await chat.idle();
  assert.match(
    lastText((await endpoint.arrival(0)).body),
    /^Explain this code\.\n\nFile: src\/orders\.ts[^]*function total/,
  );
  await chat.ask('/review ');
  await chat.idle();
  const review = (await endpoint.arrival(1)).body as { tool_choice?: { name: string } };
  assert.equal(review.tool_choice?.name, 'report_findings');
  assert.match(lastText(review), /^Review this code\.\n\nFile: src\/orders\.ts \(lines 1-/);
  await chat.answers.last().getByText('1 error').waitFor();
});

view('without code to take along the message stays where it is', async ({ workbench, endpoint }) => {
  const chat = await workbench.openChat();
  await chat.box.click();
  await chat.page.keyboard.type('/fix the leak');
  await chat.frame.getByText('Open a file and select the code that /fix is about.').first().waitFor();
  await chat.page.keyboard.press('Enter');
  assert.equal(await chat.box.inputValue(), '/fix the leak');
  workbench.openFile('src/prices.ts', [22, 21]);
  await hint(chat, 'fix').getByText('src/prices.ts:21–23').waitFor();
  assert.equal(endpoint.requests.length, 0);
});
