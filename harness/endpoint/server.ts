import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PromptCache } from './cache.ts';
import { FaultQueue } from './faults.ts';
import { Output } from './output.ts';
import type { PaceOption } from './pace.ts';
import type { RecordedRequest } from './recording.ts';
import { readBody, recorded, whenClosed } from './recording.ts';
import type { Exchange, Surroundings } from './routes.ts';
import { faultyRoute, respond } from './routes.ts';
import { newId } from './random.ts';

export type { Fault, FaultQueue, ScriptedBlock } from './faults.ts';
export type { RecordedRequest, RequestEnd } from './recording.ts';

export interface DemoEndpointOptions {
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** Default: `instant`. */
  readonly pace?: PaceOption;
  /** The accepted keys. Default: any key that is not empty and does not contain "invalid". */
  readonly keys?: readonly string[];
}

export interface DemoEndpoint {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly baseUrl: string;
  readonly port: number;
  /** Every request whose body has arrived, in order. */
  readonly requests: RecordedRequest[];
  readonly faults: FaultQueue;
  /** Of the answers to come. */
  pace: PaceOption;
  /** The request with this place in `requests`, as soon as it has arrived. */
  arrival(index: number): Promise<RecordedRequest>;
  /** Also ends the streams that are open. */
  close(): Promise<void>;
}

/** A Messages service on loopback: real sockets, real protocol, and answers by rules from what it was sent. */
export async function startDemoEndpoint(options: DemoEndpointOptions = {}): Promise<DemoEndpoint> {
  const requests: RecordedRequest[] = [];
  const arrivals = new EventTarget();
  const surroundings: Surroundings = {
    faults: new FaultQueue(),
    cache: new PromptCache(),
    pace: options.pace ?? 'instant',
    keys: options.keys,
  };
  const server = createServer((request, response) => {
    const record = (entry: RecordedRequest): void => {
      requests.push(entry);
      arrivals.dispatchEvent(new Event('arrival'));
    };
    void serve(request, response, surroundings, record);
  });
  // A demo endpoint must not outlive its window because an idle connection is kept open.
  server.keepAliveTimeout = 2000;
  await listen(server, options.port ?? 0);
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    port,
    requests,
    faults: surroundings.faults,
    get pace() {
      return surroundings.pace;
    },
    set pace(pace) {
      surroundings.pace = pace;
    },
    arrival: index => arrival(requests, arrivals, index),
    close: () => close(server),
  };
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  surroundings: Surroundings,
  record: (entry: RecordedRequest) => void,
): Promise<void> {
  const times = { arrivedAtMs: performance.now(), closed: whenClosed(response) };
  const left = new AbortController();
  void times.closed.then(() => left.abort());
  const route = faultyRoute(request);
  const faults = surroundings.faults.take(route);
  if (faults.has('refuseConnection')) {
    record(recorded(request, undefined, times));
    request.socket.destroy();
    return;
  }
  try {
    const text = await readBody(request);
    record(recorded(request, text, times));
    const requestId = newId('req');
    const exchange: Exchange = {
      request,
      text,
      requestId,
      faults,
      output: new Output(response, faults, left.signal),
    };
    await respond(exchange, surroundings);
  } catch (error) {
    // Whoever left hears nothing; anything else is a mistake of this endpoint and must not pass for an answer.
    if (left.signal.aborted || request.destroyed) return;
    console.error('demo endpoint:', error);
    response.destroy();
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reason = error.code === 'EADDRINUSE' ? 'is already in use by another program' : `failed: ${error.message}`;
      reject(new Error(`The demo endpoint cannot listen because port ${port} of 127.0.0.1 ${reason}.`));
    });
    server.listen(port, '127.0.0.1', resolve);
  });
}

function arrival(requests: readonly RecordedRequest[], arrivals: EventTarget, index: number): Promise<RecordedRequest> {
  return new Promise(resolve => {
    const look = (): void => {
      const found = requests[index];
      if (found === undefined) return;
      arrivals.removeEventListener('arrival', look);
      resolve(found);
    };
    arrivals.addEventListener('arrival', look);
    look();
  });
}

function close(server: Server): Promise<void> {
  return new Promise(resolve => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
