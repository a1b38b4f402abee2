import { isServerBlock } from '../messages/serverBlock.ts';
import type { Citation, ContentBlockParam, MessageParam, MessagesRequest, ToolParam } from '../messages/wire.ts';
import { mapDeep } from '../redaction/mapDeep.ts';

/** Where in a request a text stands. */
export type TextPlace =
  | { part: 'system' | 'tools' }
  | { part: 'text'; role: MessageParam['role']; isLast: boolean }
  | { part: 'document'; title: string }
  | { part: 'toolCall' | 'toolResult'; call: string };

type Change = (text: string, place: TextPlace) => string;

interface Changes {
  change: Change;
  changeName: Change;
}

/** What a JSON schema's own words look like, such as `default`: these decide what it means. */
const schemaWord = /^\$?[a-z]+$/i;

/**
 * The request with every text that somebody has written, be it a person, a file or a tool, as `change` has it, and the names
 * of fields in what tools take and are given as `changeName` has them. Thinking stays word for word, since it is signed; what
 * has not changed is the same object.
 */
export function mapTexts(request: MessagesRequest, change: Change, changeName: Change = name => name): MessagesRequest {
  const changes = { change, changeName };
  const { system, messages, tools } = request;
  const calls = callsIn(messages);
  const changed = {
    ...(system !== undefined && { system: mapSystem(system, change) }),
    messages: sameOr(
      messages,
      messages.map((message, index) => mapMessage(message, index === messages.length - 1, calls, changes)),
    ),
    ...(tools && {
      tools: sameOr(
        tools,
        tools.map(tool => mapTool(tool, changes)),
      ),
    }),
  };
  return { ...request, ...changed };
}

function mapSystem(system: NonNullable<MessagesRequest['system']>, change: Change): typeof system {
  if (typeof system === 'string') return change(system, { part: 'system' });
  return system.map(block => ({ ...block, text: change(block.text, { part: 'system' }) }));
}

/** Names and types decide how a tool is called; what describes it is somebody's text. */
function mapTool(tool: ToolParam, { change, changeName }: Changes): ToolParam {
  if (!('input_schema' in tool)) return tool;
  const { description, input_schema } = tool;
  const ofTools = (text: string): string => change(text, { part: 'tools' });
  const mapped = {
    ...(description !== undefined && { description: ofTools(description) }),
    input_schema: mapDeep(input_schema, ofTools, name =>
      schemaWord.test(name) ? name : changeName(name, { part: 'tools' }),
    ),
  };
  return mapped.description === description && mapped.input_schema === input_schema ? tool : { ...tool, ...mapped };
}

function mapMessage(
  message: MessageParam,
  isLast: boolean,
  calls: ReadonlyMap<string, string>,
  changes: Changes,
): MessageParam {
  const { role, content } = message;
  const ofText = (text: string): string => changes.change(text, { part: 'text', role, isLast });
  if (typeof content === 'string') {
    const text = ofText(content);
    return text === content ? message : { role, content: text };
  }
  const blocks = sameOr(
    content,
    content.map(block => mapBlock(block, ofText, calls, changes)),
  );
  return blocks === content ? message : { role, content: blocks };
}

function mapBlock(
  block: ContentBlockParam,
  ofText: (text: string) => string,
  calls: ReadonlyMap<string, string>,
  { change, changeName }: Changes,
): ContentBlockParam {
  // The endpoint has just brought it, in this very answer, and takes it back only as it was.
  if (isServerBlock(block)) return block;
  switch (block.type) {
    case 'text': {
      const { citations } = block;
      const text = ofText(block.text);
      const mapped = citations && sameOr(citations, citations.map(mapCitation(ofText)));
      if (text === block.text && mapped === citations) return block;
      return { ...block, text, ...(mapped && { citations: mapped }) };
    }
    case 'tool_use': {
      const place = { part: 'toolCall', call: calls.get(block.id) ?? block.name } as const;
      const input = mapDeep(
        block.input,
        text => change(text, place),
        name => changeName(name, place),
      );
      return input === block.input ? block : { ...block, input };
    }
    case 'tool_result': {
      const { content } = block;
      if (content === undefined) return block;
      const ofResult = (text: string): string =>
        change(text, { part: 'toolResult', call: calls.get(block.tool_use_id) ?? '' });
      const mapped =
        typeof content === 'string'
          ? ofResult(content)
          : sameOr(
              content,
              content.map(part => {
                if (part.type !== 'text') return part;
                const text = ofResult(part.text);
                return text === part.text ? part : { ...part, text };
              }),
            );
      return mapped === content ? block : { ...block, content: mapped };
    }
    case 'document': {
      const place = { part: 'document', title: block.title ?? '' } as const;
      const { source, title, context } = block;
      const mapped = {
        source: source.type === 'base64' ? source : mapDeep(source, text => change(text, place)),
        ...(title !== undefined && { title: change(title, place) }),
        ...(context !== undefined && { context: change(context, place) }),
      };
      const isSame = mapped.source === source && mapped.title === title && mapped.context === context;
      return isSame ? block : { ...block, ...mapped };
    }
    case 'image': {
      if (block.source.type !== 'url') return block;
      const url = ofText(block.source.url);
      return url === block.source.url ? block : { ...block, source: { type: 'url', url } };
    }
    case 'thinking':
    case 'redacted_thinking':
      return block;
  }
}

/** Its other fields are the service's own, which takes them back only as they were. */
const citationTexts = ['cited_text', 'title', 'document_title'];

function mapCitation(ofText: (text: string) => string): (citation: Citation) => Citation {
  return citation => {
    const changed: Record<string, string> = {};
    for (const name of citationTexts) {
      const text = citation[name];
      const mapped = typeof text === 'string' ? ofText(text) : text;
      if (typeof mapped === 'string' && mapped !== text) changed[name] = mapped;
    }
    return Object.keys(changed).length === 0 ? citation : { ...citation, ...changed };
  };
}

/** By the ids of tool uses, what was called: the path where there is one, else the tool's name. */
function callsIn(messages: readonly MessageParam[]): Map<string, string> {
  const calls = new Map<string, string>();
  for (const { content } of messages) {
    if (typeof content === 'string') continue;
    for (const block of content) {
      if (block.type !== 'tool_use') continue;
      const path = block.input['path'];
      calls.set(block.id, typeof path === 'string' ? path : block.name);
    }
  }
  return calls;
}

function sameOr<Item>(list: Item[], mapped: Item[]): Item[] {
  return mapped.every((item, index) => item === list[index]) ? list : mapped;
}
