import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AuthorizationServer } from './authorizationServer.ts';
import { Behaviour, type Message } from './behaviour.ts';

export interface HttpServerOptions {
  /** What a request has to say in `Authorization`; without it, 401. */
  authorization?: string;
  /** Takes the tokens of this one, and says so to whoever has none. `resource` is what it then says that it is. */
  signIn?: { at: AuthorizationServer; resource?: string };
  /** Speaks as servers did before streamable HTTP: answers come on a stream of events that is opened first. */
  isOld?: boolean;
  /** Answers each request with another place instead. */
  redirectTo?: string;
}

/** A server over HTTP on the loopback address, in this process. */
export interface HttpServer {
  url: string;
  behaviour: Behaviour;
  /** Of every request, as they came. */
  requests: { method: string; headers: IncomingMessage['headers'] }[];
  /** Sessions that were begun and not ended. */
  sessions: Set<string>;
  close: () => Promise<void>;
}

/** Speaks the protocol's streamable HTTP: calls are answered by a stream of events, all else by JSON. */
export async function startHttpServer({
  authorization,
  signIn,
  isOld = false,
  redirectTo,
}: HttpServerOptions = {}): Promise<HttpServer> {
  const behaviour = new Behaviour();
  const requests: HttpServer['requests'] = [];
  const sessions = new Set<string>();
  /** The streams on which the server speaks unasked. */
  const open = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    requests.push({ method: request.method ?? '', headers: request.headers });
    void answer(request, response);
  });

  function url(): string {
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`;
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (redirectTo !== undefined) {
      response.writeHead(307, { location: redirectTo }).end();
      return;
    }
    if (authorization !== undefined && request.headers.authorization !== authorization) {
      response.writeHead(401, { 'www-authenticate': 'Bearer' }).end();
      return;
    }
    if (signIn && request.url === '/.well-known/oauth-protected-resource/mcp') {
      const resource = { resource: signIn.resource ?? url(), authorization_servers: [signIn.at.url] };
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(resource));
      return;
    }
    const token = request.headers.authorization?.replace('Bearer ', '') ?? '';
    if (signIn && !signIn.at.accessTokens.has(token)) {
      const metadata = `${new URL(url()).origin}/.well-known/oauth-protected-resource/mcp`;
      response.writeHead(401, { 'www-authenticate': `Bearer resource_metadata="${metadata}", scope="read"` }).end();
      return;
    }
    if (isOld) {
      await answerAsBefore(request, response);
      return;
    }
    const session = String(request.headers['mcp-session-id'] ?? '');
    if (request.method === 'GET') {
      beginEvents(response);
      open.add(response);
      response.on('close', () => open.delete(response));
      return;
    }
    if (request.method === 'DELETE') {
      sessions.delete(session);
      response.writeHead(200).end();
      return;
    }
    const message = JSON.parse(await bodyOf(request)) as Message;
    if (message.method !== 'initialize' && !sessions.has(session)) {
      response.writeHead(404).end();
      return;
    }
    await reply(message, response);
  }

  async function answerAsBefore(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'GET') {
      beginEvents(response);
      response.write('event: endpoint\ndata: /messages\n\n');
      open.add(response);
      response.on('close', () => open.delete(response));
      return;
    }
    if (request.url !== '/messages') {
      response.writeHead(405).end();
      return;
    }
    const message = JSON.parse(await bodyOf(request)) as Message;
    response.writeHead(202).end();
    const send = (sent: object): void => {
      for (const stream of open) sendEvent(stream, sent);
    };
    const answered = await behaviour.answer(message, (method, params) => send({ method, params }));
    if (answered) send({ id: message.id, ...answered });
  }

  async function reply(message: Message, response: ServerResponse): Promise<void> {
    const streams = message.method === 'tools/call';
    if (streams) beginEvents(response);
    const answered = await behaviour.answer(message, (method, params) => {
      const to = method === 'notifications/progress' ? [response] : open;
      for (const stream of to) sendEvent(stream, { method, params });
    });
    if (!answered) {
      response.writeHead(202).end();
      return;
    }
    if (streams) {
      sendEvent(response, { id: message.id, ...answered });
      response.end();
      return;
    }
    const began = message.method === 'initialize' ? randomUUID() : undefined;
    if (began !== undefined) sessions.add(began);
    response.writeHead(200, {
      'content-type': 'application/json',
      ...(began !== undefined && { 'mcp-session-id': began }),
    });
    response.end(JSON.stringify({ jsonrpc: '2.0', id: message.id, ...answered }));
  }

  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: url(),
    behaviour,
    requests,
    sessions,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function beginEvents(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.flushHeaders();
}

function sendEvent(response: ServerResponse, message: object): void {
  response.write(`event: message\ndata: ${JSON.stringify({ jsonrpc: '2.0', ...message })}\n\n`);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}
