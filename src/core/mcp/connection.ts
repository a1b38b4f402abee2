import { messageOf } from '../../shared/messageOf.ts';
import type { Fields } from '../../shared/json.ts';
import type { ServerLaunch } from './serverConfig.ts';
import type { SignInMemory } from './signIns.ts';

/** A tool as its server describes it: all of it is the server's word. */
export interface ToolDefinition {
  name: string;
  description: string;
  inputSchema: Fields;
  /** Whether the server says that it only reads. */
  saysItReads: boolean;
}

/**
 * A part of what a server gives back. A resource stands in it as a whole, a link only names one. `other` names what can't be
 * shown, such as `audio/wav`.
 */
export type ResultPart =
  | { kind: 'text'; text: string }
  | { kind: 'image'; mediaType: string; base64: string }
  | { kind: 'resource'; uri: string; text: string }
  | { kind: 'link'; uri: string; name: string; description: string }
  | { kind: 'other'; what: string };

export interface ToolOutcome {
  parts: ResultPart[];
  isError: boolean;
}

/** What a prompt of a server takes is text, by name. */
export interface PromptDefinition {
  name: string;
  /** For people; empty where the server gives none. */
  title: string;
  description: string;
  takes: PromptArgument[];
}

export interface PromptArgument {
  name: string;
  description: string;
  isRequired: boolean;
}

/** A message of a prompt that is filled in: one part of it. */
export interface PromptMessage {
  role: 'user' | 'assistant';
  part: ResultPart;
}

export interface ResourceDefinition {
  uri: string;
  name: string;
  description: string;
}

export interface CallOptions {
  signal: AbortSignal;
  /** Milliseconds without a word of the server's. */
  timeLimitMs: number;
  /** What the server says of how far it is. */
  progress: (text: string) => void;
}

/** A connection that stands. Every method rejects where the server answers with an error, or not in time. */
export interface ServerConnection {
  /** Its name and version, as it says. */
  serverName: string;
  listTools: (signal: AbortSignal) => Promise<ToolDefinition[]>;
  callTool: (name: string, input: Fields, options: CallOptions) => Promise<ToolOutcome>;
  /** Empty where the server has none. */
  listPrompts: (signal: AbortSignal) => Promise<PromptDefinition[]>;
  readPrompt: (name: string, values: Record<string, string>, signal: AbortSignal) => Promise<PromptMessage[]>;
  /** Undefined where the server completes nothing. */
  completePrompt: CompletePrompt | undefined;
  listResources: (signal: AbortSignal) => Promise<ResourceDefinition[]>;
  readResource: (uri: string, signal: AbortSignal) => Promise<ResultPart[]>;
  /** Ends it, and the process with all that this has started. Resolves once nothing of it is left. */
  close: () => Promise<void>;
}

/** What the server offers for a value of a prompt that is half typed, beside those that are known. */
export type CompletePrompt = (
  prompt: string,
  argument: { name: string; value: string },
  known: Record<string, string>,
  signal: AbortSignal,
) => Promise<string[]>;

/** What a connection tells by itself. */
export interface ConnectionEvents {
  /** The server says that it has other tools now. */
  toolsChanged: () => void;
  /** The same of its prompts. */
  promptsChanged: () => void;
  /** Once, after which the connection is of no use. */
  closed: () => void;
  /** What the server writes for people, or what went wrong beside the answers. */
  logged: (text: string) => void;
}

/**
 * Why a server can't be used. `detail` is for people, and may be empty. Of `variable` it is what stands for nothing, as it is
 * written; `input` was left open by the user. What a
 * server that has `changed` would start is not what the user has agreed to.
 */
export interface ServerFailure {
  kind:
    | 'variable'
    | 'input'
    | 'envFile'
    | 'changed'
    | 'notStarted'
    | 'ended'
    | 'timeout'
    | 'signIn'
    | 'refused'
    | 'unreachable'
    | 'other';
  detail: string;
}

export class ServerError extends Error {
  override readonly name = 'ServerError';
  readonly failure: ServerFailure;

  constructor(failure: ServerFailure, options?: ErrorOptions) {
    super(failure.detail === '' ? failure.kind : failure.detail, options);
    this.failure = failure;
  }
}

/** Also of one that another bundle has thrown, whose class is another one. */
export function failureOf(error: unknown): ServerFailure {
  if (error instanceof Error && error.name === 'ServerError' && 'failure' in error)
    return error.failure as ServerFailure;
  return { kind: 'other', detail: messageOf(error) };
}

export interface ConnectPorts {
  events: ConnectionEvents;
  /** Of the product, which is told to the server. */
  version: string;
  /** What a process gets, before what its configuration says. */
  environment: Record<string, string>;
  /** The variables of the file that the configuration names. */
  fileEnvironment: Record<string, string>;
  /** Looked up when it is used: the editor replaces it while it starts. */
  fetch: typeof fetch;
  /** Of those who have signed in. */
  signIns: SignInMemory;
  signal: AbortSignal;
  timeLimitMs: number;
}

/** Starts or reaches a server, whose variables are filled in. Rejects with a ServerError. */
export type ConnectServer = (launch: ServerLaunch, ports: ConnectPorts) => Promise<ServerConnection>;
