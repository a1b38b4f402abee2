import type { PlaceInFile } from '../../shared/pathMentions.ts';

/** Lines that are shown of a file before it is opened. */
const mostLines = 14;
/** Those before the place that is meant, for where it stands. */
const linesBefore = 2;
/** Characters of a line. */
const mostCharacters = 300;

/** The lines around a place of a file, or its first ones; undefined where it has no such line, or is no text. */
export function peekLines(
  text: string,
  place: PlaceInFile | undefined,
): { startLine: number; code: string } | undefined {
  if (text.includes('\0')) return undefined;
  const lines = text.split(/\r\n|\r|\n/);
  if (place && place.line > lines.length) return undefined;
  const start = Math.max(0, (place?.line ?? 1) - 1 - linesBefore);
  const shown = lines.slice(start, start + mostLines);
  while (shown.length > 1 && shown.at(-1)?.trim() === '') shown.pop();
  const code = shown
    .map(line => (line.length > mostCharacters ? `${line.slice(0, mostCharacters)}…` : line))
    .join('\n');
  return code.trim() === '' ? undefined : { startLine: start + 1, code };
}
