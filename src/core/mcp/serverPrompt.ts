import { readCall } from '../../shared/prompt.ts';
import { visible, visibleWithin } from '../../shared/visible.ts';
import type { PromptDefinition, PromptMessage, ResultPart } from './connection.ts';
import type { Server } from './server.ts';
import { partText, resourceHeading } from './serverTool.ts';

/** Characters of a prompt's name, as a message may begin with it. */
const longestName = 64;
/** Characters of a text that is put into the message; a longer one is attached. */
const mostText = 20_000;
/** Characters of one line of a server's words. */
const mostLine = 300;

/** A prompt of a server that runs. */
export interface ServerPrompt {
  /** What stands after the slash. */
  name: string;
  server: Server;
  definition: PromptDefinition;
}

/**
 * What a server has made of a prompt, for the user to read: the text that becomes the message, and what is attached to it.
 * What is hidden in it is visible.
 */
export interface FilledPrompt {
  text: string;
  attached: FilledPart[];
}

export type FilledPart =
  { kind: 'text'; name: string; heading: string; text: string } | { kind: 'image'; name: string; bytes: Uint8Array };

/** The names of these prompts, in their order: `server:prompt`, in the letters that a name may have, each once. */
export function promptNames(prompts: readonly { server: string; prompt: string }[]): string[] {
  const taken = new Set<string>();
  return prompts.map(({ server, prompt }) => {
    const clean = `${server}:${prompt}`
      .normalize('NFKC')
      .replace(/[^\p{L}\p{M}\p{N}_.:-]+/gu, '-')
      .replace(/^[^\p{L}\p{N}_]+/u, '_');
    let name = clean.slice(0, longestName);
    for (let turn = 2; taken.has(name); turn += 1) {
      const mark = `-${turn}`;
      name = `${clean.slice(0, longestName - mark.length)}${mark}`;
    }
    taken.add(name);
    return name;
  });
}

/** What a prompt is called for people, and what it does, in one line. */
export function promptDescription({ title, description }: PromptDefinition): string {
  return oneLine([title, description].filter(text => text.trim() !== '').join(' – '));
}

/** Of a server's words, what one line shows. */
export function oneLine(text: string): string {
  return visibleWithin(text.replace(/\s+/g, ' ').trim(), mostLine);
}

/**
 * Puts what a server gives back in place: what the user is to say last becomes the message. What stands before an answer
 * of the model's goes along as a conversation, resources and images are attached.
 */
export function filledPrompt({ name, server }: ServerPrompt, messages: readonly PromptMessage[]): FilledPrompt {
  const from = oneLine(server.found.name);
  const lastAnswer = messages.findLastIndex(({ role }) => role === 'assistant');
  const before = messages.slice(0, lastAnswer + 1).filter(({ part }) => isSaid(part));
  const after = messages.slice(lastAnswer + 1).filter(({ part }) => isSaid(part));
  const attached = messages.flatMap(({ part }, index) => attachedPart(part, from, `${name} ${index + 1}`));
  if (before.length > 0) {
    const text = before.map(({ role, part }) => `${role === 'user' ? 'User' : 'Assistant'}: ${partText(part)}`);
    attached.push({ kind: 'text', name, heading: conversationHeading(name, from), text: text.join('\n\n') });
  }
  const text = after.map(({ part }) => partText(part)).join('\n\n');
  if (text.length > mostText) {
    attached.push({ kind: 'text', name, heading: textHeading(name, from), text });
    return { text: '', attached };
  }
  // A message that begins with a slash would call another prompt.
  return { text: readCall(text) ? `${name}:\n\n${text}` : text, attached };
}

function isSaid({ kind }: ResultPart): boolean {
  return kind !== 'resource' && kind !== 'image';
}

function attachedPart(part: ResultPart, server: string, name: string): FilledPart[] {
  if (part.kind === 'image') return [{ kind: 'image', name, bytes: Buffer.from(part.base64, 'base64') }];
  if (part.kind !== 'resource') return [];
  const uri = oneLine(part.uri);
  return [{ kind: 'text', name: uri, heading: resourceHeading(uri, server), text: visible(part.text) }];
}

function conversationHeading(name: string, server: string): string {
  return `A conversation that the prompt ${JSON.stringify(name)} of the server “${server}” begins with:`;
}

function textHeading(name: string, server: string): string {
  return `The prompt ${JSON.stringify(name)}, as the server “${server}” gives it:`;
}
