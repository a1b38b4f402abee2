import { newId } from '../random.ts';
import type { AnswerBlock, MessagesRequest, Tool, ToolResult } from '../wire.ts';
import type { Conversation } from './conversation.ts';
import { reviewInput } from './review.ts';
import { inputFor } from './schema-input.ts';
import { counted, shortened, ticked } from './wording.ts';

/** The call that `tool_choice` leaves no way around. */
export function forcedCall(request: MessagesRequest, conversation: Conversation): readonly AnswerBlock[] | undefined {
  const { toolChoice, tools } = request;
  if (toolChoice.type !== 'tool' && toolChoice.type !== 'any') return undefined;
  const named = toolChoice.type === 'tool' ? toolChoice.name : toolsNamed(conversation, tools)[0]?.name;
  const tool = tools.find(each => each.name === named) ?? tools[0];
  return tool === undefined ? undefined : [toolCall(tool, conversation)];
}

/** With free choice, the tools that the question names, e.g. "use get_weather". */
export function askedCalls(request: MessagesRequest, conversation: Conversation): readonly AnswerBlock[] | undefined {
  if (request.toolChoice.type !== 'auto') return undefined;
  const named = toolsNamed(conversation, request.tools);
  const tools = request.parallelTools ? named : named.slice(0, 1);
  if (tools.length === 0) return undefined;
  const names = ticked(tools.map(tool => tool.name));
  return [
    { type: 'text', text: `I call ${names}, as you named ${tools.length === 1 ? 'it' : 'them'}.` },
    ...tools.map(tool => toolCall(tool, conversation)),
  ];
}

/** What the tools have answered, quoted. */
export function resultsText(results: readonly ToolResult[], conversation: Conversation): string {
  const failed = results.filter(result => result.isError).length;
  const quotes = results.map((result, at) => {
    const text = result.text.trim() === '' ? '(no output)' : shortened(result.text, 400);
    return `${at + 1}. ${result.isError ? '**Failed:** ' : ''}“${text}”`;
  });
  const count = counted(results.length, 'tool result');
  return [
    `I have ${count}${failed > 0 ? `, ${failed} of them ${failed === 1 ? 'an error' : 'errors'}` : ''}:`,
    quotes.join('\n'),
    failed === results.length
      ? 'So there is nothing that I could go on with.'
      : conversation.earlier.length === 0
        ? 'That answers the call.'
        : `That answers what you asked: “${shortened(conversation.earlier.at(-1) ?? '', 120)}”.`,
  ].join('\n\n');
}

function toolsNamed(conversation: Conversation, tools: readonly Tool[]): readonly Tool[] {
  return tools.filter(tool => new RegExp(`(?<![\\w-])${tool.name}(?![\\w-])`).test(conversation.question));
}

function toolCall(tool: Tool, conversation: Conversation): AnswerBlock {
  return { type: 'tool_use', id: newId('toolu'), name: tool.name, json: JSON.stringify(inputOf(tool, conversation)) };
}

function inputOf(tool: Tool, conversation: Conversation): object {
  if (tool.name === 'report_findings') return reviewInput(tool.inputSchema, conversation);
  const typed = TYPED_INPUTS[tool.name];
  if (tool.inputSchema === undefined && typed !== undefined) return typed;
  return inputFor(tool.inputSchema, conversation.question);
}

/** Anthropic-defined tools come without a schema; these inputs do no harm. */
const TYPED_INPUTS: Readonly<Record<string, object>> = {
  bash: { command: 'ls' },
  str_replace_based_edit_tool: { command: 'view', path: '.' },
  computer: { action: 'screenshot' },
  memory: { command: 'view', path: '/memories' },
};
