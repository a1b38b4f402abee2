/*
 * What models put around code when they quote it, or say what should stand there. Each function takes one such thing
 * from all lines, or gives the lines back as they are.
 */

/** A fence around all of it. */
export function withoutFence(lines: readonly string[]): readonly string[] {
  const first = lines.findIndex(line => line.trim() !== '');
  const last = lines.findLastIndex(line => line.trim() !== '');
  const marks = /^\s*(`{3,}|~{3,})[ \t]*[\w+#.-]*\s*$/.exec(lines[first] ?? '')?.[1];
  return marks !== undefined && last > first && lines[last]?.trim() === marks ? lines.slice(first + 1, last) : lines;
}

/** The numbers of lines, where each line has one and they follow each other. */
export function withoutLineNumbers(lines: readonly string[]): readonly string[] {
  const numbered = lines.map(line => /^\s*L?(\d+)(?:\s*[:|│→]|(?=\t| *$))[ \t]?(.*)$/.exec(line));
  const start = Number(numbered[0]?.[1]);
  const follow = numbered.every((parts, index) => Number(parts?.[1]) === start + index);
  return follow ? numbered.map(parts => parts?.[2] ?? '') : lines;
}

/** The marks of a diff: what stays of its lines is the new side. */
export function newSideOfDiff(lines: readonly string[]): readonly string[] {
  const isMarked = lines.some(line => line.startsWith('+')) || lines.every(line => /^(?:[ -]|$)/.test(line));
  if (!isMarked) return lines;
  const kept = lines.filter(line => !line.startsWith('-') && !/^@@|^\\ No newline/.test(line));
  // The first line may have lost its mark, with the blanks at the start of the text.
  return kept.map(line => (/^[+ ]/.test(line) ? line.slice(1) : line));
}
