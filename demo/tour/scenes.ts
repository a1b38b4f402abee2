import type { DemoEndpoint } from '../endpoint/server.ts';
import { eventually } from '../../test/support/eventually.ts';
import type { Chat, Workbench } from '../../test/support/workbench.ts';
import type { Album } from './album.ts';
import { setSideBarWidth } from './sideBarWidth.ts';

export interface Stage {
  workbench: Workbench;
  endpoint: DemoEndpoint;
  album: Album;
  /** Of the chat, in pixels. */
  width: number;
}

/** One thing that a user does. */
export type Scene = [name: string, act: (stage: Stage) => Promise<void>];

/** In the order in which a new user might meet them; they build on one another. */
export const scenes: Scene[] = [
  ['first start', firstStart],
  ['a question and its answer', questionAndAnswer],
  ['stopping an answer', stopping],
  ['the next turn', nextTurn],
  ['explaining a selection', explaining],
  ['reviewing a file', reviewingFile],
  ['reviewing what is not committed', reviewingChanges],
  ['a key that is refused', refusedKey],
  ['an endpoint that is busy', busyEndpoint],
  ['reloading the window', reloading],
  ['a narrow view', narrowView],
];

export const scenesWithoutKey: Scene[] = [['no key', noKey]];

async function firstStart({ workbench, album, width }: Stage): Promise<void> {
  await workbench.chat();
  await setSideBarWidth(workbench.page, width);
  await album.take(workbench.page, 'first-start');
}

async function questionAndAnswer({ workbench, album }: Stage): Promise<void> {
  const chat = await workbench.chat();
  await chat.box.click();
  await workbench.page.keyboard.type('Compare tea and coffee in a table, with a code snippet');
  await album.take(workbench.page, 'typing');
  await workbench.page.keyboard.press('Enter');
  await written(chat, 120);
  await album.take(workbench.page, 'answer-streams');
  await chat.idle();
  await album.take(workbench.page, 'answer-complete');
}

async function stopping({ workbench, album }: Stage): Promise<void> {
  const chat = await workbench.chat();
  await chat.ask('Write 20 long paragraphs about tea');
  await written(chat, 500);
  await album.take(workbench.page, 'before-stop');
  await chat.stopButton.click();
  await chat.idle();
  await album.take(workbench.page, 'stopped');
}

async function nextTurn({ workbench, album }: Stage): Promise<void> {
  const chat = await workbench.chat();
  await chat.ask('What did I ask you first?');
  await chat.idle();
  await album.take(workbench.page, 'next-turn');
}

async function explaining({ workbench, album }: Stage): Promise<void> {
  const { page } = workbench;
  await workbench.openFile('src/orders.ts');
  await workbench.selectLines(16, 22);
  await page.locator('.view-line', { hasText: 'sum += ' }).click({ button: 'right', position: { x: 60, y: 8 } });
  await page.getByRole('menuitem', { name: 'Marginalia' }).hover();
  await page.getByRole('menuitem', { name: 'Explain Selection' }).waitFor();
  await album.take(page, 'editor-menu');
  const chat = await answerTo(workbench, () => page.getByRole('menuitem', { name: 'Explain Selection' }).click());
  await chat.idle();
  await album.take(page, 'explained');
}

async function reviewingFile({ workbench, album }: Stage): Promise<void> {
  const { page } = workbench;
  await workbench.openFile('src/customers.ts');
  const chat = await answerTo(workbench, () => workbench.command('Marginalia: Review File'));
  await album.take(page, 'review-runs');
  await chat.idle();
  await workbench.commentThreads.first().waitFor();
  await album.take(page, 'review-comments');
  await workbench.problems();
  await album.take(page, 'review-problems');
  await workbench.command('Marginalia: Clear Review Findings');
  await workbench.command('View: Hide Panel');
}

async function reviewingChanges({ workbench, album }: Stage): Promise<void> {
  await workbench.openFile('src/prices.ts');
  const chat = await answerTo(workbench, () => workbench.command('Marginalia: Review Changes'));
  await chat.idle();
  await workbench.commentThreads.first().waitFor();
  await album.take(workbench.page, 'changes-reviewed');
  await workbench.command('Marginalia: Clear Review Findings');
}

async function refusedKey({ workbench, endpoint, album }: Stage): Promise<void> {
  endpoint.faults.next({ kind: 'status', status: 401 });
  const chat = await workbench.chat();
  await chat.ask('Is my key right?');
  await chat.idle();
  await album.take(workbench.page, 'key-refused');
}

async function busyEndpoint({ workbench, endpoint, album }: Stage): Promise<void> {
  endpoint.faults.next({ kind: 'status', status: 529, headers: { 'retry-after': '8' } });
  const chat = await workbench.chat();
  await chat.ask('Are you busy?');
  await chat.answers
    .last()
    .getByText(/Retrying/)
    .waitFor();
  await album.take(workbench.page, 'waits-to-retry');
  await chat.button('Retry Now').click();
  await chat.idle();
  await album.take(workbench.page, 'answered-after-retry');
}

async function reloading({ workbench, album }: Stage): Promise<void> {
  await workbench.reload();
  const chat = await workbench.chat();
  await chat.answers.last().waitFor();
  await album.take(workbench.page, 'restored-after-reload');
}

async function narrowView({ workbench, album }: Stage): Promise<void> {
  const chat = await workbench.chat();
  await setSideBarWidth(workbench.page, 240);
  await album.take(workbench.page, 'narrow-end');
  await chat.answers.first().scrollIntoViewIfNeeded();
  await album.take(workbench.page, 'narrow-table');
}

async function noKey({ workbench, album, width }: Stage): Promise<void> {
  const chat = await workbench.chat();
  await setSideBarWidth(workbench.page, width);
  await album.take(workbench.page, 'no-key');
  await chat.ask('Hello');
  await chat.idle();
  await album.take(workbench.page, 'no-key-answer');
  await workbench.command('Marginalia: Set API Key…');
  const input = await workbench.textInput();
  await album.take(workbench.page, 'set-key');
  await input.fill('a-key-for-the-demo');
  await workbench.page.keyboard.press('Enter');
  await input.waitFor({ state: 'hidden' });
  await chat.button('Try Again').click();
  await written(chat, 120);
  await chat.idle();
  await album.take(workbench.page, 'key-is-set');
}

/** Does something that starts an answer, and waits for it to begin. */
async function answerTo(workbench: Workbench, act: () => Promise<void>): Promise<Chat> {
  const chat = await workbench.chat();
  const before = await chat.answers.count();
  await act();
  await chat.answers.nth(before).waitFor();
  return chat;
}

/** Waits until so many characters of the last answer are shown. */
async function written(chat: Chat, characters: number): Promise<void> {
  await eventually(async () => {
    const length = (await chat.answers.last().innerText()).length;
    if (length < characters) throw new Error(`Only ${length} characters of the answer are shown.`);
  });
}
