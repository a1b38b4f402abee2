import type { CheckFailure } from './moderation.ts';

/** Why an answer failed or was cut, by what the user can do about it. */
export type ProblemKind =
  | 'noKey'
  /** The editor's secret storage failed, and there is no other key. */
  | 'keyUnreadable'
  | 'badBaseUrl'
  | 'authentication'
  | 'billing'
  | 'permission'
  | 'notFound'
  /** More bytes than the endpoint takes. */
  | 'tooLarge'
  /** More tokens than the model's context window has room for. */
  | 'promptTooLong'
  | 'badRequest'
  | 'rateLimited'
  | 'overloaded'
  | 'serverError'
  | 'unreachable'
  /** The proxy answered instead of the endpoint; `detail` has its status. */
  | 'proxy'
  | 'certificate'
  | 'timeout'
  | 'connectionLost'
  | 'endedEarly'
  | 'interrupted'
  | 'unreadable'
  /** The endpoint named another address, `detail`, which is never followed. */
  | 'redirected'
  /** What came is of another protocol; `detail` is its name. */
  | 'otherProtocol'
  /** More of an answer has come than is read. */
  | 'answerTooLong'
  /** The same for one event of it. */
  | 'eventTooLong'
  /** The same for what came instead of an answer. */
  | 'errorTooLong'
  | 'tooManyBlocks'
  /** A success with nothing in it. */
  | 'emptyReply'
  /** A review's answer did not call the tool that findings come through. */
  | 'noReport'
  /** A review's answer reached its token limit before its findings were complete. */
  | 'reportCut'
  /** The model has declined to write a summary, or a filter of the endpoint has stopped it; `detail` is the reason. */
  | 'declined'
  /** The user has kept the request back, for the secrets in it. */
  | 'heldBack'
  /** The user’s own check has; `detail` is its reason. */
  | 'blocked'
  /** The user’s own check has brought no verdict. */
  | 'checkFailed'
  | 'internal';

/** Which client carries the requests: undici, or the editor's own `fetch`. */
export type TransportKind = 'undici' | 'vscode';

/** The headers in which a key can go along; `authorization` holds it as a bearer token. */
export type KeyHeader = 'x-api-key' | 'authorization';

export interface Problem {
  kind: ProblemKind;
  /** The endpoint's or the system's own words, key redacted; may be empty. To be shown: nothing is decided by them. */
  detail: string;
  /** The system's or the network library's own code, such as `ENOTFOUND` or `CERT_HAS_EXPIRED`. */
  code?: string;
  /** What of it the endpoint's words say, in our terms. */
  said?: Said;
  /** HTTP status, where there was an answer. */
  status?: number;
  requestId?: string;
  /** The request's field that the endpoint refused, where it named one that can be left out. */
  field?: string;
  /** Milliseconds that the endpoint asked to wait, where it did. */
  retryAfterMs?: number;
  /** The other client, where it may get through. */
  suggestsTransport?: TransportKind;
  /** The header that the key may be tried in, where it was not accepted. */
  otherKeyHeader?: KeyHeader;
  /** Of the model that was not found, where its vendor has withdrawn it or is going to. */
  modelEnd?: ModelEnd;
  /** What was attached and has been refused, or may have been: it can be left out. */
  refused?: RefusedAttachment[];
  /** Of the user’s own check: the command or the address, and why it has brought no verdict. */
  check?: { by: string; failure?: CheckFailure };
  /** Whether there is, or may be, a model that has room for more. */
  hasLarger?: true;
}

/** Read out of an endpoint's words where they come in; what they do not say is missing. */
export interface Said {
  /** The fields of the request that are named, as the protocol calls them. */
  fields?: string[];
  /** It is the model that was not found, and not the address. */
  isModel?: true;
  /** Thinking that was handed back is not accepted. */
  isThinking?: true;
  /** A kind of tool is not accepted. */
  isToolType?: true;
  /** Tokens that the model has room for. */
  contextWindow?: number;
  /** Images or documents are not accepted; one of them, where its place in the request's messages is told. */
  media?: { kinds: ('image' | 'document')[]; message?: number; block?: number };
}

export interface RefusedAttachment {
  id: string;
  name: string;
}

export interface ModelEnd {
  /** The first day without the model, such as `2026-11-30`. */
  day: string;
  /** The id of the model that takes its place. */
  successor: string;
}
