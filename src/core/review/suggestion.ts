import { indentedLike } from './indentedLike.ts';
import type { QuotePlace } from './locate.ts';
import { type Part, partOf, withoutRestOfLine } from './part.ts';
import { type PlainReplacement, plainReplacement } from './plainReplacement.ts';
import { withoutRepeats } from './repeats.ts';

/** What a suggestion makes of whole lines of a file. */
export interface Suggestion {
  /** 0-based, inclusive. */
  start: number;
  /** 0-based, inclusive. */
  end: number;
  /** What stands there then; none where the lines go. */
  lines: string[];
  /** False where it may be meant otherwise: nobody should get it unseen. */
  isSure: boolean;
  /** Whether it says, but for indentation, what the model has written: no more and no less. */
  isAsWritten: boolean;
}

/** The code that a finding quotes, as the model wrote it and as the quote was read, and what shall stand there. */
export interface SuggestedCode {
  quote: string;
  quoted: readonly string[];
  replacement: string;
}

/**
 * Puts the replacement where its quote stands in a file: as deep as the code there, indented as the file is, without
 * what is no code in it and without what stands around the quote anyway. Undefined where that would change nothing.
 */
export function suggestionFor(
  file: readonly string[],
  place: QuotePlace,
  { quote, quoted, replacement }: SuggestedCode,
): Suggestion | undefined {
  const { start, end, columns } = place;
  const old = file.slice(start, end + 1);
  const plain = plainReplacement(replacement, quote, old);
  const [line = ''] = old;
  const made = columns
    ? partSuggestion(file, partOf(line, columns), plain)
    : linesSuggestion(file, place, quoted, plain);
  if (made.lines.join('\n') === old.join('\n')) return undefined;
  return { start, end, ...made };
}

type Made = Pick<Suggestion, 'lines' | 'isSure' | 'isAsWritten'>;

function linesSuggestion(
  file: readonly string[],
  { start, end }: QuotePlace,
  quoted: readonly string[],
  plain: PlainReplacement,
): Made {
  const around = { above: file.slice(0, start), below: file.slice(end + 1) };
  const kept = withoutRepeats(plain.lines, quoted, around);
  const indented = indentedLike(kept.lines, quoted, file.slice(start, end + 1), file);
  return {
    lines: indented.lines,
    isSure: plain.isSure && kept.isSure && indented.isSure,
    isAsWritten: plain.isAsWritten && kept.lines.length === plain.lines.length,
  };
}

/** In place of a part of one line. */
function partSuggestion(file: readonly string[], part: Part, plain: PlainReplacement): Made {
  const { before, quoted, after } = part;
  const kept = withoutRestOfLine(plain.lines, part);
  const indented = indentedLike(kept.lines, [quoted], [before + quoted + after], file);
  const [first = '', ...others] = indented.lines;
  const lines = [before + first.trimStart(), ...others];
  lines.push((lines.pop() ?? '') + after);
  return {
    lines: lines.every(line => line.trim() === '') ? [] : lines,
    isSure: plain.isSure && kept.isSure && indented.isSure,
    isAsWritten: plain.isAsWritten && kept.lines.join('\n').trim() === plain.lines.join('\n').trim(),
  };
}

/** The whole text with the suggestion in it, line ends as they are. */
export function withSuggestion(text: string, { start, end, lines }: Suggestion): string {
  const old = text.split(/\r?\n/);
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  return [...old.slice(0, start), ...lines, ...old.slice(end + 1)].join(lineEnd);
}
