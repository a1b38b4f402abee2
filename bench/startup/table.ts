export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? NaN)
    : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}

/** The value that 95 of 100 do not exceed. */
export function p95(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * 0.95) - 1)] ?? NaN;
}

export interface Row {
  what: string;
  measured: string;
  /** Undefined where the figure is only told. */
  aim?: string;
  isMet?: boolean;
}

/** The results in Markdown, what was missed in bold. */
export function table(rows: readonly Row[]): string {
  const lines = rows.map(
    ({ what, measured, aim = '–', isMet }) =>
      `| ${what} | ${measured} | ${aim} | ${isMet === undefined ? '' : isMet ? 'met' : '**missed**'} |`,
  );
  return ['| what | measured | aim | |', '| --- | --- | --- | --- |', ...lines].join('\n');
}

export function ms(value: number): string {
  return `${value.toFixed(value < 10 ? 1 : 0)} ms`;
}
