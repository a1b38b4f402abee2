const quote = 34;
const backslash = 92;

/**
 * Finds where the JSON objects end in a text that comes in pieces, by the depth of brackets alone: every character is
 * looked at once, whatever the text is, and nothing is parsed that can't be whole.
 */
export class ObjectEnds {
  #depth = 0;
  #inString = false;
  #isEscaped = false;

  /** Whether what was looked at last is inside of an object. */
  get isOpen(): boolean {
    return this.#depth > 0;
  }

  /** The index behind the bracket that closes the object, or -1 where it is not in `text` from `start` on. */
  next(text: string, start: number): number {
    for (let at = start; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (this.#inString) this.#takeInString(code);
      else if (code === quote) this.#inString = true;
      else if (opens(code)) this.#depth += 1;
      else if (closes(code) && --this.#depth <= 0) {
        this.#depth = 0;
        return at + 1;
      }
    }
    return -1;
  }

  #takeInString(code: number): void {
    if (this.#isEscaped) this.#isEscaped = false;
    else if (code === backslash) this.#isEscaped = true;
    else if (code === quote) this.#inString = false;
  }
}

/** `{` or `[` */
function opens(code: number): boolean {
  return code === 123 || code === 91;
}

/** `}` or `]` */
function closes(code: number): boolean {
  return code === 125 || code === 93;
}
