import { type Endpoint, EndpointBorder, type Reply, usualKeyHeaders } from '../messages/endpoint.ts';
import type { Transport } from '../transport/transport.ts';
import type { MessagesRequest } from '../messages/wire.ts';
import { estimateRequestTokens, type ReadRequest, type TokenCount } from './estimate.ts';

/** Remembers which origins have no endpoint for counting, so that they are asked once and not at every pause. */
export interface CountingMemory {
  isUnavailable(origin: string): boolean;
  setUnavailable(origin: string): void;
}

export interface CountOptions {
  transport: () => Promise<Transport>;
  memory: CountingMemory;
  /** Milliseconds that the endpoint has for its answer. */
  deadlineMs?: number;
}

const usualDeadlineMs = 5_000;
/** An answer is one number; whatever is longer is another page. */
const longestAnswerBytes = 100_000;

/**
 * The input tokens of a request as the endpoint counts them, or an estimate where it can't: relays often have no such
 * endpoint. Never rejects for a reason of the endpoint's; an abort by `signal` is thrown.
 */
export async function countTokens(
  request: MessagesRequest,
  endpoint: Endpoint,
  options: CountOptions,
  signal: AbortSignal,
): Promise<TokenCount> {
  const { origin } = new URL(endpoint.messagesUrl);
  if (!options.memory.isUnavailable(origin)) {
    const counted = await ask(request, endpoint, options, signal);
    signal.throwIfAborted();
    if (counted === 'noEndpoint') options.memory.setUnavailable(origin);
    if (typeof counted === 'number') return { tokens: counted, isEstimate: false };
  }
  return estimateRequestTokens(request);
}

async function ask(
  request: MessagesRequest,
  { messagesUrl, key, keyAs = usualKeyHeaders }: Endpoint,
  { transport, deadlineMs = usualDeadlineMs }: CountOptions,
  signal: AbortSignal,
): Promise<number | 'noEndpoint' | 'failed'> {
  const border = new EndpointBorder(transport, key);
  const body = countedParts(request);
  const reply = await border.ask(
    { method: 'POST', url: `${messagesUrl}/count_tokens`, body, keyAs, signal },
    { late: AbortSignal.timeout(deadlineMs), bytes: longestAnswerBytes },
  );
  return reply.kind === 'replied' ? outcomeOf(reply, border) : 'failed';
}

/** The endpoint refuses every other field. */
function countedParts({ model, messages, system, tools, tool_choice, thinking }: MessagesRequest): ReadRequest {
  return {
    model,
    messages,
    ...(system !== undefined && { system }),
    ...(tools && { tools }),
    ...(tool_choice && { tool_choice }),
    ...(thinking && { thinking }),
  };
}

function outcomeOf(reply: Reply & { kind: 'replied' }, border: EndpointBorder): number | 'noEndpoint' | 'failed' {
  const { status, body } = reply;
  if (status < 300) return countIn(body) ?? (isPage(body) ? 'noEndpoint' : 'failed');
  if (status === 405 || status === 501) return 'noEndpoint';
  if (status !== 404) return 'failed';
  // A model that is not known is a 404 too, and says nothing about the endpoint.
  return border.refusal(reply).problem.said?.isModel ? 'failed' : 'noEndpoint';
}

/** Bare, or in a relay's `{code, data}` envelope. */
function countIn(body: unknown): number | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  if ('input_tokens' in body && typeof body.input_tokens === 'number' && body.input_tokens >= 0) {
    return body.input_tokens;
  }
  return 'data' in body ? countIn(body.data) : undefined;
}

function isPage(body: unknown): boolean {
  return typeof body === 'string' && body.trimStart().startsWith('<');
}
