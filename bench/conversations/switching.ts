import { setTimeout as sleep } from 'node:timers/promises';
import type { Frame } from 'playwright-core';
import { startDemoEndpoint } from '../../harness/endpoint/server.ts';
import { eventually } from '../../harness/drive/eventually.ts';
import { HistoryView } from '../../harness/drive/workbench.ts';
import { type BenchWindow, startBenchEditor } from '../startup/editor.ts';
import { median, ms, p95, type Row } from '../startup/table.ts';
import { chatFrame } from '../startup/view.ts';

/** Both are answered for longer than is measured. */
const questions = ['Write 400 long paragraphs of Anna', 'Write 400 long paragraphs of Bert'];

interface Switch {
  /** Milliseconds from choosing the other conversation in the history until its running answer is painted. */
  shownMs: number;
  /** The same, until more of it is painted. */
  grewMs: number;
}

/** Goes from one running conversation to another and back, in a real editor. */
export async function switching(rounds: number): Promise<Row[]> {
  const endpoint = await startDemoEndpoint({ pace: 15 });
  const editor = await startBenchEditor({ settings: { 'marginalia.baseUrl': endpoint.baseUrl } });
  const running: Switch[] = [];
  try {
    const window = await editor.openWindow();
    await window.ask('focus', 'marginalia.chat');
    const turnIds: string[] = [];
    for (const question of questions) {
      if (turnIds.length > 0) await window.ask('run', 'marginalia.newConversation');
      turnIds.push(await ask(window, question, turnIds));
    }
    // The first time to and fro warms it up.
    for (let at = 0; at < 2 * (rounds + 1); at++) {
      const measured = await switchTo(window, questions[at % 2] ?? '', turnIds[at % 2] ?? '');
      if (at >= 2) running.push(measured);
    }
  } finally {
    await editor.close();
    await endpoint.close();
  }
  return [
    row(
      'from one running conversation to another, chosen in the history: to its answer painted',
      times(running, 'shownMs'),
    ),
    row('the same, to more of its answer painted', times(running, 'grewMs')),
  ];
}

function times(switches: readonly Switch[], name: keyof Switch): number[] {
  return switches.map(measured => measured[name]);
}

function row(what: string, measured: readonly number[]): Row {
  return {
    what: `${what}, median and p95`,
    measured: `${ms(median(measured))}, ${ms(p95(measured))}`,
    aim: '≤ 300 ms',
    isMet: p95(measured) <= 300,
  };
}

/** Sends the question, and returns the id of its answer once that streams. */
async function ask({ page }: BenchWindow, question: string, others: readonly string[]): Promise<string> {
  const frame = await eventually(() => chatFrame(page.frames()));
  await frame.locator('#composer').click();
  await page.keyboard.type(question);
  await page.keyboard.press('Enter');
  return eventually(async () => {
    const running = await lastTurn(frame);
    if (running.length < 500 || others.includes(running.id)) throw new Error('It does not stream yet.');
    return running.id;
  });
}

function lastTurn(frame: Frame): Promise<{ id: string; length: number }> {
  return frame.evaluate(`(() => {
    const last = [...document.querySelectorAll('[data-turn]')].at(-1);
    return { id: last?.dataset.turn ?? '', length: last?.textContent.length ?? 0 };
  })()`);
}

async function switchTo(window: BenchWindow, question: string, turnId: string): Promise<Switch> {
  const { page } = window;
  const frame = await eventually(() => chatFrame(page.frames()));
  // Not by the command palette: the Escape before it would stop the answer.
  await window.ask('run', 'marginalia.openConversation');
  const history = new HistoryView(frame);
  await history.panel.waitFor();
  await history.search.fill(question);
  await eventually(async () => {
    if ((await history.rows.count()) !== 1) throw new Error('not found yet');
  });
  await frame.evaluate(watchFor(turnId));
  const before = Date.now();
  await page.keyboard.press('Enter');
  const seen = await eventually(async () => {
    const found = await frame.evaluate<{ shownAt: number; grewAt: number } | undefined>('window.switched');
    if (!found) throw new Error('The other conversation is not shown, or does not grow.');
    return found;
  });
  // What is looked for is to be somewhere else than the last time.
  await sleep(500);
  return { shownMs: seen.shownAt - before, grewMs: seen.grewAt - before };
}

/** Notes when, by the wall clock, a frame was painted that ends with this turn, and the first one with more of it. */
function watchFor(turnId: string): string {
  return `(() => {
    window.switched = undefined;
    let first;
    const now = () => performance.timeOrigin + performance.now();
    // What a frame finds in the document was painted at its end, before the next task.
    const painted = then => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => then(now());
      channel.port2.postMessage(0);
    };
    const look = () => {
      const last = [...document.querySelectorAll('[data-turn]')].at(-1);
      const length = last?.dataset.turn === ${JSON.stringify(turnId)} ? last.textContent.length : 0;
      if (length > 0 && !first) {
        first = { length, shownAt: undefined };
        painted(at => (first.shownAt = at));
      } else if (first && length > first.length) {
        const { shownAt } = first;
        painted(grewAt => (window.switched = { shownAt, grewAt }));
        return;
      }
      requestAnimationFrame(look);
    };
    look();
  })()`;
}
