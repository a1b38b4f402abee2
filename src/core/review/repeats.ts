import { isCloser } from '../context/codeLines.ts';
import { hasBalanceOf } from './brackets.ts';

export interface Kept {
  lines: readonly string[];
  isSure: boolean;
}

/**
 * A replacement without the lines at its ends that stand above and below the quote anyway: models repeat them. A line
 * that is only brackets is taken for repeated where the brackets do not go together otherwise.
 */
export function withoutRepeats(
  lines: readonly string[],
  quoted: readonly string[],
  { above, below }: { above: readonly string[]; below: readonly string[] },
): Kept {
  const heads = repeatedCounts(lines, above.toReversed(), count => lines.slice(0, count).toReversed());
  const tails = repeatedCounts(lines, below, count => lines.slice(lines.length - count));
  const options = heads.flatMap(head =>
    tails.filter(tail => head + tail <= lines.length).map(tail => ({ head, tail, lines: cut(lines, head, tail) })),
  );
  const quote = quoted.join('\n');
  const balanced = options.filter(option => hasBalanceOf(option.lines.join('\n'), quote));
  const counts = balanced.map(
    ({ head, tail }) => telling(lines.slice(0, head)) + telling(lines.slice(lines.length - tail)),
  );
  // Lines that say something do not stand there twice in a row. Of those that only end something, as many may be meant.
  const likely = balanced.filter((_, index) => counts[index] === Math.max(...counts));
  const chosen = likely.at(-1);
  // Otherwise the brackets are what is changed.
  if (!chosen) return { lines, isSure: options.length === 1 };
  const isOnly = new Set(likely.map(option => option.lines.join('\n'))).size === 1;
  // Of what repeats only one side all may be meant: the line shall stand there twice.
  const isRest = chosen.lines.length > 0 || lines.length === 0 || (chosen.head > 0 && chosen.tail > 0);
  return { lines: chosen.lines, isSure: isOnly && isRest };
}

/** How many of the lines at one end are those beside the quote, the most first; 0 is always among them. */
function repeatedCounts(
  lines: readonly string[],
  beside: readonly string[],
  end: (count: number) => readonly string[],
): number[] {
  const counts: number[] = [];
  for (let count = Math.min(lines.length, beside.length); count >= 0; count--) {
    const repeated = end(count);
    if (repeated.every((line, index) => line.trim() === beside[index]?.trim())) counts.push(count);
  }
  return counts.filter(count => count === 0 || end(count).some(line => line.trim() !== ''));
}

function cut(lines: readonly string[], head: number, tail: number): readonly string[] {
  const rest = lines.slice(head, lines.length - tail);
  const first = rest.findIndex(line => line.trim() !== '');
  return first === -1 ? [] : rest.slice(first, rest.findLastIndex(line => line.trim() !== '') + 1);
}

/** How many lines say more than that something ends. */
function telling(lines: readonly string[]): number {
  return lines.filter(line => /[\p{L}\p{N}_]/u.test(line) && !isCloser(line.trim())).length;
}
