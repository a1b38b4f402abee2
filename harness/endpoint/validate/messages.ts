import { invalid } from '../errors.ts';
import type { ContentBlock, Message } from '../wire.ts';
import { contentBlock } from './blocks.ts';
import type { Context } from './context.ts';
import { asList, asObject, fail, noOthers, required } from './fields.ts';

const MAX_MESSAGES = 100_000;

/** The messages as sent, each checked for itself; `merged` puts neighbours together. */
export function messageList(value: unknown, context: Context): readonly Message[] {
  const list = asList(value, 'messages');
  if (list.length === 0) throw invalid('messages: at least one message is required');
  if (list.length > MAX_MESSAGES) throw invalid(`messages: at most ${MAX_MESSAGES} messages are allowed`);
  const messages = list.map((message, index) => oneMessage(message, index, context));
  if (messages[0]?.role !== 'user') throw invalid('messages: first message must use the "user" role');
  checkContent(messages);
  return messages;
}

/** The service reads neighbours of the same role as one message. */
export function merged(messages: readonly Message[]): readonly Message[] {
  const result: Message[] = [];
  for (const message of messages) {
    const before = result.at(-1);
    if (before?.role !== message.role) result.push(message);
    else result[result.length - 1] = { ...before, content: [...before.content, ...message.content] };
  }
  return result;
}

function oneMessage(value: unknown, index: number, context: Context): Message {
  const path = `messages.${index}`;
  const message = asObject(value, path);
  const role = required(message, 'role', path);
  if (role === 'system') {
    throw invalid(
      'messages: Unexpected role "system". The Messages API accepts a top-level `system` parameter, not "system" as an input message role.',
    );
  }
  if (role !== 'user' && role !== 'assistant') fail(`${path}.role`, "Input should be 'user' or 'assistant'");
  const content = contentList(required(message, 'content', path), role, `${path}.content`, context);
  noOthers(message, ['role', 'content'], path);
  return { role, content, index };
}

function contentList(value: unknown, role: Message['role'], path: string, context: Context): readonly ContentBlock[] {
  if (typeof value === 'string') return value === '' ? [] : [{ type: 'text', text: value }];
  return asList(value, path).map((block, index) => contentBlock(block, role, `${path}.${index}`, context));
}

function checkContent(messages: readonly Message[]): void {
  for (const [index, message] of messages.entries()) {
    const isFinalAssistant = index === messages.length - 1 && message.role === 'assistant';
    if (message.content.length === 0 && !isFinalAssistant) {
      throw invalid(
        `messages.${index}: all messages must have non-empty content except for the optional final assistant message`,
      );
    }
    for (const block of message.content) {
      if (block.type !== 'text') continue;
      if (block.text === '') throw invalid('messages: text content blocks must be non-empty');
      if (block.text.trim() === '') throw invalid('messages: text content blocks must contain non-whitespace text');
    }
  }
}
