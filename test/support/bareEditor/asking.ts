import { EventEmitter } from './emitter.ts';
import { Uri } from './uri.ts';

export interface InputOptions {
  title?: string;
  prompt?: string;
  value?: string;
  password?: boolean;
  validateInput?: (value: string) => string | undefined;
}

/** A box that asks for a line of text, as the editor's: it stands there until a text is taken or it is left. */
export class InputBox {
  readonly options: InputOptions;
  readonly #entered = Promise.withResolvers<string | undefined>();
  #value: string;
  isOpen = true;

  constructor(options: InputOptions) {
    this.options = options;
    this.#value = options.value ?? '';
  }

  get entered(): Promise<string | undefined> {
    return this.#entered.promise;
  }

  /** What stands below the text when it can't be this one. */
  get refusal(): string | undefined {
    return this.options.validateInput?.(this.#value)?.replaceAll('\u200b', '');
  }

  fill(value: string): void {
    this.#value = value;
  }

  /** What is refused is not taken. */
  enter(): void {
    if (this.refusal === undefined) this.#close(this.#value);
  }

  leave(): void {
    this.#close(undefined);
  }

  #close(value: string | undefined): void {
    this.isOpen = false;
    this.#entered.resolve(value);
  }
}

/** A dialog that asks for a file to open or to write. */
export class FileDialog {
  readonly #offered: Uri | undefined;
  readonly #chosen = Promise.withResolvers<Uri | undefined>();
  isOpen = true;

  constructor(offered: Uri | undefined) {
    this.#offered = offered;
  }

  get chosen(): Promise<Uri | undefined> {
    return this.#chosen.promise;
  }

  /** Takes a file, or the one that is offered, and gives its path. */
  accept(path?: string): string {
    const file = path === undefined ? this.#offered : Uri.file(path);
    if (!file) throw new Error('No file is offered.');
    this.isOpen = false;
    this.#chosen.resolve(file);
    return file.fsPath;
  }
}

/** What the editor shows of something that runs. */
export class Progress {
  readonly title: string;
  readonly #cancelled = new EventEmitter();
  readonly token = { isCancellationRequested: false, onCancellationRequested: this.#cancelled.event };

  constructor(title: string) {
    this.title = title;
  }

  cancel(): void {
    this.token.isCancellationRequested = true;
    this.#cancelled.fire();
  }
}
