import { hasBalanceOf } from './brackets.ts';
import type { Kept } from './repeats.ts';

/** A part of one line that is quoted, and what stands around it on that line. */
export interface Part {
  before: string;
  quoted: string;
  after: string;
}

export function partOf(line: string, { start, end }: { start: number; end: number }): Part {
  return { before: line.slice(0, start), quoted: line.slice(start, end), after: line.slice(end) };
}

/** A replacement for a part of a line, without what stands around that part anyway: models write the whole line. */
export function withoutRestOfLine(lines: readonly string[], { before, quoted, after }: Part): Kept {
  const [first = '', ...others] = lines;
  const start = [first.trimStart(), ...others];
  const last = (start.pop() ?? '').trimEnd();
  const text = [...start, last].join('\n');
  const around = { before: before.trimStart(), after: after.trimEnd() };
  const heads = lengths(around.before, text, length => around.before.endsWith(text.slice(0, length)));
  const tails = lengths(around.after, text, length => around.after.startsWith(text.slice(text.length - length)));
  const options = heads.flatMap(head =>
    tails
      .filter(tail => head + tail <= text.length)
      .map(tail => ({ head, tail, text: text.slice(head, text.length - tail) })),
  );
  const balanced = options.filter(option => hasBalanceOf(option.text, quoted));
  const repeats = balanced.filter(
    ({ head, tail }) => isTelling(text.slice(0, head)) || isEnd(text.slice(text.length - tail)),
  );
  const chosen = repeats[0] ?? balanced.findLast(({ head, tail }) => head + tail === 0) ?? balanced[0];
  if (!chosen) return { lines: text.split('\n'), isSure: options.length === 1 };
  const isSure = chosen === balanced[0] && (chosen.text.trim() !== '' || text === '');
  return { lines: chosen.text.split('\n'), isSure };
}

/** How much of an end of `text` is what stands beside it, the most first; 0 is always among them. */
function lengths(beside: string, text: string, isSame: (length: number) => boolean): number[] {
  const found: number[] = [];
  for (let length = Math.min(beside.length, text.length); length > 0; length--) if (isSame(length)) found.push(length);
  return [...found, 0];
}

function isTelling(text: string): boolean {
  return (text.match(/[\p{L}\p{N}_]/gu)?.length ?? 0) >= 2;
}

/** What ends a line stands there once. */
function isEnd(text: string): boolean {
  return isTelling(text) || /^[;,]$/.test(text.trim());
}
