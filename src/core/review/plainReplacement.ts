import { newSideOfDiff, withoutFence, withoutLineNumbers } from './plainCode.ts';

/** A replacement as code, without blank lines at its ends; no lines where nothing shall stand there. */
export interface PlainReplacement {
  lines: readonly string[];
  /** False where what was taken away may have been code. */
  isSure: boolean;
  isAsWritten: boolean;
}

/** Takes away what is no code: a fence, numbers of lines, the marks of a diff. `old` is what the quote stands at. */
export function plainReplacement(replacement: string, quote: string, old: readonly string[]): PlainReplacement {
  const written = splitLines(replacement);
  const quoted = withoutFence(splitLines(quote));
  const unfenced = withoutBlankEnds(withoutFence(written));
  const numbers = withoutNumbers(unfenced, quoted, old);
  const marks = withoutMarks(numbers.lines, withoutLineNumbers(quoted), old);
  return {
    lines: withoutBlankEnds(marks.lines),
    isSure: numbers.isSure && marks.isSure,
    isAsWritten: marks.lines.join('\n') === withoutBlankEnds(written).join('\n'),
  };
}

interface Taken {
  lines: readonly string[];
  isSure: boolean;
}

/** Lines of the file may begin with numbers of their own. */
function withoutNumbers(lines: readonly string[], quoted: readonly string[], old: readonly string[]): Taken {
  const plain = withoutLineNumbers(lines);
  const wereNumbered = isChanged(quoted, withoutLineNumbers(quoted)) && !isChanged(old, withoutLineNumbers(old));
  if (!isChanged(lines, plain) || isChanged(old, withoutLineNumbers(old))) return { lines, isSure: true };
  // A single number may be code where the quote has none.
  return { lines: plain, isSure: wereNumbered };
}

function withoutMarks(lines: readonly string[], quoted: readonly string[], old: readonly string[]): Taken {
  const hasAdded = lines.some(line => line.startsWith('+'));
  const isMarked = hasAdded && lines.every((line, index) => /^(?:[-+ ]|@@|\\|$)/.test(line) || index === 0);
  // The file itself has lines that begin so, or none would be left.
  if (!isMarked || old.some(line => /^[-+]/.test(line))) return { lines, isSure: !isMarked };
  const removed = lines.filter(line => line.startsWith('-')).map(line => line.slice(1).trim());
  const isDiff = removed.length > 0 && removed.every(line => old.some(other => other.trim() === line));
  const allAdded = lines.every(line => line.startsWith('+'));
  const quoteIsMarked = quoted.some(line => line.startsWith('+'));
  const isWhole = lines.every(line => /^(?:[-+ ]|@@|\\|$)/.test(line));
  return { lines: newSideOfDiff(lines), isSure: isWhole && (isDiff || allAdded || quoteIsMarked) };
}

function isChanged(before: readonly string[], after: readonly string[]): boolean {
  return before.join('\n') !== after.join('\n');
}

function splitLines(text: string): string[] {
  return text.split(/\r\n|\r|\n/);
}

function withoutBlankEnds(lines: readonly string[]): readonly string[] {
  const first = lines.findIndex(line => line.trim() !== '');
  return first === -1 ? [] : lines.slice(first, lines.findLastIndex(line => line.trim() !== '') + 1);
}
