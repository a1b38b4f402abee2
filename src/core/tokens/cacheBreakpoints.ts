import type {
  CacheControl,
  ContentBlockParam,
  MessageParam,
  MessagesRequest,
  ServerBlockParam,
  TextBlockParam,
} from '../messages/wire.ts';
import { isServerBlock } from '../messages/serverBlock.ts';
import { estimateMessageTokens, estimateSystemTokens, estimateToolsTokens } from './estimate.ts';
import { type Tokenizer, tokenizerOf } from './tokenizer.ts';

/** The service refuses a request with more. */
const mostBreakpoints = 4;
const ephemeral: CacheControl = { type: 'ephemeral' };

/**
 * The request with cache breakpoints on its last tool, its last system block and its last two user messages: what was
 * read before a breakpoint is read from the cache the next time, at a tenth of the price. Breakpoints that are there
 * already are kept and count. Places whose prefix is estimated to be shorter than `minimumTokens` are left out, since
 * the service would not cache it. The input is not touched, and the same history gives the same bytes.
 */
export function withCacheBreakpoints(request: MessagesRequest, minimumTokens: number): MessagesRequest {
  const present = breakpointsOf(request);
  let left = mostBreakpoints - present.length;
  // Entries of 1 h have to stand before those of 5 min, so who sets such ones sets them all.
  if (left <= 0 || present.some(({ ttl }) => ttl === '1h')) return request;
  const tokenizer = tokenizerOf(request.model);
  const toolsEnd = estimateToolsTokens(request, tokenizer);
  const systemEnd = toolsEnd + estimateSystemTokens(request.system, tokenizer);
  const marked = { ...request };

  // The last messages first: they hold the most, and a breakpoint there covers tools and system prompt as well.
  const firstCached = firstEnding(request.messages, minimumTokens - systemEnd, tokenizer);
  const messages = [...request.messages];
  let userMessages = 0;
  for (let index = messages.length - 1; index >= 0 && userMessages < 2 && left > 0; index--) {
    const message = messages[index];
    if (message?.role !== 'user') continue;
    const withMark = markMessage(message);
    if (!withMark) continue;
    userMessages++;
    if (withMark === message || index < firstCached) continue;
    messages[index] = withMark;
    left--;
  }
  marked.messages = messages;
  if (left > 0 && systemEnd >= minimumTokens && markSystem(marked)) left--;
  if (left > 0 && toolsEnd >= minimumTokens) markTools(marked);
  return marked;
}

/** The index of the first message with which so many tokens have been said; no more is read than that takes. */
function firstEnding(messages: readonly MessageParam[], tokens: number, tokenizer: Tokenizer): number {
  let said = 0;
  const at = messages.findIndex(message => (said += estimateMessageTokens(message, tokenizer)) >= tokens);
  return at === -1 ? messages.length : at;
}

/** Undefined where no block can carry a breakpoint; the same message where one carries it already. */
function markMessage(message: MessageParam): MessageParam | undefined {
  if (typeof message.content === 'string') {
    if (message.content === '') return undefined;
    return { ...message, content: [{ type: 'text', text: message.content, cache_control: ephemeral }] };
  }
  const at = message.content.findLastIndex(canCarry);
  const block = message.content[at];
  if (!block || !canCarry(block)) return undefined;
  if (block.cache_control) return message;
  return { ...message, content: message.content.with(at, { ...block, cache_control: ephemeral }) };
}

type CarryingBlock = Exclude<ContentBlockParam, { type: 'thinking' | 'redacted_thinking' } | ServerBlockParam>;

function canCarry(block: ContentBlockParam): block is CarryingBlock {
  if (block.type === 'thinking' || block.type === 'redacted_thinking' || isServerBlock(block)) return false;
  return block.type !== 'text' || block.text !== '';
}

function markSystem(request: MessagesRequest): boolean {
  const { system } = request;
  if (system === undefined || system.length === 0) return false;
  const blocks: TextBlockParam[] = typeof system === 'string' ? [{ type: 'text', text: system }] : system;
  const at = blocks.findLastIndex(block => block.text !== '');
  const block = blocks[at];
  if (!block || block.cache_control) return false;
  request.system = blocks.with(at, { ...block, cache_control: ephemeral });
  return true;
}

function markTools(request: MessagesRequest): void {
  const last = request.tools?.at(-1);
  if (!request.tools || !last || last.cache_control) return;
  request.tools = request.tools.with(-1, { ...last, cache_control: ephemeral });
}

function breakpointsOf({ tools, system, messages }: MessagesRequest): CacheControl[] {
  const blocks = messages.flatMap(({ content }) => (typeof content === 'string' ? [] : content));
  const inResults = blocks.flatMap(block =>
    block.type === 'tool_result' && Array.isArray(block.content) ? block.content : [],
  );
  const carrying = [...blocks, ...inResults].filter(canCarry);
  const places = [...(tools ?? []), ...(Array.isArray(system) ? system : []), ...carrying];
  return places.flatMap(({ cache_control }) => (cache_control ? [cache_control] : []));
}
