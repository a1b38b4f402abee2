/** Heights in pixels. */
export interface RowSizes {
  row: number;
  /** Of the heading above the first row of a day. */
  heading: number;
}

/** Where each row begins, its heading included, and behind them where the last one ends. */
export function topsOf(hasHeading: readonly boolean[], { row, heading }: RowSizes): number[] {
  const tops = [0];
  let top = 0;
  for (const isFirst of hasHeading) tops.push((top += row + (isFirst ? heading : 0)));
  return tops;
}

/** The rows of which a part lies between two heights: the first, and the one behind the last. */
export function rowsBetween(tops: readonly number[], from: number, to: number): [start: number, end: number] {
  const count = tops.length - 1;
  const start = Math.min(count, Math.max(0, firstAbove(tops, from) - 1));
  return [start, Math.min(count, Math.max(start, firstAbove(tops, to)))];
}

/** The first that lies below this height, which is the number of those that do not. */
function firstAbove(tops: readonly number[], height: number): number {
  let low = 0;
  let high = tops.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tops[middle] ?? Infinity) > height) high = middle;
    else low = middle + 1;
  }
  return low;
}
