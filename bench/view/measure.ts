import type { Bench, MeasuredPage } from './browser.ts';
import type { PageResult } from './page/drive.ts';
import type { DeltaTrial, PacedTrial, Trial } from './trials.ts';

export interface Measurement {
  /** Of the main thread: script, style, layout and paint together. */
  mainThreadMs: number;
  /** A part of the deltas was rendered, and the sum scaled. */
  isSampled: boolean;
  /** One call in runs at every delta, one task in paced ones. */
  longestMs: number;
  framesOver50: number;
  heapBytes: number;
  elapsedMs: number;
}

/** Where deltas are sampled, as shares of the whole, and how many at each. */
const positions = [0.03, 0.16, 0.29, 0.42, 0.55, 0.68, 0.81, 0.94];
const deltasAtPosition = 10;
const deltaCharacters = 20;

export async function measure(bench: Bench, trial: Trial, contestant: string): Promise<Measurement> {
  const measured = await bench.open(contestant);
  try {
    if (trial.kind === 'paced') return await measurePaced(measured, trial);
    return trial.whole.includes(contestant)
      ? await measureWhole(measured, trial, contestant)
      : await sample(measured, trial);
  } finally {
    await measured.close();
  }
}

async function measureWhole(
  { page, counters }: MeasuredPage,
  trial: DeltaTrial,
  contestant: string,
): Promise<Measurement> {
  const before = await counters();
  const result = await page.evaluate(text => bench.everyDelta(text), trial.text);
  const after = await counters();
  checkComplete(contestant, trial, await page.evaluate(() => bench.shownCharacters()));
  return measurementOf(result, before, after);
}

async function sample({ page, counters }: MeasuredPage, trial: DeltaTrial): Promise<Measurement> {
  const before = await counters();
  const costs: number[] = [];
  for (const position of positions) {
    const at = Math.floor(trial.text.length * position);
    costs.push(
      await page.evaluate(({ text, from, count }) => bench.someDeltas(text, from, count), {
        text: trial.text,
        from: at,
        count: deltasAtPosition,
      }),
    );
  }
  const after = await counters();
  const deltas = trial.text.length / deltaCharacters;
  const mean = costs.reduce((sum, cost) => sum + cost, 0) / costs.length;
  return {
    mainThreadMs: mean * deltas,
    isSampled: true,
    longestMs: Math.max(...costs),
    framesOver50: NaN,
    heapBytes: after.heapBytes - before.heapBytes,
    elapsedMs: NaN,
  };
}

async function measurePaced(measured: MeasuredPage, trial: PacedTrial): Promise<Measurement> {
  const { page, counters } = measured;
  const { text, start, charactersPerSecond, seconds } = trial;
  if (start > 0) await page.evaluate(given => bench.prefill(given.text, given.start), { text, start });
  const before = await counters();
  let result: PageResult | undefined;
  const run = async (): Promise<void> => {
    result = await page.evaluate(
      given => bench.paced(given.text, given.start, given.charactersPerSecond, given.seconds),
      { text, start, charactersPerSecond, seconds },
    );
  };
  const longestMs = await measured.longestTaskMs(run);
  const after = await counters();
  if (!result) throw new Error('The run had no result.');
  return { ...measurementOf(result, before, after), longestMs };
}

function measurementOf(
  { longestCallMs, framesOver50, elapsedMs }: PageResult,
  before: { taskSeconds: number; heapBytes: number },
  after: { taskSeconds: number; heapBytes: number },
): Measurement {
  return {
    mainThreadMs: (after.taskSeconds - before.taskSeconds) * 1000,
    isSampled: false,
    longestMs: longestCallMs,
    framesOver50,
    heapBytes: after.heapBytes - before.heapBytes,
    elapsedMs,
  };
}

/** A renderer that loses text is not fast. Marks become formatting, so that there is less text than source. */
function checkComplete(contestant: string, trial: DeltaTrial, shown: number): void {
  const written = trial.text.replace(/\s+/g, '').length;
  if (shown < written * 0.8) throw new Error(`${contestant} shows ${shown} of ${written} characters of ${trial.name}`);
}
