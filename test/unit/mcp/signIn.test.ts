import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type AuthorizationServer,
  type AuthorizationServerOptions,
  startAuthorizationServer,
} from '../../../harness/mcp/authorizationServer.ts';
import { type HttpServer, startHttpServer } from '../../../harness/mcp/httpServer.ts';
import { failureOf, type ServerConnection } from '../../../src/core/mcp/connection.ts';
import { listenForRedirect } from '../../../src/core/mcp/redirectListener.ts';
import { connectServer } from '../../../src/core/mcp/sdkConnection.ts';
import { revoke } from '../../../src/core/mcp/revoke.ts';
import { signIn } from '../../../src/core/mcp/signIn.ts';
import type { SignInPorts } from '../../../src/core/mcp/signIns.ts';
import { hear, MemorySignIns } from '../../support/mcpServer.ts';

const bounded = { timeout: 60_000 };
const never = new AbortController().signal;

type Test = { after: (work: () => unknown) => void };

interface Room {
  at: AuthorizationServer;
  server: HttpServer;
  memory: MemorySignIns;
  signIn: (own?: Partial<SignInPorts>) => Promise<boolean>;
  connect: (headers?: Record<string, string>) => Promise<ServerConnection>;
}

async function room(t: Test, options: AuthorizationServerOptions & { resource?: string } = {}): Promise<Room> {
  const at = await startAuthorizationServer(options);
  const { resource } = options;
  const server = await startHttpServer({ signIn: { at, ...(resource !== undefined && { resource }) } });
  t.after(() => Promise.all([at.close(), server.close()]));
  const memory = new MemorySignIns();
  return {
    at,
    server,
    memory,
    signIn: async own => {
      const state = crypto.randomUUID();
      const listener = await listenForRedirect(0, state, 'Done');
      t.after(listener.close);
      return signIn(server.url, {
        memory,
        fetch,
        signal: never,
        redirectUrl: listener.url,
        state,
        // In the place of a person's browser.
        open: async url => (await fetch(url)).ok,
        comesBack: listener.comesBack,
        ownClient: () => assert.fail('asked for a client'),
        ...own,
      });
    },
    connect: async (headers = {}) => {
      const { ports } = hear({ signIns: memory });
      const connection = await connectServer({ kind: 'http', url: server.url, headers }, ports);
      t.after(() => connection.close());
      return connection;
    },
  };
}

const linesOf = ({ at }: Room): string[] => at.requests.map(({ line }) => line);

test('who has signed in is let in, with a client that was registered, and PKCE', bounded, async t => {
  const made = await room(t);
  const failed = await made.connect().catch((error: unknown) => failureOf(error));
  assert.equal('kind' in failed && failed.kind, 'signIn');
  assert.deepEqual(linesOf(made), [], 'nothing is asked of anybody before the user wants to sign in');

  assert.equal(await made.signIn(), true);
  assert.deepEqual(linesOf(made), [
    'GET /.well-known/oauth-authorization-server',
    'POST /register',
    'GET /authorize',
    'POST /token',
  ]);
  const { fields = {} } = made.at.requests[2] ?? {};
  assert.deepEqual([fields['scope'], fields['resource']], ['read', made.server.url]);
  const connection = await made.connect();
  assert.equal((await connection.listTools(never))[0]?.name, 'search');
  assert.deepEqual([...made.memory.stored.keys()], [made.server.url]);

  await made.memory.write(made.server.url, undefined);
  await assert.rejects(made.connect(), 'signed out, it is let in no more');
});

test('a token that is taken no more is refreshed once, for all who ask', bounded, async t => {
  const made = await room(t);
  await made.signIn();
  const connection = await made.connect();
  made.at.accessTokens.clear();
  await Promise.all([connection.listTools(never), connection.listPrompts(never), connection.listResources(never)]);
  const refreshes = made.at.requests.filter(({ fields }) => fields['grant_type'] === 'refresh_token');
  assert.equal(refreshes.length, 1);

  made.at.accessTokens.clear();
  made.at.refreshTokens.clear();
  const registered = linesOf(made).filter(line => line === 'POST /register').length;
  const error = await connection.listTools(never).catch((thrown: unknown) => thrown);
  assert.equal(failureOf(error).kind, 'signIn');
  assert.equal(linesOf(made).filter(line => line === 'POST /register').length, registered);
  assert.equal(linesOf(made).filter(line => line === 'GET /authorize').length, 1, 'no page opens by itself');
});

