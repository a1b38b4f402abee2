import type { TransportResponse } from '../transport/transport.ts';
import type { AnswerMessage } from './wire.ts';
import type { AnswerAssembler } from './assembler.ts';
import type { EndpointBorder } from './endpoint.ts';
import { EventStreamParser } from './eventStream.ts';
import { type Fields, isFields, parseJson } from '../../shared/json.ts';
import { parseObjects } from './json.ts';
import { type AnswerLimits, BeyondLimit, usualLimits } from './limits.ts';
import { Pace } from './pace.ts';
import { protocolOf } from './otherProtocol.ts';
import type { AnswerError } from './problems.ts';
import { StrayLines } from './strayLines.ts';
import { takeUsualDelta } from './usualDelta.ts';

export type AnswerOutcome =
  | { kind: 'complete'; message: AnswerMessage }
  /** The endpoint said what is wrong, before the answer or in the middle of it. */
  | { kind: 'error'; message: AnswerMessage; error: AnswerError }
  /** The body ended and the protocol's end had not come. */
  | { kind: 'endedEarly'; message: AnswerMessage; error: AnswerError };

type ReadingBorder = Pick<EndpointBorder, 'refusal' | 'cut' | 'foreign' | 'beyondLimit'>;

export interface ReadingOptions {
  limits?: AnswerLimits;
  pace?: Pace;
  /** Hears the body as text, before anything is made of it. */
  received?: ((text: string) => void) | undefined;
}

type AllOptions = Required<ReadingOptions>;

/**
 * Reads one answer to its end. What the body is, is decided by its first characters and not by its content type:
 * relays send a whole message where a stream was asked for, a stream where none was, and errors under either name.
 * What goes beyond a limit is an error, and the rest of it is not read. In between, others get their turn.
 * Throws what the transport throws; `assembler.message` then holds what had arrived.
 */
export async function readAnswer(
  response: TransportResponse,
  border: ReadingBorder,
  assembler: AnswerAssembler,
  { limits = usualLimits, pace = new Pace(), received }: ReadingOptions = {},
): Promise<AnswerOutcome> {
  try {
    return await read(response, border, assembler, { limits, pace, received });
  } catch (error) {
    if (!(error instanceof BeyondLimit)) throw error;
    return { kind: 'error', message: assembler.message, error: border.beyondLimit(error.limit, response) };
  }
}

