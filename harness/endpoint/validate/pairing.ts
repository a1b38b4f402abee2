import { invalid } from '../errors.ts';
import type { ContentBlock, Message, ToolResult } from '../wire.ts';

/** Every tool_use is answered at the start of the next message, once, and nothing else is answered. */
export function checkToolPairs(messages: readonly Message[]): void {
  const seen = new Set<string>();
  for (const [position, message] of messages.entries()) {
    if (message.role === 'assistant') checkCalls(message, messages[position + 1], seen);
    else checkResults(message, messages[position - 1]);
  }
}

function checkCalls(message: Message, next: Message | undefined, seen: Set<string>): void {
  const ids = toolUseIds(message);
  for (const id of ids) {
    if (seen.has(id)) throw invalid(`messages.${message.index}: \`tool_use\` ids must be unique`);
    seen.add(id);
  }
  const answered = new Set(leadingResults(next).map(result => result.toolUseId));
  const missing = ids.filter(id => !answered.has(id));
  if (missing.length === 0) return;
  throw invalid(
    `messages.${message.index}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${missing.join(', ')}. ` +
      'Each `tool_use` block must have a corresponding `tool_result` block in the next message.',
  );
}

function checkResults(message: Message, before: Message | undefined): void {
  const called = new Set(before === undefined ? [] : toolUseIds(before));
  const answered = new Set<string>();
  for (const [at, block] of message.content.entries()) {
    if (block.type !== 'tool_result') continue;
    const place = `messages.${message.index}.content.${at}`;
    if (!called.has(block.toolUseId)) {
      throw invalid(
        `${place}: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${block.toolUseId}. ` +
          'Each `tool_result` block must have a corresponding `tool_use` block in the previous message.',
      );
    }
    if (answered.has(block.toolUseId)) {
      throw invalid(
        `${place}: each tool_use must have a single result. Found multiple \`tool_result\` blocks with id: ${block.toolUseId}`,
      );
    }
    answered.add(block.toolUseId);
  }
}

function toolUseIds(message: Message): readonly string[] {
  return message.content.flatMap(block => (block.type === 'tool_use' ? [block.id] : []));
}

/** Results count only in front of everything else. */
function leadingResults(message: Message | undefined): readonly ToolResult[] {
  const content = message?.content ?? [];
  const end = content.findIndex(block => block.type !== 'tool_result');
  return (end === -1 ? content : content.slice(0, end)).filter(isResult);
}

function isResult(block: ContentBlock): block is ToolResult {
  return block.type === 'tool_result';
}
