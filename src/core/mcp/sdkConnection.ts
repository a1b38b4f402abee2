import {
  Client,
  type ContentBlock,
  InsufficientScopeError,
  type jsonSchemaValidator,
  type JsonSchemaValidatorResult,
  ProtocolError,
  SdkError,
  SdkErrorCode,
  SdkHttpError,
  StreamableHTTPClientTransport,
  type Transport,
  UnauthorizedError,
} from '@modelcontextprotocol/client';
import { messageOf } from '../../shared/messageOf.ts';
import {
  type ConnectPorts,
  type ConnectServer,
  type ResultPart,
  type ServerConnection,
  ServerError,
  type ServerFailure,
} from './connection.ts';
import { eventsTransport } from './eventsTransport.ts';
import { ProcessTransport } from './processTransport.ts';
import type { ServerLaunch } from './serverConfig.ts';
import { type SignedIn, signedIn } from './signIn.ts';

/** Servers whose lists never end are given up here. */
const mostPages = 20;

/**
 * What a tool gives back is not checked with the server's schema: the model reads it as text, and a pattern that was made to
 * be slow would hold up all.
 */
const noValidation: jsonSchemaValidator = {
  getValidator<T>() {
    return (input: unknown): JsonSchemaValidatorResult<T> => ({
      valid: true,
      data: input as T,
      errorMessage: undefined,
    });
  },
};

/**
 * Connects with the official SDK: by the handshake that all servers know, else by that of the newest protocol; over HTTP also as the
 * servers of before 2025 want it.
 */
export const connectServer: ConnectServer = async (launch, given) => {
  const signIn = signInFor(launch, given);
  const hide = signIn?.hide ?? (text => text);
  const logged = (text: string): void => given.events.logged(hide(text));
  const ports: Ports = { ...given, events: { ...given.events, logged }, signIn, hide };
  let first: unknown;
  try {
    return await connectBy('legacy', launch, ports);
  } catch (error) {
    first = error;
    if (ports.signal.aborted) throw asServerError(error, hide);
  }
  try {
    if (first instanceof ProtocolError) return await connectBy('auto', launch, ports);
    if (isOfBefore(launch, first)) return await connectBy('events', launch, ports);
  } catch (error) {
    // Of a server that takes neither, what it says of the newer way counts.
    throw asServerError(first instanceof ProtocolError ? error : first, hide);
  }
  throw asServerError(first, hide);
};

interface Ports extends ConnectPorts {
  signIn: SignedIn | undefined;
  /** See SignedIn. */
  hide: (text: string) => string;
}

/** `events` is the transport of 2024, with a stream of events beside the requests. */
type Way = 'legacy' | 'auto' | 'events';

/** Whether a server may be one that knows nothing of streamable HTTP, by what the protocol says of telling them. */
function isOfBefore(launch: ServerLaunch, error: unknown): boolean {
  return launch.kind === 'http' && error instanceof SdkHttpError && [400, 404, 405].includes(error.status);
}

/** Who writes a key into the configuration wants that one. */
function signInFor(launch: ServerLaunch, { signIns, fetch }: ConnectPorts): SignedIn | undefined {
  if (launch.kind !== 'http') return undefined;
  const hasKey = Object.keys(launch.headers).some(name => name.toLowerCase() === 'authorization');
  return hasKey ? undefined : signedIn(launch.url, signIns, fetch);
}

async function connectBy(way: Way, launch: ServerLaunch, ports: Ports): Promise<ServerConnection> {
  const { events, version, signal, timeLimitMs, hide } = ports;
  const mode = way === 'auto' ? 'auto' : 'legacy';
  const client = new Client(
    { name: 'Marginalia', version },
    { jsonSchemaValidator: noValidation, listMaxPages: mostPages, versionNegotiation: { mode } },
  );
  let hasConnected = false;
  client.onerror = error => events.logged(`${messageOf(error)}\n`);
  client.onclose = () => {
    if (hasConnected) events.closed();
  };
  client.setNotificationHandler('notifications/tools/list_changed', () => events.toolsChanged());
  client.setNotificationHandler('notifications/prompts/list_changed', () => events.promptsChanged());
  client.setNotificationHandler('notifications/message', ({ params }) => {
    const { level, data } = params;
    events.logged(`${level}: ${typeof data === 'string' ? data : JSON.stringify(data)}\n`);
  });
  const transport = transportOf(way, launch, ports);
  try {
    await client.connect(transport, { signal, timeout: timeLimitMs });
  } catch (error) {
    await transport.close();
    throw error;
  }
  hasConnected = true;
  return connectionOf(client, launch, hide);
}

function transportOf(
  way: Way,
  launch: ServerLaunch,
  { environment, fileEnvironment, fetch, signIn, events }: Ports,
): Transport {
  if (launch.kind === 'stdio') {
    const all = Object.entries({ ...environment, ...fileEnvironment, ...launch.env });
    const given = all.filter((entry): entry is [string, string] => entry[1] !== null);
    return new ProcessTransport(launch, Object.fromEntries(given), events.logged);
  }
  const { url, headers } = launch;
  const options = { fetch, requestInit: { headers }, ...(signIn && { authProvider: signIn }) };
  return way === 'events' ? eventsTransport(url, options) : new StreamableHTTPClientTransport(new URL(url), options);
}

