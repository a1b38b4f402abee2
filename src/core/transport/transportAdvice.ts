import type { TransportKind } from '../../shared/problem.ts';
import { isLoopback } from './baseUrl.ts';
import type { NetworkSettings } from './network.ts';
import type { TransportFailure } from './transport.ts';

/** A connection that could not be made, and what its transport knew. */
export interface FailedConnection {
  transport: TransportKind;
  url: string;
  failure: TransportFailure;
  /** The system's or the library's own, such as `ENOTFOUND`. */
  code: string;
  /** What the proxy offered with status 407, such as `Negotiate` or `Basic realm="x"`. */
  proxyChallenges: readonly string[];
  settings: Pick<NetworkSettings, 'proxy' | 'proxyAuthorization' | 'systemCertificates'>;
  /** The proxy that the environment names. */
  environmentProxy: string | undefined;
}

/**
 * The other transport, where it may succeed: the editor's finds proxies by script and in the system's settings, and
 * signs in at them; ours always takes the proxy of the settings and reads the system's certificates itself.
 */
export function suggestTransport(failed: FailedConnection): TransportKind | undefined {
  if (isLoopback(new URL(failed.url).hostname)) return undefined;
  const other = failed.transport === 'undici' ? 'vscode' : 'undici';
  const { failure, code, settings } = failed;
  if (failure === 'certificate') return settings.systemCertificates && isUnknownIssuer(code) ? other : undefined;
  const proxy = settings.proxy ?? failed.environmentProxy;
  if (failed.transport === 'vscode') return failure === 'unreachable' && proxy ? 'undici' : undefined;
  // An empty proxy means that the user wants none, and the editor has none then either.
  if (failure === 'unreachable') return proxy === undefined ? 'vscode' : undefined;
  return failure === 'proxy' && canEditorSignIn(failed) ? 'vscode' : undefined;
}

/** An expired certificate, or one of another host, is as wrong in every client. */
function isUnknownIssuer(code: string): boolean {
  return /^(UNABLE_TO_|SELF_SIGNED_CERT_IN_CHAIN$|DEPTH_ZERO_SELF_SIGNED_CERT$|ERR_CERT_AUTHORITY_INVALID$)/.test(code);
}

/** The editor asks for a user and a password where none are set. */
function canEditorSignIn({ proxyChallenges, settings, environmentProxy }: FailedConnection): boolean {
  const offers = (scheme: RegExp): boolean => proxyChallenges.some(challenge => scheme.test(challenge));
  if (offers(/^(negotiate|kerberos|ntlm)\b/i)) return true;
  const proxy = settings.proxy ?? environmentProxy ?? '';
  const hasCredentials =
    Boolean(settings.proxyAuthorization) || (URL.canParse(proxy) && new URL(proxy).username !== '');
  return offers(/^basic\b/i) && !hasCredentials;
}

/** The proxy that the environment names for https, as undici reads it. */
export function proxyOfEnvironment(env: Record<string, string | undefined>): string | undefined {
  return [env['https_proxy'], env['HTTPS_PROXY'], env['http_proxy'], env['HTTP_PROXY']].find(Boolean);
}
