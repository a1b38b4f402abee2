import type { LineRange } from './locate.ts';

/** The lines of the new side that a unified diff of one file covers, 0-based and inclusive. */
export function newSideRanges(diff: string): LineRange[] {
  return [...diff.matchAll(/^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@/gm)].flatMap(([, start, count]) => {
    const length = count === undefined ? 1 : Number(count);
    return length === 0 ? [] : [{ start: Number(start) - 1, end: Number(start) + length - 2 }];
  });
}
