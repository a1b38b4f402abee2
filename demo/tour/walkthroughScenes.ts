import type { Page } from 'playwright-core';
import { eventually } from '../../harness/drive/eventually.ts';
import { closePrimarySideBar } from './primarySideBar.ts';
import { setSideBarWidth } from './sideBarWidth.ts';
import { ended, newConversation, type Stage } from './stage.ts';
import { type WalkthroughPicture, walkthroughStep } from './walkthroughPictures.ts';

/** Pixels of a window whose picture can still be read at half its size. */
const smallWindow = { width: 1000, height: 620 };
/** Of the chat, in pixels. */
const chatWidth = 400;

export async function walkthroughKey(stage: Stage): Promise<void> {
  await inSmallWindow(stage, async page => {
    // A page that is slow to start is built anew.
    await eventually(async () => {
      const { frame } = await stage.workbench.chat();
      await frame.getByText('Where is your key from?').waitFor({ timeout: 3_000 });
      await frame.locator('.size-button').waitFor({ timeout: 3_000 });
    });
    await keep(stage, page, 'key', '.part.auxiliarybar');
  });
}

export async function walkthroughAsk(stage: Stage): Promise<void> {
  await inSmallWindow(stage, async page => {
    const chat = await newConversation(stage.workbench);
    await chat.ask('Compare debounce and throttle in a table, with an example in TypeScript');
    await ended(chat);
    await keep(stage, page, 'ask', '.part.auxiliarybar');
  });
}

export async function walkthroughExplain(stage: Stage): Promise<void> {
  const { workbench } = stage;
  await inSmallWindow(stage, async page => {
    await workbench.command('Marginalia: New Conversation');
    await workbench.openFile('src/orders.ts');
    await workbench.selectLines(16, 22);
    await workbench.command('Marginalia: Explain Selection');
    const chat = await workbench.chat();
    await chat.answers.first().waitFor();
    await ended(chat);
    await keep(stage, page, 'explain');
    await workbench.command('View: Close Editor');
  });
}

export async function walkthroughReview(stage: Stage): Promise<void> {
  const { workbench } = stage;
  await inSmallWindow(stage, async page => {
    await workbench.command('Marginalia: New Conversation');
    await workbench.openFile('src/customers.ts');
    await workbench.command('Marginalia: Review File');
    const chat = await workbench.chat();
    await chat.answers.first().waitFor();
    await ended(chat);
    await workbench.commentThreads.first().waitFor();
    // The list of comments has opened with them.
    if (await page.locator('.part.panel').isVisible()) await workbench.command('View: Toggle Panel Visibility');
    await page.mouse.move(600, 20);
    await keep(stage, page, 'review');
    await workbench.command('Marginalia: Clear Review Findings');
    await workbench.command('View: Close Editor');
  });
}

/** The walkthrough itself, with the pictures that are shipped. */
export async function walkthrough({ workbench, album }: Stage): Promise<void> {
  const { page } = workbench;
  await workbench.command('Marginalia: Open Walkthrough');
  await page.locator('.getting-started-step').first().waitFor();
  for (const title of ['Set your API key', 'Ask your first question', 'Have code explained', 'Have it reviewed']) {
    await page.locator('.getting-started-step', { hasText: title }).click();
    await album.take(page, `steps-${title.split(' ')[0]?.toLowerCase() ?? ''}`);
  }
  await workbench.command('View: Close Editor');
}

/** A conversation in a tab, beside the view with a new one. */
export async function conversationInTab({ workbench, album }: Stage): Promise<void> {
  const view = await newConversation(workbench);
  await view.ask('Compare debounce and throttle in a table, with an example in TypeScript');
  await ended(view);
  await workbench.command('Marginalia: Open in Editor Tab');
  const chat = await workbench.chatIn('editor');
  await chat.answers.last().waitFor();
  await album.take(workbench.page, 'in-a-tab');
  await chat.ask('Write 5 long paragraphs about coffee');
  await album.take(workbench.page, 'tab-answering');
  await ended(chat);
  await workbench.command('View: Close Editor');
}

async function inSmallWindow({ workbench }: Stage, act: (page: Page) => Promise<void>): Promise<void> {
  const { page } = workbench;
  const before = page.viewportSize();
  await page.setViewportSize(smallWindow);
  await closePrimarySideBar(workbench);
  const width = (await page.locator('.part.auxiliarybar').boundingBox())?.width;
  await setSideBarWidth(page, chatWidth);
  try {
    await act(page);
  } finally {
    if (before) await page.setViewportSize(before);
    await workbench.command('View: Show Explorer');
    if (width !== undefined) await setSideBarWidth(page, width);
  }
}

/** Takes a picture of one part, or of all but the status bar. */
async function keep({ album }: Stage, page: Page, picture: WalkthroughPicture, part?: string): Promise<void> {
  const box = part === undefined ? null : await page.locator(part).boundingBox();
  const clip = box ?? { x: 0, y: 0, ...smallWindow };
  await album.take(page, walkthroughStep(picture), clip);
}