function connectionOf(client: Client, launch: ServerLaunch, hide: Ports['hide']): ServerConnection {
  const server = client.getServerVersion();
  const can = client.getServerCapabilities() ?? {};
  const told = async <Value>(work: Promise<Value>): Promise<Value> => {
    try {
      return await work;
    } catch (error) {
      throw asServerError(error, hide);
    }
  };
  return {
    serverName: server ? `${server.name} ${server.version}` : '',
    listTools: signal =>
      told(
        client.listTools(undefined, { signal, cacheMode: 'refresh' }).then(({ tools }) =>
          tools.map(({ name, description = '', inputSchema, annotations }) => ({
            name,
            description,
            inputSchema,
            saysItReads: annotations?.readOnlyHint === true,
          })),
        ),
      ),
    callTool: (name, input, { signal, timeLimitMs, progress }) =>
      told(
        client
          .callTool(
            { name, arguments: input },
            {
              signal,
              timeout: timeLimitMs,
              resetTimeoutOnProgress: true,
              onprogress: ({ progress: done, total, message }) =>
                progress(message ?? (total === undefined ? String(done) : `${done} / ${total}`)),
            },
          )
          .then(({ content, structuredContent, isError }) => ({
            parts:
              content.length === 0 && structuredContent !== undefined
                ? [{ kind: 'text', text: JSON.stringify(structuredContent, undefined, 2) }]
                : content.map(partOf),
            isError: isError === true,
          })),
      ),
    listPrompts: async signal => {
      if (!can.prompts) return [];
      const { prompts } = await told(client.listPrompts(undefined, { signal, cacheMode: 'refresh' }));
      return prompts.map(({ name, title = '', description = '', arguments: takes = [] }) => ({
        name,
        title,
        description,
        takes: takes.map(one => ({
          name: one.name,
          description: one.description ?? '',
          isRequired: one.required === true,
        })),
      }));
    },
    readPrompt: (name, values, signal) =>
      told(
        client
          .getPrompt({ name, arguments: values }, { signal })
          .then(({ messages }) => messages.map(({ role, content }) => ({ role, part: partOf(content) }))),
      ),
    completePrompt: can.completions
      ? (name, argument, known, signal) =>
          told(
            client
              .complete({ ref: { type: 'ref/prompt', name }, argument, context: { arguments: known } }, { signal })
              .then(({ completion }) => completion.values),
          )
      : undefined,
    listResources: async signal => {
      if (!can.resources) return [];
      const { resources } = await told(client.listResources(undefined, { signal }));
      return resources.map(({ uri, name, description = '' }) => ({ uri, name, description }));
    },
    readResource: (uri, signal) =>
      told(
        client
          .readResource({ uri }, { signal, cacheMode: 'refresh' })
          .then(({ contents }) => contents.map(content => alone(partOf({ type: 'resource', resource: content })))),
      ),
    close: async () => {
      const { transport } = client;
      // A session that nobody ends stays with the server.
      if (launch.kind === 'http' && transport instanceof StreamableHTTPClientTransport) {
        await Promise.race([transport.terminateSession().catch(() => undefined), later(goodbyeMs)]);
      }
      await client.close();
    },
  };
}

/** Milliseconds that a server has to take note of the end. */
const goodbyeMs = 500;

function later(delayMs: number): Promise<void> {
  return new Promise(resolve => {
    setTimeout(resolve, delayMs).unref();
  });
}

function partOf(content: ContentBlock): ResultPart {
  switch (content.type) {
    case 'text':
      return { kind: 'text', text: content.text };
    case 'image':
      return { kind: 'image', mediaType: content.mimeType, base64: content.data };
    case 'audio':
      return { kind: 'other', what: content.mimeType };
    case 'resource_link': {
      const { uri, name, description = '' } = content;
      return { kind: 'link', uri, name, description };
    }
    case 'resource': {
      const { resource } = content;
      if ('text' in resource) return { kind: 'resource', uri: resource.uri, text: resource.text };
      const mediaType = resource.mimeType ?? '';
      return mediaType.startsWith('image/')
        ? { kind: 'image', mediaType, base64: resource.blob }
        : { kind: 'other', what: mediaType || resource.uri };
    }
  }
}

/** Of a resource that was asked for, its text: what it is is known. */
function alone(part: ResultPart): ResultPart {
  return part.kind === 'resource' ? { kind: 'text', text: part.text } : part;
}

function asServerError(error: unknown, hide: Ports['hide']): ServerError {
  if (error instanceof ServerError) return error;
  return new ServerError({ kind: kindOf(error), detail: hide(messageOf(error)) }, { cause: error });
}

function kindOf(error: unknown): ServerFailure['kind'] {
  if (error instanceof UnauthorizedError || error instanceof InsufficientScopeError) return 'signIn';
  if (error instanceof SdkHttpError) {
    if (error.status === 401) return 'signIn';
    // It does not know the session any more.
    return error.status === 404 ? 'ended' : 'refused';
  }
  if (error instanceof SdkError) {
    if (error.code === SdkErrorCode.RequestTimeout) return 'timeout';
    if (error.code === SdkErrorCode.ConnectionClosed || error.code === SdkErrorCode.NotConnected) return 'ended';
    return 'other';
  }
  // As fetch says it.
  return error instanceof TypeError ? 'unreachable' : 'other';
}
