/**
 * Where a prompt comes from: the extension, the user's settings, the workspace's settings, a file of it, or a server of the
 * Model Context Protocol.
 */
export type PromptOrigin =
  | { kind: 'builtIn' }
  | { kind: 'settings' }
  | { kind: 'workspaceSettings' }
  /** Relative to the workspace folder. */
  | { kind: 'file'; path: string }
  /** Without a name: whichever the user then chooses. */
  | { kind: 'server'; server?: string };

/** What the view knows of a prompt that it can offer. */
export interface PromptSummary {
  name: string;
  description: string;
  origin: PromptOrigin;
}

/** What the message that begins with a prompt's name would send. */
export interface PromptPreview {
  name: string;
  origin: PromptOrigin;
  /** The words, with every variable filled in. */
  text: string;
  /** The places that go along, such as `src/orders.ts:16–22`. */
  takes: string[];
  /** Of one that a server fills in, what it is asked for, such as `about`. */
  asksFor?: string[];
  /** Why it can't be sent, as a sentence; absent where it can. */
  problem?: string;
}

/** A prompt's name and what stands after it. */
export interface PromptCall {
  name: string;
  input: string;
}

/** What a prompt's name is made of: a path is none. */
const namePattern = /^[\p{L}\p{N}_][\p{L}\p{M}\p{N}_.:-]*$/u;

export function isPromptName(name: string): boolean {
  return namePattern.test(name) && name.length <= 64;
}

/** Reads a message such as `/tests with vitest`; undefined where it calls nothing. The slash may be a full-width one. */
export function readCall(message: string): PromptCall | undefined {
  const [, written, input = ''] = /^\s*[/／](\S+)(?:\s+([^]*))?$/.exec(message) ?? [];
  const name = written?.normalize('NFKC');
  return name !== undefined && isPromptName(name) ? { name, input: input.trim() } : undefined;
}