test('who signs out has both tokens revoked, as the client that they were given to', bounded, async t => {
  for (const client of [undefined, { id: 'mine', secret: 's3cret' }]) {
    const made = await room(t, client && { client });
    await made.signIn({ ownClient: () => Promise.resolve(client) });
    const kept = await made.memory.read(made.server.url);
    const [access, refresh] = [[...made.at.accessTokens][0], [...made.at.refreshTokens][0]];
    assert.equal(await revoke(made.server.url, kept, { fetch, signal: never }), true);
    const asked = made.at.requests.filter(({ line }) => line === 'POST /revoke').map(({ fields }) => fields);
    const id = client ? { client_id: 'mine', client_secret: 's3cret' } : { client_id: 'client-1' };
    assert.deepEqual(asked, [
      { token: refresh, token_type_hint: 'refresh_token', ...id },
      { token: access, token_type_hint: 'access_token', ...id },
    ]);
    assert.deepEqual([made.at.accessTokens.size, made.at.refreshTokens.size], [0, 0]);
  }
});

test('a revocation that fails says why; where none is offered, nothing is sent', bounded, async t => {
  const failing = await room(t, { revocation: { status: 503, error: 'temporarily_unavailable' } });
  await failing.signIn();
  const kept = await failing.memory.read(failing.server.url);
  await assert.rejects(revoke(failing.server.url, kept, { fetch, signal: never }), /temporarily_unavailable/);

  const without = await room(t, { isRevocationMissing: true });
  await without.signIn();
  const other = await without.memory.read(without.server.url);
  assert.equal(await revoke(without.server.url, other, { fetch, signal: never }), false);
  assert.equal(await revoke(without.server.url, undefined, { fetch, signal: never }), false);
});

test('tokens are not sent to an authorization server that has not given them', bounded, async t => {
  const made = await room(t);
  await made.signIn();
  const kept = await made.memory.read(made.server.url);
  const other = await room(t);
  await assert.rejects(revoke(other.server.url, kept, { fetch, signal: never }), /has not given them/);
  assert.ok(!linesOf(other).includes('POST /revoke'));
});

test('where clients are not registered, the user’s own is asked for once', bounded, async t => {
  const made = await room(t, { client: { id: 'mine', secret: 's3cret' } });
  const asked: string[] = [];
  const ownClient: SignInPorts['ownClient'] = origin => {
    asked.push(origin);
    return Promise.resolve({ id: 'mine', secret: 's3cret' });
  };
  assert.equal(await made.signIn({ ownClient: () => Promise.resolve(undefined) }), false);
  assert.equal(await made.signIn({ ownClient }), true);
  await (await made.connect()).listTools(never);
  assert.equal(await made.signIn({ ownClient }), true, 'it is good for another redirect too');
  assert.deepEqual(asked, [made.at.url]);
});

test('what the server’s configuration sends in headers goes to no authorization server', bounded, async t => {
  const made = await room(t);
  await made.signIn();
  const connection = await made.connect({ 'x-key': 'secret' });
  made.at.accessTokens.clear();
  await connection.listTools(never);
  assert.ok(made.server.requests.some(({ headers }) => headers['x-key'] === 'secret'));
  assert.ok(made.at.requests.every(({ headers }) => headers['x-key'] === undefined));
});

test('a key in the configuration goes before a sign-in', bounded, async t => {
  const made = await room(t);
  await made.signIn();
  await assert.rejects(made.connect({ authorization: 'Bearer other' }));
  assert.equal(made.server.requests.at(-1)?.headers.authorization, 'Bearer other');
});

