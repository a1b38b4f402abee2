import type { TransportResponse } from './transport.ts';
import type { AnswerMessage } from './wire.ts';
import type { AnswerAssembler } from './assembler.ts';
import { EventStreamParser } from './eventStream.ts';
import { type Fields, isFields, parseJson, parseObjects } from './json.ts';
import { type AnswerError, errorFromAnswer, errorFromCut } from './problems.ts';
import { StrayLines } from './strayLines.ts';
import { takeUsualDelta } from './usualDelta.ts';

export type AnswerOutcome =
  | { kind: 'complete'; message: AnswerMessage }
  /** The endpoint said what is wrong, before the answer or in the middle of it. */
  | { kind: 'error'; message: AnswerMessage; error: AnswerError }
  /** The body ended and the protocol's end had not come. */
  | { kind: 'endedEarly'; message: AnswerMessage; error: AnswerError };

/**
 * Reads one answer to its end. What the body is, is decided by its first characters and not by its content type:
 * relays send a whole message where a stream was asked for, a stream where none was, and errors under either name.
 * Throws what the transport throws; `assembler.message` then holds what had arrived.
 */
export async function readAnswer(
  response: TransportResponse,
  key: string,
  assembler: AnswerAssembler,
): Promise<AnswerOutcome> {
  const { message } = assembler;
  const { status, headers } = response;
  const failed = (body: unknown): AnswerOutcome => ({
    kind: 'error',
    message,
    error: errorFromAnswer({ status, headers, body, key }),
  });
  const cut = (rest: string): AnswerOutcome => ({
    kind: 'endedEarly',
    message,
    error: errorFromCut({ status, headers, body: rest, key }, assembler.isEmpty),
  });
  const body = await readBody(response, assembler);
  if (assembler.error !== undefined) return failed(assembler.error);
  if (status >= 400) return failed(body.form === 'whole' ? (parseJson(body.text) ?? body.text) : body.rest);
  if (assembler.stopped || message.stopReason !== null) {
    assembler.closeOpenBlocks();
    return { kind: 'complete', message };
  }
  if (body.form === 'events') return cut(body.rest);
  // Some relays succeed with nothing at all, for which the request is no worse.
  if (body.text.trim() === '') return cut('');
  const parsed = parseJson(body.text);
  return parsed === undefined && /^\s*[{[]/.test(body.text) ? cut('') : failed(parsed ?? body.text);
}

/** `rest` is what stood on the stream and was no part of it. */
type Body = { form: 'events'; rest: string } | { form: 'whole'; text: string };

async function readBody(response: TransportResponse, assembler: AnswerAssembler): Promise<Body> {
  // Strips a byte order mark and holds back the bytes of a character that is cut by a chunk's end.
  const decoder = new TextDecoder('utf-8');
  let head = '';
  let whole: string[] | undefined;
  let events: EventFeed | undefined;
  const take = (text: string): void => {
    if (events) return events.feed(text);
    if (whole) return void whole.push(text);
    head += text;
    const start = head.trimStart();
    if (start === '') return;
    if (looksLikeEvents(start)) {
      if (start.length < longestFieldName && !start.includes('\n')) return;
      events = new EventFeed(assembler);
      events.feed(head);
    } else {
      whole = [head];
    }
  };
  for await (const chunk of response.body) {
    take(decoder.decode(chunk, { stream: true }));
    if (assembler.error !== undefined || assembler.stopped) break;
  }
  take(decoder.decode());
  if (!events && !whole && looksLikeEvents(head.trimStart())) {
    events = new EventFeed(assembler);
    events.feed(head);
  }
  if (events) return { form: 'events', rest: events.end() };
  const text = whole?.join('') ?? head;
  takeWhole(assembler, text);
  return { form: 'whole', text };
}

const fieldNames = ['event:', 'data:', 'id:', 'retry:', ':'];
const longestFieldName = 'event:'.length;

/** Whether `start` is an event stream's first line, or may become it with more characters. */
function looksLikeEvents(start: string): boolean {
  return start !== '' && fieldNames.some(name => start.startsWith(name) || name.startsWith(start));
}

/** Hands an event stream's text to the assembler, event by event. */
class EventFeed {
  readonly #parser: EventStreamParser;
  readonly #strays: StrayLines;

  constructor(assembler: AnswerAssembler) {
    this.#strays = new StrayLines(fields => takeObject(assembler, fields, nameOfStray(fields)));
    this.#parser = new EventStreamParser({
      event: (data, name) => {
        if (!takeUsualDelta(assembler, data)) takeData(assembler, data, name);
      },
      strayLine: line => this.#strays.take(line),
    });
  }

  feed(text: string): void {
    this.#parser.feed(text);
  }

  /** What stood on the stream and was no part of it. */
  end(): string {
    this.#parser.end();
    return this.#strays.rest;
  }
}

function takeData(assembler: AnswerAssembler, data: string, name: string | undefined): void {
  const trimmed = data.trim();
  if (trimmed === '' || trimmed === '[DONE]') return;
  const objects = parseObjects(trimmed);
  objects?.forEach((fields, index) => takeObject(assembler, fields, index === 0 ? name : nameOfStray(fields)));
  if (!objects && name === 'error') assembler.event({ type: 'error', error: trimmed });
}

function takeObject(assembler: AnswerAssembler, fields: Fields, name: string | undefined): void {
  const message = assembler.message.content.length === 0 ? findMessage(fields) : undefined;
  if (message) assembler.wholeMessage(message);
  else assembler.event(fields, name);
}

/** Where no event should stand, it is errors that are written. */
function nameOfStray(fields: Fields): string | undefined {
  return fields['type'] === undefined ? 'error' : undefined;
}

/** A body that begins as neither events nor anything else that can be read as it comes. */
function takeWhole(assembler: AnswerAssembler, text: string): void {
  const parsed = parseJson(text);
  const message = isFields(parsed) ? findMessage(parsed) : undefined;
  if (message) assembler.wholeMessage(message);
  if (parsed !== undefined) return;
  // JSON with lines behind it, such as a closing `data: [DONE]`.
  const lines = new EventFeed(assembler);
  lines.feed(text);
  lines.end();
}

/** The message in a body that came whole: bare, or in a relay's `{code, data}` envelope. */
function findMessage(body: Fields): Fields | undefined {
  const { type, content, data, error } = body;
  if (type === 'message') return body;
  if (type !== undefined || (error !== undefined && error !== null)) return undefined;
  if (Array.isArray(content)) return body;
  return isFields(data) ? findMessage(data) : undefined;
}
