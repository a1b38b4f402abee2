const lineFeed = 10;
const carriageReturn = 13;

export interface EventStreamListener {
  /** An event's data lines joined, with its name where it had one. */
  event(data: string, name: string | undefined): void;
  /** A line that is no field of an event stream: relays write late errors as bare JSON. */
  strayLine(line: string): void;
}

/**
 * Splits a server-sent event stream, fed in any slicing, into its events. Unlike the libraries for it, this one hands
 * out lines that are no fields instead of dropping them (the cause of a failure may stand there), and the last event
 * even where no blank line follows it.
 */
export class EventStreamParser {
  readonly #listener: EventStreamListener;
  /** The pieces of a line whose end has not come; joined once, so that one huge line in small pieces stays linear. */
  #pieces: string[] = [];
  #data: string | undefined;
  #name: string | undefined;
  #afterCarriageReturn = false;

  constructor(listener: EventStreamListener) {
    this.#listener = listener;
  }

  feed(chunk: string): void {
    if (chunk === '') return;
    let start = this.#afterCarriageReturn && chunk.charCodeAt(0) === lineFeed ? 1 : 0;
    this.#afterCarriageReturn = false;
    const nextEnd = chunk.includes('\r') ? lineEnd : lineFeedAt;
    for (let end = nextEnd(chunk, start); end !== -1; end = nextEnd(chunk, start)) {
      this.#takeLine(this.#completeLine(chunk.slice(start, end)));
      start = end + 1;
      if (chunk.charCodeAt(end) !== carriageReturn) continue;
      if (start === chunk.length) this.#afterCarriageReturn = true;
      else if (chunk.charCodeAt(start) === lineFeed) start++;
    }
    if (start < chunk.length) this.#pieces.push(chunk.slice(start));
  }

  /** The stream has ended: takes what no line end and no blank line closed. */
  end(): void {
    if (this.#pieces.length > 0) this.#takeLine(this.#completeLine(''));
    this.#dispatch();
  }

  #completeLine(rest: string): string {
    if (this.#pieces.length === 0) return rest;
    this.#pieces.push(rest);
    const line = this.#pieces.join('');
    this.#pieces = [];
    return line;
  }

  #takeLine(line: string): void {
    if (line === '') this.#dispatch();
    else if (line.startsWith('data:')) this.#takeData(valueOf(line, 5));
    else if (line.startsWith('event:')) this.#name = valueOf(line, 6);
    else if (!line.startsWith(':') && !/^(id|retry|data|event)(:|$)/.test(line)) this.#listener.strayLine(line);
  }

  #takeData(value: string): void {
    this.#data = this.#data === undefined ? value : `${this.#data}\n${value}`;
  }

  #dispatch(): void {
    const data = this.#data;
    const name = this.#name;
    this.#data = undefined;
    this.#name = undefined;
    if (data !== undefined) this.#listener.event(data, name);
  }
}

/** One space behind the colon does not belong to the value. */
function valueOf(line: string, start: number): string {
  return line.slice(line.charCodeAt(start) === 32 ? start + 1 : start);
}

function lineFeedAt(chunk: string, from: number): number {
  return chunk.indexOf('\n', from);
}

/** The next line feed or carriage return. */
function lineEnd(chunk: string, from: number): number {
  for (let at = from; at < chunk.length; at++) {
    const code = chunk.charCodeAt(at);
    if (code === lineFeed || code === carriageReturn) return at;
  }
  return -1;
}
