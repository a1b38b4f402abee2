import * as vscode from 'vscode';
import { holdsPrivateKey } from '../../core/context/sensitive.ts';
import { type FilledPart, oneLine, promptDescription, type ServerPrompt } from '../../core/mcp/serverPrompt.ts';
import type { Servers } from '../../core/mcp/servers.ts';
import type { PromptCall, PromptPreview, PromptSummary } from '../../shared/prompt.ts';
import type { ChatController } from '../chatController.ts';
import { attachReading } from '../mentions/attachReading.ts';
import { type Reader, textAttachment } from '../mentions/reading.ts';
import { serverParts } from './serverParts.ts';

/** Begins a message that takes a prompt of any server, which starts for that. */
const anyPrompt = 'mcp';

/** The prompts of servers that a message may begin with. */
export class ServerPrompts {
  readonly #servers: Servers;

  constructor(servers: Servers) {
    this.#servers = servers;
  }

  /** Of servers that run, those whose names are free; nothing starts for that. */
  async summaries(taken: readonly PromptSummary[]): Promise<PromptSummary[]> {
    const isFree = ({ name }: { name: string }): boolean => taken.every(prompt => prompt.name !== name);
    const isAny = (await this.#servers.list()).some(({ state }) => state.kind !== 'off');
    const description = vscode.l10n.t('Prompt of an MCP Server…');
    const any: PromptSummary[] = isAny ? [{ name: anyPrompt, description, origin: { kind: 'server' } }] : [];
    return [...this.#servers.prompts.map(summaryOf), ...any].filter(isFree);
  }

  /** What is shown of the prompt of this name; undefined where no server has one. */
  async preview(name: string): Promise<PromptPreview | undefined> {
    const found = this.#find(name);
    if (found) {
      const asksFor = found.definition.takes.map(one => oneLine(one.name));
      return { name, origin: originOf(found), text: '', takes: [], ...(asksFor.length > 0 && { asksFor }) };
    }
    const isAny = name === anyPrompt && (await this.#servers.list()).some(({ state }) => state.kind !== 'off');
    return isAny ? { name, origin: { kind: 'server' }, text: '', takes: [] } : undefined;
  }

  /**
   * Has the server fill in what is called, and puts what it gives beside the message: resolves with the text that the message
   * is then, or undefined where it stays as it was.
   */
  async fill({ name, input }: PromptCall, chat: ChatController): Promise<string | undefined> {
    const session = await chat.open();
    const { fillPrompt } = await serverParts();
    const filled = await fillPrompt(this.#servers, this.#find(name), input);
    // What is attached belongs to the conversation that it was called in.
    if (!filled || chat.opened !== session) return undefined;
    for (const part of filled.attached) await attachReading(chat, readerOf(part));
    return filled.text;
  }

  #find(name: string): ServerPrompt | undefined {
    return this.#servers.prompts.find(prompt => prompt.name === name);
  }
}

function summaryOf(prompt: ServerPrompt): PromptSummary {
  return { name: prompt.name, description: promptDescription(prompt.definition), origin: originOf(prompt) };
}

function originOf({ server }: ServerPrompt): PromptSummary['origin'] {
  return { kind: 'server', server: oneLine(server.found.name) };
}

function readerOf(part: FilledPart): Reader {
  if (part.kind === 'image') return () => ({ image: { name: part.name, bytes: part.bytes } });
  const { name, heading, text } = part;
  return id => ({
    attachment: textAttachment({ id, subject: 'resource', name, heading, languageId: 'text', text }),
    sensitive: holdsPrivateKey(text) ? [name] : [],
  });
}
