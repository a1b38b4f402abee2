import assert from 'node:assert/strict';
import { eventually } from '../../harness/drive/eventually.ts';
import { themes } from '../../harness/editor/themes.ts';
import { view, type ViewStage } from '../support/view.ts';
import { answered, asked, blocksOf, storeConversation, storeTurns } from '../support/storedConversation.ts';
import { count, currentMatch, find } from '../support/finding.ts';
import type { Chat } from '../../harness/drive/workbench.ts';

view.use({ pace: 'instant' });

/** Opens a stored conversation of 300 turns. */
async function openLong({ workbench, profile }: ViewStage): Promise<Chat> {
  workbench.remember(storeConversation(profile, 'To be searched', { turns: 300, paragraphs: 4 }));
  const chat = await workbench.openChat();
  await chat.frame.getByText('Answer 150.', { exact: true }).waitFor();
  return chat;
}

view('a match in closed thinking opens it, one in an excerpt shows all lines', async ({ stage }) => {
  const chat = await openLong(stage);
  await find(chat, 'thought about 12.');
  await eventually(async () => assert.equal(await currentMatch(chat), '24: thought about 12.'));
  await find(chat, 'line19 = 10;');
  await eventually(async () => assert.equal(await currentMatch(chat), '19: line19 = 10;'));
});

view('a match in what is not drawn at once has it drawn', async ({ stage }) => {
  const long = 'Some words.\n\n'.repeat(50_000);
  const id = storeTurns(stage.profile, 'To be searched in full', [
    asked(`${long}Quinces.`),
    answered(blocksOf(1_000)),
    asked('Long?'),
    answered([{ type: 'text', text: `${long}Jasmine.` }]),
  ]);
  stage.workbench.remember(id);
  const chat = await stage.workbench.openChat();
  await chat.frame.getByRole('button', { name: 'Show the rest of this text' }).waitFor();
  for (const [term, expected] of [
    ['text of block 400.', '2: text of block 400.'],
    ['thinking of block 600.', '2: thinking of block 600.'],
    ['quinces', '1: Quinces'],
    ['jasmine', '4: Jasmine'],
  ] as const) {
    await find(chat, term);
    await eventually(async () => assert.equal(await currentMatch(chat), expected));
  }
});

view('the matches are walked through in order, around the end, by keys and buttons', async ({ stage }) => {
  const chat = await openLong(stage);
  await find(chat, 'Answer 15');
  await eventually(async () => assert.match(await count(chat), /^\d+ of 2$/));
  const [first, last] = ['30: Answer 15', '300: Answer 15'];
  await eventually(async () => assert.equal(await currentMatch(chat), last));
  assert.equal(await count(chat), '2 of 2');
  await chat.page.keyboard.press('Enter');
  await eventually(async () => assert.equal(await currentMatch(chat), first));
  assert.equal(await count(chat), '1 of 2');
  await chat.page.keyboard.press('F3');
  await eventually(async () => assert.equal(await currentMatch(chat), last));
  await chat.page.keyboard.press('Shift+Enter');
  await eventually(async () => assert.equal(await currentMatch(chat), first));
  await chat.page.keyboard.press('Shift+F3');
  await eventually(async () => assert.equal(await currentMatch(chat), last));
  await chat.button('Next Match').click();
  await eventually(async () => assert.equal(await currentMatch(chat), first));
  await chat.button('Previous Match').click();
  await eventually(async () => assert.equal(await currentMatch(chat), last));
});

view('case, words, patterns and code narrow what is found', async ({ stage }) => {
  const chat = await openLong(stage);
  await find(chat, 'some words about 12 that');
  // Shown in bold: the search sees what the reader sees.
  const expectCount = (expected: RegExp): Promise<void> =>
    eventually(async () => assert.match(await count(chat), expected));
  await expectCount(/^\d+ of \d+$/);
  const toggle = (name: string): Promise<void> => chat.button(name).click();
  await toggle('Match Case');
  await expectCount(/^No results$/);
  await toggle('Match Case');
  await find(chat, 'Answer 1\\d\\d\\.');
  await toggle('Use Regular Expression');
  await expectCount(/ of 51$/);
  await find(chat, '(');
  await expectCount(/^Not a regular expression$/);
  await find(chat, '(a+)+$');
  await expectCount(/^Takes too long$/);
  await toggle('Use Regular Expression');
  await find(chat, 'Answer 1');
  await toggle('Match Whole Word');
  await expectCount(/^1 of 1$/);
  await toggle('Match Whole Word');
  await find(chat, 'Question 140');
  await expectCount(/^1 of 1$/);
  await toggle('Find in Code Only');
  await expectCount(/^No results$/);
  await find(chat, 'line19 = 140');
  await expectCount(/^1 of 1$/);
});

