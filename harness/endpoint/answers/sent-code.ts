import { familyOf, languageOfPath } from './languages.ts';
import type { Family } from './languages.ts';

/** Code that stood in a message between fences. */
export interface SentCode {
  readonly path: string | undefined;
  readonly language: string;
  readonly family: Family;
  readonly isDiff: boolean;
  /** For a diff: the lines of the new file that it shows. */
  readonly lines: readonly SentLine[];
}

export interface SentLine {
  readonly text: string;
  /** In its file, as far as the heading or the diff tells. */
  readonly number: number;
  /** In a diff: an added line. Elsewhere always true. */
  readonly isNew: boolean;
}

interface Fence {
  readonly info: string;
  readonly heading: string;
  readonly lines: readonly string[];
}

/** Every piece of code in the text; a diff gives one for each file in it. */
export function sentCode(text: string): readonly SentCode[] {
  return parts(text).fences.flatMap(fence => {
    const heading = headingOf(fence.heading);
    const isDiff = /^diff\b/.test(fence.info) || fence.lines.some(line => /^@@ -\d/.test(line));
    return isDiff ? diffCode(fence, heading) : [fileCode(fence, heading)];
  });
}

/** What is left of the text when the code and its headings are taken away. */
export function withoutCode(text: string): string {
  return parts(text).prose.join('\n').trim();
}

function parts(text: string): { readonly fences: readonly Fence[]; readonly prose: readonly string[] } {
  const fences: Fence[] = [];
  const prose: string[] = [];
  const lines = text.split(/\r?\n/);
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const open = /^ {0,3}(`{3,}|~{3,})\s*([^`]*)$/.exec(line);
    if (open === null) {
      prose.push(line);
      continue;
    }
    const mark = open[1] ?? '```';
    const end = closingLine(lines, at + 1, mark);
    fences.push({ info: (open[2] ?? '').trim(), heading: takeHeading(prose), lines: lines.slice(at + 1, end) });
    at = end;
  }
  return { fences, prose };
}

function closingLine(lines: readonly string[], from: number, mark: string): number {
  const close = new RegExp(`^ {0,3}[${mark.charAt(0)}]{${String(mark.length)},}\\s*$`);
  const found = lines.findIndex((line, at) => at >= from && close.test(line));
  return found === -1 ? lines.length : found;
}

/** The line that names the file stands right above its fence, or with an empty line between. */
function takeHeading(prose: string[]): string {
  const at = prose.findLastIndex(line => line.trim() !== '');
  const line = prose[at] ?? '';
  if (headingOf(line).path === undefined || prose.length - at > 2) return '';
  prose.length = at;
  return line;
}

interface Heading {
  readonly path: string | undefined;
  readonly firstLine: number;
  readonly language: string | undefined;
}

function headingOf(line: string): Heading {
  const labelled = /^\W*(?:file|path|ファイル|文件)\s*[:：]\s*(.+?)\s*(?:\(([^)]*)\))?\s*\W*$/i.exec(line);
  const bare = /^\W*?((?:[\w.@-]+\/)*[\w.@-]+\.[A-Za-z]\w{0,5})\s*(?:\(([^)]*)\))?\s*\W*$/.exec(line);
  const found = labelled ?? bare;
  const notes = found?.[2] ?? '';
  const language = notes
    .split(',')
    .map(note => note.trim())
    .find(note => /^[a-z][a-z#+]*$/i.test(note) && !/^(diff|added|modified|deleted|new)$/i.test(note));
  return {
    path: found?.[1]?.replaceAll(/[`*]/g, ''),
    firstLine: Number(/\blines?\s+(\d+)/i.exec(notes)?.[1] ?? 1),
    language,
  };
}

function fileCode(fence: Fence, heading: Heading): SentCode {
  const infoLanguage = /^[\w#+-]+/.exec(fence.info)?.[0];
  const language = infoLanguage ?? heading.language ?? languageOfPath(heading.path ?? '');
  const lines = fence.lines.map((text, at) => ({ text, number: heading.firstLine + at, isNew: true }));
  return { path: heading.path, language, family: familyOf(language), isDiff: false, lines };
}

function diffCode(fence: Fence, heading: Heading): readonly SentCode[] {
  const files: { path: string | undefined; lines: SentLine[] }[] = [{ path: heading.path, lines: [] }];
  let number = heading.firstLine;
  for (const line of fence.lines) {
    const file = files.at(-1);
    const newPath = /^\+\+\+ (?:b\/)?(\S+)/.exec(line)?.[1];
    if (newPath !== undefined) files.push({ path: newPath === '/dev/null' ? heading.path : newPath, lines: [] });
    else if (line.startsWith('@@')) number = Number(/\+(\d+)/.exec(line)?.[1] ?? number);
    else if (/^(?:diff --git |index |--- |new file|deleted file|\\|-)/.test(line)) continue;
    else file?.lines.push({ text: line.slice(1), number: number++, isNew: line.startsWith('+') });
  }
  return files
    .filter(file => file.lines.length > 0)
    .map(({ path, lines }) => {
      const language = languageOfPath(path ?? '') || (heading.language ?? '');
      return { path, language, family: familyOf(language), isDiff: true, lines };
    });
}
