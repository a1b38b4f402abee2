/** A part of a text to replace; offsets are UTF-16 code units, `end` is exclusive. */
export interface TextChange {
  start: number;
  end: number;
  text: string;
}

/** The one part, of whole lines, in which two texts differ: what stands around it keeps its cursors and marks. */
export function singleChange(before: string, after: string): TextChange {
  const [old, now] = [splitLines(before), splitLines(after)];
  const shorter = Math.min(old.length, now.length);
  let first = 0;
  while (first < shorter && old[first] === now[first]) first++;
  let same = 0;
  while (same < shorter - first && old.at(-1 - same) === now.at(-1 - same)) same++;
  const start = lengthOf(old.slice(0, first));
  const kept = lengthOf(old.slice(old.length - same));
  return { start, end: before.length - kept, text: after.slice(start, after.length - kept) };
}

/** The lines of a text, with their line ends. */
export function splitLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function lengthOf(lines: readonly string[]): number {
  return lines.reduce((length, line) => length + line.length, 0);
}
