import { TerminalText } from './terminalText.ts';

/** Characters that are kept of the beginning and of the end of an output. */
export interface OutputLimits {
  head: number;
  tail: number;
}

/** About 8,000 tokens together; what went wrong mostly stands at the end. */
const usualLimits: OutputLimits = { head: 8_000, tail: 16_000 };

/** Characters: a part is cut at a line's end where one is not farther than this. */
const lineReach = 1_000;

/** What a command has printed, from front and end where it is too long. Holds no more than that, however much comes. */
export class ShellOutput {
  readonly #limits: OutputLimits;
  readonly #terminal: TerminalText;
  #head = '';
  #tail = '';
  /** Of what stands neither in head nor tail. */
  #characters = 0;
  #lines = 0;

  constructor(limits = usualLimits) {
    this.#limits = limits;
    this.#terminal = new TerminalText(text => this.#take(text));
  }

  append(bytes: Uint8Array): void {
    this.#terminal.append(bytes);
  }

  end(): void {
    this.#terminal.end();
  }

  /** All that has come so far, without what is left out, and with a line that says how much that is. */
  get text(): string {
    const tail = this.#tail + this.#terminal.line;
    if (this.#characters === 0 && tail.length <= this.#limits.tail) return this.#head + tail;
    const kept = afterLine(tail.slice(-this.#limits.tail));
    const [head, left] = beforeLine(this.#head);
    const between = left + tail.slice(0, tail.length - kept.length);
    const lines = this.#lines + linesIn(between);
    const characters = this.#characters + between.length;
    const what = lines > 0 ? `${lines} lines` : `${characters} characters`;
    return `${head}${head === '' || head.endsWith('\n') ? '' : '\n'}[… ${what} left out …]\n${kept}`;
  }

  #take(text: string): void {
    const room = this.#limits.head - this.#head.length;
    const isFull = this.#tail !== '' || this.#characters > 0;
    if (!isFull && room > 0) this.#head += text.slice(0, room);
    this.#tail += isFull || room <= 0 ? text : text.slice(room);
    // Not each time: to cut costs as much as what is kept.
    if (this.#tail.length <= 2 * this.#limits.tail) return;
    const left = this.#tail.slice(0, -this.#limits.tail);
    this.#characters += left.length;
    this.#lines += linesIn(left);
    this.#tail = this.#tail.slice(-this.#limits.tail);
  }
}

function linesIn(text: string): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}

function afterLine(text: string): string {
  const at = text.indexOf('\n');
  return at === -1 || at > lineReach ? text : text.slice(at + 1);
}

function beforeLine(text: string): [kept: string, left: string] {
  const at = text.lastIndexOf('\n') + 1;
  return at === 0 || text.length - at > lineReach ? [text, ''] : [text.slice(0, at), text.slice(at)];
}
