import { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { getCACertificates } from 'node:tls';
import { Agent, type Dispatcher, EnvHttpProxyAgent, request } from 'undici';
import { isLoopback } from './baseUrl.ts';
import { defaultNetwork, type NetworkSettings } from './network.ts';
import { type Transport, TransportError, type TransportRequest, type TransportResponse } from './transport.ts';

/** The transport over undici, with agents of its own: nothing is read from or left in undici's global dispatcher. */
export function createUndiciTransport(settings: Partial<NetworkSettings> = {}): Transport {
  const agents = new Agents({ ...defaultNetwork, ...settings });
  return {
    send: outgoing => send(agents.for(outgoing.url), outgoing),
    close: () => agents.close(),
  };
}

/** One agent for this machine, which no proxy stands before, and one for everything else. */
class Agents {
  readonly #direct: Agent;
  readonly #routed: Dispatcher;

  constructor(settings: NetworkSettings) {
    const timeouts = { headersTimeout: settings.firstByteTimeoutMs, bodyTimeout: settings.idleTimeoutMs };
    const ca = trustedCertificates(settings);
    const timeout = settings.connectTimeoutMs;
    this.#direct = new Agent({ ...timeouts, connect: { timeout, ...ca } });
    this.#routed = new EnvHttpProxyAgent({
      ...timeouts,
      connect: { timeout, ...ca },
      requestTls: { timeout, ...ca },
      proxyTls: { timeout, ...ca, rejectUnauthorized: settings.strictProxyCertificate },
      connectTimeout: timeout,
      ...(settings.proxy !== undefined && { httpProxy: settings.proxy, httpsProxy: settings.proxy }),
      ...(settings.noProxy !== undefined && { noProxy: settings.noProxy }),
      ...(settings.proxyAuthorization && { token: settings.proxyAuthorization }),
    });
  }

  for(url: string): Dispatcher {
    return isLoopback(new URL(url).hostname) ? this.#direct : this.#routed;
  }

  async close(): Promise<void> {
    await Promise.all([this.#direct.close(), this.#routed.close()]);
  }
}

/** Reading the system's store takes tens of milliseconds, so it is done once for a set of agents. */
function trustedCertificates({ systemCertificates }: NetworkSettings): { ca?: string[] } {
  // Node before 22.15 can't list them and trusts its own only.
  if (!systemCertificates || typeof getCACertificates !== 'function') return {};
  return { ca: [...getCACertificates('default'), ...getCACertificates('system')] };
}

async function send(dispatcher: Dispatcher, outgoing: TransportRequest): Promise<TransportResponse> {
  try {
    const response = await request(outgoing.url, {
      dispatcher,
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

function asTransportError(error: unknown): TransportError {
  return TransportError.fromCode(codeOf(error), error instanceof Error ? error.message : String(error));
}

/** undici wraps the system's error in `cause`, and several attempts at one host in an AggregateError. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  if ('code' in error && typeof error.code === 'string' && error.code !== '') return error.code;
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  return codeOf(error.cause);
}
