import { messageOf } from '../../shared/messageOf.ts';
import type { PinnedFiles } from '../process/pinnedFiles.ts';
import { ToolError } from '../tools/workspace.ts';
import type { Fields } from '../../shared/json.ts';
import {
  type CallOptions,
  type ConnectPorts,
  type ConnectServer,
  type PromptDefinition,
  type ServerConnection,
  failureOf,
  ServerError,
  type ServerFailure,
  type ToolOutcome,
} from './connection.ts';
import { fillIn, parseEnvFile, type Variables } from './fillIn.ts';
import type { FoundServer } from './foundServer.ts';
import type { ServerLaunch } from './serverConfig.ts';
import { type LeftOutReason, readTool, type ServerTool } from './serverTool.ts';

/** Milliseconds that a server has to start and to say what it has. Some are first downloaded. */
const startLimitMs = 60_000;
/** Milliseconds that it has to list its prompts, which the start waits for. */
const promptsLimitMs = 5_000;
/** Milliseconds after which one that has failed is tried again: twice as long each time, up to the second. */
const firstPauseMs = 5_000;
const longestPauseMs = 300_000;
/** Tools of one server that are offered: all of them stand in every request. */
const mostTools = 100;
/** Prompts of one server that are offered. */
const mostPrompts = 200;
/** Characters of its log that are kept. */
const mostLog = 64_000;

export type ServerState =
  | { kind: 'stopped' }
  | { kind: 'starting' }
  | { kind: 'running'; serverName: string }
  | { kind: 'failed'; failure: ServerFailure };

export interface ServerPorts extends Pick<ConnectPorts, 'version' | 'environment' | 'fetch' | 'signIns'> {
  connect: ConnectServer;
  /** What variables stand for, with the inputs that it needs; undefined where the user has left one open. */
  variables: (server: FoundServer) => Promise<Variables | undefined>;
  /** A path as it counts in a folder: one that is whole stays as it is. */
  inFolder: (path: string, folder: string | undefined) => string;
  readFile: (path: string) => Promise<string>;
  /** The files of a workspace's server that the user agrees to with it, as they are now; see serverFiles. */
  pinnedFiles: (server: FoundServer) => Promise<PinnedFiles>;
  /** Something of it is another now. */
  changed: () => void;
  /** Milliseconds on a clock that never goes back. */
  clock: () => number;
}

/** One server: started when it is needed, and as long as it is wanted. */
export class Server {
  readonly found: FoundServer;
  readonly #ports: ServerPorts;
  #state: ServerState = { kind: 'stopped' };
  #tools: ServerTool[] = [];
  #leftOut: { name: string; reason: LeftOutReason }[] = [];
  #prompts: PromptDefinition[] = [];
  #connection: ServerConnection | undefined;
  #starting: Promise<void> | undefined;
  #abort = new AbortController();
  #failures = 0;
  #failedAt = 0;
  #log = '';

  constructor(found: FoundServer, ports: ServerPorts) {
    this.found = found;
    this.#ports = ports;
  }

  get state(): ServerState {
    return this.#state;
  }

  get tools(): readonly ServerTool[] {
    return this.#tools;
  }

  /** Tools that it has and that are not offered. */
  get leftOut(): readonly { name: string; reason: LeftOutReason }[] {
    return this.#leftOut;
  }

  /** As the server says. */
  get prompts(): readonly PromptDefinition[] {
    return this.#prompts;
  }

  /** The end of what it has written and of what has become of it. */
  get log(): string {
    return this.#log;
  }

  /** Undefined unless it is running. */
  get connection(): ServerConnection | undefined {
    return this.#connection;
  }

  /** Starts it unless it runs, or has failed a moment ago. Resolves once it runs or has failed; never rejects. */
  needed(): Promise<void> {
    const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** (this.#failures - 1));
    const mayTry = this.#failures === 0 || this.#ports.clock() - this.#failedAt >= pauseMs;
    return mayTry || this.#starting ? this.start() : Promise.resolve();
  }

  /** Starts it unless it runs. Resolves once it runs or has failed; never rejects. */
  start(): Promise<void> {
    if (this.#connection) return Promise.resolve();
    this.#starting ??= this.#start(this.#abort.signal).finally(() => (this.#starting = undefined));
    return this.#starting;
  }

  /** Resolves once nothing of it is left. */
  async stop(): Promise<void> {
    this.#abort.abort();
    this.#abort = new AbortController();
    await this.#starting;
    this.#failures = 0;
    await this.#disconnect();
    this.#set({ kind: 'stopped' });
  }

  /** The URL of one that is reached over HTTP, with its variables filled in. Rejects with a ServerError. */
  async address(): Promise<string | undefined> {
    if (this.found.launch.kind !== 'http') return undefined;
    const { launch } = await this.#filledIn();
    return launch.kind === 'http' ? launch.url : undefined;
  }

  /** Calls the tool that `tool` was read as, and no other of its name. Rejects with a ToolError in words for the model. */
  async call({ name, said }: ServerTool, input: Fields, options: CallOptions): Promise<ToolOutcome> {
    await this.start();
    const connection = this.#connection;
    if (!connection) throw new ToolError('Error: The server of this tool is not running.');
    if (this.#tools.find(tool => tool.name === name)?.said !== said) {
      throw new ToolError('Error: The server has changed this tool since the user was asked.');
    }
    try {
      return await connection.callTool(name, input, options);
    } catch (error) {
      if (options.signal.aborted) throw error;
      if (failureOf(error).kind === 'ended' && this.#connection === connection) {
        this.#closed(connection);
        void connection.close();
      }
      throw new ToolError(`Error: ${messageOf(error)}`);
    }
  }

  async #start(signal: AbortSignal): Promise<void> {
    this.#set({ kind: 'starting' });
    this.#write(`— ${this.found.name}: ${describe(this.found.launch)}\n`);
    try {
      const connection = await this.#connect(signal);
      this.#connection = connection;
      await this.#listTools(connection, signal);
      await this.#listPrompts(connection, signal);
      this.#failures = 0;
      if (this.#connection === connection) this.#set({ kind: 'running', serverName: connection.serverName });
    } catch (error) {
      await this.#disconnect();
      if (signal.aborted) this.#set({ kind: 'stopped' });
      else this.#fail(failureOf(error));
    }
  }

  async #connect(signal: AbortSignal): Promise<ServerConnection> {
    const { connect, version, environment, fetch, signIns } = this.#ports;
    const { launch, fileEnvironment } = await this.#filledIn();
    await this.#checkFiles();
    signal.throwIfAborted();
    const connection: { own?: ServerConnection } = {};
    connection.own = await connect(launch, {
      events: {
        logged: text => this.#write(text),
        closed: () => this.#closed(connection.own),
        toolsChanged: () => void this.#relist(connection.own),
        promptsChanged: () => void this.#relistPrompts(connection.own),
      },
      version,
      environment,
      fileEnvironment,
      fetch,
      signIns,
      signal,
      timeLimitMs: startLimitMs,
    });
    return connection.own;
  }

  /** A call starts it again too, a while after it was found. */
  async #checkFiles(): Promise<void> {
    const { pinned } = this.found;
    if (!pinned) return;
    const now = await this.#ports.pinnedFiles(this.found);
    if (JSON.stringify(now) !== JSON.stringify(pinned)) throw new ServerError({ kind: 'changed', detail: '' });
  }

