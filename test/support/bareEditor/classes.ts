import { Position, Range } from './document.ts';
import { type Disposable, EventEmitter } from './emitter.ts';
import { Uri } from './uri.ts';

class MarkdownString {
  value: string;

  constructor(value = '') {
    this.value = value;
  }

  appendText(text: string): this {
    this.value += text;
    return this;
  }

  appendMarkdown(text: string): this {
    this.value += text;
    return this;
  }
}

/** As the editor's: a kind is a path. */
class CodeActionKind {
  static readonly Empty = new CodeActionKind('');
  static readonly QuickFix = new CodeActionKind('quickfix');
  readonly value: string;

  constructor(value: string) {
    this.value = value;
  }

  append(parts: string): CodeActionKind {
    return new CodeActionKind([this.value, parts].filter(each => each !== '').join('.'));
  }
}

class Diagnostic {
  readonly range: Range;
  readonly message: string;

  constructor(range: Range, message: string) {
    this.range = range;
    this.message = message;
  }
}

class ThemeIcon {
  readonly id: string;

  constructor(id: string) {
    this.id = id;
  }
}

class OwnDisposable {
  readonly dispose: () => unknown;

  constructor(dispose: () => unknown) {
    this.dispose = dispose;
  }

  static from(...all: Disposable[]): OwnDisposable {
    return new OwnDisposable(() => all.forEach(each => each.dispose()));
  }
}

export class RelativePattern {
  readonly base: string;
  readonly pattern: string;

  constructor(base: Uri, pattern: string) {
    this.base = base.fsPath;
    this.pattern = pattern;
  }
}

/** The classes of the API that there are, by their names in it. */
export const classes = {
  Uri,
  Position,
  Range,
  Diagnostic,
  EventEmitter,
  MarkdownString,
  CodeActionKind,
  ThemeIcon,
  RelativePattern,
  Disposable: OwnDisposable,
};
