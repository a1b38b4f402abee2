import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Bench } from './browser.ts';
import { bundle } from './bundle.ts';
import { measure, type Measurement } from './measure.ts';
import { report, type Results } from './report.ts';
import { allTrials, contestants, type Trial } from './trials.ts';

interface Options {
  quick: boolean;
  /** The names of the trials; all where none is given. */
  only: readonly string[];
  rounds?: number | undefined;
}

/**
 * Our renderer beside others, in a browser of its own; prints Markdown tables on stdout and its progress on stderr.
 * Rounds alternate, and every other one runs backwards, so that whatever else the machine does meets all alike.
 */
export async function run({ quick, only, rounds = quick ? 1 : 5 }: Options): Promise<void> {
  const trials = allTrials(quick).filter(({ name }) => only.length === 0 || only.includes(name));
  if (trials.length === 0)
    throw new Error(
      `There are: ${allTrials(quick)
        .map(({ name }) => name)
        .join(', ')}`,
    );
  const folder = await mkdtemp(join(tmpdir(), 'bench-view-'));
  const results: Results = new Map(trials.map(trial => [trial, new Map<string, Measurement[]>()]));
  try {
    await bundle(folder, contestants);
    for (let round = 1; round <= rounds; round++) {
      for (const trial of trials) {
        console.error(`round ${round} of ${rounds}: ${trial.title}`);
        await runTrial(folder, trial, round, results);
      }
    }
    console.log(report(results));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function runTrial(folder: string, trial: Trial, round: number, results: Results): Promise<void> {
  const named = trial.kind === 'paced' ? trial.contestants : [...trial.whole, ...trial.sampled];
  const bench = await Bench.start(folder);
  try {
    for (const contestant of round % 2 === 0 ? named.toReversed() : named) {
      // What is sampled is an estimate anyway, and takes long.
      if (round > 1 && trial.kind === 'everyDelta' && trial.sampled.includes(contestant)) continue;
      const ofTrial = results.get(trial);
      const measurement = await measure(bench, trial, contestant);
      ofTrial?.set(contestant, [...(ofTrial.get(contestant) ?? []), measurement]);
    }
  } finally {
    await bench.close();
  }
}
