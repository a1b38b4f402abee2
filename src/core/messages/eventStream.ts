import { BeyondLimit, usualLimits } from './limits.ts';

const lineFeed = 10;
const carriageReturn = 13;
const space = 32;

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
  /** What has come of a line whose end has not. Grows by appending only, so that one huge line in small pieces stays linear. */
  #rest = '';
  readonly #mostCharacters: number;
  #data: string | undefined;
  #name: string | undefined;
  #afterCarriageReturn = false;

  /** `mostCharacters` of a line, and of the data of an event; beyond them `feed` throws. */
  constructor(listener: EventStreamListener, mostCharacters = usualLimits.eventCharacters) {
    this.#listener = listener;
    this.#mostCharacters = mostCharacters;
  }

  feed(chunk: string): void {
    if (chunk === '') return;
    let start = this.#afterCarriageReturn && chunk.charCodeAt(0) === lineFeed ? 1 : 0;
    this.#afterCarriageReturn = false;
    const nextEnd = chunk.includes('\r') ? lineEnd : lineFeedAt;
    for (let end = nextEnd(chunk, start); end !== -1; end = nextEnd(chunk, start)) {
      if (this.#rest === '') this.#takeLine(chunk, start, end);
      else this.#takeRest(chunk.slice(start, end));
      start = end + 1;
      if (chunk.charCodeAt(end) !== carriageReturn) continue;
      if (start === chunk.length) this.#afterCarriageReturn = true;
      else if (chunk.charCodeAt(start) === lineFeed) start++;
    }
    this.#rest += chunk.slice(start);
    if (this.#rest.length > this.#mostCharacters) throw new BeyondLimit('eventTooLong');
  }

  /** The stream has ended: takes what no line end and no blank line closed. */
  end(): void {
    if (this.#rest !== '') this.#takeRest('');
    this.#dispatch();
  }

  #takeRest(lastPiece: string): void {
    const line = this.#rest + lastPiece;
    this.#rest = '';
    this.#takeLine(line, 0, line.length);
  }

  /** Takes the line between `start` and `end` of `text`; a line that is not needed is never cut out. */
  #takeLine(text: string, start: number, end: number): void {
    if (start === end) this.#dispatch();
    else if (text.startsWith('data:', start)) this.#takeData(valueOf(text, start + 5, end));
    else if (text.startsWith('event:', start)) this.#name = valueOf(text, start + 6, end);
    else if (!text.startsWith(':', start)) this.#takeOtherLine(text.slice(start, end));
  }

  #takeData(value: string): void {
    this.#data = this.#data === undefined ? value : `${this.#data}\n${value}`;
    if (this.#data.length > this.#mostCharacters) throw new BeyondLimit('eventTooLong');
  }

  #takeOtherLine(line: string): void {
    if (!/^(id|retry|data|event)(:|$)/.test(line)) this.#listener.strayLine(line);
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
function valueOf(text: string, start: number, end: number): string {
  return text.slice(text.charCodeAt(start) === space ? start + 1 : start, end);
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
