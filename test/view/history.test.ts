import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { copyFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Locator } from 'playwright-core';
import { eventually } from '../../harness/drive/eventually.ts';
import { themes } from '../../harness/editor/themes.ts';
import { violations } from '../support/accessibility.ts';
import { answered, asked, storeConversation, storeTurns } from '../support/storedConversation.ts';
import { view, type ViewStage } from '../support/view.ts';

view.use({ pace: 'instant' });

const dayMs = 86_400_000;

/** Stores conversations with these titles, each a day older than the one before. Returns their ids. */
function store({ profile }: ViewStage, ...titles: string[]): string[] {
  const ids = titles.map(title =>
    storeTurns(profile, title, [asked(`About ${title}`), answered([{ type: 'text', text: `The words of ${title}.` }])]),
  );
  const database = openDatabase(profile);
  const change = database.prepare('UPDATE conversations SET updated_at = ? WHERE id = ?');
  for (const [at, id] of ids.entries()) change.run(Date.now() - at * dayMs, id);
  database.close();
  return ids;
}

function fileOf(profile: string): string {
  return join(profile, 'data/User/globalStorage/marginalia.marginalia/conversations.sqlite');
}

function openDatabase(profile: string): DatabaseSync {
  return new DatabaseSync(fileOf(profile));
}

const titles = (rows: Locator): Promise<string[]> => rows.locator('.history-title').allInnerTexts();

/** The title of the row that has the keyboard; or what else has it. */
const focused = ({ page }: ViewStage['workbench']): Promise<string> =>
  page.evaluate(
    `(({ activeElement: at, body }) =>
      at === body ? 'nothing' : at.querySelector('.history-title')?.textContent ?? at.ariaLabel)(document)`,
  );

view('conversations stand below their days, and are gone through with the keyboard', async ({ stage }) => {
  store(stage, 'One', 'Two', 'Three');
  const { workbench } = stage;
  const chat = await workbench.openChat();
  await chat.box.fill('half a message');
  const history = await workbench.openHistory();
  await history.row('Three').waitFor();
  assert.equal(await focused(workbench), 'Search titles and contents');
  const days = await history.panel.getByRole('heading', { level: 3 }).allInnerTexts();
  assert.deepEqual(days.slice(0, 2), ['Today', 'Yesterday']);
  assert.equal(days.length, 3);
  const { keyboard } = workbench.page;
  for (const [key, expected] of [
    ['ArrowDown', 'One'],
    ['ArrowDown', 'Two'],
    ['End', 'Three'],
    ['ArrowDown', 'Three'],
    ['Home', 'One'],
    ['PageDown', 'Three'],
    ['ArrowUp', 'Two'],
    ['Home', 'One'],
    ['ArrowUp', 'Search titles and contents'],
  ] as const) {
    await keyboard.press(key);
    await eventually(async () => assert.equal(await focused(workbench), expected, key));
  }
  await keyboard.press('Escape');
  await history.panel.waitFor({ state: 'detached' });
  await eventually(async () => assert.equal(await focused(workbench), 'Message'));
  assert.equal(await chat.box.inputValue(), 'half a message');
});

view('what is typed is found in contents and marked there, and Enter opens it at its turn', async ({ stage }) => {
  const { workbench, profile } = stage;
  store(stage, 'One', 'Two');
  storeTurns(profile, 'Three', [asked('昨日の会話を<b>読む</b>'), answered([{ type: 'text', text: 'はい' }])]);
  const chat = await workbench.openChat();
  const history = await workbench.openHistory();
  await history.row('Three').waitFor();
  await workbench.page.keyboard.press('ArrowDown');
  // In the list, what is typed goes to the search.
  await workbench.page.keyboard.type('words');
  await eventually(async () => assert.deepEqual(await titles(history.rows), ['One', 'Two']));
  // What the first letters have found is there before.
  const marks = history.panel.locator('mark');
  await eventually(async () => assert.deepEqual(await marks.allInnerTexts(), ['words', 'words']));
  await history.search.fill('会話');
  await eventually(async () => assert.deepEqual(await titles(history.rows), ['Three']));
  assert.equal(await history.rows.locator('.history-snippet').innerText(), '昨日の会話を<b>読む</b>');
  assert.equal(await marks.innerText(), '会話');
  await history.search.fill('nowhere');
  await history.panel.getByText('Nothing holds these words.').waitFor();
  await history.search.fill('The words of Two');
  await workbench.page.keyboard.press('Enter');
  await history.panel.waitFor({ state: 'detached' });
  await chat.frame.getByText('The words of Two.').waitFor();
  await eventually(async () => assert.equal(await focused(workbench), 'Message'));
});

