/** Gathers what comes, up to a limit of characters: of more, the beginning and the end are kept. */
export class LimitedText {
  readonly #most: number;
  #head = '';
  #tail = '';
  #dropped = 0;

  constructor(most: number) {
    this.#most = most;
  }

  add(text: string): void {
    const half = Math.ceil(this.#most / 2);
    const room = Math.max(0, half - this.#head.length);
    this.#head += text.slice(0, room);
    this.#tail += text.slice(room);
    // Not at each addition: cutting copies the text.
    if (this.#tail.length > this.#most * 2) this.#cut();
  }

  get text(): string {
    if (this.#head.length + this.#tail.length > this.#most) this.#cut();
    if (this.#dropped === 0) return this.#head + this.#tail;
    return `${this.#head}\n… ${this.#dropped} characters are left out here …\n${this.#tail}`;
  }

  #cut(): void {
    const keep = Math.max(0, this.#most - this.#head.length);
    const cut = Math.max(0, this.#tail.length - keep);
    this.#dropped += cut;
    this.#tail = this.#tail.slice(cut);
  }
}
