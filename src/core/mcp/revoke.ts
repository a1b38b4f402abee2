import { discoverOAuthServerInfo, type FetchLike } from '@modelcontextprotocol/client';
import { challengeOf, guarded } from './signIn.ts';
import { readSignIn, type StoredSignIn } from './signInProvider.ts';
import type { SignInPorts } from './signIns.ts';

/**
 * Has the authorization server forget the tokens of a sign-in (RFC 7009). False where it has nothing to do that with, or there
 * are none. Rejects where it has failed. They go to the server alone that has given them, also where another is named by now.
 */
export async function revoke(
  url: string,
  kept: unknown,
  { fetch, signal }: Pick<SignInPorts, 'fetch' | 'signal'>,
): Promise<boolean> {
  const { tokens, client } = readSignIn(kept) ?? {};
  if (!tokens || !client) return false;
  const fetchFn = guarded(fetch, url, signal);
  const { resourceMetadataUrl } = await challengeOf(url, fetchFn);
  const { authorizationServerMetadata: metadata } = await discoverOAuthServerInfo(url, {
    fetchFn,
    ...(resourceMetadataUrl && { resourceMetadataUrl }),
  });
  const endpoint = metadata && 'revocation_endpoint' in metadata ? metadata.revocation_endpoint : undefined;
  if (!metadata || typeof endpoint !== 'string') return false;
  const issuer = tokens.issuer ?? client.issuer;
  if (metadata.issuer !== issuer)
    throw new Error(`The server names ${metadata.issuer} by now, which has not given them.`);
  const methods = metadata.token_endpoint_auth_methods_supported ?? [];
  const ask = (token: string, hint: string): Promise<string> =>
    revokeOne(endpoint, fetchFn, { token, token_type_hint: hint }, client, methods.includes('client_secret_post'));
  const { access_token, refresh_token } = tokens;
  const refused = [
    refresh_token === undefined ? '' : await ask(refresh_token, 'refresh_token'),
    await ask(access_token, 'access_token'),
  ].filter(error => error !== '');
  // An access token that can't be revoked by itself ends with the other.
  const isOver = refresh_token !== undefined && refused.length === 1 && refused[0] === 'unsupported_token_type';
  if (refused.length > 0 && !isOver) throw new Error(refused.join(', '));
  return true;
}

/** What the server refuses it with; empty where it has not. */
async function revokeOne(
  endpoint: string,
  fetchFn: FetchLike,
  fields: Record<string, string>,
  { client_id: id, client_secret: secret }: NonNullable<StoredSignIn['client']>,
  isSecretInBody: boolean,
): Promise<string> {
  const isBasic = secret !== undefined && !isSecretInBody;
  const response = await fetchFn(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'application/json',
      ...(isBasic && { authorization: `Basic ${btoa(`${id}:${secret}`)}` }),
    },
    body: new URLSearchParams({
      ...fields,
      ...(!isBasic && { client_id: id, ...(secret !== undefined && { client_secret: secret }) }),
    }),
  });
  const text = await response.text();
  return response.ok ? '' : (errorIn(text) ?? `HTTP ${response.status}`);
}

function errorIn(text: string): string | undefined {
  return /"error"\s*:\s*"([\w-]{1,80})"/.exec(text)?.[1];
}
