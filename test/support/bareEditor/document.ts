import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { projectRoot } from '../../../harness/editor/project.ts';
import { Uri } from './uri.ts';

const languages: Record<string, string> = { '.ts': 'typescript', '.md': 'markdown', '.py': 'python', '.go': 'go' };

/** What files that are opened lie in. */
export const sampleWorkspace = join(projectRoot, 'harness/workspace');

/** As the editor's classes of these names, as far as the host uses them. */
export class Position {
  readonly line: number;
  readonly character: number;

  constructor(line: number, character: number) {
    this.line = line;
    this.character = character;
  }
}

export class Range {
  readonly start: Position;
  readonly end: Position;

  constructor(start: Position | number, end: Position | number, endLine = 0, endCharacter = 0) {
    const isNumbers = typeof start === 'number' && typeof end === 'number';
    this.start = isNumbers ? new Position(start, end) : (start as Position);
    this.end = isNumbers ? new Position(endLine, endCharacter) : (end as Position);
  }

  get isEmpty(): boolean {
    return this.start.line === this.end.line && this.start.character === this.end.character;
  }

  /** Where a selection's cursor stands. */
  get active(): Position {
    return this.end;
  }
}

/** A text: a file as it lies on disk, or as somebody has typed it, or one that the extension provides. */
export class TextDocument {
  readonly uri: Uri;
  readonly languageId: string;
  readonly isUntitled = false;
  readonly isClosed = false;
  version = 1;
  #lines: readonly string[];

  static ofFile(path: string): TextDocument {
    return new TextDocument(Uri.file(path), readFileSync(path, 'utf8'));
  }

  constructor(uri: Uri, text: string) {
    this.uri = uri;
    this.languageId = languages[extname(uri.path)] ?? 'plaintext';
    this.#lines = text.split('\n');
  }

  /** Somebody types: all of it is this now. */
  type(text: string): void {
    this.#lines = text.split('\n');
    this.version++;
  }

  get lineCount(): number {
    return this.#lines.length;
  }

  lineAt(line: number): { text: string; isEmptyOrWhitespace: boolean } {
    const text = this.#lines[line] ?? '';
    return { text, isEmptyOrWhitespace: text.trim() === '' };
  }

  getText(range?: Range): string {
    if (!range) return this.#lines.join('\n');
    const { start, end } = this.validateRange(range);
    const lines = this.#lines.slice(start.line, end.line + 1);
    const last = lines.length - 1;
    return lines
      .map((line, index) => line.slice(index === 0 ? start.character : 0, index === last ? end.character : line.length))
      .join('\n');
  }

  validateRange({ start, end }: Range): Range {
    return new Range(this.#validated(start), this.#validated(end));
  }

  #validated({ line, character }: Position): Position {
    const at = Math.min(Math.max(0, line), this.#lines.length - 1);
    return new Position(at, Math.min(Math.max(0, character), (this.#lines[at] ?? '').length));
  }
}
