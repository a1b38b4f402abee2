import { launchBrowser } from '../../harness/editor/browser.ts';
import type { TurnRecord } from '../../src/core/conversation/turns.ts';
import { median, ms, p95, type Row, table } from '../startup/table.ts';
import { lastWords, type LongOptions, longConversation } from './conversation.ts';
import { measureInEditor, type Measured } from './inEditor.ts';
import { openStandalone } from './standalone.ts';

/**
 * A long conversation beside a short one, whose turns are as long and as many-sided as the last ones of the long; in the
 * real editor, by turns.
 */
export async function run({ quick, rounds }: { quick: boolean; rounds: number | undefined }): Promise<void> {
  const short = measured('Ten turns', { turns: 10, characters: 50_000, first: 1_006 });
  const long = measured('A thousand turns', { turns: 1_000, characters: 5_000_000 });
  await measureInEditor([short, long], rounds ?? (quick ? 2 : 7));
  const heaps = { short: await heapOf(short.turns), long: await heapOf(long.turns) };
  const heapRatio = heaps.long / heaps.short;
  const rows: Row[] = [
    opening(
      'opened from the history: to its last turn painted, beside the same of 10 turns',
      long.chosen,
      short.chosen,
    ),
    opening('shown with its view, which was closed: the same', long.shown, short.shown),
    keys('from a key to its glyph while an answer streams, p95, beside the same at rest; 1,000 turns', long),
    keys('the same; 10 turns', short),
    {
      what: 'heap of the page, beside that of 10 turns',
      measured: `${heaps.long.toFixed(1)} MB : ${heaps.short.toFixed(1)} MB = ${heapRatio.toFixed(2)}`,
      aim: '≤ 2',
      isMet: heapRatio <= 2,
    },
  ];
  console.log(table(rows));
}

function measured(title: string, size: LongOptions): Measured {
  const turns = longConversation(size);
  return { title, turns, chosen: [], shown: [], keysAtRest: [], keysWhileStreaming: [] };
}

function opening(what: string, long: readonly number[], short: readonly number[]): Row {
  // Of the pairs of one window each: what slows a window slows both.
  const ratio = median(long.map((each, index) => each / (short[index] ?? NaN)));
  return {
    what,
    measured: `${ms(median(long))} : ${ms(median(short))} = ${ratio.toFixed(2)}`,
    aim: '≤ 1.5 (300 ms)',
    isMet: ratio <= 1.5,
  };
}

function keys(what: string, { keysAtRest, keysWhileStreaming }: Measured): Row {
  const ratio = p95(keysWhileStreaming) / p95(keysAtRest);
  return {
    what,
    measured: `${ms(p95(keysWhileStreaming))} : ${ms(p95(keysAtRest))} = ${ratio.toFixed(2)}`,
    aim: '≤ 1.5 (16 ms)',
    isMet: ratio <= 1.5,
  };
}

/** Megabytes that are in use after a collection. */
async function heapOf(turns: readonly TurnRecord[]): Promise<number> {
  const browser = await launchBrowser();
  try {
    const page = await openStandalone(browser, turns);
    await page.getByText(lastWords(turns), { exact: true }).waitFor();
    await page.waitForTimeout(2_000);
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('HeapProfiler.collectGarbage');
    const { usedSize } = await devtools.send('Runtime.getHeapUsage');
    return usedSize / 1_000_000;
  } finally {
    await browser.close();
  }
}
