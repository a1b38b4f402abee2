import type { MessageParam, MessagesRequest } from './wire.ts';

/**
 * The request without any earlier thinking, and with thinking off where a tool's result would have to follow it.
 * Undefined where there is nothing to take out: sending the same again would heal nothing.
 */
export function withoutThinking(request: MessagesRequest): MessagesRequest | undefined {
  const messages = request.messages.map(stripped).filter(message => message.content.length > 0);
  const inLoop = endsInToolLoop(messages);
  const changed =
    messages.length < request.messages.length || messages.some((message, at) => message !== request.messages[at]);
  if (!changed && !(inLoop && request.thinking)) return undefined;
  const healed: MessagesRequest = { ...request, messages };
  if (inLoop) delete healed.thinking;
  return healed;
}

/** Whether the last message answers a tool use: the thinking that led to it may not be left out while thinking is on. */
export function endsInToolLoop(messages: readonly MessageParam[]): boolean {
  const last = messages.at(-1);
  return (
    last?.role === 'user' &&
    typeof last.content !== 'string' &&
    last.content.some(block => block.type === 'tool_result')
  );
}

function stripped(message: MessageParam): MessageParam {
  if (typeof message.content === 'string') return message;
  const content = message.content.filter(block => block.type !== 'thinking' && block.type !== 'redacted_thinking');
  return content.length === message.content.length ? message : { ...message, content };
}
