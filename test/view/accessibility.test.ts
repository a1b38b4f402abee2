import assert from 'node:assert/strict';
import { themes } from '../../harness/editor/themes.ts';
import { violations, walk } from '../support/accessibility.ts';
import { eventually } from '../../harness/drive/eventually.ts';
import { view, type ViewStage } from '../support/view.ts';
import type { Chat } from '../../harness/drive/workbench.ts';
const dot = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

view('no state of the view has an accessibility violation, in any of the four themes', async ({ stage }) => {
  const { workbench } = stage;
  const chat = await workbench.openChat();
  await inEveryTheme(stage, chat, async (theme, rules) => {
    assert.deepEqual(await violations(chat.frame, 'sideBar', rules), [], `${theme}: the empty view`);
  });
  await fillConversation(stage, chat);
  await inEveryTheme(stage, chat, async (theme, rules) => {
    assert.deepEqual(await violations(chat.frame, 'sideBar', rules), [], `${theme}: a conversation`);
    await workbench.command('Marginalia: Show Parameters');
    await chat.frame.getByRole('group', { name: 'The Next Request' }).waitFor();
    assert.deepEqual(await violations(chat.frame, 'sideBar', rules), [], `${theme}: the parameters`);
    await workbench.page.keyboard.press('Escape');
  });
});

view('where there is room for all of it there is no violation either', async ({ workbench }) => {
  const chat = await workbench.openChat();
  await workbench.page.setViewportSize({ width: 900, height: 700 });
  await chat.ask('Show me a table about tea');
  await chat.idle();
  assert.deepEqual(await violations(chat.frame, 'sideBar'), []);
  await workbench.command('Marginalia: Show Parameters');
  await chat.frame.getByRole('group', { name: 'The Next Request' }).waitFor();
  assert.deepEqual(await violations(chat.frame, 'sideBar'), [], 'the parameters');
});

view('the requests have none either, and all of them is reached with Tab', async ({ workbench, changeSettings }) => {
  const chat = await workbench.openChat();
  await chat.ask('Hello');
  await chat.idle();
  const inspector = await workbench.inspector();
  for (const [index, theme] of Object.values(themes).entries()) {
    await changeSettings({ 'workbench.colorTheme': theme });
    await inspector.locator(`body[data-vscode-theme-id="${theme}"]`).waitFor();
    const rules = index === 0 ? 'all' : 'colours';
    assert.deepEqual(await violations(inspector.mainFrame(), 'editor', rules), [], theme);
  }
  await inspector.locator('.exchange').first().click();
  const { missed, outOfOrder, unseen } = await walk(inspector, inspector.mainFrame());
  assert.deepEqual({ missed, outOfOrder, unseen }, { missed: [], outOfOrder: [], unseen: [] });
});

view('the list of what can be named, its chips and the turn have none either', async ({ workbench, endpoint }) => {
  const chat = await workbench.openChat();
  workbench.editor.openFolder();
  workbench.openFile('src/orders.ts', [16, 22]);
  const { keyboard } = chat.page;
  await chat.box.click();
  await keyboard.type('@');
  await chat.frame.getByRole('option', { name: /^Selection/ }).waitFor();
  assert.deepEqual(await violations(chat.frame, 'sideBar'), [], 'the list');
  await keyboard.press('Shift+Tab');
  await chat.frame.getByRole('listbox').waitFor({ state: 'detached' });
  await chat.until('document.activeElement !== document.body');
  for (const name of ['selection', 'prices', 'src/']) {
    await chat.box.fill('');
    await keyboard.type(`@${name}`);
    await keyboard.press('Enter');
    await chat.frame.locator('.attachment', { hasText: name === 'selection' ? 'orders.ts:16' : name }).waitFor();
  }
  assert.deepEqual(await violations(chat.frame, 'sideBar'), [], 'the chips');
  endpoint.faults.next({ kind: 'script', content: [{ type: 'text', text: 'Because.' }] });
  await chat.ask('Why?');
  await chat.idle();
  assert.deepEqual(await violations(chat.frame, 'sideBar'), [], 'the turn');
});

