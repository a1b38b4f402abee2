import type { Problem, ProblemKind } from '../../shared/problem.ts';
import type { TransportError } from '../transport/transport.ts';
import { isPromptTooLong } from '../models/contextLimit.ts';
import { saidIn } from './endpointWords.ts';
import { parseJson } from '../../shared/json.ts';
import type { Limit } from './limits.ts';
import { wordsOfPage } from './pageWords.ts';

/** An answer's error with what decides about a retry. */
export interface AnswerError {
  problem: Problem;
  /** Whether the same request may succeed later without anybody doing anything. */
  retryable: boolean;
  /** Milliseconds that the endpoint asked to wait, where it did. */
  retryAfterMs?: number;
}

/** An answer behind the border: without the key. */
export interface ErrorSource {
  status: number;
  headers: Record<string, string>;
  /** The parsed error body, or the text where it is not JSON. */
  body: unknown;
}

/** Characters of an endpoint's own words that are shown, kept, and searched for what they mean. */
const mostDetail = 2_000;

/** The error that an endpoint's answer stands for, in whichever of the known shapes it came. */
export function errorFromAnswer(source: ErrorSource): AnswerError {
  const found = findError(source.body);
  const status = source.status >= 400 ? source.status : (found.status ?? source.status);
  const kind = classify(status, found);
  const place = kind === 'redirected' ? source.headers['location'] : undefined;
  const requestId = requestIdIn(source.headers) ?? found.requestId;
  const retryAfterMs = readRetryAfter(source.headers);
  const said = saidIn(kind, `${found.type} ${found.code}`, found.message.slice(0, mostDetail));
  return {
    problem: {
      kind,
      detail: (place ?? found.message).slice(0, mostDetail),
      ...(said && { said }),
      ...(status >= 400 && { status }),
      ...(requestId !== undefined && { requestId }),
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    },
    retryable: isRetryable(kind, status, found, source.headers['x-should-retry']),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}

/**
 * The error of an answer that ended before its end; `body` is what else stood there, such as a proxy's page. With
 * `isEmpty` nothing of an answer has come at all.
 */
export function errorFromCut({ headers, body }: Pick<ErrorSource, 'headers' | 'body'>, isEmpty = false): AnswerError {
  const requestId = requestIdIn(headers);
  const detail = findError(body).message;
  const kind = isEmpty && detail === '' ? 'emptyReply' : 'endedEarly';
  return { problem: { kind, detail, ...(requestId !== undefined && { requestId }) }, retryable: true };
}

/** The error of an answer with more of something than is read. An error's status still says what may help. */
export function errorBeyondLimit(
  limit: Limit,
  { status, headers }: Pick<ErrorSource, 'status' | 'headers'>,
): AnswerError {
  const error = errorFromAnswer({ status, headers, body: '' });
  const retryable = limit === 'errorTooLong' && error.retryable;
  return { ...error, problem: { ...error.problem, kind: limit }, retryable };
}

/** The error of an answer in another protocol. */
export function errorOfProtocol(name: string, headers: Record<string, string>): AnswerError {
  const requestId = requestIdIn(headers);
  const problem: Problem = { kind: 'otherProtocol', detail: name, ...(requestId !== undefined && { requestId }) };
  return { problem, retryable: false };
}

/** The error that a failure below HTTP stands for; `headers` are those of the answer, where it had begun. */
export function errorFromTransport(
  error: Pick<TransportError, 'failure' | 'code' | 'message' | 'suggestsTransport'>,
  headers: Record<string, string> = {},
): AnswerError {
  const { failure, code, message, suggestsTransport } = error;
  const requestId = requestIdIn(headers);
  return {
    problem: {
      kind: failure,
      detail: message,
      ...(code !== '' && { code }),
      ...(requestId !== undefined && { requestId }),
      ...(suggestsTransport && { suggestsTransport }),
    },
    retryable: failure !== 'certificate' && failure !== 'proxy',
  };
}

/** What the endpoint, the relay or the network before it calls this request. */
function requestIdIn(headers: Record<string, string>): string | undefined {
  const names = ['request-id', 'x-oneapi-request-id', 'x-request-id', 'x-upstream-request-id', 'cf-ray'];
  return names.map(name => headers[name]).find(value => value !== undefined && value !== '');
}

export interface FoundError {
  message: string;
  /** The protocol's error type or the relay's; lower-case; empty where unknown. */
  type: string;
  code: string;
  /** A status inside the body, where relays put one. */
  status?: number;
  requestId?: string;
}

const emptyError: FoundError = { message: '', type: '', code: '' };

/** The innermost error in a body: relays wrap what their upstream said, and the innermost is the real cause. */
export function findError(body: unknown, depth = 0): FoundError {
  if (typeof body === 'string') return findInText(body, depth);
  if (typeof body !== 'object' || body === null || depth > 6) return emptyError;
  const record = body as Record<string, unknown>;
  const inner =
    record['error'] ??
    record['upstream_error'] ??
    upstreamWords(record['metadata']) ??
    (record['message'] === undefined ? record['data'] : undefined);
  const own = readOwnFields(record);
  const nested = inner === undefined || inner === null ? emptyError : findError(inner, depth + 1);
  // An error that is a word only names the class; its cause stands beside it.
  const isWord = typeof inner === 'string' && typeof record['error'] === 'string' && own.message !== '';
  const message = isWord ? `${nested.message}: ${own.message}` : nested.message || own.message;
  const inMessage = depth < 6 && message.trimStart().startsWith('{') ? findInText(message, depth + 1) : emptyError;
  const status = inMessage.status ?? nested.status ?? own.status;
  const requestId = nested.requestId ?? own.requestId ?? /\(request id: ([\w-]+)\)/.exec(message)?.[1];
  return {
    message: inMessage.message || message,
    type: inMessage.type || nested.type || own.type,
    code: inMessage.code || nested.code || own.code,
    ...(status !== undefined && { status }),
    ...(requestId !== undefined && { requestId }),
  };
}

function findInText(text: string, depth: number): FoundError {
  const trimmed = text.trim();
  // Where it is not JSON after all, the text itself is the message.
  const parsed = trimmed.startsWith('{') ? parseJson(trimmed, 0) : undefined;
  if (parsed !== undefined) return findError(parsed, depth + 1);
  const isPage = trimmed.startsWith('<');
  const words = isPage ? wordsOfPage(trimmed) : trimmed;
  return { message: words.replace(/\s+/g, ' ').trim().slice(0, 300), type: isPage ? 'html' : '', code: '' };
}

function readOwnFields(record: Record<string, unknown>): FoundError {
  const message = [record['message'], record['msg'], record['detail'], record['details']].find(
    text => typeof text === 'string',
  );
  const code = wordOf(record['code']) || errorCodeIn(record['details']);
  const statusWord = Number(record['status'] ?? record['code']);
  const requestId = record['request_id'];
  const type = wordOf(record['type']);
  return {
    message: message ?? '',
    type: type === 'error' ? '' : type,
    code,
    ...(statusWord >= 400 && statusWord < 600 && { status: statusWord }),
    ...(typeof requestId === 'string' && { requestId }),
  };
}

/** What the upstream said, where a router only tells that it said something. */
function upstreamWords(metadata: unknown): unknown {
  return typeof metadata === 'object' && metadata !== null && 'raw' in metadata ? metadata.raw : undefined;
}

/** `error.details.error_code` of the service's spend limits. */
function errorCodeIn(details: unknown): string {
  if (typeof details !== 'object' || details === null || !('error_code' in details)) return '';
  return wordOf(details.error_code);
}

/** A word that says something: relays write `""`, `"<nil>"` and `"None"` for nothing. */
function wordOf(value: unknown): string {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return '';
  return value === '<nil>' || value === 'None' ? '' : value.toLowerCase();
}

/** Also in a 400: no credit is no fault of the request. */
const creditWords =
  /insufficient balance|insufficient.{0,12}quota|credit balance is too low|usage limits|余额不足|额度不足/i;

/** Words decide before the status: relays answer 400 for a passing lack of channels and 500 for a wrong parameter. */
function classify(status: number, { type, code, message }: FoundError): ProblemKind {
  const words = `${type} ${code}`;
  if (/insufficient|quota|billing_error|payment_required|spend_limit/.test(words)) return 'billing';
  if (creditWords.test(message)) return 'billing';
  if (/get_channel_failed|no available channel|no_available_channel/.test(`${words} ${message.toLowerCase()}`))
    return 'overloaded';
  if (isPromptTooLong(words, message)) return 'promptTooLong';
  if (/build_request_failed|prompt_blocked/.test(words)) return 'badRequest';
  if (/authentication_error/.test(words) || /invalid (x-)?api[ -]?key|无效的令牌/i.test(message))
    return 'authentication';
  if (/overloaded/.test(words)) return 'overloaded';
  if (/rate_limit/.test(words)) return 'rateLimited';
  if (/not_found|model_not_found/.test(words) && status < 500) return 'notFound';
  return kindOfStatus(status, type);
}

function kindOfStatus(status: number, type: string): ProblemKind {
  switch (status) {
    case 401:
      return 'authentication';
    case 402:
      return 'billing';
    case 403:
      return 'permission';
    case 404:
      return 'notFound';
    case 408:
    case 504:
      return 'timeout';
    case 413:
      return 'tooLarge';
    case 429:
      return 'rateLimited';
    case 503:
    case 529:
      return 'overloaded';
  }
  if (status >= 500) return 'serverError';
  if (status >= 400) return 'badRequest';
  if (status >= 300) return 'redirected';
  if (type === 'html') return 'unreadable';
  if (type === 'api_error' || type.includes('upstream')) return 'serverError';
  return type === 'invalid_request_error' ? 'badRequest' : type === '' ? 'unreadable' : 'serverError';
}

/** What the same request meets again, whatever the endpoint says about a retry. */
const neverPassing: ReadonlySet<ProblemKind> = new Set(['billing', 'authentication', 'badRequest', 'promptTooLong']);

function isRetryable(kind: ProblemKind, status: number, found: FoundError, shouldRetry: string | undefined): boolean {
  if (neverPassing.has(kind)) return false;
  if (shouldRetry === 'true' || shouldRetry === 'false') return shouldRetry === 'true';
  if (status === 409) return true;
  return ['rateLimited', 'overloaded', 'serverError', 'timeout'].includes(kind) && !/spend_limit/.test(found.code);
}

/** Milliseconds from `retry-after-ms`, or from `retry-after` in seconds or as a date; undefined where neither is usable. */
export function readRetryAfter(headers: Record<string, string>, now = Date.now()): number | undefined {
  const milliseconds = Number.parseFloat(headers['retry-after-ms'] ?? '');
  if (milliseconds >= 0) return milliseconds;
  const header = headers['retry-after'];
  if (header === undefined) return undefined;
  const seconds = /^\s*\d+(\.\d+)?\s*$/.test(header) ? Number.parseFloat(header) : Number.NaN;
  const wait = Number.isNaN(seconds) ? Date.parse(header) - now : seconds * 1000;
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}