test('a token that a server says back is not seen, nor in the log', bounded, async t => {
  const made = await room(t);
  await made.signIn();
  const heard = hear({
    signIns: made.memory,
    fetch: async (url, init) => {
      const token = new Headers(init?.headers).get('authorization') ?? '';
      const isList = typeof init?.body === 'string' && init.body.includes('tools/list');
      return isList ? new Response(`Not for ${token}`, { status: 500 }) : fetch(url, init);
    },
  });
  const connection = await connectServer({ kind: 'http', url: made.server.url, headers: {} }, heard.ports);
  t.after(() => connection.close());
  const error = await connection.listTools(never).catch((thrown: unknown) => thrown);
  assert.match(failureOf(error).detail, /Not for Bearer •••/);
  assert.match(heard.log(), /Not for Bearer •••/);
  assert.ok([...made.at.accessTokens].every(token => !`${failureOf(error).detail}${heard.log()}`.includes(token)));
});

test('an issuer or a resource that is not the one that was meant gets no code', bounded, async t => {
  const lying = await room(t, { issuer: 'https://elsewhere.example' });
  await assert.rejects(lying.signIn(), /issuer/i);
  const other = await room(t, { resource: 'https://elsewhere.example/mcp' });
  await assert.rejects(other.signIn(), /does not match/);
  const mixed = await room(t, { issuerOnReturn: 'https://elsewhere.example' });
  await assert.rejects(mixed.signIn(), /iss/i);
  for (const { at } of [lying, other, mixed]) assert.ok(at.requests.every(({ line }) => line !== 'POST /token'));
  assert.ok([lying, other, mixed].every(({ memory }) => !JSON.stringify([...memory.stored]).includes('access-')));
});

test('a sign-in that is denied says why, one that is turned back from keeps nothing', bounded, async t => {
  const denied = await room(t, { denial: 'You may not.' });
  await assert.rejects(denied.signIn(), /You may not\./);
  const left = await room(t);
  assert.equal(await left.signIn({ open: () => Promise.resolve(false) }), false);
  const stop = new AbortController();
  const waiting = left.signIn({
    signal: stop.signal,
    open: () => {
      stop.abort();
      return Promise.resolve(true);
    },
  });
  await assert.rejects(waiting);
});

test('a server from elsewhere has nobody ask what listens on this machine', bounded, async t => {
  const made = await room(t);
  const asked: string[] = [];
  const response = (): Response =>
    new Response('', {
      status: 401,
      headers: { 'www-authenticate': `Bearer resource_metadata="${made.server.url}"` },
    });
  const signing = signIn('https://elsewhere.example/mcp', {
    memory: made.memory,
    fetch: input => {
      asked.push(input instanceof Request ? input.url : String(input));
      return Promise.resolve(response());
    },
    signal: never,
    redirectUrl: 'http://127.0.0.1:1/callback',
    state: 's',
    open: () => assert.fail('opened'),
    comesBack: () => assert.fail('waited'),
    ownClient: () => assert.fail('asked'),
  });
  await assert.rejects(signing);
  assert.notEqual(asked.length, 0);
  assert.ok(
    asked.every(url => url.startsWith('https://elsewhere.example/')),
    asked.join(),
  );
});

test('the listener takes what brings its state, and nothing else', bounded, async t => {
  const listener = await listenForRedirect(0, 'mine', 'Signed in.');
  t.after(listener.close);
  for (const query of ['', '?code=a&state=other', '?code=a']) {
    assert.equal((await fetch(`${listener.url}${query}`)).status, 404);
  }
  const right = await fetch(`${listener.url}?code=b&state=mine`);
  assert.equal(await right.text(), 'Signed in.');
  assert.equal((await listener.comesBack(never)).get('code'), 'b');
  const second = await listenForRedirect(Number(new URL(listener.url).port), 'mine', '');
  t.after(second.close);
  assert.notEqual(second.url, listener.url, 'a port that is taken is no reason to fail');
});