view('room that was made in the window has no accessibility violation', async ({ workbench, endpoint }) => {
  const chat = await workbench.openChat();
  await chat.ask('Hello');
  await chat.idle();
  endpoint.faults.next({ kind: 'status', status: 400, message: 'prompt is too long: 9000 tokens > 8000 maximum' });
  await chat.ask('Hello again');
  await chat.idle();
  await chat.button('Summarize Older Turns').click();
  await chat.button('Edit Summary').waitFor();
  assert.deepEqual(await violations(chat.frame, 'sideBar'), []);
  await chat.button(/^Next request/).click();
  await chat.frame.getByRole('dialog').waitFor();
  assert.deepEqual(await violations(chat.frame, 'sideBar'), [], 'the size of the next request');
});

/** What belongs to the message in every state. */
const composer = ['Message', 'Attach', 'Choose model: claude-sonnet-4-5', 'Parameters', 'Next request'];

view('every control is reached with Tab, in the order of the page, and shows that it is', async ({ stage }) => {
  const { workbench } = stage;
  const chat = await workbench.openChat();
  await chat.button('Show me around').waitFor();
  await expectWalk(chat, ['Ask a Question', 'Review Changes', 'Earlier Conversations', 'Show me around', ...composer]);
  await fillConversation(stage, chat);
  await expectWalk(chat, [
    'Copy as Markdown',
    'The API key was not accepted',
    'Thought',
    'Tool use: look_up_price',
    'Adjusted in this request',
    'Tokens: ',
    'Retry Now',
    'Cancel',
    'Edit Queued Message',
    'Remove Queued Message',
    'Send Now',
    'screenshot.png',
    'Remove screenshot.png',
    ...composer,
    'Stop',
  ]);
  await workbench.command('Marginalia: Show Parameters');
  await chat.frame.getByRole('group', { name: 'The Next Request' }).waitFor();
  await expectWalk(chat, [
    'Close Parameters',
    'Apply Preset…',
    'Save as Preset…',
    ...[
      'model',
      'max_tokens',
      'system',
      'temperature',
      'top_p',
      'top_k',
      'stop_sequences',
      'metadata',
      'tools',
      'prefill',
    ].map(name => `parameter-${name}`),
    'Copy Request',
    'Count',
    'The Next Request',
    ...composer,
    'Stop',
  ]);
});

view('what is said aloud is the start and the end, never the words as they come', async ({ workbench }) => {
  const chat = await workbench.openChat();
  await chat.frame.evaluate(`{
    globalThis.said = [];
    const region = document.querySelector('body > [aria-live="polite"]');
    new MutationObserver(all => all.forEach(({ addedNodes }) => addedNodes.forEach(node => said.push(node.textContent))))
      .observe(region, { childList: true, subtree: true });
  }`);
  await chat.ask('Write 3 long paragraphs');
  await chat.idle();
  await eventually(async () =>
    assert.deepEqual(await chat.frame.evaluate('said'), [
      'Waiting for the answer',
      'Answer started',
      'Answer finished',
    ]),
  );
  assert.equal(await chat.log.getAttribute('aria-live'), 'off');
  assert.equal(await chat.questions.getByRole('heading', { level: 2 }).innerText(), 'You, turn 1');
  assert.equal(await chat.answers.getByRole('heading', { level: 2 }).innerText(), 'Assistant, turn 2');
  await chat.frame.getByRole('region', { name: 'Write a Message' }).getByRole('textbox').waitFor();

  // What was said of the last answer must not be met beside the next conversation.
  const standing = `document.querySelector('body > [aria-live="polite"]').childElementCount`;
  await chat.ask('And what else?');
  await chat.idle();
  assert.notEqual(await chat.frame.evaluate(standing), 0);
  await workbench.command('Marginalia: New Conversation');
  await eventually(async () => assert.equal(await chat.answers.count(), 0));
  assert.equal(await chat.frame.evaluate(standing), 0);
});

