import { type CodeLine, indentationOf, type Indentation, indented, readCodeLines, splitLines } from './codeLines.ts';
import { placeSnippet } from './placeSnippet.ts';
import { applyUnifiedDiff, type Hunk } from './unifiedDiff.ts';

/** What a file would be with the code in it, line ends and indentation as the file's own. */
export type PlacedCode =
  | { placed: true; text: string }
  /** `hunk` is the number of the change in a diff that fits nowhere. */
  | { placed: false; reason: 'notFound' | 'ambiguous' | 'unchanged' | 'hunk'; hunk?: number };

/** Whole lines, 0-based and inclusive. */
export interface SelectedLines {
  start: number;
  end: number;
}

/** Puts code where it evidently belongs: the lines it repeats, preferably among those that are selected. */
export function placeCode(fileText: string, code: string, selection?: SelectedLines): PlacedCode {
  const text = new FileText(fileText);
  if (text.isEmpty) return text.with(splitLines(withoutLastNewline(code)));
  const lines = text.codeLines(code);
  const file = readCodeLines(text.lines, text.indentation);
  const selected = selection && file.slice(selection.start, selection.end + 1);
  if (selection && selected?.some(line => line.weight > 0)) {
    const inSelection = placeSnippet(lines, selected, text.indentation);
    if (inSelection.placed) return text.replaced(selection, inSelection.lines);
    const anywhere = placeSnippet(lines, file, text.indentation);
    return anywhere.placed ? text.with(anywhere.lines) : replaceLines(text, lines, selection);
  }
  const place = placeSnippet(lines, file, text.indentation);
  return place.placed ? text.with(place.lines) : place;
}

/** Puts the hunks of a diff in. */
export function placeDiff(fileText: string, hunks: readonly Hunk[]): PlacedCode {
  const text = new FileText(fileText);
  const applied = applyUnifiedDiff(text.lines, hunks);
  return applied.applied ? text.with(applied.lines) : { placed: false, reason: 'hunk', hunk: applied.hunk };
}

/** Puts code below a line (0-based), as deep as that line; in place of the line where it is blank. */
export function insertCode(fileText: string, code: string, line: number): PlacedCode {
  const text = new FileText(fileText);
  if (text.isEmpty) return text.with(splitLines(withoutLastNewline(code)));
  const lines = text.codeLines(code);
  const file = readCodeLines(text.lines, text.indentation);
  const isBlank = file[line]?.weight === 0;
  const near = file.findLast((other, at) => at <= line && other.weight > 0) ?? file.find(other => other.weight > 0);
  const written = moved(lines, near?.level ?? 0, text.indentation);
  return text.with([...text.lines.slice(0, isBlank ? line : line + 1), ...written, ...text.lines.slice(line + 1)]);
}

/** Makes the code the whole file. */
export function replaceFile(fileText: string, code: string): PlacedCode {
  const text = new FileText(fileText);
  return text.with(text.codeLines(code).map(line => indented(line, 0, text.indentation)));
}

function replaceLines(text: FileText, code: readonly CodeLine[], selection: SelectedLines): PlacedCode {
  const file = readCodeLines(text.lines.slice(selection.start, selection.end + 1), text.indentation);
  const level = Math.min(...file.filter(line => line.weight > 0).map(line => line.level));
  return text.replaced(selection, moved(code, level, text.indentation));
}

function moved(code: readonly CodeLine[], level: number, indentation: Indentation): string[] {
  const own = Math.min(...code.filter(line => line.weight > 0).map(line => line.level));
  return code.map(line => indented(line, level - own, indentation));
}

/** A file's lines, and how it ends and indents them. */
class FileText {
  readonly lines: string[];
  readonly indentation: Indentation;
  readonly #text: string;
  readonly #lineEnd: string;

  constructor(text: string) {
    this.#text = text;
    this.lines = splitLines(text);
    this.indentation = indentationOf(this.lines, { usesTabs: false, width: 2 });
    const windowsEnds = text.match(/\r\n/g)?.length ?? 0;
    this.#lineEnd = windowsEnds * 2 > this.lines.length - 1 ? '\r\n' : '\n';
  }

  get isEmpty(): boolean {
    return this.#text.trim() === '';
  }

  /** Code as its lines are compared with the file's; levels count alike, whatever either is indented with. */
  codeLines(code: string): CodeLine[] {
    const lines = splitLines(withoutLastNewline(code));
    return readCodeLines(lines, indentationOf(lines, this.indentation));
  }

  replaced({ start, end }: SelectedLines, lines: readonly string[]): PlacedCode {
    return this.with([...this.lines.slice(0, start), ...lines, ...this.lines.slice(end + 1)]);
  }

  /** The text of these lines, with a line end at its own end if the file has one. */
  with(lines: readonly string[]): PlacedCode {
    const endsOpen = this.lines.at(-1) !== '' && !this.isEmpty;
    const whole = endsOpen || lines.at(-1) === '' ? lines : [...lines, ''];
    const text = whole.join(this.#lineEnd);
    return text === this.#text ? { placed: false, reason: 'unchanged' } : { placed: true, text };
  }
}

function withoutLastNewline(code: string): string {
  return code.replace(/\r?\n$/, '');
}