  async #filledIn(): Promise<{ launch: ServerLaunch; fileEnvironment: Record<string, string> }> {
    const variables = await this.#ports.variables(this.found);
    if (!variables) throw new ServerError({ kind: 'input', detail: '' });
    const filled = fillIn(this.found.launch, variables);
    if (!filled.ok) throw new ServerError({ kind: 'variable', detail: filled.variable });
    const { launch } = filled;
    if (launch.kind === 'http') {
      if (!URL.canParse(launch.url)) throw new ServerError({ kind: 'unreachable', detail: launch.url });
      return { launch, fileEnvironment: {} };
    }
    const { folder } = this.found;
    const { inFolder, readFile } = this.#ports;
    const cwd = launch.cwd === undefined ? folder : inFolder(launch.cwd, folder);
    const placed: ServerLaunch = { ...launch, ...(cwd !== undefined && { cwd }) };
    if (launch.envFile === undefined) return { launch: placed, fileEnvironment: {} };
    try {
      return { launch: placed, fileEnvironment: parseEnvFile(await readFile(inFolder(launch.envFile, folder))) };
    } catch (error) {
      throw new ServerError({ kind: 'envFile', detail: messageOf(error) }, { cause: error });
    }
  }

  async #listTools(connection: ServerConnection, signal: AbortSignal): Promise<void> {
    const definitions = await connection.listTools(AbortSignal.any([signal, AbortSignal.timeout(startLimitMs)]));
    const tools: ServerTool[] = [];
    this.#leftOut = [];
    for (const definition of definitions) {
      const read = tools.length < mostTools ? readTool(definition) : 'many';
      if (typeof read === 'string') this.#leftOut.push({ name: definition.name, reason: read });
      else tools.push(read);
    }
    this.#tools = tools;
  }

  async #relist(connection: ServerConnection | undefined): Promise<void> {
    if (!connection || connection !== this.#connection) return;
    try {
      await this.#listTools(connection, this.#abort.signal);
    } catch (error) {
      this.#write(`${messageOf(error)}\n`);
      // What it offered is not known to be true any more.
      this.#tools = [];
    }
    this.#ports.changed();
  }

  /** Who can't list them has none: tools work without. */
  async #listPrompts(connection: ServerConnection, signal: AbortSignal): Promise<void> {
    try {
      const limit = AbortSignal.any([signal, AbortSignal.timeout(promptsLimitMs)]);
      this.#prompts = (await connection.listPrompts(limit)).slice(0, mostPrompts);
    } catch (error) {
      this.#write(`${messageOf(error)}\n`);
      this.#prompts = [];
    }
  }

  async #relistPrompts(connection: ServerConnection | undefined): Promise<void> {
    if (!connection || connection !== this.#connection) return;
    await this.#listPrompts(connection, this.#abort.signal);
    this.#ports.changed();
  }

  /** It has ended by itself: it is started again when it is needed, unless that has just failed. */
  #closed(connection: ServerConnection | undefined): void {
    if (!connection || connection !== this.#connection) return;
    // Its tools are offered on: the next call starts it again.
    this.#connection = undefined;
    this.#fail({ kind: 'ended', detail: '' });
  }

  #fail(failure: ServerFailure): void {
    this.#failures += 1;
    this.#failedAt = this.#ports.clock();
    this.#write(`— ${failure.kind}${failure.detail === '' ? '' : `: ${failure.detail}`}\n`);
    this.#set({ kind: 'failed', failure });
  }

  async #disconnect(): Promise<void> {
    const connection = this.#connection;
    this.#connection = undefined;
    this.#tools = [];
    this.#leftOut = [];
    this.#prompts = [];
    await connection?.close();
  }

  #set(state: ServerState): void {
    this.#state = state;
    this.#ports.changed();
  }

  #write(text: string): void {
    this.#log = `${this.#log}${text}`.slice(-mostLog);
  }
}

function describe(launch: ServerLaunch): string {
  return launch.kind === 'http' ? launch.url : [launch.command, ...launch.args].join(' ');
}
