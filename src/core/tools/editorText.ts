/** What the text editor tool does to texts, and shows of them. Its errors are in the words of its documentation. */
import { ToolError } from './workspace.ts';

/** Characters of a file that one call shows. */
const mostViewed = 100_000;

/** Lines with their numbers, as `cat -n` writes them. `range`: 1-based and inclusive; an end of -1 is the last line. */
export function numberedLines(text: string, range?: [number, number]): string {
  const lines = linesOf(text);
  const [first, last] = range ? checkedRange(range, lines.length) : [1, lines.length];
  const shown = lines.slice(first - 1, last).map((line, at) => `${String(first + at).padStart(6)}\t${line}`);
  let length = 0;
  const kept = shown.findIndex(line => (length += line.length + 1) > mostViewed);
  if (kept === -1) return shown.join('\n');
  const cut = `(Cut here: the file has ${lines.length} lines. View the others with view_range.)`;
  const begun = kept === 0 ? [(shown[0] ?? '').slice(0, mostViewed)] : shown.slice(0, kept);
  return [...begun, cut].join('\n');
}

function checkedRange([first, end]: [number, number], count: number): [number, number] {
  const last = end === -1 ? count : Math.min(end, count);
  if (first < 1 || first > Math.max(count, 1) || last < first) {
    throw new ToolError(`Error: Invalid \`view_range\`: [${first}, ${end}]. The file has ${count} lines.`);
  }
  return [first, last];
}

/** The text with the one place that says `old` saying `wanted`. */
export function replaced(text: string, old: string, wanted: string): string {
  const [from, to] = [unified(old), unified(wanted)];
  if (from === '') throw new ToolError('Error: `old_str` must not be empty.');
  if (from === to) throw new ToolError('Error: `old_str` and `new_str` are the same.');
  const at = text.indexOf(from);
  if (at === -1) {
    throw new ToolError('Error: No match found for replacement. Please check your text and try again.');
  }
  const matches = countOf(text, from);
  if (matches > 1) {
    const more = 'Please provide more context to make a unique match.';
    throw new ToolError(`Error: Found ${matches} matches for replacement text. ${more}`);
  }
  return text.slice(0, at) + to + text.slice(at + from.length);
}

/** Those that overlap count too: each is a place that may be meant. */
function countOf(text: string, part: string): number {
  let count = 0;
  for (let at = text.indexOf(part); at !== -1; at = text.indexOf(part, at + 1)) count++;
  return count;
}

/** The text with lines of their own behind line `line`; 0: before all. */
export function inserted(text: string, line: number, added: string): string {
  const lines = linesOf(text);
  if (line < 0 || line > lines.length) {
    throw new ToolError(`Error: Invalid \`insert_line\`: ${line}. It has to be from 0 to ${lines.length}.`);
  }
  const ended = unified(added).replace(/\n?$/, '\n');
  const head = lines.slice(0, line).map(each => `${each}\n`);
  const start = head.join('').length;
  // The last line may have no end.
  if (start > text.length) return `${text}\n${ended.slice(0, -1)}`;
  return text.slice(0, start) + ended + text.slice(start);
}

/** Files and folders down to the second level, those that are hidden left out. */
export function twoLevels(paths: readonly string[]): string {
  const entries = new Set<string>();
  for (const path of paths) {
    const [first = '', second, ...deeper] = path.split('/');
    if (first.startsWith('.')) continue;
    entries.add(second === undefined ? first : `${first}/`);
    if (second !== undefined && !second.startsWith('.')) {
      entries.add(`${first}/${second}${deeper.length > 0 ? '/' : ''}`);
    }
  }
  return [...entries].sort().join('\n');
}

/** With `\n` for every line end. */
export function unified(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}

/** The line break at the end begins no line of its own. */
function linesOf(text: string): string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}
