import type { AskedHow } from '../../core/chat/askedTurn.ts';
import type { Prompt } from '../../core/prompts/prompt.ts';
import type { Excerpt } from '../../shared/attachment.ts';
import type { UserTurn } from '../../shared/conversation.ts';
import { type PromptCall, type PromptPreview, type PromptSummary, readCall } from '../../shared/prompt.ts';
import type { Ask } from '../commands/ask.ts';
import { showInformation } from '../show.ts';
import { type PreparedPrompt, preparePrompt } from './preparePrompt.ts';
import type { PromptLibrary } from './promptLibrary.ts';

/** A prompt that a message calls: filled in with what stands in the editor, or one that its server fills in. */
export type CalledPrompt = { prompt: Prompt; prepared: PreparedPrompt } | { ofServer: PromptPreview };

/** The prompts of servers; see ServerPrompts. */
export interface ServersPrompts {
  summaries: (taken: readonly PromptSummary[]) => Promise<PromptSummary[]>;
  preview: (name: string) => Promise<PromptPreview | undefined>;
  /** Resolves with the message that the server makes of it; undefined where it stays as it was. */
  fill: (call: PromptCall) => Promise<string | undefined>;
}

/** Calls prompts: from a message that begins with a slash, and from commands. */
export class PromptRunner {
  readonly library: PromptLibrary;
  readonly #ask: Ask;
  readonly #ofServers: ServersPrompts | undefined;

  /** Without `ofServers` it calls those of the library only. */
  constructor(library: PromptLibrary, ask: Ask, ofServers?: ServersPrompts) {
    this.library = library;
    this.#ask = ask;
    this.#ofServers = ofServers;
  }

  async summaries(): Promise<PromptSummary[]> {
    const prompts = await this.library.all();
    const own = prompts.map(({ name, description, origin }) => ({ name, description, origin }));
    return [...own, ...((await this.#ofServers?.summaries(own)) ?? [])];
  }

  /** What the message calls, filled in; undefined where it calls no prompt that there is. */
  async prepare(message: string): Promise<CalledPrompt | undefined> {
    const call = readCall(message);
    if (!call) return undefined;
    const prompt = await this.library.find(call.name);
    if (prompt) return { prompt, prepared: await preparePrompt(prompt, call.input) };
    const ofServer = await this.#ofServers?.preview(call.name);
    return ofServer && { ofServer };
  }

  /**
   * Sends what a typed message calls; undefined where it calls nothing and is to be sent as it stands. Otherwise
   * resolves when the answer has ended; false where nothing was asked. A server's prompt is not sent: resolves with what it
   * makes of the message, for the user to read first.
   */
  async runTyped(message: string, how: Pick<AskedHow, 'steers'>): Promise<boolean | string | undefined> {
    const call = readCall(message);
    if (!call) return undefined;
    const prompt = await this.library.find(call.name);
    if (prompt) return this.#run(prompt, call, { isTyped: true, ...how });
    const isOfServer = (await this.#ofServers?.preview(call.name)) !== undefined;
    return isOfServer ? ((await this.#ofServers?.fill(call)) ?? false) : undefined;
  }

  /** Sends the prompt with the code in the editor. */
  async run(prompt: Prompt, input = ''): Promise<void> {
    await this.#run(prompt, { name: prompt.name, input }, { isTyped: false });
  }

  async #run(prompt: Prompt, { name, input }: PromptCall, asked: AskedHow): Promise<boolean> {
    const prepared = await preparePrompt(prompt, input);
    if (!prepared.ok) {
      void showInformation(prepared.problem);
      return false;
    }
    // The two that have commands of their own are asked as those ask.
    const isPlain = prompt.origin.kind === 'builtIn' && prompt.intent !== 'chat';
    const call = isPlain && !asked.isTyped ? undefined : `/${name}${input === '' ? '' : ` ${input}`}`;
    const how = { ...asked, ...(call !== undefined && { call }) };
    return this.#ask(prompt.intent, prepared.text, prepared.excerpts, how);
  }
}

/** What is shown of it. */
export function previewOf(called: CalledPrompt): PromptPreview {
  if ('ofServer' in called) return called.ofServer;
  const { prompt, prepared } = called;
  const { name, origin } = prompt;
  const { text } = prepared;
  return prepared.ok
    ? { name, origin, text, takes: prepared.taken.map(placeOf) }
    : { name, origin, text, takes: [], problem: prepared.problem };
}

/** Of the turn that it would send; undefined where it can't be sent now. */
export function turnOf(called: CalledPrompt): Pick<UserTurn, 'intent' | 'text' | 'excerpts'> | undefined {
  if ('ofServer' in called) return undefined;
  const { prompt, prepared } = called;
  return prepared.ok ? { intent: prompt.intent, text: prepared.text, excerpts: prepared.excerpts } : undefined;
}

function placeOf({ path, startLine, endLine }: Excerpt): string {
  return startLine === endLine ? `${path}:${startLine}` : `${path}:${startLine}–${endLine}`;
}
