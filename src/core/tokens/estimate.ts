import { isServerBlock } from '../messages/serverBlock.ts';
import type {
  ContentBlockParam,
  MessageParam,
  MessagesRequest,
  TextBlockParam,
  ToolParam,
  ToolResultBlockParam,
} from '../messages/wire.ts';
import { estimateDocumentTokens, estimateImageTokens } from './mediaTokens.ts';
import { estimateTextTokens } from './textTokens.ts';
import { type Tokenizer, tokenizerOf, toolInstructionTokens } from './tokenizer.ts';

/** The input tokens of a request: counted by the endpoint, or estimated here. */
export interface TokenCount {
  tokens: number;
  isEstimate: boolean;
}

/** What of a request the model reads. */
export type ReadRequest = Pick<MessagesRequest, 'model' | 'messages' | 'system' | 'tools' | 'tool_choice' | 'thinking'>;

/** Tokens around the whole request, and around each message. */
const requestTokens = 3;
export const messageTokens = 4;
/** Of the instructions that the service adds when thinking is on. */
const thinkingTokens = 28;
/** Around a tool, a tool use and a tool result, next to what they hold. */
const toolTokens = 8;
const toolUseTokens = 30;
const toolResultTokens = 12;

/** Of the service's own tools, whose descriptions it adds itself. */
const ownToolTokens: [type: RegExp, tokens: number][] = [
  [/^bash_/, 245],
  [/^text_editor_/, 700],
  [/^computer_/, 735],
];

/**
 * An estimate of all input tokens of a request, without the endpoint: some percent off as a rule, for it knows no tokenizer.
 * Linear in the request's text.
 */
export function estimateRequestTokens(request: ReadRequest): TokenCount {
  const tokens = estimateFrameTokens(request) + estimateMessagesTokens(request.messages, tokenizerOf(request.model));
  return { tokens: Math.round(tokens), isEstimate: true };
}

/** Of everything but the messages. */
export function estimateFrameTokens(request: ReadRequest): number {
  const tokenizer = tokenizerOf(request.model);
  const thinks = request.thinking !== undefined && request.thinking.type !== 'disabled';
  return (
    requestTokens +
    estimateToolsTokens(request, tokenizer) +
    estimateSystemTokens(request.system, tokenizer) +
    (thinks ? thinkingTokens : 0)
  );
}

/** Of all messages of a request, or of its last ones. */
export function estimateMessagesTokens(messages: readonly MessageParam[], tokenizer: Tokenizer): number {
  let tokens = 0;
  for (const message of messages) tokens += estimateMessageTokens(message, tokenizer);
  for (const thinking of readAgain(messages)) tokens += estimateTextTokens(thinking, tokenizer);
  return tokens;
}

/** Of the tools and of what the service says about them; 0 without tools. */
export function estimateToolsTokens(request: ReadRequest, tokenizer: Tokenizer): number {
  const { tools, tool_choice } = request;
  if (!tools || tools.length === 0) return 0;
  const forced = tool_choice?.type === 'any' || tool_choice?.type === 'tool';
  const instructions = toolInstructionTokens(request.model, forced);
  return instructions + tools.reduce((sum, tool) => sum + estimateToolTokens(tool, tokenizer), 0);
}

export function estimateSystemTokens(system: string | TextBlockParam[] | undefined, tokenizer: Tokenizer): number {
  if (system === undefined) return 0;
  if (typeof system === 'string') return estimateTextTokens(system, tokenizer);
  return system.reduce((sum, block) => sum + estimateTextTokens(block.text, tokenizer), 0);
}

export function estimateMessageTokens(message: MessageParam, tokenizer: Tokenizer): number {
  if (typeof message.content === 'string') return messageTokens + estimateTextTokens(message.content, tokenizer);
  return message.content.reduce((sum, block) => sum + estimateBlockTokens(block, tokenizer), messageTokens);
}

function estimateToolTokens(tool: ToolParam, tokenizer: Tokenizer): number {
  if ('input_schema' in tool) {
    const { name, description, input_schema } = tool;
    return toolTokens + estimateTextTokens(JSON.stringify({ name, description, input_schema }), tokenizer);
  }
  return ownToolTokens.find(([type]) => type.test(tool.type))?.[1] ?? 0;
}

function estimateBlockTokens(block: ContentBlockParam, tokenizer: Tokenizer): number {
  if (isServerBlock(block)) return toolUseTokens + estimateTextTokens(JSON.stringify(block), tokenizer);
  switch (block.type) {
    case 'text':
      return estimateTextTokens(block.text, tokenizer);
    case 'image':
      return estimateImageTokens(block, tokenizer);
    case 'document':
      return estimateDocumentTokens(block, tokenizer);
    case 'tool_use':
      return toolUseTokens + estimateTextTokens(block.name + JSON.stringify(block.input), tokenizer);
    case 'tool_result':
      return toolResultTokens + estimateResultTokens(block, tokenizer);
    // Read again in its own turn only: see readAgain.
    case 'thinking':
    case 'redacted_thinking':
      return 0;
  }
}

function estimateResultTokens({ content }: ToolResultBlockParam, tokenizer: Tokenizer): number {
  if (content === undefined) return 0;
  if (typeof content === 'string') return estimateTextTokens(content, tokenizer);
  return content.reduce((sum, block) => sum + estimateBlockTokens(block, tokenizer), 0);
}

/** The thinking of the turn that is under way: of earlier turns it is not read again. */
function readAgain(messages: readonly MessageParam[]): string[] {
  const asked = messages.findLastIndex(({ role, content }) => {
    return role === 'user' && (typeof content === 'string' || content.some(block => block.type !== 'tool_result'));
  });
  return messages.slice(asked + 1).flatMap(({ content }) => {
    if (typeof content === 'string') return [];
    return content.flatMap(block => (block.type === 'thinking' ? [block.thinking] : []));
  });
}
