import type { AnyTool } from '../tools/tool.ts';
import { type FoundServer, launchText, startOf } from './foundServer.ts';
import { promptNames, type ServerPrompt } from './serverPrompt.ts';
import { Server, type ServerPorts, type ServerState } from './server.ts';
import { type ServerTool, toolOfServer } from './serverTool.ts';
import { toolNames } from './toolNames.ts';

/** Milliseconds that a request waits for servers which start; those that take longer are there for the next one. */
const waitLimitMs = 10_000;

/** What the user has decided, kept where no workspace writes. */
export interface ServerMemory {
  isOn: (server: FoundServer) => boolean;
  setOn: (server: FoundServer, isOn: boolean) => Promise<void>;
  /** What the user has agreed to start; see launchText. */
  agreedTo: (server: FoundServer) => string | undefined;
  agree: (server: FoundServer, launch: string) => Promise<void>;
  /** See ServerToolPorts.allowedBefore. */
  allowedTool: (server: FoundServer, tool: string) => string | undefined;
  allowTool: (server: FoundServer, tool: string, digest: string) => void;
}

export interface ServersPorts extends ServerPorts {
  /** The servers of all configurations, as these are now. */
  find: () => Promise<FoundServer[]>;
  isTrusted: () => boolean;
  memory: ServerMemory;
  /** Shows the user exactly what would be started. Undefined: they will say it another time. */
  mayStart: (server: FoundServer) => Promise<boolean | undefined>;
}

/** Off: by the user. Asks: not started before the user has agreed to it. */
export type ListedState = ServerState | { kind: 'off' } | { kind: 'asks' };

export interface ListedServer {
  server: Server;
  state: ListedState;
}

/** The servers of a window. None starts before it is needed, nor in a workspace that is not trusted. */
export class Servers {
  readonly #ports: ServersPorts;
  #servers = new Map<string, Server>();
  /** What the user was asked about, and has put off. */
  readonly #putOff = new Set<string>();
  /** Ended by the user's hand: they don't start by themselves. */
  readonly #ended = new Set<string>();
  #refreshing: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(ports: ServersPorts) {
    this.#ports = ports;
  }

  /** The tools that models are offered, of those that run. */
  get offered(): AnyTool[] {
    const tools = [...this.#servers.values()].flatMap(server => server.tools.map(tool => ({ server, tool })));
    const names = toolNames(tools.map(({ server, tool }) => ({ server: server.found.name, tool: tool.name })));
    return tools.map(({ server, tool }, index) => this.#offered(names[index] ?? '', server, tool));
  }

  /** The prompts that messages may begin with, of those that run. */
  get prompts(): ServerPrompt[] {
    const found = [...this.#servers.values()].flatMap(server =>
      server.prompts.map(definition => ({ server, definition })),
    );
    const names = promptNames(found.map(one => ({ server: one.server.found.name, prompt: one.definition.name })));
    return found.map((one, index) => ({ ...one, name: names[index] ?? '' }));
  }

  /** Starts what is needed for a request, and asks before it does where the user has not agreed. Never rejects. */
  async ready(signal: AbortSignal): Promise<void> {
    if (!this.#ports.isTrusted()) return;
    await this.#refresh();
    for (const server of this.#servers.values()) {
      if (!signal.aborted && this.#stateOf(server).kind === 'asks') await this.#ask(server);
    }
    const needed = [...this.#servers.values()].filter(
      server => this.#mayStart(server) && !this.#ended.has(server.found.id),
    );
    const limit = AbortSignal.any([signal, AbortSignal.timeout(waitLimitMs)]);
    await Promise.race([Promise.all(needed.map(server => server.needed())), aborted(limit)]);
  }

  /** All of them, as their configurations are now. */
  async list(): Promise<ListedServer[]> {
    await this.#refresh();
    return [...this.#servers.values()].map(server => ({ server, state: this.#stateOf(server) }));
  }

  /** By the user's hand: asks first where they have not agreed to it. */
  async start(server: Server): Promise<void> {
    const { found } = server;
    if (!this.#ports.isTrusted()) return;
    await this.#ports.memory.setOn(found, true);
    this.#ended.delete(found.id);
    this.#putOff.delete(launchText(found));
    if (this.#stateOf(server).kind === 'asks') await this.#ask(server);
    if (this.#mayStart(server)) await server.start();
  }

  async stop(server: Server): Promise<void> {
    this.#ended.add(server.found.id);
    await server.stop();
  }

  async restart(server: Server): Promise<void> {
    await server.stop();
    await this.start(server);
  }

  /** Switched off, it neither starts nor has tools until the user switches it on. */
  async setOn(server: Server, isOn: boolean): Promise<void> {
    await this.#ports.memory.setOn(server.found, isOn);
    this.#putOff.delete(launchText(server.found));
    if (!isOn) await server.stop();
    this.#ports.changed();
  }

  /** Ends all. Resolves once nothing of them is left. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.allSettled([...this.#servers.values()].map(server => server.stop()));
  }

  #stateOf(server: Server): ListedState {
    const { found, state } = server;
    if (!this.#ports.memory.isOn(found)) return { kind: 'off' };
    return this.#mayStart(server) ? state : { kind: 'asks' };
  }

  #mayStart({ found }: Server): boolean {
    const { memory, isTrusted } = this.#ports;
    const isAgreed = found.origin === 'user' || memory.agreedTo(found) === launchText(found);
    return isTrusted() && memory.isOn(found) && isAgreed && !this.#isClosed;
  }

  async #ask({ found }: Server): Promise<void> {
    const launch = launchText(found);
    if (this.#putOff.has(launch)) return;
    const { memory, mayStart } = this.#ports;
    // Once in a window, unless the user comes to it by hand.
    this.#putOff.add(launch);
    const answer = await mayStart(found);
    if (answer === true) await memory.agree(found, launch);
    if (answer === false) await memory.setOn(found, false);
  }

  /** One after another, so that a slow reading never takes the place of a later one. */
  #refresh(): Promise<void> {
    const before = this.#refreshing;
    this.#refreshing = before.then(() => this.#read());
    return this.#refreshing;
  }

  async #read(): Promise<void> {
    const found = this.#ports.isTrusted() ? await this.#find().catch(() => undefined) : [];
    // What can't be read now leaves all as it was.
    if (!found || this.#isClosed) return;
    const before = this.#servers;
    const now = new Map<string, Server>();
    for (const one of found) {
      const known = before.get(one.id);
      const same = known && launchText(known.found) === launchText(one) && known.found.source === one.source;
      now.set(one.id, same ? known : new Server(one, this.#ports));
    }
    this.#servers = now;
    // One whose configuration has gone, or says something else, runs no longer.
    const gone = [...before].flatMap(([id, server]) => (now.get(id) === server ? [] : [server]));
    await Promise.allSettled(gone.map(server => server.stop()));
  }

  async #find(): Promise<FoundServer[]> {
    const { find, pinnedFiles } = this.#ports;
    const pinned = async (server: FoundServer): Promise<FoundServer> =>
      server.origin === 'workspace' ? { ...server, pinned: await pinnedFiles(server) } : server;
    return Promise.all((await find()).map(pinned));
  }

  #offered(name: string, server: Server, tool: ServerTool): AnyTool {
    const { memory } = this.#ports;
    const { found } = server;
    return toolOfServer(name, tool, {
      start: startOf(found),
      server: JSON.stringify([found.id, launchText(found)]),
      allowedBefore: () => memory.allowedTool(found, tool.name),
      allowed: digest => memory.allowTool(found, tool.name, digest),
      call: (input, options) => server.call(tool, input, options),
    });
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
