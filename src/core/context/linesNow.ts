import type { CodeAttachment, Excerpt } from '../../shared/attachment.ts';

/** Whether the file, whose text this is now, still holds what was attached of it; lines may have moved. */
export function stillHolds({ subject, excerpt }: Pick<CodeAttachment, 'subject' | 'excerpt'>, text: string): boolean {
  const now = text.replaceAll('\r\n', '\n');
  const code = excerpt.code.replaceAll('\r\n', '\n');
  if (subject === 'file') return withoutLastBreak(now) === withoutLastBreak(code);
  return `\n${now}\n`.includes(`\n${code}\n`);
}

/**
 * The lines, 1-based and inclusive, that stand now where those of the excerpt stood: from where its first line is to
 * where its last one is, each the nearest to its old place; a line that is gone is taken to be as far from the other one
 * as it was.
 */
export function linesNow(
  { startLine, endLine, code }: Pick<Excerpt, 'startLine' | 'endLine' | 'code'>,
  lines: readonly string[],
): { start: number; end: number } {
  const length = endLine - startLine;
  const old = code.split('\n');
  const bounded = (line: number): number => Math.min(Math.max(1, line), Math.max(1, lines.length));
  const start = nearest(old[0], lines, startLine, 1);
  const end = nearest(old.at(-1), lines, start === undefined ? endLine : start + length, start ?? 1);
  const from = bounded(start ?? (end === undefined ? startLine : end - length));
  return { start: from, end: Math.max(from, bounded(end ?? from + length)) };
}

/** The line with this text that is nearest to `place`, not before `least`; none for a text that says nothing. */
function nearest(text: string | undefined, lines: readonly string[], place: number, least: number): number | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  let found: number | undefined;
  for (const [index, line] of lines.entries()) {
    const at = index + 1;
    if (at < least || line.trim() !== text.trim()) continue;
    if (found === undefined || Math.abs(at - place) < Math.abs(found - place)) found = at;
  }
  return found;
}

/** A file that is attached as a whole is attached without the blank line at its end. */
function withoutLastBreak(text: string): string {
  return text.replace(/\n[^\S\n]*$/, '');
}
