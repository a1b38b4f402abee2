import { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { Agent, request } from 'undici';
import {
  type Transport,
  TransportError,
  type TransportFailure,
  type TransportRequest,
  type TransportResponse,
} from './transport.ts';

export interface UndiciTransportOptions {
  /** Milliseconds until a connection must stand. */
  connectTimeoutMs?: number;
  /** Milliseconds from the sent request to the first header; a relay may choose its upstream before it answers. */
  firstByteTimeoutMs?: number;
  /** Milliseconds between two pieces of the body, keep-alive comments included. */
  idleTimeoutMs?: number;
}

/** The transport over undici, with an agent of its own: nothing is read from or left in undici's global dispatcher. */
export function createUndiciTransport(options: UndiciTransportOptions = {}): Transport {
  const agent = new Agent({
    connect: { timeout: options.connectTimeoutMs ?? 30_000 },
    headersTimeout: options.firstByteTimeoutMs ?? 180_000,
    bodyTimeout: options.idleTimeoutMs ?? 120_000,
  });
  return {
    send: outgoing => send(agent, outgoing),
    close: () => agent.destroy(),
  };
}

async function send(agent: Agent, outgoing: TransportRequest): Promise<TransportResponse> {
  try {
    const response = await request(outgoing.url, {
      dispatcher: agent,
      method: outgoing.method,
      // Compression only delays small events; a relay that compresses all the same is decoded below.
      headers: { 'accept-encoding': 'identity', ...outgoing.headers },
      body: outgoing.body ?? null,
      signal: outgoing.signal,
    });
    const headers = flattenHeaders(response.headers);
    return { status: response.statusCode, headers, body: readBody(decode(response.body, headers), outgoing.signal) };
  } catch (error) {
    throw outgoing.signal.aborted ? error : asTransportError(error);
  }
}

function flattenHeaders(raw: Record<string, string | string[] | undefined>): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(raw)) {
    const first = Array.isArray(value) ? value[0] : value;
    if (first !== undefined) headers[name.toLowerCase()] = first;
  }
  return headers;
}

function decode(body: Readable, headers: Record<string, string>): Readable {
  const decoder = createDecoder(headers['content-encoding']?.trim().toLowerCase());
  if (!decoder) return body;
  body.on('error', error => decoder.destroy(error));
  decoder.on('close', () => body.destroy());
  return body.pipe(decoder);
}

function createDecoder(encoding: string | undefined) {
  if (encoding === 'gzip' || encoding === 'x-gzip') return createGunzip();
  if (encoding === 'br') return createBrotliDecompress();
  if (encoding === 'deflate') return createInflate();
  return undefined;
}

async function* readBody(body: Readable, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of body) yield chunk as Uint8Array;
  } catch (error) {
    throw signal.aborted ? error : asTransportError(error);
  }
}

const failureByCode: Record<string, TransportFailure> = {
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

function asTransportError(error: unknown): TransportError {
  const code = codeOf(error);
  const message = error instanceof Error ? error.message : String(error);
  const isCertificate = /CERT|UNABLE_TO_|SELF_SIGNED|ERR_TLS|ERR_SSL|EPROTO/.test(code);
  return new TransportError(isCertificate ? 'certificate' : (failureByCode[code] ?? 'connectionLost'), code, message);
}

/** undici wraps the system's error in `cause`, and several attempts at one host in an AggregateError. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  if ('code' in error && typeof error.code === 'string' && error.code !== '') return error.code;
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  return codeOf(error.cause);
}