async function read(
  response: TransportResponse,
  border: ReadingBorder,
  assembler: AnswerAssembler,
  options: AllOptions,
): Promise<AnswerOutcome> {
  const { message } = assembler;
  const { status, headers } = response;
  const failed = (body: unknown): AnswerOutcome => ({
    kind: 'error',
    message,
    error: border.refusal({ status, headers, body }),
  });
  const cut = (rest: string): AnswerOutcome => ({
    kind: 'endedEarly',
    message,
    error: border.cut({ status, headers, body: rest }, assembler.isEmpty),
  });
  const foreign = (protocol: string): AnswerOutcome => ({
    kind: 'error',
    message,
    error: border.foreign(protocol, response),
  });
  const body = await readBody(response, assembler, options).finally(() => assembler.releaseHeld());
  if (assembler.error !== undefined) return failed(assembler.error);
  if (status >= 400) return failed(body.form === 'whole' ? (parseJson(body.text) ?? body.text) : body.rest);
  if (assembler.stopped || message.stopReason !== null) {
    assembler.closeOpenBlocks();
    return { kind: 'complete', message };
  }
  if (assembler.isEmpty && assembler.otherProtocol !== undefined) return foreign(assembler.otherProtocol);
  if (body.form === 'events') return cut(body.rest);
  // Some relays succeed with nothing at all, for which the request is no worse.
  if (body.text.trim() === '') return cut('');
  const parsed = parseJson(body.text);
  const protocol = isFields(parsed) ? protocolOf(parsed) : undefined;
  if (protocol !== undefined) return foreign(protocol);
  return parsed === undefined && /^\s*[{[]/.test(body.text) ? cut('') : failed(parsed ?? body.text);
}

/** `rest` is what stood on the stream and was no part of it. */
type Body = { form: 'events'; rest: string } | { form: 'whole'; text: string };

/** Bytes that are read without looking at the clock. */
const stepBytes = 16 * 1024;

async function readBody(
  response: TransportResponse,
  assembler: AnswerAssembler,
  { limits, pace, received }: AllOptions,
): Promise<Body> {
  // Strips a byte order mark and holds back the bytes of a character that is cut by a chunk's end.
  const decoder = new TextDecoder('utf-8');
  const { status } = response;
  /** Without the blanks before it. */
  let head = '';
  let whole: string[] | undefined;
  let wholeCharacters = 0;
  let events: EventFeed | undefined;
  assembler.screen.begin();
  const take = (text: string): void => {
    assembler.screen.see(text);
    if (events) return events.feed(text);
    if (whole) {
      wholeCharacters += text.length;
      if (wholeCharacters > limits.eventCharacters) throw new BeyondLimit('answerTooLong');
      whole.push(text);
      return;
    }
    head = (head + text).trimStart();
    if (head === '') return;
    if (looksLikeEvents(head)) {
      if (head.length < longestFieldName && !head.includes('\n')) return;
      events = new EventFeed(assembler, limits);
      events.feed(head);
    } else {
      whole = [];
      take(head);
    }
  };
  const mostBytes = status >= 400 ? limits.errorBytes : limits.answerBytes;
  let bytes = 0;
  const isOver = (): boolean => assembler.error !== undefined || assembler.stopped;
  for await (const chunk of response.body) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw new BeyondLimit(status >= 400 ? 'errorTooLong' : 'answerTooLong');
    for (let at = 0; at < chunk.length && !isOver(); at += stepBytes) {
      const text = decoder.decode(chunk.subarray(at, at + stepBytes), { stream: true });
      received?.(text);
      take(text);
      await pace.step();
    }
    if (isOver()) break;
  }
  const end = decoder.decode();
  received?.(end);
  take(end);
  if (!events && !whole && looksLikeEvents(head)) {
    events = new EventFeed(assembler, limits);
    events.feed(head);
  }
  if (events) return { form: 'events', rest: events.end() };
  const text = whole?.join('') ?? head;
  takeWhole(assembler, text, limits);
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

  constructor(assembler: AnswerAssembler, limits: AnswerLimits) {
    this.#strays = new StrayLines(fields => takeObject(assembler, fields, nameOfStray(fields)));
    this.#parser = new EventStreamParser(
      {
        event: (data, name) => {
          if (!takeUsualDelta(assembler, data)) takeData(assembler, data, name);
        },
        strayLine: line => this.#strays.take(line),
      },
      limits.eventCharacters,
    );
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
function takeWhole(assembler: AnswerAssembler, text: string, limits: AnswerLimits): void {
  const parsed = parseJson(text);
  const message = isFields(parsed) ? findMessage(parsed) : undefined;
  if (message) assembler.wholeMessage(message);
  if (parsed !== undefined) return;
  // JSON with lines behind it, such as a closing `data: [DONE]`.
  const lines = new EventFeed(assembler, limits);
  lines.feed(text);
  lines.end();
}

/** Relays of relays; what lies deeper was put there to be followed. */
const deepestEnvelope = 8;

/** The message in a body that came whole: bare, or in a relay's `{code, data}` envelope. */
function findMessage(body: Fields, depth = 0): Fields | undefined {
  const { type, content, data, error } = body;
  if (type === 'message') return body;
  if (type !== undefined || (error !== undefined && error !== null)) return undefined;
  if (Array.isArray(content)) return body;
  return isFields(data) && depth < deepestEnvelope ? findMessage(data, depth + 1) : undefined;
}
