/**
 * The block of code around a line, found by indentation: for files whose language tells the editor nothing of its
 * symbols. Lines are 0-based and inclusive. A line that opens a block gives that block; a line inside gives the
 * nearest block around it; a line at the top level gives its paragraph.
 */
export function enclosingBlock(lines: readonly string[], cursor: number): { start: number; end: number } {
  const line = nearestWrittenLine(lines, cursor);
  const indent = indentOf(lines[line] ?? '');
  if (opensBlock(lines, line)) return blockFrom(lines, line);
  for (let start = line - 1; start >= 0; start--) {
    if (isWritten(lines[start]) && indentOf(lines[start] ?? '') < indent) return blockFrom(lines, start);
  }
  return paragraphAround(lines, line);
}

function nearestWrittenLine(lines: readonly string[], cursor: number): number {
  for (let distance = 0; distance < lines.length; distance++) {
    if (isWritten(lines[cursor - distance])) return cursor - distance;
    if (isWritten(lines[cursor + distance])) return cursor + distance;
  }
  return Math.max(0, Math.min(cursor, lines.length - 1));
}

function opensBlock(lines: readonly string[], line: number): boolean {
  const next = lines.findIndex((text, index) => index > line && isWritten(text));
  return next !== -1 && indentOf(lines[next] ?? '') > indentOf(lines[line] ?? '');
}

/** From the line that opens a block to the last line that is deeper, with a closing bracket after it. */
function blockFrom(lines: readonly string[], start: number): { start: number; end: number } {
  const indent = indentOf(lines[start] ?? '');
  let end = start;
  for (let line = start + 1; line < lines.length; line++) {
    if (!isWritten(lines[line])) continue;
    if (indentOf(lines[line] ?? '') > indent) {
      end = line;
      continue;
    }
    if (/^\s*([)\]}]|end\b)/.test(lines[line] ?? '')) end = line;
    break;
  }
  return { start, end };
}

function paragraphAround(lines: readonly string[], line: number): { start: number; end: number } {
  let start = line;
  let end = line;
  while (start > 0 && isWritten(lines[start - 1])) start--;
  while (end < lines.length - 1 && isWritten(lines[end + 1])) end++;
  return { start, end };
}

function isWritten(text: string | undefined): boolean {
  return text !== undefined && text.trim() !== '';
}

/** Columns of leading white space; a tab counts as four. */
function indentOf(text: string): number {
  const space = /^\s*/.exec(text)?.[0] ?? '';
  return space.replaceAll('\t', '    ').length;
}
