import { setTimeout as sleep } from 'node:timers/promises';
import type { Frame, Page } from 'playwright-core';
import { startDemoEndpoint } from '../../harness/endpoint/server.ts';
import type { TurnRecord } from '../../src/core/conversation/turns.ts';
import { eventually } from '../../harness/drive/eventually.ts';
import { type BenchWindow, startBenchEditor } from '../startup/editor.ts';
import { chatFrame, keyTimes } from '../startup/view.ts';
import { lastWords, storeConversation } from './conversation.ts';

/** A conversation, and what was measured of it, each in milliseconds. */
export interface Measured {
  title: string;
  turns: readonly TurnRecord[];
  /** From choosing it in the history to its last turn painted. */
  chosen: number[];
  /** From the command that shows the view, which was closed, to its last turn painted. */
  shown: number[];
  keysAtRest: number[];
  keysWhileStreaming: number[];
}

/** Opens the conversations by turns, in windows of a real editor, and types into each. */
export async function measureInEditor(conversations: readonly Measured[], rounds: number): Promise<void> {
  const endpoint = await startDemoEndpoint({ pace: 15 });
  const editor = await startBenchEditor({
    settings: { 'marginalia.baseUrl': endpoint.baseUrl },
    prepare: profile => {
      for (const { title, turns } of conversations) storeConversation(profile, title, turns);
    },
  });
  try {
    // The first window warms the editor up.
    for (let round = 0; round <= rounds; round++) {
      const window = await editor.openWindow();
      await window.page.addInitScript(watchPaint);
      await window.ask('focus', 'marginalia.chat');
      for (const measured of round % 2 === 0 ? conversations : conversations.toReversed()) {
        const chosen = await choose(window, measured);
        const shown = await show(window, measured);
        const keysAtRest = await keyTimes(window);
        if (round === 0) continue;
        measured.chosen.push(chosen);
        measured.shown.push(shown);
        measured.keysAtRest.push(...keysAtRest);
        console.error(`window ${round} of ${rounds}: ${measured.title}`, { chosen, shown });
      }
      // At last: it makes the conversations longer.
      for (const measured of round === rounds ? conversations : []) {
        await choose(window, measured);
        for (let time = 0; time < 4; time++) measured.keysWhileStreaming.push(...(await typeWhileItAnswers(window)));
      }
    }
  } finally {
    await editor.close();
    await endpoint.close();
  }
}

async function choose({ page, workbench }: BenchWindow, { title, turns }: Measured): Promise<number> {
  const history = await workbench.openHistory();
  await history.row(title).first().waitFor();
  await history.search.fill(title);
  await eventually(async () => {
    if ((await history.rows.count()) !== 1) throw new Error('not found yet');
  });
  await history.frame.evaluate('painted.clear()');
  const before = Date.now();
  await page.keyboard.press('Enter');
  return (await paintedAt(page, turns)) - before;
}

async function show(window: BenchWindow, { turns }: Measured): Promise<number> {
  const { page } = window;
  await window.ask('run', 'workbench.action.closeAuxiliaryBar');
  await page.locator('.part.auxiliarybar').waitFor({ state: 'hidden' });
  await sleep(500);
  const before = await window.ask<number>('focus', 'marginalia.chat');
  const at = await paintedAt(page, turns);
  await sleep(1_000);
  return at - before;
}

/** Only the answer that is typed beside is being written: it is stopped then. */
async function typeWhileItAnswers(window: BenchWindow): Promise<number[]> {
  const { page } = window;
  const frame = await chatFrame(page.frames());
  await frame.locator('#composer').click();
  await page.keyboard.type('Write 200 long paragraphs');
  await page.keyboard.press('Enter');
  const answer = frame.locator('article[aria-busy=true]');
  await eventually(async () => {
    if ((await answer.innerText()).length < 500) throw new Error('It does not stream yet.');
  });
  const times = await keyTimes(window);
  if ((await answer.count()) === 0) throw new Error('The answer has ended while keys were measured.');
  await page.keyboard.press('Escape');
  await answer.waitFor({ state: 'hidden' });
  return times;
}

/** In every frame: when, by the wall clock, an answer was painted that begins with these words. */
const watchPaint = `(() => {
  window.painted = new Map();
  const look = () => {
    for (const { textContent } of document.querySelectorAll('.answer p:first-child')) {
      if (painted.has(textContent)) continue;
      painted.set(textContent, undefined);
      const channel = new MessageChannel();
      channel.port1.onmessage = () => painted.set(textContent, performance.timeOrigin + performance.now());
      channel.port2.postMessage(0);
    }
    requestAnimationFrame(look);
  };
  // The editor writes the page into a frame that is there, which ends what that has asked for.
  const timer = setInterval(() => {
    if (!document.getElementById('composer')) return;
    clearInterval(timer);
    look();
  }, 5);
})()`;

function paintedAt(page: Page, turns: readonly TurnRecord[]): Promise<number> {
  const words = lastWords(turns);
  return eventually(async () => {
    const frame: Frame = await chatFrame(page.frames());
    const at: unknown = await frame.evaluate(`painted.get(${JSON.stringify(words)})`);
    if (typeof at !== 'number') throw new Error('The last turn is not painted.');
    return at;
  });
}
