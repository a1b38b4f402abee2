import type { Measurement } from './measure.ts';
import type { DeltaTrial, PacedTrial, Trial } from './trials.ts';

/** Every measurement of a trial by contestant, in the order of the rounds. */
export type Results = Map<Trial, Map<string, Measurement[]>>;

const titles: Record<string, string> = {
  bareText: 'bare text, appended line by line (floor)',
  ours: '**Marginalia**',
  streamingMarkdown: '`streaming-markdown` (no sanitizing, no highlighting)',
  streamdown: '`streamdown`',
  reactMarkdown: '`react-markdown`, memoised',
  markedInnerHtml: '`marked` + DOMPurify + innerHTML',
};

/** The tables of all trials, in Markdown. */
export function report(results: Results): string {
  const tables = [...results].map(([trial, measured]) =>
    trial.kind === 'paced' ? pacedTable(trial, measured) : deltaTable(trial, measured),
  );
  return [...tables, growthTable(results)].join('\n\n');
}

function deltaTable(trial: DeltaTrial, measured: Map<string, Measurement[]>): string {
  const rows = [...measured].map(([name, runs]) => {
    const mark = runs.some(({ isSampled }) => isSampled) ? '~' : '';
    return [
      titles[name] ?? name,
      mark + withSeparators(median(runs.map(run => run.mainThreadMs))),
      mark + ratio(measured, name, 'bareText'),
      mark + ratio(measured, name, 'streamingMarkdown'),
      median(runs.map(run => run.longestMs)).toFixed(1),
      written(median(runs.map(run => run.framesOver50)), 0),
      written(mark === '' ? median(runs.map(run => run.heapBytes)) / 1e6 : NaN, 1),
    ];
  });
  const heads = [
    'main thread, ms',
    '× bare text',
    '× streaming-markdown',
    'longest call, ms',
    'frames > 50 ms',
    'heap, MB',
  ];
  return table([trial.title, ...heads], rows);
}

function pacedTable(trial: PacedTrial, measured: Map<string, Measurement[]>): string {
  const rows = [...measured].map(([name, runs]) => [
    titles[name] ?? name,
    `${(median(runs.map(run => run.mainThreadMs / run.elapsedMs)) * 100).toFixed(1)} %`,
    ratio(measured, name, 'bareText'),
    median(runs.map(run => run.longestMs)).toFixed(1),
    written(median(runs.map(run => run.framesOver50)), 0),
  ]);
  return table([trial.title, 'share of the main thread', '× bare text', 'longest task, ms', 'frames > 50 ms'], rows);
}

/** The exponent of growth: 1 is linear, 2 would be the square. */
function growthTable(results: Results): string {
  const pairs = [
    ['answer20', 'answer100'],
    ['answer100', 'answer400'],
    ...['code', 'list', 'table', 'paragraph'].map(kind => [`${kind}Half`, kind]),
  ] as const;
  const find = (wanted = ''): [Trial, Map<string, Measurement[]>] | undefined =>
    [...results].find(([trial]) => trial.name === wanted);
  const columns = pairs.flatMap(([small, large]) => {
    const [from, to] = [find(small), find(large)];
    return from && to ? [{ from, to }] : [];
  });
  const names = [...new Set(columns.flatMap(({ to: [, measured] }) => [...measured.keys()]))];
  const rows = names.map(name => [
    titles[name] ?? name,
    ...columns.map(({ from, to }) => {
      const cost = ([, measured]: [Trial, Map<string, Measurement[]>]): number =>
        median((measured.get(name) ?? []).map(run => run.mainThreadMs));
      return written(Math.log(cost(to) / cost(from)) / Math.log(to[0].text.length / from[0].text.length), 2);
    }),
  ]);
  const heads = columns.map(({ from, to }) => `${from[0].title} → ${to[0].title}`);
  return table(['exponent of growth', ...heads], rows);
}

/** The median of the rounds' ratios: a round that ran on a busy machine was busy for both. */
function ratio(measured: Map<string, Measurement[]>, name: string, reference: string): string {
  const others = measured.get(reference) ?? [];
  const ratios = (measured.get(name) ?? []).flatMap((run, round) => {
    const other = others[round];
    return other ? [run.mainThreadMs / other.mainThreadMs] : [];
  });
  const value = median(ratios);
  return written(value, value >= 100 ? 0 : 2);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? NaN;
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? NaN) + upper) / 2 : upper;
}

function withSeparators(value: number): string {
  return Math.round(value).toLocaleString('en');
}

/** A dash where nothing was measured. */
function written(value: number, digits: number): string {
  return Number.isNaN(value) ? '–' : value.toFixed(digits);
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(heads), line(heads.map((_, column) => (column === 0 ? '---' : '--:'))), ...rows.map(line)].join('\n');
}
