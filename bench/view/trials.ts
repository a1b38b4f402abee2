import { answer, hugeBlocks } from './documents.ts';

/** One thing that is measured of several contestants. */
export type Trial = DeltaTrial | PacedTrial;

export interface DeltaTrial {
  kind: 'everyDelta';
  name: string;
  title: string;
  text: string;
  /** Whom it takes seconds; they render every delta. */
  whole: readonly string[];
  /** Whom it would take minutes or hours; they render some deltas at several positions, and the sum is scaled. */
  sampled: readonly string[];
}

export interface PacedTrial {
  kind: 'paced';
  name: string;
  title: string;
  text: string;
  /** Where the measured part begins; what stands before it is there already. */
  start: number;
  charactersPerSecond: number;
  seconds: number;
  contestants: readonly string[];
}

export const contestants = [
  'bareText',
  'ours',
  'streamingMarkdown',
  'streamdown',
  'reactMarkdown',
  'markedInnerHtml',
] as const;

const fast = ['bareText', 'ours', 'streamingMarkdown'];
const slow = ['streamdown', 'reactMarkdown', 'markedInnerHtml'];
/** The size that is measured, of which half is measured as well for the growth. */
const sizes: Record<string, { size: number; unit: string }> = {
  code: { size: 500, unit: 'lines of code' },
  list: { size: 1_000, unit: 'items of a list' },
  table: { size: 1_000, unit: 'rows of a table' },
  paragraph: { size: 50_000, unit: 'characters of one paragraph' },
  backslashes: { size: 40_000, unit: 'characters of one line with back slashes' },
};

export function allTrials(quick: boolean): Trial[] {
  const answers: Trial[] = [20, 100, 400].map(kilobytes => ({
    kind: 'everyDelta',
    name: `answer${kilobytes}`,
    title: `an answer of ${kilobytes} KB`,
    text: answer(kilobytes * 1_000),
    whole: kilobytes === 20 ? [...fast, ...slow] : kilobytes === 100 && !quick ? [...fast, 'streamdown'] : fast,
    sampled: kilobytes === 20 ? [] : kilobytes === 100 && !quick ? slow.slice(1) : slow,
  }));
  const blocks = Object.entries(hugeBlocks).flatMap(([name, make]): Trial[] => {
    const { size, unit } = sizes[name] ?? { size: 1, unit: name };
    const trial = { kind: 'everyDelta', whole: fast, sampled: [] } as const;
    return [
      { ...trial, name: `${name}Half`, title: `${size / 2} ${unit}`, text: make(size / 2) },
      { ...trial, name, title: `${size} ${unit}`, text: make(size), sampled: slow },
    ];
  });
  const paced = { kind: 'paced', contestants: ['bareText', 'ours', 'streamingMarkdown', 'streamdown'] } as const;
  const seconds = quick ? 5 : 10;
  const long = answer(410_000);
  return [
    ...answers,
    ...blocks,
    {
      ...{ ...paced, name: 'paced100', title: '10,000 characters a second, 100 KB', text: answer(100_000) },
      ...{ start: 0, charactersPerSecond: 10_000, seconds },
    },
    {
      ...{ ...paced, name: 'paced400', title: '10,000 characters a second, 400 KB', text: long },
      ...{ start: quick ? 350_000 : 0, charactersPerSecond: 10_000, seconds: quick ? seconds : 40 },
    },
    {
      ...{ ...paced, name: 'end100', title: '400 characters a second at the end of 100 KB', text: answer(110_000) },
      ...{ start: 100_000, charactersPerSecond: 400, seconds },
    },
  ];
}