view('nothing moves by itself for who wants less motion', async ({ workbench, endpoint, changeSettings }) => {
  const chat = await workbench.openChat();
  const animations = (): Promise<unknown> =>
    chat.frame.evaluate(
      `document.getAnimations({ subtree: true }).filter(({ playState }) => playState === 'running').length`,
    );
  endpoint.faults.next({ kind: 'stall', afterPieces: 10 });
  await chat.ask('Write 3 long paragraphs');
  await chat.answers.getByText('Demo endpoint').waitFor();
  await eventually(async () => assert.notEqual(await animations(), 0, 'the control: something moves'));
  await workbench.page.emulateMedia({ reducedMotion: 'reduce' });
  await eventually(async () => assert.equal(await animations(), 0, 'by the system’s setting'));
  await workbench.page.emulateMedia({ reducedMotion: 'no-preference' });
  await eventually(async () => assert.notEqual(await animations(), 0));
  await changeSettings({ 'workbench.reduceMotion': 'on' });
  await eventually(async () => assert.equal(await animations(), 0, 'by the editor’s setting'));
});

/** A conversation with everything in it that can stand there, and an answer that is still waited for. */
async function fillConversation({ workbench, endpoint }: ViewStage, chat: Chat): Promise<void> {
  await chat.ask('Show me a table, a list and code about tea');
  await chat.idle();
  workbench.openFile('src/customers.ts');
  await workbench.command('Marginalia: Review File');
  await chat.answers.nth(1).waitFor();
  await chat.idle();
  endpoint.faults.next({ kind: 'status', status: 401 });
  await chat.ask('A failure');
  await chat.idle();
  endpoint.faults.next({
    kind: 'script',
    content: [
      { type: 'thinking', thinking: 'A thought with `code`.' },
      { type: 'redacted_thinking' },
      { type: 'thinking', thinking: '' },
      { type: 'text', text: 'I will look that up.' },
      { type: 'tool_use', name: 'look_up_price', input: { item: 'sencha' } },
    ],
  });
  await chat.ask('A tool');
  await chat.idle();
  await chat.button(/^Thought$|^Thought for/).click();
  await chat.frame.getByText('A thought with').waitFor();
  endpoint.faults.next({ kind: 'status', status: 529, headers: { 'retry-after': '55' } });
  await chat.ask('A wait');
  await chat.button('Retry Now').waitFor();
  for (const text of ['This waits', 'and this']) {
    await chat.box.fill(text);
    await chat.box.press('Enter');
  }
  await chat.paste('screenshot.png', dot);
  await chat.frame.getByText('screenshot.png').waitFor();
}

async function inEveryTheme(
  { changeSettings }: ViewStage,
  chat: Chat,
  check: (theme: string, rules: 'all' | 'colours') => Promise<void>,
): Promise<void> {
  for (const [index, theme] of Object.values(themes).entries()) {
    await changeSettings({ 'workbench.colorTheme': theme });
    await chat.frame.locator(`body[data-vscode-theme-id="${theme}"]`).waitFor({ timeout: 10_000 });
    await check(theme, index === 0 ? 'all' : 'colours');
  }
}

/** Every control of the page is reached, those whose names begin so among them. */
async function expectWalk(chat: Chat, names: string[]): Promise<void> {
  const { reached, missed, outOfOrder, unseen } = await walk(chat.page, chat.frame);
  assert.deepEqual({ missed, outOfOrder, unseen }, { missed: [], outOfOrder: [], unseen: [] }, reached.join('\n'));
  const notThere = names.filter(
    name => !reached.some(control => control.slice(control.indexOf(' ') + 1).startsWith(name)),
  );
  assert.deepEqual(notThere, [], reached.join('\n'));
}
