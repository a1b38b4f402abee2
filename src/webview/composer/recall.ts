/** What of a text field decides whether an arrow key recalls. Offsets are UTF-16 code units. */
export interface FieldState {
  value: string;
  selectionStart: number;
  selectionEnd: number;
}

/**
 * Walks through what was sent, as a shell does: up on the first line, down on the last, and past the newest back to what
 * was being written. What is recalled and then changed is what is being written.
 */
export class Recall {
  readonly #sent: () => readonly string[];
  /** The position of the one that is shown, 0 for the newest. */
  #at = -1;
  #shown: string | undefined;
  #putAside = '';

  /** `sent` gives what was sent, the newest first; it may grow at its end. */
  constructor(sent: () => readonly string[]) {
    this.#sent = sent;
  }

  /** The text that takes the place of the field's, where the key recalls one. */
  press(key: string, field: FieldState): string | undefined {
    if (field.selectionStart !== field.selectionEnd) return undefined;
    if (key === 'ArrowUp') return this.#older(field);
    return key === 'ArrowDown' ? this.#newer(field) : undefined;
  }

  /** After sending: nothing is shown any more. Returns what had been put aside for what was sent. */
  end(sentText: string): string {
    const putAside = sentText === this.#shown?.trim() ? this.#putAside : '';
    this.#leave();
    return putAside;
  }

  #older({ value, selectionStart }: FieldState): string | undefined {
    const isWalking = this.#isWalking(value);
    // Behind the first character of a text that somebody writes, the key moves the caret.
    if (!isWalking && selectionStart > 0) return undefined;
    if (value.lastIndexOf('\n', selectionStart - 1) !== -1 && selectionStart > 0) return undefined;
    const texts = withoutRepeats(this.#sent());
    const at = isWalking ? this.#at + 1 : 0;
    const text = texts[at];
    if (text === undefined) return undefined;
    if (!isWalking) this.#putAside = value;
    this.#at = at;
    this.#shown = text;
    return text;
  }

  #newer({ value, selectionEnd }: FieldState): string | undefined {
    if (!this.#isWalking(value) || value.includes('\n', selectionEnd)) return undefined;
    if (this.#at === 0) {
      const text = this.#putAside;
      this.#leave();
      return text;
    }
    this.#at--;
    this.#shown = withoutRepeats(this.#sent())[this.#at];
    return this.#shown;
  }

  #isWalking(value: string): boolean {
    return this.#shown !== undefined && value === this.#shown;
  }

  #leave(): void {
    this.#at = -1;
    this.#shown = undefined;
    this.#putAside = '';
  }
}

function withoutRepeats(texts: readonly string[]): string[] {
  return [...new Set(texts.filter(text => text.trim() !== ''))];
}
