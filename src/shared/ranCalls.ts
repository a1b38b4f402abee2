import type { PixelSize } from './imageFit.ts';
import type { TodoStep } from './todo.ts';

/**
 * Requested: its turn has not come. Awaiting: the user is asked. Denied: not run, by the user's word or the mode.
 * Failed: it has run in vain, could not run, or was stopped.
 */
export const callStates = ['requested', 'awaiting', 'running', 'done', 'denied', 'failed'] as const;
export type CallState = (typeof callStates)[number];

/** What a call does, as far as one line tells. */
export interface CallLine {
  action: CallAction;
  /** What it is done to, such as a path with lines; empty where that is not known. */
  subject: string;
}

export const callActions = [
  'view',
  'create',
  'replace',
  'insert',
  'undo',
  'run',
  'restart',
  'openPage',
  'goBack',
  'reload',
  'lookAtPage',
  'usePointer',
  'type',
  'pressKeys',
  'waitSeconds',
  'todo',
  'tool',
  'unknown',
] as const;
export type CallAction = (typeof callActions)[number];

/** Why the user is asked whatever the rules say. */
export const cautions = [
  'secret',
  'ignored',
  'runs',
  'unclear',
  'outside',
  'network',
  'dangerous',
  'shellChanged',
  'filesChanged',
  'generated',
  'changedTool',
  'address',
] as const;
export type Caution = (typeof cautions)[number];

/** The change that a call makes, or would make. */
export interface CallDiff {
  path: string;
  isNew: boolean;
  /** From front to end. */
  hunks: CallHunk[];
  /** Lines behind those that are shown: they go with the last hunk. */
  unshown: number;
  /** What a rule would name that allows such changes from now on; absent where none may, or one does. */
  rule?: string;
}

/** A part of a change that can be taken or left by itself, with the lines around it. */
export interface CallHunk {
  /** 1-based: where `lines` begin in the file as it was. */
  startLine: number;
  lines: { kind: 'same' | 'removed' | 'added'; text: string }[];
  /** Where the file has not got it: the user has left it, or taken it back later. */
  fate?: HunkFate;
}

export const hunkFates = ['left', 'takenBack'] as const;
export type HunkFate = (typeof hunkFates)[number];

/** What a call gives to a shell. */
export interface CallCommand {
  /** Word for word; empty where the shell itself is begun anew. */
  text: string;
  /** Where it runs. */
  folder: string;
  /** What a rule would name that allows it from now on; absent where none could, or one does. */
  rule?: string;
}

/** What a call of a tool file starts, word for word, or the server that has the tool. */
export interface CallStart {
  kind: CallStartKind;
  /** The program and each argument, the one name, or the address. */
  words: string[];
  /** The file that says so, as it is shown. */
  source: string;
  /** Its scripts import more files than are looked at: what changes in the others is not noticed. */
  importsMore?: boolean;
}

/** An image that a tool has brought; of the same shape as one that was attached. */
export interface CallImage {
  id: string;
  kind: 'image';
  /** What it shows, such as a file's name. */
  name: string;
  source: { type: 'base64'; mediaType: string; data: string };
  pixels?: PixelSize;
}

/** What the model is told of a call. */
export interface CallResult {
  text: string;
  isError: boolean;
  images?: CallImage[];
}

export const callStartKinds = ['command', 'task', 'editorCommand', 'server'] as const;
export type CallStartKind = (typeof callStartKinds)[number];

/** A tool use of an answer that the tools here take care of. */
export interface RanCall {
  /** Of its block among the answer's. */
  index: number;
  state: CallState;
  line: CallLine;
  cautions?: Caution[];
  diff?: CallDiff;
  command?: CallCommand;
  start?: CallStart;
  /** The steps that it lists. */
  todo?: TodoStep[];
  /** Of one that runs: all that has come so far. */
  output?: string;
  /** How long it ran, in milliseconds, without the wait for the user. */
  durationMs?: number;
  /** Of a command that has ended. */
  exitCode?: number;
  /** Programs that it has left running in the background. */
  leftRunning?: number;
  /** What the model is told of it. Every call that is over has one. */
  result?: CallResult;
}

/** What the user says of a call that waits for it. */
export const callDecisions = ['allow', 'allowInConversation', 'allowAlways', 'deny'] as const;
export type CallDecision = (typeof callDecisions)[number];

/** The user's word on a call, with the hunks that they leave out of what they allow, by their indexes. */
export interface CallWord {
  decision: CallDecision;
  left: readonly number[];
}

/** The images that the calls have brought, in their order. */
export function imagesOfCalls(calls: readonly RanCall[]): CallImage[] {
  return calls.flatMap(({ result }) => result?.images ?? []);
}

/** Whether it has still to run, or is running. */
export function isOpenCall({ state }: RanCall): boolean {
  return state === 'requested' || state === 'awaiting' || state === 'running';
}

/** Each in the place of that of its block, or behind the others. */
export function withCalls(calls: readonly RanCall[], changed: readonly RanCall[]): RanCall[] {
  const now = [...calls];
  for (const call of changed) {
    const at = now.findIndex(({ index }) => index === call.index);
    now.splice(at === -1 ? now.length : at, 1, call);
  }
  return now;
}