view('a conversation is renamed in its place, pinned and archived', async ({ stage }) => {
  const { workbench } = stage;
  store(stage, 'One', 'Two', 'Three');
  await workbench.openChat();
  const history = await workbench.openHistory();
  await history.row('Two').waitFor();
  const { keyboard } = workbench.page;
  await keyboard.press('ArrowDown');
  await keyboard.press('ArrowDown');
  await keyboard.press('F2');
  const field = history.panel.getByRole('textbox', { name: 'Title', exact: true });
  await field.fill('Another');
  await keyboard.press('Escape');
  await eventually(async () => assert.deepEqual(await titles(history.rows), ['One', 'Two', 'Three']));
  await eventually(async () => assert.equal(await focused(workbench), 'Two'));
  await keyboard.press('F2');
  await field.fill('About two');
  await keyboard.press('Enter');
  await eventually(async () => assert.deepEqual(await titles(history.rows), ['One', 'About two', 'Three']));
  await eventually(async () => assert.equal(await focused(workbench), 'About two'));
  await history.press('Three', 'Pin');
  await eventually(async () => assert.deepEqual(await titles(history.rows), ['Three', 'One', 'About two']));
  assert.equal(await history.panel.getByRole('heading', { level: 3 }).first().innerText(), 'Pinned');
  await history.press('One', 'Archive');
  await eventually(async () => assert.deepEqual(await titles(history.rows), ['Three', 'About two']));
  await history.button('Archived').click();
  await eventually(async () => assert.deepEqual(await titles(history.rows), ['One']));
  await history.press('One', 'Move Out of the Archive');
  await history.panel.getByText('No conversation is archived.').waitFor();
});

view('a deleted conversation comes back, or goes for good with what its file holds of it', async ({ stage }) => {
  const { workbench, profile } = stage;
  const [first] = store(stage, 'One', 'Two', 'Three');
  workbench.remember(first ?? '');
  const chat = await workbench.openChat();
  await chat.frame.getByText('The words of One.').waitFor();
  const history = await workbench.openHistory();
  await history.row('One').getByText('open').waitFor();
  const { keyboard } = workbench.page;
  await keyboard.press('ArrowDown');
  await keyboard.press('Delete');
  await history.panel.getByRole('status').getByText('“One” was deleted.').waitFor();
  await eventually(async () => assert.deepEqual(await titles(history.rows), ['Two', 'Three']));
  await history.button('Undo').click();
  await eventually(async () => assert.deepEqual(await titles(history.rows), ['One', 'Two', 'Three']));
  await history.row('One').getByText('open').waitFor();
  await history.press('Two', 'Delete');
  await history.button('Deleted').click();
  await eventually(async () => assert.deepEqual(await titles(history.rows), ['Two']));
  await history.press('Two', 'Delete for Good');
  const question = history.panel.getByRole('alertdialog', { name: 'Delete for Good' });
  await keyboard.press('Escape');
  await question.waitFor({ state: 'detached' });
  await history.press('Two', 'Delete for Good');
  await question.getByRole('button', { name: 'Delete for Good' }).click();
  await history.panel.getByText('What is deleted stands here for an hour').waitFor();
  const database = openDatabase(profile);
  const left = database.prepare("SELECT count(*) AS n FROM turns WHERE record LIKE '%The words of Two.%'").get();
  database.close();
  assert.equal(left?.['n'], 0);
});

