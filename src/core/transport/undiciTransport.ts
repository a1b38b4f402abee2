import { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { SecureContext } from 'node:tls';
import { Agent, type Dispatcher, EnvHttpProxyAgent, Pool } from 'undici';
import { isLoopback } from './baseUrl.ts';
import { bodyChunks } from './bodyChunks.ts';
import { systemSecureContext } from './certificates.ts';
import { noticeSending } from './sendingMoment.ts';
import { defaultNetwork, type NetworkSettings } from './network.ts';
import {
  asTransportError,
  isTransportError,
  type Transport,
  TransportError,
  type TransportRequest,
  type TransportResponse,
} from './transport.ts';
import { proxyOfEnvironment, suggestTransport } from './transportAdvice.ts';

/** The transport over undici, with agents of its own: nothing is read from or left in undici's global dispatcher. */
export function createUndiciTransport(settings: Partial<NetworkSettings> = {}): Transport {
  const network = { ...defaultNetwork, ...settings };
  const agents = new Agents(network);
  return {
    send: async outgoing => {
      try {
        return await send(agents.for(outgoing.url), outgoing, network.longestRestMs);
      } catch (error) {
        throw outgoing.signal.aborted ? error : explain(error, outgoing.url, network);
      }
    },
    prepare: url => void agents.for(url),
    close: () => agents.close(),
  };
}

/** Milliseconds for which an idle connection is kept where the server names no time: below the usual minute. */
const keepAliveTimeout = 50_000;

/** Over HTTP/2, undici tells a stream that was reset as one that has ended, and the cause of a cut is lost. */
const http1 = { allowH2: false };

/** One agent for this machine, which no proxy stands before, and one for everything else; each made at its first use. */
class Agents {
  readonly #settings: NetworkSettings;
  readonly #made = new Map<string, Dispatcher>();

  constructor(settings: NetworkSettings) {
    this.#settings = settings;
  }

  for(url: string): Dispatcher {
    const { hostname, protocol } = new URL(url);
    // Plain http needs no certificates, and their reading is most of what a first connection costs.
    if (!isLoopback(hostname)) return this.#get('routed', () => this.#routed());
    if (protocol === 'http:') return this.#get('plain', () => this.#direct({}));
    return this.#get('direct', () => this.#direct(trust(this.#settings)));
  }

  async close(): Promise<void> {
    await Promise.all([...this.#made.values()].map(agent => agent.close()));
  }

  #get(name: string, make: () => Dispatcher): Dispatcher {
    const agent = this.#made.get(name) ?? make();
    this.#made.set(name, agent);
    return agent;
  }

  #direct(tls: Trust): Agent {
    return new Agent({ ...this.#timing(), connect: { timeout: this.#settings.connectTimeoutMs, ...tls } });
  }

  #routed(): Dispatcher {
    const { proxy, noProxy, proxyAuthorization, strictProxyCertificate, connectTimeoutMs: timeout } = this.#settings;
    if (proxy && !URL.canParse(proxy)) {
      throw new TransportError('proxy', '', 'The address of the proxy is not a URL.');
    }
    const connect = { ...http1, timeout, ...trust(this.#settings) };
    return new EnvHttpProxyAgent({
      ...this.#timing(),
      connect,
      requestTls: connect,
      proxyTls: { ...connect, rejectUnauthorized: strictProxyCertificate },
      clientFactory: connectToProxy,
      connectTimeout: timeout,
      ...(proxy !== undefined && { httpProxy: proxy, httpsProxy: proxy }),
      ...(noProxy !== undefined && { noProxy }),
      ...(proxyAuthorization && { token: proxyAuthorization }),
    });
  }

  #timing() {
    const { firstByteTimeoutMs: headersTimeout, idleTimeoutMs: bodyTimeout } = this.#settings;
    return { ...http1, headersTimeout, bodyTimeout, keepAliveTimeout };
  }
}

/** undici tells of a proxy that refuses in words only; how to sign in stands in its headers. */
function connectToProxy(origin: URL, options: object): Dispatcher {
  const pool = new Pool(origin, options);
  return Object.assign(pool, {
    connect: async (tunnel: Dispatcher.ConnectOptions): Promise<Dispatcher.ConnectData> => {
      const answer = await Pool.prototype.connect.call<Pool, [typeof tunnel], Promise<Dispatcher.ConnectData>>(
        pool,
        tunnel,
      );
      if (answer.statusCode === 200) return answer;
      answer.socket.on('error', () => undefined).destroy();
      throw new ProxyRefusal(answer.statusCode, [answer.headers['proxy-authenticate'] ?? []].flat());
    },
  });
}

class ProxyRefusal extends TransportError {
  readonly challenges: string[];

  constructor(status: number, challenges: string[]) {
    const schemes = challenges.map(challenge => challenge.split(' ', 1)[0]);
    const said = status === 407 ? 'The proxy wants a sign-in (407)' : `The proxy answered with status ${status}`;
    super('proxy', `PROXY_${status}`, [said, schemes.join(', ')].filter(Boolean).join(': '));
    this.challenges = challenges;
  }
}

interface Trust {
  secureContext?: SecureContext;
}

function trust({ systemCertificates }: NetworkSettings): Trust {
  const secureContext = systemCertificates ? systemSecureContext() : undefined;
  return secureContext ? { secureContext } : {};
}

async function send(
  dispatcher: Dispatcher,
  outgoing: TransportRequest,
  longestRestMs: number,
): Promise<TransportResponse> {
  const { origin, pathname, search } = new URL(outgoing.url);
  const startedAt = performance.now();
  let connectedMs: number | undefined;
  const request: Dispatcher.RequestOptions = {
    origin,
    path: pathname + search,
    method: outgoing.method,
    // Compression only delays small events; a relay that compresses all the same is decoded below.
    headers: { 'accept-encoding': 'identity', ...outgoing.headers },
    body: outgoing.body ?? null,
    signal: outgoing.signal,
  };
  const response = await noticeSending(
    () => dispatcher.request(request),
    atMs => (connectedMs = atMs - startedAt),
  );
  const headers = flattenHeaders(response.headers);
  return {
    status: response.statusCode,
    headers,
    body: readBody(decode(response.body, headers), outgoing.signal, longestRestMs),
    ...(connectedMs !== undefined && { connectedMs }),
  };
}

function explain(error: unknown, url: string, settings: NetworkSettings): TransportError {
  const explained = isTransportError(error) ? error : asTransportError(error);
  const { failure, code } = explained;
  const suggested = suggestTransport({
    transport: 'undici',
    url,
    failure,
    code,
    proxyChallenges: error instanceof ProxyRefusal ? error.challenges : [],
    settings,
    environmentProxy: proxyOfEnvironment(process.env),
  });
  if (suggested) explained.suggestsTransport = suggested;
  return explained;
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

async function* readBody(body: Readable, signal: AbortSignal, longestRestMs: number): AsyncGenerator<Uint8Array> {
  const chunks = body[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  try {
    yield* bodyChunks({ chunks, cancel: () => body.destroy() }, longestRestMs);
  } catch (error) {
    throw signal.aborted ? error : asTransportError(error);
  }
}
