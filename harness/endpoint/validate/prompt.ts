import { invalid } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import { isArray, isObject } from '../json.ts';
import { countTokens } from '../tokens.ts';
import type { ContentBlock, Message, PromptPart, ToolChoice } from '../wire.ts';
import { fail, noOthers, oneOf, required } from './fields.ts';

const MAX_CACHE_MARKS = 4;
const TOOLS_OVERHEAD = 496;
const FORCED_TOOLS_OVERHEAD = 588;
const MESSAGE_OVERHEAD = 4;

/** The request as the model reads it, in pieces that can carry a cache mark, with what each costs. */
export function promptParts(
  body: JsonObject,
  messages: readonly Message[],
  toolChoice: ToolChoice,
): readonly PromptPart[] {
  const parts = [...toolParts(body['tools'], toolChoice), ...systemParts(body['system'])];
  const sent = isArray(body['messages']) ? body['messages'] : [];
  for (const message of messages) {
    const raw = sent[message.index];
    parts.push(...messageParts(message, isObject(raw) ? raw['content'] : undefined));
  }
  checkMarks(body, parts);
  const last = parts.at(-1);
  const automatic = cacheTtl(body, 'cache_control');
  if (last !== undefined && automatic !== undefined) parts[parts.length - 1] = { ...last, cacheTtl: automatic };
  return parts;
}

function toolParts(tools: unknown, toolChoice: ToolChoice): PromptPart[] {
  if (!isArray(tools)) return [];
  const forced = toolChoice.type === 'any' || toolChoice.type === 'tool';
  return tools.map((tool, index) => {
    const overhead = index > 0 ? 0 : forced ? FORCED_TOOLS_OVERHEAD : TOOLS_OVERHEAD;
    return part('tools', tool, `tools.${index}`, overhead + countTokens(JSON.stringify(tool)));
  });
}

function systemParts(system: unknown): PromptPart[] {
  if (typeof system === 'string') {
    return system === '' ? [] : [part('system', { type: 'text', text: system }, 'system', countTokens(system))];
  }
  if (!isArray(system)) return [];
  return system.map((block, index) => {
    const text = isObject(block) && typeof block['text'] === 'string' ? block['text'] : '';
    return part('system', block, `system.${index}`, countTokens(text));
  });
}

function messageParts(message: Message, sent: unknown): PromptPart[] {
  return message.content.map((block, at) => {
    const raw = isArray(sent) ? sent[at] : { type: 'text', text: sent };
    const place = `messages.${message.index}.content.${at}`;
    const tokens = (at === 0 ? MESSAGE_OVERHEAD : 0) + blockTokens(block);
    const made = part('messages', raw, place, tokens);
    return { ...made, identity: `${message.role}\n${made.identity}` };
  });
}

function blockTokens(block: ContentBlock): number {
  switch (block.type) {
    case 'text':
    case 'tool_result':
      return countTokens(block.text);
    case 'image':
    case 'document':
      return block.tokens;
    case 'tool_use':
      return countTokens(block.name + JSON.stringify(block.input)) + 8;
    // Thinking of earlier turns is not read again.
    case 'thinking':
    case 'redacted_thinking':
    case 'other':
      return 0;
  }
}

function part(area: PromptPart['area'], raw: unknown, place: string, tokens: number): PromptPart {
  const object = isObject(raw) ? raw : {};
  const identity = JSON.stringify(object, (key, value: unknown) => (key === 'cache_control' ? undefined : value));
  return { area, identity, tokens, cacheTtl: innerTtl(object, place) };
}

/** A mark on the block, or on a block inside a tool result, which then stands for the whole result. */
function innerTtl(block: JsonObject, place: string): PromptPart['cacheTtl'] {
  const inside = block['type'] === 'tool_result' && isArray(block['content']) ? block['content'] : [];
  const inner = inside.map((child, at) =>
    isObject(child) ? cacheTtl(child, `${place}.tool_result.content.${at}.cache_control`) : undefined,
  );
  const tag = typeof block['type'] === 'string' && place.startsWith('messages') ? `.${block['type']}` : '';
  return cacheTtl(block, `${place}${tag}.cache_control`) ?? inner.find(ttl => ttl !== undefined);
}

function cacheTtl(owner: JsonObject, path: string): PromptPart['cacheTtl'] {
  const mark = owner['cache_control'];
  if (mark === undefined || mark === null) return undefined;
  if (!isObject(mark)) fail(path, 'Input should be a valid dictionary or object to extract fields from');
  oneOf(required(mark, 'type', path), `${path}.type`, ['ephemeral']);
  noOthers(mark, ['type', 'ttl'], `${path}.ephemeral`);
  return mark['ttl'] === undefined ? '5m' : oneOf(mark['ttl'], `${path}.ephemeral.ttl`, ['5m', '1h'] as const);
}

function checkMarks(body: JsonObject, parts: readonly PromptPart[]): void {
  const count = countMarks([body['tools'], body['system'], body['messages']]) + ('cache_control' in body ? 1 : 0);
  if (count > MAX_CACHE_MARKS) {
    throw invalid(`A maximum of ${MAX_CACHE_MARKS} blocks with cache_control may be provided. Found ${count}.`);
  }
  const firstShort = parts.findIndex(each => each.cacheTtl === '5m');
  if (firstShort >= 0 && parts.slice(firstShort).some(each => each.cacheTtl === '1h')) {
    throw invalid(
      "a ttl='1h' cache_control block must not come after a ttl='5m' cache_control block. Note that blocks are processed in the following order: `tools`, `system`, `messages`.",
    );
  }
}

/** Inputs and schemas may have members of any name, so only places where a mark is meant are counted. */
function countMarks(value: unknown): number {
  if (isArray(value)) return value.reduce<number>((sum, item) => sum + countMarks(item), 0);
  if (!isObject(value)) return 0;
  const own = isObject(value['cache_control']) ? 1 : 0;
  return own + countMarks(value['content']);
}
