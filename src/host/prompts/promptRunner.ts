import type { Prompt } from '../../core/prompts/prompt.ts';
import type { Excerpt, UserTurn } from '../../shared/conversation.ts';
import { type PromptCall, type PromptPreview, type PromptSummary, readCall } from '../../shared/prompt.ts';
import type { Ask } from '../commands/ask.ts';
import { showInformation } from '../show.ts';
import { type PreparedPrompt, preparePrompt } from './preparePrompt.ts';
import type { PromptLibrary } from './promptLibrary.ts';

/** A prompt that a message calls, filled in with what stands in the editor. */
export interface CalledPrompt {
  prompt: Prompt;
  prepared: PreparedPrompt;
}

/** Calls prompts: from a message that begins with a slash, and from commands. */
export class PromptRunner {
  readonly library: PromptLibrary;
  readonly #ask: Ask;

  constructor(library: PromptLibrary, ask: Ask) {
    this.library = library;
    this.#ask = ask;
  }

  async summaries(): Promise<PromptSummary[]> {
    const prompts = await this.library.all();
    return prompts.map(({ name, description, origin }) => ({ name, description, origin }));
  }

  /** What the message calls, filled in; undefined where it calls no prompt that there is. */
  async prepare(message: string): Promise<CalledPrompt | undefined> {
    const called = await this.#find(message);
    return called && { prompt: called.prompt, prepared: await preparePrompt(called.prompt, called.call.input) };
  }

  /**
   * Sends what a typed message calls; undefined where it calls nothing and is to be sent as it stands. Otherwise
   * resolves when the answer has ended; false where nothing was asked.
   */
  async runTyped(message: string): Promise<boolean | undefined> {
    const called = await this.#find(message);
    return called && this.#run(called.prompt, called.call, true);
  }

  /** Sends the prompt with the code in the editor. */
  async run(prompt: Prompt, input = ''): Promise<void> {
    await this.#run(prompt, { name: prompt.name, input }, false);
  }

  async #find(message: string): Promise<{ prompt: Prompt; call: PromptCall } | undefined> {
    const call = readCall(message);
    const prompt = call && (await this.library.find(call.name));
    return prompt && { prompt, call };
  }

  async #run(prompt: Prompt, { name, input }: PromptCall, isTyped: boolean): Promise<boolean> {
    const prepared = await preparePrompt(prompt, input);
    if (!prepared.ok) {
      void showInformation(prepared.problem);
      return false;
    }
    // The two that have commands of their own are asked as those ask.
    const isPlain = prompt.origin.kind === 'builtIn' && prompt.intent !== 'chat';
    const call = isPlain && !isTyped ? undefined : `/${name}${input === '' ? '' : ` ${input}`}`;
    const how = { isTyped, ...(call !== undefined && { call }) };
    return this.#ask(prompt.intent, prepared.text, prepared.excerpts, how);
  }
}

/** What is shown of it. */
export function previewOf({ prompt: { name, origin }, prepared }: CalledPrompt): PromptPreview {
  const { text } = prepared;
  return prepared.ok
    ? { name, origin, text, takes: prepared.taken.map(placeOf) }
    : { name, origin, text, takes: [], problem: prepared.problem };
}

/** Of the turn that it would send; undefined where it can't be sent now. */
export function turnOf({
  prompt: { intent },
  prepared,
}: CalledPrompt): Pick<UserTurn, 'intent' | 'text' | 'excerpts'> | undefined {
  return prepared.ok ? { intent, text: prepared.text, excerpts: prepared.excerpts } : undefined;
}

function placeOf({ path, startLine, endLine }: Excerpt): string {
  return startLine === endLine ? `${path}:${startLine}` : `${path}:${startLine}–${endLine}`;
}
