import type { ContentBlock, MessagesRequest } from '../wire.ts';

/** The last message that somebody has written, and how many tools were called since. */
export function sinceQuestion({ messages }: MessagesRequest): { question: string; calls: number } {
  const at = messages.findLastIndex(({ role, content }) => role === 'user' && content.some(isText));
  const texts = messages[at]?.content.filter(isText).map(({ text }) => text) ?? [];
  const calls = messages.slice(at + 1).flatMap(({ content }) => content.filter(({ type }) => type === 'tool_use'));
  return { question: texts.at(-1) ?? '', calls: calls.length };
}

function isText(block: ContentBlock): block is ContentBlock & { type: 'text' } {
  return block.type === 'text';
}
