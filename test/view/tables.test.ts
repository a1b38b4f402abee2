import assert from 'node:assert/strict';
import { eventually } from '../../harness/drive/eventually.ts';
import type { Chat } from '../../harness/drive/workbench.ts';
import { currentMatch, find } from '../support/finding.ts';
import { view, type ViewStage } from '../support/view.ts';

const table =
  '| Way | Time |\n|---|--:|\n| a **loop** | 12 ms |\n| a map | 9 ms |\n| `a set` | 101 ms |\n\nThe map is the fastest.';

async function askForTable({ workbench, endpoint }: ViewStage): Promise<Chat> {
  const chat = await workbench.openChat();
  endpoint.faults.next({ kind: 'script', content: [{ type: 'text', text: table }] });
  await chat.ask('Compare');
  await chat.idle();
  return chat;
}

async function column(chat: Chat): Promise<string[]> {
  return chat.answers.locator('tbody td:first-child').allTextContents();
}

async function clipboard({ workbench }: ViewStage): Promise<string> {
  return workbench.page.evaluate('navigator.clipboard.readText()');
}

view('a click on the head of a column sorts by it, there and back', async ({ stage }) => {
  const chat = await askForTable(stage);
  const head = chat.answers.getByRole('columnheader', { name: 'Time' });
  for (const [sort, expected] of [
    ['ascending', ['a map', 'a loop', 'a set']],
    ['descending', ['a set', 'a loop', 'a map']],
    [null, ['a loop', 'a map', 'a set']],
  ] as const) {
    await head.click();
    assert.deepEqual(await column(chat), expected);
    assert.equal(await head.getAttribute('aria-sort'), sort);
  }
});

view('what is found in a sorted table is what is marked there', async ({ stage }) => {
  const chat = await askForTable(stage);
  await chat.answers.getByRole('columnheader', { name: 'Time' }).click();
  await find(chat, 'loop');
  await eventually(async () => assert.equal(await currentMatch(chat), '2: loop'));
  await find(chat, '101');
  await eventually(async () => assert.equal(await currentMatch(chat), '2: 101'));
});

view('a table is copied as Markdown and as CSV, in the order that it has', async ({ stage }) => {
  const chat = await askForTable(stage);
  await chat.answers.getByRole('columnheader', { name: 'Time' }).click();
  await chat.answers.getByRole('button', { name: 'Copy as Markdown' }).first().click();
  const markdown = '| Way | Time |\n| --- | --: |\n| a map | 9 ms |\n| a **loop** | 12 ms |\n| `a set` | 101 ms |\n';
  await eventually(async () => assert.equal((await clipboard(stage)).replaceAll('\r', ''), markdown));
  await chat.answers.getByRole('button', { name: 'Copy as CSV' }).click();
  await eventually(async () =>
    assert.equal((await clipboard(stage)).replaceAll('\r', ''), 'Way,Time\na map,9 ms\na loop,12 ms\na set,101 ms\n'),
  );
});

view('the keyboard sorts a table and reaches its buttons', async ({ stage, workbench }) => {
  const chat = await askForTable(stage);
  await chat.answers.getByRole('group', { name: 'Table' }).focus();
  const press = (key: string): Promise<void> => workbench.page.keyboard.press(key);
  await press('ArrowUp');
  await press('ArrowRight');
  await press('Enter');
  assert.deepEqual(await column(chat), ['a map', 'a loop', 'a set']);
  await press('Space');
  assert.deepEqual(await column(chat), ['a set', 'a loop', 'a map']);
  await press('ArrowUp');
  assert.equal(await chat.frame.evaluate('document.activeElement.title'), 'Copy as Markdown');
  await press('ArrowDown');
  await press('ArrowDown');
  assert.equal(await chat.frame.evaluate('document.activeElement.className'), 'table-wrapper');
});