view(
  'with the keyboard alone a row is deleted, brought back, and the last one leads to the search',
  async ({ stage }) => {
    const { workbench } = stage;
    store(stage, 'One', 'Two');
    await workbench.openChat();
    const history = await workbench.openHistory();
    await history.row('Two').waitFor();
    const { keyboard } = workbench.page;
    const press = async (key: string, expected: string): Promise<void> => {
      await keyboard.press(key);
      await eventually(async () => assert.equal(await focused(workbench), expected, key));
    };
    await press('ArrowDown', 'One');
    await press('Delete', 'Two');
    await press('Shift+Tab', 'Close');
    await keyboard.press('Shift+Tab');
    assert.equal(await workbench.page.evaluate('document.activeElement.textContent'), 'Undo');
    await press('Enter', 'Two');
    await history.row('One').waitFor();
    await press('ArrowUp', 'One');
    await press('Delete', 'Two');
    await press('Delete', 'Search titles and contents');
    await history.panel.getByText('There are no earlier conversations yet.').waitFor();
  },
);

view('what is deleted for good goes with copies that can’t be read, and that is said', async ({ stage }) => {
  const { workbench, profile } = stage;
  store(stage, 'One', 'Two');
  const file = fileOf(profile);
  const copy = `${file}.damaged-2026-11-30T10-00-00-000Z`;
  await copyFile(file, copy);
  await truncate(copy, 20_000);
  await workbench.openChat();
  const history = await workbench.openHistory();
  await history.press('Two', 'Delete');
  await history.button('Deleted').click();
  await history.press('Two', 'Delete for Good');
  await history.panel
    .getByRole('alertdialog', { name: 'Delete for Good' })
    .getByRole('button', { name: 'Delete for Good' })
    .click();
  await workbench.notification('They were deleted, too: conversations.sqlite.damaged-2026-11-30T10-00-00-000Z');
  assert.equal(existsSync(copy), false);
});

view('of 10,000 conversations few are drawn, and all are reached', async ({ stage }) => {
  const { workbench, profile } = stage;
  storeConversation(profile, 'The first of all', { turns: 2 });
  const database = openDatabase(profile);
  database.exec(`
    UPDATE conversations SET updated_at = 1;
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9999)
    INSERT INTO conversations (id, title, head_id, created_at, updated_at)
    SELECT 'c' || i, 'Conversation ' || i, (SELECT head_id FROM conversations LIMIT 1), i, 1000000000000 + i * 3600000 FROM n`);
  database.close();
  await workbench.openChat();
  const history = await workbench.openHistory();
  await history.row('Conversation 9999').waitFor();
  await workbench.page.keyboard.press('ArrowDown');
  await eventually(async () => {
    await workbench.page.keyboard.press('End');
    assert.equal(await focused(workbench), 'The first of all');
  });
  const last = history.row('The first of all');
  assert.equal(await last.getAttribute('aria-setsize'), '10000');
  assert.equal(await last.getAttribute('aria-posinset'), '10000');
  assert.ok((await history.rows.count()) < 60, `${await history.rows.count()} rows`);
  await workbench.page.keyboard.press('PageUp');
  await eventually(async () => assert.match(await focused(workbench), /^Conversation \d+$/));
  await workbench.page.keyboard.press('Home');
  await eventually(async () => assert.equal(await focused(workbench), 'Conversation 9999'));
});

view('what is answered elsewhere says so while the list is open', async ({ stage }) => {
  const { workbench, endpoint } = stage;
  const chat = await workbench.openChat();
  endpoint.faults.next({ kind: 'hold', afterPieces: 1 });
  await chat.box.fill('Write 3 long paragraphs');
  await chat.box.press('Enter');
  await chat.stopButton.waitFor();
  await workbench.command('Marginalia: New Conversation');
  await chat.frame.getByRole('heading', { name: 'Ask about your code' }).waitFor();
  await chat.button('Earlier Conversations').click();
  const history = await workbench.openHistory();
  const row = history.row('Write 3 long paragraphs');
  await row.getByText('answering').waitFor();
  // What Escape is for here is to leave the list, and not to stop an answer.
  endpoint.faults.release();
  await row.getByText('answering').waitFor({ state: 'detached' });
  await workbench.page.keyboard.press('Escape');
  await history.panel.waitFor({ state: 'detached' });
});

