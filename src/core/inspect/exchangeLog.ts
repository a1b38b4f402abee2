import type { Usage } from '../../shared/conversation.ts';
import type {
  Attempt,
  AttemptDetail,
  ExchangeDetail,
  ExchangeSummary,
  Outcome,
  Purpose,
} from '../../shared/exchange.ts';
import { usageOf } from '../messages/usage.ts';
import type { Redaction } from '../redaction/redaction.ts';
import type { ExchangeRecorder, RequestLog } from '../messages/requestLog.ts';
import type { AnswerMessage, MessagesRequest } from '../messages/wire.ts';
import { ReceivedBody } from './receivedBody.ts';

/** How many exchanges are kept. They share their texts with the conversation, so most of them cost little. */
const most = 100;
/** Characters of base64 data that are shown. */
const mostData = 200;
/** Characters of all bodies together that are kept; the oldest go first. */
const mostReceived = 10_000_000;

/** One exchange as it is kept: by reference, so that keeping a long conversation's requests does not copy it. */
export interface Exchange {
  id: string;
  startedAt: number;
  purpose: Purpose;
  url: string;
  request: MessagesRequest;
  /** The key is masked before it gets here. */
  requestHeaders: Record<string, string>;
  attempts: Attempt[];
  /** What came back, for each attempt. */
  bodies: ReceivedBody[];
  redaction: Pick<Redaction, 'hasFound' | 'shown'>;
  outcome: Outcome;
  message?: AnswerMessage;
}

export interface ExchangeLogPorts {
  /** Milliseconds on a clock that never goes back. */
  clock: () => number;
  now: () => number;
  newId: () => string;
}

/** The last requests of this window, in memory alone. Newest last. */
export class ExchangeLog implements RequestLog {
  readonly #ports: ExchangeLogPorts;
  #exchanges: Exchange[] = [];
  readonly #listeners = new Set<(exchange: Exchange) => void>();

  constructor(ports: ExchangeLogPorts) {
    this.#ports = ports;
  }

  get exchanges(): readonly Exchange[] {
    return this.#exchanges;
  }

  find(id: string): Exchange | undefined {
    return this.#exchanges.find(exchange => exchange.id === id);
  }

  clear(): void {
    this.#exchanges = [];
  }

  /** Hears of every exchange that begins, gets on or ends; returns what ends that. */
  onChange(listener: (exchange: Exchange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  begin(
    request: MessagesRequest,
    url: string,
    headers: Record<string, string>,
    purpose: Purpose,
    redaction: Exchange['redaction'],
  ): ExchangeRecorder {
    const { clock, now, newId } = this.#ports;
    const startMs = clock();
    const exchange: Exchange = {
      id: newId(),
      startedAt: now(),
      purpose,
      url,
      request,
      requestHeaders: headers,
      attempts: [],
      bodies: [],
      redaction,
      outcome: 'running',
    };
    this.#exchanges = [...this.#exchanges.slice(1 - most), exchange];
    const since = (): number => clock() - startMs;
    const changed = (): void => {
      for (const listener of this.#listeners) listener(exchange);
    };
    const change = (changes: Partial<Attempt>): void => {
      const last = exchange.attempts.at(-1);
      if (last) Object.assign(last, changes);
      changed();
    };
    return {
      attempt: () => {
        exchange.attempts.push({ startedMs: since() });
        exchange.bodies.push(new ReceivedBody());
        changed();
      },
      received: text => exchange.bodies.at(-1)?.add(text),
      headers: (status, responseHeaders, connectedMs) => {
        const startedMs = exchange.attempts.at(-1)?.startedMs ?? 0;
        change({
          headersMs: since(),
          status,
          responseHeaders: withoutCookies(responseHeaders),
          ...(connectedMs !== undefined && { connectedMs: startedMs + connectedMs }),
        });
      },
      firstToken: () => change({ firstTokenMs: since() }),
      attemptFailed: problem => change({ endedMs: since(), problem }),
      end: (outcome, message) => {
        exchange.outcome = outcome;
        exchange.message = message;
        this.#forgetOldBodies();
        change({ endedMs: since() });
      },
    };
  }

  #forgetOldBodies(): void {
    let kept = 0;
    for (const body of this.#exchanges.toReversed().flatMap(({ bodies }) => bodies)) {
      kept += body.kept;
      if (kept > mostReceived) body.drop();
    }
  }
}

export function summaryOf(exchange: Exchange): ExchangeSummary {
  const { id, startedAt, purpose, request, url, outcome, attempts, message } = exchange;
  const last = attempts.at(-1);
  const usage: Usage | undefined = message && usageOf(message.usage);
  return {
    id,
    startedAt,
    purpose,
    model: request.model,
    origin: new URL(url).origin,
    outcome,
    retries: Math.max(0, attempts.length - 1),
    ...(outcome !== 'running' && last?.endedMs !== undefined && { durationMs: last.endedMs }),
    ...(last?.firstTokenMs !== undefined && { firstTokenMs: last.firstTokenMs }),
    ...(last?.status !== undefined && { status: last.status }),
    ...(usage && { usage }),
  };
}

export function detailOf(exchange: Exchange): ExchangeDetail {
  const { url, request, requestHeaders, attempts, message } = exchange;
  const last = attempts.at(-1);
  const requestId = last?.problem?.requestId ?? last?.responseHeaders?.['request-id'];
  return {
    ...summaryOf(exchange),
    method: 'POST',
    url,
    requestHeaders,
    request: JSON.stringify(request, withShortData, 2),
    attempts: attempts.map((attempt, index) => ({ ...attempt, ...bodyOf(exchange, index) })),
    answer: message ? JSON.stringify(message, withShortData, 2) : '',
    ...(message?.stopReason && { stopReason: message.stopReason }),
    ...(requestId !== undefined && { requestId }),
  };
}

/** The body of an attempt that has ended: before, a key may still be coming in pieces. */
function bodyOf({ attempts, bodies, redaction }: Exchange, index: number): Pick<AttemptDetail, 'body' | 'noBody'> {
  const body = bodies[index];
  if (attempts[index]?.endedMs === undefined || !body) return {};
  if (body.isDropped) return { noBody: 'dropped' };
  if (redaction.hasFound) return { noBody: 'holdsKey' };
  return body.kept === 0 ? {} : { body: redaction.shown(body.text) };
}

function withShortData(key: string, value: unknown): unknown {
  if (key !== 'data' || typeof value !== 'string' || value.length <= mostData) return value;
  return `${value.slice(0, mostData)}… (${value.length - mostData} more characters)`;
}

function withoutCookies(headers: Record<string, string>): Record<string, string> {
  return 'set-cookie' in headers ? { ...headers, 'set-cookie': '…' } : headers;
}
