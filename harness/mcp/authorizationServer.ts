import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface AuthorizationServerOptions {
  /** Registers no clients: this one is known, with its secret. */
  client?: { id: string; secret?: string };
  /** Says in its metadata that it is another one. */
  issuer?: string;
  /** Turns everybody away with these words. */
  denial?: string;
  /** What it says where a token is to be revoked; absent: it is. */
  revocation?: { status: number; error: string };
  /** Has no place to revoke tokens at. */
  isRevocationMissing?: true;
  /** Says on the way back that it is another one. */
  issuerOnReturn?: string;
}

/** An authorization server of OAuth 2.1 on the loopback address, which lets everybody in who comes to its page. */
export interface AuthorizationServer {
  url: string;
  /** Requests that came, as `POST /token`, with the fields of those that have a body. */
  requests: { line: string; fields: Record<string, string>; headers: IncomingMessage['headers'] }[];
  /** Tokens that servers may take. */
  accessTokens: Set<string>;
  /** Each is good once. */
  refreshTokens: Set<string>;
  close: () => Promise<void>;
}

interface Reply {
  status: number;
  headers?: Record<string, string>;
  /** As JSON. */
  body?: object;
}

interface Grant {
  clientId: string;
  challenge: string;
  redirectUri: string;
  resource: string;
}

export async function startAuthorizationServer(options: AuthorizationServerOptions = {}): Promise<AuthorizationServer> {
  const requests: AuthorizationServer['requests'] = [];
  const accessTokens = new Set<string>();
  const refreshTokens = new Set<string>();
  const grants = new Map<string, Grant>();
  const redirects = new Map<string, string[]>();
  const server = createServer((request, response) => {
    void answer(request).then(({ status, headers = {}, body }) => {
      response.writeHead(status, body ? { ...headers, 'content-type': 'application/json' } : headers);
      response.end(body && JSON.stringify(body));
    });
  });
  let url = '';

  async function answer(request: IncomingMessage): Promise<Reply> {
    const { pathname, searchParams } = new URL(request.url ?? '/', url);
    const line = `${request.method} ${pathname}`;
    const body = request.method === 'POST' ? await bodyOf(request) : '';
    const isJson = request.headers['content-type']?.includes('json') === true;
    const fields = isJson ? {} : Object.fromEntries(body === '' ? searchParams : new URLSearchParams(body));
    requests.push({ line, fields, headers: request.headers });
    switch (line) {
      case 'GET /.well-known/oauth-authorization-server':
        return { status: 200, body: metadata() };
      case 'POST /register':
        return register(JSON.parse(body) as { redirect_uris: string[] });
      case 'GET /authorize':
        return authorize(fields);
      case 'POST /token':
        return give(fields, request);
      case 'POST /revoke':
        return revoke(fields);
      default:
        return { status: 404, body: {} };
    }
  }

  function metadata(): object {
    return {
      issuer: options.issuer ?? url,
      authorization_endpoint: `${url}/authorize`,
      token_endpoint: `${url}/token`,
      ...(!options.isRevocationMissing && { revocation_endpoint: `${url}/revoke` }),
      ...(!options.client && { registration_endpoint: `${url}/register` }),
      response_types_supported: ['code'],
      grant_types_supported: ['authorization_code', 'refresh_token'],
      code_challenge_methods_supported: ['S256'],
      token_endpoint_auth_methods_supported: ['none', 'client_secret_post'],
      authorization_response_iss_parameter_supported: true,
    };
  }

  function register(wanted: { redirect_uris: string[] }): Reply {
    const id = `client-${redirects.size + 1}`;
    redirects.set(id, wanted.redirect_uris);
    return { status: 201, body: { ...wanted, client_id: id } };
  }

  function authorize(fields: Record<string, string>): Reply {
    const { client_id: clientId = '', redirect_uri: redirectUri = '', code_challenge: challenge = '' } = fields;
    const isKnown = options.client ? options.client.id === clientId : redirects.get(clientId)?.includes(redirectUri);
    if (isKnown !== true || challenge === '' || fields['code_challenge_method'] !== 'S256') {
      return { status: 400, body: { error: 'invalid_request' } };
    }
    const back = new URL(redirectUri);
    back.searchParams.set('state', fields['state'] ?? '');
    back.searchParams.set('iss', options.issuerOnReturn ?? url);
    if (options.denial === undefined) {
      const code = randomUUID();
      grants.set(code, { clientId, challenge, redirectUri, resource: fields['resource'] ?? '' });
      back.searchParams.set('code', code);
    } else {
      back.searchParams.set('error', 'access_denied');
      back.searchParams.set('error_description', options.denial);
    }
    return { status: 302, headers: { location: back.href } };
  }

  function give(fields: Record<string, string>, request: IncomingMessage): Reply {
    const secret = options.client?.secret;
    const basic = Buffer.from(`${options.client?.id}:${secret}`).toString('base64');
    const isClient =
      secret === undefined || fields['client_secret'] === secret || request.headers.authorization === `Basic ${basic}`;
    if (!isClient) return { status: 401, body: { error: 'invalid_client' } };
    const isRight = fields['grant_type'] === 'refresh_token' ? refreshes(fields) : redeems(fields);
    if (!isRight) return { status: 400, body: { error: 'invalid_grant', error_description: 'Not known.' } };
    const accessToken = `access-${randomUUID()}`;
    const refreshToken = `refresh-${randomUUID()}`;
    accessTokens.add(accessToken);
    refreshTokens.add(refreshToken);
    return {
      status: 200,
      body: {
        access_token: accessToken,
        refresh_token: refreshToken,
        token_type: 'Bearer',
        expires_in: 3_600,
      },
    };
  }

  /** One that is not known is as good as revoked. */
  function revoke({ token = '' }: Record<string, string>): Reply {
    if (options.revocation) return { status: options.revocation.status, body: { error: options.revocation.error } };
    accessTokens.delete(token);
    refreshTokens.delete(token);
    return { status: 200 };
  }

  function refreshes({ refresh_token: token = '' }: Record<string, string>): boolean {
    return refreshTokens.delete(token);
  }

  function redeems(fields: Record<string, string>): boolean {
    const { code = '', code_verifier: verifier = '', redirect_uri: redirectUri } = fields;
    const grant = grants.get(code);
    grants.delete(code);
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    const { resource = '' } = fields;
    return grant?.challenge === challenge && grant.redirectUri === redirectUri && grant.resource === resource;
  }

  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    requests,
    accessTokens,
    refreshTokens,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}
