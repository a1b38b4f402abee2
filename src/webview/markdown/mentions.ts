/** Labels in brackets that something may refer to a link definition by. */
export class Mentions {
  readonly #labels = new Set<string>();
  /** From the last bracket on: whether it is a definition shows what follows. */
  #rest = '';

  /** Of a text that is there as a whole. */
  static in(text: string): Mentions {
    const mentions = new Mentions();
    mentions.add(text);
    mentions.finish();
    return mentions;
  }

  add(text: string): void {
    const all = this.#rest + text;
    let last = all.lastIndexOf('[');
    while (last > 0 && all.charAt(last - 1) === '\\') last = all.lastIndexOf('[', last - 1);
    // A label is no longer than this.
    const isOpen = last !== -1 && all.length - last <= longestLabel;
    // A backslash at the end decides about the bracket that may follow.
    const end = isOpen ? last : all.length - (all.endsWith('\\') ? 1 : 0);
    this.#find(all.slice(0, end));
    this.#rest = all.slice(end);
  }

  /** Nothing more comes. */
  finish(): void {
    this.#find(this.#rest);
    this.#rest = '';
  }

  /** Whether anything but its definition names `tag`, a label as the lexer gives it. */
  has(tag: string): boolean {
    return this.#labels.has(tag);
  }

  #find(text: string): void {
    for (const [, label = ''] of text.matchAll(named)) this.#labels.add(label.toLowerCase().replace(/\s+/g, ' '));
  }
}

const longestLabel = 1_000;
const named = /(?<!\\)\[((?:[^[\]\\]|\\.){1,999})\](?!:)/gs;
