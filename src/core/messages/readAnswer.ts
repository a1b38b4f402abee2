import type { TransportResponse } from './transport.ts';
import type { AnswerMessage } from './wire.ts';
import type { AnswerAssembler } from './assembler.ts';
import { EventStreamParser } from './eventStream.ts';
import { type AnswerError, errorFromAnswer } from './problems.ts';
import { takeUsualDelta } from './usualDelta.ts';

export type AnswerOutcome =
  | { kind: 'complete'; message: AnswerMessage }
  /** The endpoint said what is wrong, before the answer or in the middle of it. */
  | { kind: 'error'; message: AnswerMessage; error: AnswerError }
  /** The body ended and the protocol's end had not come. */
  | { kind: 'endedEarly'; message: AnswerMessage };

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
  const toError = (body: unknown): AnswerOutcome => ({
    kind: 'error',
    message,
    error: errorFromAnswer({ status: response.status, headers: response.headers, body, key }),
  });
  const body = await readBody(response, assembler);
  if (body.form === 'whole') {
    const parsed = parseJson(body.text);
    const whole = isFields(parsed) ? findMessage(parsed) : undefined;
    if (!whole || response.status >= 400) {
      const cut = response.status < 400 && /^\s*[{[]/.test(body.text) && parsed === undefined;
      return cut ? { kind: 'endedEarly', message } : toError(parsed ?? body.text);
    }
    assembler.wholeMessage(whole);
    return { kind: 'complete', message };
  }
  if (assembler.error !== undefined || response.status >= 400) return toError(assembler.error ?? '');
  if (!assembler.stopped && message.stopReason === null) return { kind: 'endedEarly', message };
  assembler.closeOpenBlocks();
  return { kind: 'complete', message };
}

type Body = { form: 'events' } | { form: 'whole'; text: string };

async function readBody(response: TransportResponse, assembler: AnswerAssembler): Promise<Body> {
  // Strips a byte order mark and holds back the bytes of a character that is cut by a chunk's end.
  const decoder = new TextDecoder('utf-8');
  let head = '';
  let whole: string[] | undefined;
  let events: EventStreamParser | undefined;
  const take = (text: string): void => {
    if (events) return events.feed(text);
    if (whole) return void whole.push(text);
    head += text;
    const start = head.trimStart();
    if (start === '') return;
    if (looksLikeEvents(start)) {
      if (start.length < longestFieldName && !start.includes('\n')) return;
      events = createEventFeed(assembler);
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
    events = createEventFeed(assembler);
    events.feed(head);
  }
  events?.end();
  return events ? { form: 'events' } : { form: 'whole', text: whole?.join('') ?? head };
}

const fieldNames = ['event:', 'data:', 'id:', 'retry:', ':'];
const longestFieldName = 'event:'.length;

/** Whether `start` is an event stream's first line, or may become it with more characters. */
function looksLikeEvents(start: string): boolean {
  return start !== '' && fieldNames.some(name => start.startsWith(name) || name.startsWith(start));
}

function createEventFeed(assembler: AnswerAssembler): EventStreamParser {
  return new EventStreamParser({
    event: (data, name) => {
      if (!takeUsualDelta(assembler, data)) takeData(assembler, data, name);
    },
    // Some relays write a late error as bare JSON onto the running stream.
    strayLine: line => {
      if (line.trimStart().startsWith('{')) takeData(assembler, line, 'error');
    },
  });
}

function takeData(assembler: AnswerAssembler, data: string, name: string | undefined): void {
  const trimmed = data.trim();
  if (trimmed === '' || trimmed === '[DONE]') return;
  const parsed = parseJson(trimmed);
  if (isFields(parsed)) {
    assembler.event(parsed, name);
    return;
  }
  // An error that was glued onto the last event's line.
  const glue = parsed === undefined ? trimmed.lastIndexOf('}{') : -1;
  if (glue !== -1) {
    takeData(assembler, trimmed.slice(0, glue + 1), name);
    takeData(assembler, trimmed.slice(glue + 1), 'error');
  } else if (name === 'error') {
    assembler.event({ type: 'error', error: trimmed });
  }
}

/** The message in a body that came whole: bare, or in a relay's `{code, data}` envelope. */
function findMessage(body: Record<string, unknown>): Record<string, unknown> | undefined {
  if (body['type'] === 'message' || (Array.isArray(body['content']) && body['error'] === undefined)) return body;
  const inner = body['data'];
  return isFields(inner) && body['error'] === undefined ? findMessage(inner) : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
