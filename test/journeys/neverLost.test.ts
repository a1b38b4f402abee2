import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually, patience } from '../../harness/drive/eventually.ts';
import { killExtensionHost } from '../support/extensionHost.ts';
import { journey } from '../support/journey.ts';
import { type Chat, Workbench } from '../../harness/drive/workbench.ts';

const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=';

// They kill what others would go on using.
journey.use({ user: 'new', pace: 25 });

journey(
  'the extension host dies in the middle of an answer: all is there when it is back',
  async ({ workbench, profile }) => {
    const chat = await workbench.openChat();
    const seen = await workUntilAnswering(chat, 'Write 60 long paragraphs');
    killExtensionHost(profile);
    await workbench.reload();
    await workbench.openChat();
    const again = await expectAllOf(workbench, { question: 'Write 60 long paragraphs', seen, state: interrupted });
    const before = (await again.answers.innerText()).length;
    await again.button('Continue').click();
    await again.stopButton.waitFor();
    await eventually(async () => assert.ok((await again.answers.innerText()).length > before + 100));
    await again.stopButton.click();
    await again.idle();
  },
);

journey(
  'the browser dies in the middle of an answer: all is there in another one',
  async ({ workbench, context, endpoint }) => {
    const chat = await workbench.openChat();
    // It would be over before another window is there, where that takes long.
    endpoint.faults.next({ kind: 'hold', afterPieces: 400 });
    const seen = await workUntilAnswering(chat, 'Write 50 long paragraphs');
    const address = workbench.page.url();
    const browser = context.browser();
    assert.ok(browser);
    await context.close();
    const other = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    other.setDefaultTimeout(patience);
    const page = await other.newPage();
    await page.goto(address);
    const reopened = new Workbench(page);
    await reopened.ready();
    // Which conversation a window has shown is remembered by the browser.
    await reopened.openChat();
    await reopened.openConversation('Write 50 long');
    // The editor keeps the extension host of a window that has vanished: there the answer goes on.
    const state = 'Answering in another window';
    const fresh = await expectAllOf(reopened, { question: 'Write 50 long paragraphs', seen, state });
    const before = (await fresh.answers.innerText()).length;
    endpoint.faults.release();
    await eventually(async () => assert.ok((await fresh.answers.innerText()).length > before + 100));
    assert.equal(endpoint.requests.length, 1);
    await other.close();
  },
);

const interrupted = 'The answer was interrupted';

/** Asks, writes the next message with an image while the answer comes, and gives what of the answer has been seen. */
async function workUntilAnswering(chat: Chat, question: string): Promise<string[]> {
  await chat.ask(question);
  await chat.paste('dot.png', png);
  await chat.page.keyboard.type('the next thought');
  const paragraphs = chat.answers.locator('p');
  await eventually(async () => assert.ok((await paragraphs.count()) > 2));
  const seen = await paragraphs.allInnerTexts();
  // Longer than what may be lost.
  await sleep(1_000);
  return seen;
}

/** The chat in which all of it is. The page of one may be loaded once more: after that another has to be looked at. */
function expectAllOf(
  workbench: Workbench,
  { question, seen, state }: { question: string; seen: string[]; state: string },
): Promise<Chat> {
  return eventually(async () => {
    const chat = await workbench.chat();
    const kept = await chat.answers.innerText();
    for (const paragraph of seen) assert.ok(kept.includes(paragraph), paragraph);
    assert.equal(await chat.answers.getByText(state).count(), 1);
    await chat.showStart();
    assert.equal(await chat.questions.getByText(question).count(), 1);
    assert.equal(await chat.turnCount(), 2);
    assert.equal(await chat.box.inputValue(), 'the next thought');
    assert.equal(await chat.frame.locator('.composer').getByText('dot.png').count(), 1);
    return chat;
  });
}
