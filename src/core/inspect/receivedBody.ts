/** Characters of one body that are kept. */
const most = 500_000;

/** What came back in one attempt, as text, up to a limit. */
export class ReceivedBody {
  #pieces: string[] = [];
  #kept = 0;
  #size = 0;
  #isDropped = false;

  add(text: string): void {
    this.#size += text.length;
    const room = most - this.#kept;
    if (room <= 0 || this.#isDropped) return;
    this.#pieces.push(text.length <= room ? text : text.slice(0, room));
    this.#kept += Math.min(room, text.length);
  }

  /** Characters that are in memory. */
  get kept(): number {
    return this.#kept;
  }

  /** Gives the memory back. */
  drop(): void {
    this.#isDropped = this.#size > 0;
    this.#pieces = [];
    this.#kept = 0;
  }

  get isDropped(): boolean {
    return this.#isDropped;
  }

  get text(): string {
    const beyond = this.#size - this.#kept;
    const text = this.#pieces.join('');
    this.#pieces = [text];
    return beyond > 0 ? `${text}… (${beyond} more characters)` : text;
  }
}
