import {
  Client,
  type ContentBlock,
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
import { ProcessTransport } from './processTransport.ts';
import type { ServerLaunch } from './serverConfig.ts';

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

/** Connects with the official SDK: by the handshake that all servers know, else by that of the newest protocol. */
export const connectServer: ConnectServer = async (launch, ports) => {
  try {
    return await connectBy('legacy', launch, ports);
  } catch (error) {
    if (!(error instanceof ProtocolError) || ports.signal.aborted) throw asServerError(error);
  }
  try {
    return await connectBy('auto', launch, ports);
  } catch (error) {
    throw asServerError(error);
  }
};

async function connectBy(
  mode: 'legacy' | 'auto',
  launch: ServerLaunch,
  { events, version, signal, timeLimitMs, ...ports }: ConnectPorts,
): Promise<ServerConnection> {
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
  const transport = transportOf(launch, { events, ...ports });
  try {
    await client.connect(transport, { signal, timeout: timeLimitMs });
  } catch (error) {
    await transport.close();
    throw error;
  }
  hasConnected = true;
  return connectionOf(client, launch);
}

function transportOf(
  launch: ServerLaunch,
  {
    environment,
    fileEnvironment,
    fetch,
    events,
  }: Pick<ConnectPorts, 'environment' | 'fileEnvironment' | 'fetch' | 'events'>,
): Transport {
  if (launch.kind === 'stdio') {
    const all = Object.entries({ ...environment, ...fileEnvironment, ...launch.env });
    const given = all.filter((entry): entry is [string, string] => entry[1] !== null);
    return new ProcessTransport(launch, Object.fromEntries(given), events.logged);
  }
  return new StreamableHTTPClientTransport(new URL(launch.url), { fetch, requestInit: { headers: launch.headers } });
}

function connectionOf(client: Client, launch: ServerLaunch): ServerConnection {
  const server = client.getServerVersion();
  const can = client.getServerCapabilities() ?? {};
  const told = async <Value>(work: Promise<Value>): Promise<Value> => {
    try {
      return await work;
    } catch (error) {
      throw asServerError(error);
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

function asServerError(error: unknown): ServerError {
  if (error instanceof ServerError) return error;
  return new ServerError({ kind: kindOf(error), detail: messageOf(error) }, { cause: error });
}

function kindOf(error: unknown): ServerFailure['kind'] {
  if (error instanceof UnauthorizedError) return 'signIn';
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