view('Escape leaves the list and stops no answer', async ({ stage }) => {
  const { workbench, endpoint } = stage;
  const chat = await workbench.openChat();
  endpoint.faults.next({ kind: 'hold', afterPieces: 1 });
  await chat.box.fill('Write 3 long paragraphs');
  await chat.box.press('Enter');
  await chat.stopButton.waitFor();
  const history = await workbench.openHistory();
  await history.row('Write 3 long paragraphs').getByText('answering').waitFor();
  await history.panel.getByRole('heading', { level: 2 }).click();
  await workbench.page.keyboard.press('Escape');
  await history.panel.waitFor({ state: 'detached' });
  assert.ok(await chat.stopButton.isVisible());
  endpoint.faults.release();
  await chat.idle();
});

view('what cannot be stored is said, and the list stays as it was', async ({ stage }) => {
  const { workbench, profile } = stage;
  store(stage, 'One', 'Two');
  await workbench.openChat();
  const history = await workbench.openHistory();
  await history.row('Two').waitFor();
  const other = openDatabase(profile);
  other.exec('BEGIN IMMEDIATE');
  await history.press('Two', 'Delete');
  await history.panel.getByRole('alert').getByText('That could not be done').waitFor();
  other.exec('ROLLBACK');
  other.close();
  assert.deepEqual(await titles(history.rows), ['One', 'Two']);
});

view('no state of the list has an accessibility violation, in any of the four themes', async ({ stage }) => {
  const { workbench, changeSettings } = stage;
  store(stage, 'One', 'مرحبا بالعالم', 'Three');
  const chat = await workbench.openChat();
  await workbench.page.setViewportSize({ width: 300, height: 600 });
  const history = await workbench.openHistory();
  const states: [name: string, reach: () => Promise<unknown>][] = [
    ['the list', () => history.row('One').waitFor()],
    ['a row with the keyboard', () => history.search.press('ArrowDown')],
    [
      'what is found',
      async () => {
        await history.search.fill('words');
        await history.panel.locator('mark').first().waitFor();
      },
    ],
    [
      'a title that is changed',
      async () => {
        await history.search.press('ArrowDown');
        await workbench.page.keyboard.press('F2');
      },
    ],
    [
      'nothing',
      async () => {
        await history.button('Archived').click();
        await history.search.fill('');
        await history.panel.getByText('No conversation is archived.').waitFor();
      },
    ],
    [
      'the question before it goes for good',
      async () => {
        await history.button('Current').click();
        await history.press('Three', 'Delete');
        await history.button('Deleted').click();
        await history.press('Three', 'Delete for Good');
        await history.panel.getByRole('alertdialog').waitFor();
      },
    ],
    [
      'the way back',
      async () => {
        await history.button('Cancel').click();
        await history.press('Three', 'Restore');
        await history.button('Current').click();
        await history.row('Three').waitFor();
      },
    ],
  ];
  for (const [index, theme] of Object.values(themes).entries()) {
    await changeSettings({ 'workbench.colorTheme': theme });
    await chat.frame.locator(`body[data-vscode-theme-id="${theme}"]`).waitFor();
    for (const [name, reach] of states) {
      await reach();
      const rules = index === 0 ? 'all' : 'colours';
      assert.deepEqual(await violations(chat.frame, 'sideBar', rules), [], `${theme}: ${name}`);
    }
  }
});

view('a conversation is found by a Japanese word of two characters, and opened', async ({ stage: { workbench } }) => {
  const chat = await workbench.openChat();
  await chat.ask('昨日の会話を要約して');
  await chat.idle();
  await workbench.command('Marginalia: New Conversation');
  await chat.frame.getByRole('heading', { name: 'Ask about your code' }).waitFor();
  await chat.ask('Where is the parser?');
  await chat.idle();
  await chat.box.fill('half a message');
  const history = await workbench.openHistory();
  await history.row('Where is the parser?').first().waitFor();
  assert.match(await history.panel.innerText(), /Today/);
  await workbench.page.keyboard.type('会話');
  await history.row('Where is the parser?').first().waitFor({ state: 'detached' });
  assert.equal(await history.panel.locator('.history-title mark').first().innerText(), '会話');
  await workbench.page.keyboard.press('Enter');
  await eventually(async () => assert.match(await chat.questions.innerText(), /昨日の会話を要約して/));
  await chat.box.and(chat.frame.locator(':focus')).waitFor();
  assert.equal(await chat.box.inputValue(), '');
});