view('what is selected becomes the term, and a growing answer is searched as it comes', async ({ stage }) => {
  const chat = await stage.workbench.openChat();
  await chat.ask('Say pineapple');
  await chat.idle();
  await chat.questions
    .first()
    .getByText('pineapple')
    .dblclick({ position: { x: 40, y: 8 } });
  await chat.page.keyboard.press('Control+F');
  const input = chat.frame.getByRole('textbox', { name: 'Find' });
  await eventually(async () => assert.equal(await input.inputValue(), 'pineapple'));
  await eventually(async () => assert.match(await count(chat), /^1 of \d+$/));
  const before = Number((await count(chat)).split(' ').at(-1));
  await chat.ask('pineapple pineapple');
  await eventually(async () => assert.ok(Number((await count(chat)).split(' ').at(-1)) >= before + 2));
});

view('what is opened, wrapped or folded stays so while it is out of sight', async ({ stage }) => {
  const chat = await openLong(stage);
  await find(chat, 'line19 = 140');
  await eventually(async () => assert.equal(await currentMatch(chat), '279: line19 = 140'));
  await find(chat, 'value = 140');
  await eventually(async () => assert.equal(await currentMatch(chat), '280: value = 140'));
  const block = chat.frame.locator('[aria-posinset="280"] .code-block');
  await block.getByRole('button', { name: 'Wrap Lines' }).click();
  await block.getByRole('button', { name: /^Collapse/ }).click();
  // A turn with the focus in it stays in the document.
  await chat.box.click();
  await chat.showStart();
  await block.waitFor({ state: 'detached' });
  await chat.page.keyboard.press('Control+F');
  await chat.frame.getByRole('textbox', { name: 'Find' }).and(chat.frame.locator(':focus')).waitFor();
  assert.equal(await block.count(), 0, 'the key alone goes nowhere');
  await find(chat, 'Question 140');
  await block.waitFor({ state: 'attached' });
  assert.equal(await block.locator('pre').isVisible(), false);
  await block.getByRole('button', { name: /^Expand/ }).click();
  assert.equal(await block.getByRole('button', { name: 'Wrap Lines' }).getAttribute('aria-pressed'), 'true');
  await chat.frame.locator('[aria-posinset="279"]').getByText('line19 = 140').waitFor();
});

view('in high contrast matches are lines in the theme’s colour, and the current one is inverted', async ({ stage }) => {
  const chat = await stage.workbench.openChat();
  await chat.ask('pineapple pineapple');
  await chat.idle();
  const styleOf = (name: string, property: string): Promise<string> =>
    chat.frame.evaluate(`getComputedStyle(document.querySelector('.prompt'), '::highlight(${name})').${property}`);
  for (const theme of [themes.hc, themes['hc-light']]) {
    await stage.changeSettings({ 'workbench.colorTheme': theme });
    await chat.frame.locator(`body[data-vscode-theme-id="${theme}"]`).waitFor();
    const [text, back] = theme === themes.hc ? ['255, 255, 255', '0, 0, 0'] : ['41, 41, 41', '255, 255, 255'];
    assert.equal(await styleOf('find-match', 'backgroundColor'), 'rgba(0, 0, 0, 0)', theme);
    assert.match(await styleOf('find-match', 'textDecorationLine'), /underline overline/, theme);
    assert.equal(await styleOf('find-current', 'backgroundColor'), `rgb(${text})`, theme);
    assert.equal(await styleOf('find-current', 'color'), `rgb(${back})`, theme);
  }
});
