import {
  auth,
  type AuthProvider,
  discoverOAuthServerInfo,
  extractWWWAuthenticateParams,
  type FetchLike,
  UnauthorizedError,
  validateAuthorizationResponseIssuer,
} from '@modelcontextprotocol/client';
import { readSignIn, SignInProvider } from './signInProvider.ts';
import { addressOf, type SignIn, type SignInMemory, type SignInPorts } from './signIns.ts';

/** Milliseconds that one answer of an authorization server may take. */
const answerLimitMs = 30_000;

/**
 * Signs in as the SDK does it: discovery of the authorization server with its checks of issuer and resource, registration, PKCE, and
 * the code for tokens. What the configuration of the server sends along in headers goes to no authorization server.
 */
export const signIn: SignIn = async (url, ports) => {
  const page = { isOpened: false };
  const provider = new SignInProvider(url, {
    memory: ports.memory,
    redirectUrl: ports.redirectUrl,
    state: ports.state,
    open: async address => {
      if (!isPage(address)) throw new Error(`${address.origin} is no page to sign in at.`);
      page.isOpened = await ports.open(address);
    },
  });
  const fetchFn = guarded(ports.fetch, url, ports.signal);
  const { scope, resourceMetadataUrl } = await challengeOf(url, fetchFn);
  const found = await discoverOAuthServerInfo(url, { fetchFn, ...(resourceMetadataUrl && { resourceMetadataUrl }) });
  provider.saveDiscoveryState({
    ...found,
    ...(resourceMetadataUrl && { resourceMetadataUrl: resourceMetadataUrl.href }),
  });
  if (!(await hasClient(provider, found, ports))) return false;
  const options = {
    serverUrl: url,
    fetchFn,
    ...(scope !== undefined && { scope }),
    ...(resourceMetadataUrl && { resourceMetadataUrl }),
  };
  const result = await auth(provider, { ...options, forceReauthorization: true });
  if (result === 'AUTHORIZED') return true;
  if (!page.isOpened) return false;
  const brought = await ports.comesBack(ports.signal);
  const iss = brought.get('iss') ?? undefined;
  const authorizationCode = codeOf(brought, found.authorizationServerMetadata);
  await auth(provider, { ...options, authorizationCode, ...(iss !== undefined && { iss }) });
  return true;
};

type Found = Awaited<ReturnType<typeof discoverOAuthServerInfo>>;

/** Whether there is a client to sign in as, or one can be registered. */
async function hasClient(provider: SignInProvider, found: Found, { ownClient }: SignInPorts): Promise<boolean> {
  const { authorizationServerMetadata: metadata, authorizationServerUrl } = found;
  // Without metadata, the SDK tries the usual place.
  if (!metadata || metadata.registration_endpoint !== undefined || (await provider.clientInformation())) return true;
  const own = await ownClient(new URL(authorizationServerUrl).origin);
  if (!own) return false;
  const { issuer } = metadata;
  await provider.saveOwnClient({ client_id: own.id, issuer, ...(own.secret !== '' && { client_secret: own.secret }) });
  return true;
}

/** The code that was brought back; of an error only what the right issuer says is shown. */
function codeOf(brought: URLSearchParams, metadata: Found['authorizationServerMetadata']): string {
  const code = brought.get('code');
  if (code !== null) return code;
  const isIssNeeded = metadata && 'authorization_response_iss_parameter_supported' in metadata;
  validateAuthorizationResponseIssuer({
    iss: brought.get('iss') ?? undefined,
    expectedIssuer: metadata?.issuer,
    issParameterSupported: isIssNeeded === true && metadata.authorization_response_iss_parameter_supported === true,
  });
  throw new Error(brought.get('error_description') ?? brought.get('error') ?? 'The page has brought back no code.');
}

/** What the server wants to be asked with, as it says where nobody is signed in. */
export async function challengeOf(
  url: string,
  fetchFn: FetchLike,
): Promise<{ scope?: string; resourceMetadataUrl?: URL }> {
  const response = await fetchFn(url, {
    method: 'POST',
    headers: { accept: 'application/json, text/event-stream', 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' }),
    redirect: 'manual',
  });
  await response.body?.cancel();
  if (response.status !== 401) return {};
  const { scope, resourceMetadataUrl } = extractWWWAuthenticateParams(response);
  return { ...(scope !== undefined && { scope }), ...(resourceMetadataUrl && { resourceMetadataUrl }) };
}

export interface SignedIn extends AuthProvider {
  /** Takes tokens out of what a server says. */
  hide: (text: string) => string;
}

/** The token of whoever has signed in, which is refreshed where the server takes it no more. Nobody is asked anything. */
export function signedIn(url: string, memory: SignInMemory, fetch: SignInPorts['fetch']): SignedIn {
  let given: string | undefined;
  const allGiven = new Set<string>();
  let refreshing: Promise<void> | undefined;
  const stored = async () => readSignIn(await memory.read(addressOf(url)));

  async function refresh(response: Response): Promise<void> {
    const { tokens, client, redirectUrl = '' } = (await stored()) ?? {};
    // Another request, or another window, has refreshed it meanwhile.
    if (tokens && tokens.access_token !== given) return;
    if (!tokens?.refresh_token || !client) throw new UnauthorizedError();
    const nobody = (): Promise<never> => Promise.reject(new UnauthorizedError());
    const provider = new SignInProvider(url, { memory, redirectUrl, state: '', open: nobody });
    // One that is not known any more is registered anew by hand only.
    provider.clientInformation = async () => (await stored())?.client ?? nobody();
    const { resourceMetadataUrl } = extractWWWAuthenticateParams(response);
    await auth(provider, {
      serverUrl: url,
      fetchFn: guarded(fetch, url),
      ...(resourceMetadataUrl && { resourceMetadataUrl }),
    });
  }

  return {
    token: async () => {
      given = (await stored())?.tokens?.access_token;
      if (given !== undefined) allGiven.add(given);
      return given;
    },
    hide: text => [...allGiven].reduce((rest, token) => rest.replaceAll(token, '•••'), text),
    onUnauthorized: ({ response }) => (refreshing ??= refresh(response).finally(() => (refreshing = undefined))),
  };
}

/** A page that people are sent to: over TLS, or on this machine. */
function isPage(page: URL): boolean {
  return page.protocol === 'https:' || (page.protocol === 'http:' && isLoopback(page));
}

/**
 * Asks where a server may send: over TLS, and to this machine only where the server is on it, so that none from elsewhere has
 * us ask what listens here.
 */
export function guarded(fetch: SignInPorts['fetch'], server: string, signal?: AbortSignal): FetchLike {
  const own = new URL(server);
  return (to, init) => {
    const url = new URL(to);
    const isSafe = url.origin === own.origin || (isLoopback(url) ? isLoopback(own) : url.protocol === 'https:');
    if (!isSafe) throw new Error(`The server names ${url.origin}, which is not asked.`);
    const limits = [signal, init?.signal, AbortSignal.timeout(answerLimitMs)].filter(one => one != null);
    return fetch(url, { redirect: 'manual', ...init, signal: AbortSignal.any(limits) });
  };
}

function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
