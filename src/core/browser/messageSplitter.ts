/** Bytes of one message of the browser: a screenshot of the largest size has a tenth of it. */
export const mostMessageBytes = 64 * 1024 * 1024;

/** Splits what comes over the browser's pipe: JSON, each message ended by a NUL. */
export class MessageSplitter {
  readonly #most: number;
  #parts: Uint8Array[] = [];
  #bytes = 0;

  constructor(most = mostMessageBytes) {
    this.#most = most;
  }

  /** The messages that this piece completes. Throws where one is longer than the most. */
  add(piece: Uint8Array): string[] {
    const messages: string[] = [];
    let start = 0;
    for (let end = piece.indexOf(0); end !== -1; end = piece.indexOf(0, start)) {
      this.#keep(piece.subarray(start, end));
      messages.push(this.#take());
      start = end + 1;
    }
    this.#keep(piece.subarray(start));
    return messages;
  }

  #keep(part: Uint8Array): void {
    this.#bytes += part.length;
    if (this.#bytes > this.#most) throw new Error('The browser has sent a message that is too long.');
    if (part.length > 0) this.#parts.push(part);
  }

  #take(): string {
    const decoder = new TextDecoder();
    const text = this.#parts.map(part => decoder.decode(part, { stream: true })).join('') + decoder.decode();
    this.#parts = [];
    this.#bytes = 0;
    return text;
  }
}
