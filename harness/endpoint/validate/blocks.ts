import { invalid } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import { isArray } from '../json.ts';
import { isRedacted, isSigned } from '../signature.ts';
import type { ContentBlock } from '../wire.ts';
import type { Context } from './context.ts';
import { asBoolean, asList, asObject, asString, fail, noOthers, required, tagOf } from './fields.ts';
import { documentBlock, imageBlock } from './media.ts';

const USER_ONLY = ['image', 'tool_result', 'search_result', 'container_upload'];
const ASSISTANT_ONLY = ['tool_use', 'thinking', 'redacted_thinking', 'server_tool_use'];
const SERVER_RESULTS = [
  'bash_code_execution_tool_result',
  'code_execution_tool_result',
  'text_editor_code_execution_tool_result',
  'web_fetch_tool_result',
  'web_search_tool_result',
];
const TAGS = [...USER_ONLY, ...ASSISTANT_ONLY, ...SERVER_RESULTS, 'document', 'text'].sort();
const RESULT_TAGS = ['document', 'image', 'search_result', 'text', 'tool_reference'];

/** One block of a message. `path` is its place, e.g. `messages.0.content.2`. */
export function contentBlock(value: unknown, role: 'user' | 'assistant', path: string, context: Context): ContentBlock {
  const block = asObject(value, path);
  const tag = tagOf(block, path, TAGS);
  const at = `${path}.${tag}`;
  if (role === 'assistant' && USER_ONLY.includes(tag)) fail(path, `\`${tag}\` blocks can only be in \`user\` messages`);
  if (role === 'user' && ASSISTANT_ONLY.includes(tag)) {
    fail(path, `\`${tag}\` blocks can only be in \`assistant\` messages`);
  }
  if (role === 'assistant' && tag === 'document' && context.newestVersion) {
    fail(path, '`document` blocks can only be in `user` messages');
  }
  switch (tag) {
    case 'text':
      return textBlock(block, at, role, context);
    case 'image':
      return imageBlock(block, at, context);
    case 'document':
      return documentBlock(block, at, context);
    case 'thinking':
      return thinkingBlock(block, at, path);
    case 'redacted_thinking':
      return redactedBlock(block, at, path);
    case 'tool_use':
      return toolUseBlock(block, at);
    case 'tool_result':
      return toolResultBlock(block, at, context);
    default:
      return { type: 'other', name: tag };
  }
}

function textBlock(block: JsonObject, path: string, role: 'user' | 'assistant', context: Context): ContentBlock {
  noOthers(block, ['type', 'text', 'cache_control', 'citations'], path);
  const text = asString(required(block, 'text', path), `${path}.text`, { max: 5_000_000 });
  if (text === '' && block['cache_control'] !== undefined) {
    fail(path, 'cache_control cannot be set for empty text blocks');
  }
  const citations = block['citations'];
  if (role === 'user' && context.newestVersion && isArray(citations) && citations.length > 0) {
    fail(`${path}.citations`, 'Extra inputs are not permitted');
  }
  return { type: 'text', text };
}

function thinkingBlock(block: JsonObject, path: string, place: string): ContentBlock {
  noOthers(block, ['type', 'thinking', 'signature'], path);
  const thinking = asString(required(block, 'thinking', path), `${path}.thinking`);
  const signature = asString(required(block, 'signature', path), `${path}.signature`);
  if (!isSigned(thinking, signature)) fail(place, 'Invalid `signature` in `thinking` block');
  return { type: 'thinking', thinking, signature };
}

function redactedBlock(block: JsonObject, path: string, place: string): ContentBlock {
  noOthers(block, ['type', 'data'], path);
  const data = asString(required(block, 'data', path), `${path}.data`);
  if (!isRedacted(data)) fail(place, 'Invalid `data` in `redacted_thinking` block');
  return { type: 'redacted_thinking', data };
}

function toolUseBlock(block: JsonObject, path: string): ContentBlock {
  noOthers(block, ['type', 'id', 'name', 'input', 'cache_control', 'caller'], path);
  const id = asString(required(block, 'id', path), `${path}.id`, { pattern: /^[a-zA-Z0-9_-]+$/ });
  const name = asString(required(block, 'name', path), `${path}.name`, { min: 1, max: 200 });
  const input = required(block, 'input', path);
  if (typeof input !== 'object' || input === null || isArray(input)) {
    fail(`${path}.input`, 'Input should be a valid dictionary');
  }
  return { type: 'tool_use', id, name, input: asObject(input, `${path}.input`) };
}

function toolResultBlock(block: JsonObject, path: string, context: Context): ContentBlock {
  noOthers(block, ['type', 'tool_use_id', 'content', 'is_error', 'cache_control'], path);
  const rules = { pattern: /^[a-zA-Z0-9_-]+$/ };
  const toolUseId = asString(required(block, 'tool_use_id', path), `${path}.tool_use_id`, rules);
  const isError = block['is_error'] === undefined ? false : asBoolean(block['is_error'], `${path}.is_error`);
  return {
    type: 'tool_result',
    toolUseId,
    isError,
    text: resultText(block['content'], `${path}.content`, context),
  };
}

function resultText(content: unknown, path: string, context: Context): string {
  if (content === undefined) return '';
  if (typeof content === 'string') return content;
  return asList(content, path)
    .map((part, index) => resultPart(part, `${path}.${index}`, context))
    .join('\n');
}

function resultPart(part: unknown, path: string, context: Context): string {
  const block = asObject(part, path);
  switch (tagOf(block, path, RESULT_TAGS)) {
    case 'text': {
      const parsed = textBlock(block, `${path}.text`, 'user', context);
      if (parsed.type === 'text' && parsed.text === '')
        throw invalid('messages: text content blocks must be non-empty');
      return parsed.type === 'text' ? parsed.text : '';
    }
    case 'image': {
      const parsed = imageBlock(block, `${path}.image`, context);
      return parsed.type === 'image' ? `[${parsed.described}]` : '';
    }
    case 'document': {
      const parsed = documentBlock(block, `${path}.document`, context);
      return parsed.type === 'document' ? `[document] ${parsed.text}` : '';
    }
    default:
      return '';
  }
}
