/** Characters that are kept for a terminal that is opened later. */
const mostKept = 100_000;

/** What has happened in the shell of a conversation, as a terminal shows it: commands, and what they print as it comes. */
export class ShellRecord {
  readonly #decoder = new TextDecoder();
  readonly #listeners = new Set<(text: string) => void>();
  #text = '';
  #isLineOpen = false;

  /** All of it, or its end. */
  get text(): string {
    return this.#text;
  }

  /** `listener` hears of what is added. Returns what ends that. */
  listen(listener: (text: string) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  command(command: string): void {
    const lines = command.trimEnd().replace(/(?![\t\n])\p{Cc}/gu, '\uFFFD');
    this.#add(`${this.#lineEnd}\u001B[1m$ ${lines.replaceAll('\n', '\r\n> ')}\u001B[0m\r\n`);
  }

  output(bytes: Uint8Array): void {
    if (bytes.length > 0) this.#add(this.#decoder.decode(bytes, { stream: true }).replace(/\r?\n/g, '\r\n'));
  }

  /** A word of ours. */
  note(text: string): void {
    this.#add(`${this.#lineEnd}\u001B[2m${text}\u001B[0m\r\n`);
  }

  get #lineEnd(): string {
    // A program may have left colours behind.
    return this.#isLineOpen ? '\u001B[0m\r\n' : '\u001B[0m';
  }

  #add(text: string): void {
    if (text === '') return;
    this.#text += text;
    if (this.#text.length > 2 * mostKept) {
      const end = this.#text.slice(-mostKept);
      this.#text = end.slice(end.indexOf('\n') + 1);
    }
    this.#isLineOpen = !text.endsWith('\n');
    for (const listener of this.#listeners) listener(text);
  }
}
