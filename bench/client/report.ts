import type { Measurement } from './child.ts';
import type { Results, Trial } from './measure.ts';
import { makeCase, type StreamCase } from './cases.ts';

type Of<Mode extends Measurement['mode']> = Extract<Measurement, { mode: Mode }>;

/** The names in the tables. */
export const titles: Record<string, string> = {
  floorBytes: 'floor, bytes only',
  floor: 'floor: lines + `JSON.parse`',
  eventsourceParser: 'undici + eventsource-parser + `JSON.parse`',
  ours: '**Marginalia**',
  oursBundledCertificates: '**Marginalia**, without system certificates',
  oursWarmed: '**Marginalia**, warmed up as by the view',
  sdkRaw: '`@anthropic-ai/sdk`, raw stream',
  sdkHelper: '`@anthropic-ai/sdk`, `messages.stream`',
  aiSdk: '`ai` streamText',
};

/** The tables of all trials, in Markdown. */
export function report(results: Results): string {
  const tables = [...results].map(([trial, measured]) => tableOf(trial, measured));
  return [...tables, growthTable(results)].join('\n\n');
}

/** What twice the line costs: 2 is linear, 4 would be the square. */
function growthTable(results: Results): string {
  const runsOf = (caseName: string): Map<string, Of<'stream'>[]> => {
    const [, measured] = [...results].find(([trial]) => trial.caseName === caseName) ?? [];
    return ofMode(measured ?? new Map<string, Measurement[]>(), 'stream');
  };
  const longer = runsOf('line2');
  const rows = [...runsOf('line1')].map(([name, runs]) => [
    titles[name] ?? name,
    (median((longer.get(name) ?? []).map(run => run.cpuMs)) / median(runs.map(run => run.cpuMs))).toFixed(2),
  ]);
  return table(['one data line: 2 MiB against 1 MiB', 'CPU, ×'], rows);
}

function tableOf(trial: Trial, measured: Map<string, Measurement[]>): string {
  switch (trial.mode) {
    case 'stream':
      return streamTable(caseNamed(trial.caseName), trial, ofMode(measured, 'stream'));
    case 'cold':
      return coldTable(ofMode(measured, 'cold'), trial);
    case 'stop':
      return stopTable(ofMode(measured, 'stop'));
  }
}

function streamTable(
  tried: StreamCase,
  { reference, warmUps = 0 }: Trial,
  measured: Map<string, Of<'stream'>[]>,
): string {
  const perEvent = tried.deltas > 1;
  const cpu = (runs: Of<'stream'>[], cpuMs: (run: Of<'stream'>) => number): string =>
    written(median(runs.map(run => (perEvent ? (cpuMs(run) * 1_000) / tried.deltas : cpuMs(run)))), perEvent ? 2 : 0);
  const againMs = (run: Of<'stream'>): number => run.againCpuMs ?? NaN;
  const rows = [...measured].map(([name, runs]) => {
    checkComplete(tried, name, runs);
    return [
      titles[name] ?? name,
      cpu(runs, run => run.cpuMs),
      ratio(measured, name, reference, run => run.cpuMs),
      ...(warmUps > 0 ? [cpu(runs, againMs), ratio(measured, name, reference, againMs)] : []),
      median(runs.map(run => tried.body.length / 1_000 / run.wallMs)).toFixed(0),
      (median(runs.map(run => run.peakBytes)) / 1e6).toFixed(0),
      ratio(measured, name, reference, run => run.peakBytes),
    ];
  });
  const heads = [tried.title, perEvent ? 'CPU, µs per event' : 'CPU, ms', '×'];
  return table([...heads, ...(warmUps > 0 ? ['compiled', '×'] : []), 'MB/s', 'peak memory, MB', '×'], rows);
}

function coldTable(measured: Map<string, Of<'cold'>[]>, { reference, tls = false }: Trial): string {
  const rows = [...measured].map(([name, runs]) => [
    titles[name] ?? name,
    median(runs.map(run => run.fromLoadMs)).toFixed(1),
    ratio(measured, name, reference, run => run.fromLoadMs),
    median(runs.map(run => run.fromByteMs)).toFixed(1),
    ratio(measured, name, reference, run => run.fromByteMs),
  ]);
  const title = tls ? 'first delta in a cold process, over TLS' : 'first delta in a cold process';
  return table([title, 'load, ask, first delta: ms', '×', 'first byte to first delta: ms', '×'], rows);
}

function stopTable(measured: Map<string, Of<'stop'>[]>): string {
  const rows = [...measured].map(([name, runs]) => {
    const times = runs.flatMap(run => run.closedAfterMs);
    return [titles[name] ?? name, median(times).toFixed(1), Math.max(...times).toFixed(1), String(times.length)];
  });
  return table(['from Stop to a closed socket', 'median, ms', 'longest, ms', 'stops'], rows);
}

/** A client that loses text is not fast. */
function checkComplete(tried: StreamCase, name: string, runs: Of<'stream'>[]): void {
  if (name === 'floorBytes') return;
  for (const { characters } of runs) {
    if (characters !== tried.characters) {
      throw new Error(`${name} read ${characters} of ${tried.characters} characters of ${tried.name}`);
    }
  }
}

/** The median of the rounds' ratios: a round that ran on a busy machine was busy for both. */
function ratio<Run>(
  measured: Map<string, Run[]>,
  name: string,
  reference: string,
  value: (run: Run) => number,
): string {
  const others = measured.get(reference) ?? [];
  const ratios = (measured.get(name) ?? []).flatMap((run, round) => {
    const other = others[round];
    return other ? [value(run) / value(other)] : [];
  });
  return written(median(ratios), 2);
}

function ofMode<Mode extends Measurement['mode']>(measured: Map<string, Measurement[]>, mode: Mode) {
  const isOfMode = (measurement: Measurement): measurement is Of<Mode> => measurement.mode === mode;
  return new Map([...measured].map(([name, runs]) => [name, runs.filter(isOfMode)]));
}

function caseNamed(name = ''): StreamCase {
  const make = makeCase[name];
  if (!make) throw new Error(`No case is called ${name}`);
  return make();
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? NaN;
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? NaN) + upper) / 2 : upper;
}

/** A dash where nothing was measured. */
function written(value: number, digits: number): string {
  return Number.isNaN(value) ? '–' : value.toFixed(digits);
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(heads), line(heads.map((_, column) => (column === 0 ? '---' : '--:'))), ...rows.map(line)].join('\n');
}
