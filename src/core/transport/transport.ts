import type { TransportKind } from '../../shared/problem.ts';
import { messageOf } from '../../shared/messageOf.ts';

/** What went wrong below HTTP, by what can be done about it. */
export type TransportFailure = 'unreachable' | 'proxy' | 'certificate' | 'timeout' | 'connectionLost';

/** Thrown by a transport, before or while the body is read. An abort by the caller's signal is not one of these. */
export class TransportError extends Error {
  readonly failure: TransportFailure;
  /** The system's own code, such as `ECONNREFUSED`; empty where there is none. */
  readonly code: string;
  /** The other transport, where it may get through. */
  suggestsTransport?: TransportKind;

  constructor(failure: TransportFailure, code: string, message: string) {
    super(message);
    this.name = 'TransportError';
    this.failure = failure;
    this.code = code;
  }
}

/** The failure that a system's, a library's or Chromium's error stands for. */
export function asTransportError(error: unknown): TransportError {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = codeOf(error) || chromiumCode(cause);
  return new TransportError(failureOf(code), code, messageOf(cause));
}

/** Where the editor's `fetch` is Chromium's, its code is all that the message says: `net::ERR_NAME_NOT_RESOLVED`. */
function chromiumCode(error: unknown): string {
  return /^net::(ERR_[A-Z\d_]+)/.exec(messageOf(error))?.[1] ?? '';
}

/**
 * Whether `error` is a TransportError. By its shape: the transports are a bundle of their own, so their class is not the
 * one that the client sees.
 */
export function isTransportError(error: unknown): error is TransportError {
  return error instanceof Error && error.name === 'TransportError' && 'failure' in error;
}

/** The system's code of an error: clients wrap it in `cause`, and several attempts at one host in an AggregateError. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  if ('code' in error && typeof error.code === 'string' && error.code !== '') return error.code;
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  return codeOf(error.cause);
}

const failureByCode: Record<string, TransportFailure> = {
  // Chromium's own.
  ERR_NAME_NOT_RESOLVED: 'unreachable',
  ERR_INTERNET_DISCONNECTED: 'unreachable',
  ERR_CONNECTION_REFUSED: 'unreachable',
  ERR_CONNECTION_TIMED_OUT: 'unreachable',
  ERR_ADDRESS_UNREACHABLE: 'unreachable',
  ERR_PROXY_CONNECTION_FAILED: 'proxy',
  ERR_TUNNEL_CONNECTION_FAILED: 'proxy',
  // The system's, and undici's.
  ENOTFOUND: 'unreachable',
  EAI_AGAIN: 'unreachable',
  ECONNREFUSED: 'unreachable',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  UND_ERR_CONNECT_TIMEOUT: 'unreachable',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  ETIMEDOUT: 'timeout',
};

function failureOf(code: string): TransportFailure {
  if (/CERT|UNABLE_TO_|SELF_SIGNED|ERR_TLS|ERR_SSL|EPROTO/.test(code)) return 'certificate';
  return failureByCode[code] ?? 'connectionLost';
}

export interface TransportRequest {
  method: 'GET' | 'POST';
  url: string;
  headers: Record<string, string>;
  body?: string;
  /** Ends the request down to the socket. */
  signal: AbortSignal;
}

export interface TransportResponse {
  status: number;
  /** Lower-case names; of a repeated header, the first value. */
  headers: Record<string, string>;
  /** Decoded where the answer was compressed. Must be read to its end or returned early. */
  body: AsyncIterable<Uint8Array>;
  /** Milliseconds until there was a connection to send on; absent where the transport can't tell. */
  connectedMs?: number;
}

/** Sends one request. Redirects are answers, never followed: the key goes to the origin it was stored for only. */
export interface Transport {
  send(request: TransportRequest): Promise<TransportResponse>;
  /** Does ahead what the first request to `url` would otherwise wait for, without reaching out to it. */
  prepare(url: string): void;
  /** Closes the connections, each once its request has ended. */
  close(): Promise<void>;
}
