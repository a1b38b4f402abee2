import type { Locator } from 'playwright-core';
import type { Chat } from '../../harness/drive/workbench.ts';

/** A prompt of the user's. */
export const port = { name: 'port', description: 'Port it', prompt: 'Port ${selection} to ${input}.' };

export interface SentBody {
  messages: { role: string; content: string | { type: string; text?: string }[] }[];
}

/** Of the last message of a request. */
export function lastText(body: unknown): string {
  const content = (body as SentBody).messages.at(-1)?.content ?? '';
  return typeof content === 'string' ? content : content.map(({ text = '' }) => text).join('');
}

/** Below the message: what the prompt of that name takes along. */
export function hint(chat: Chat, name: string): Locator {
  return chat.frame.getByRole('group', { name: `What /${name} sends` });
}
