import { errorFromAnswer } from '../messages/problems.ts';
import type { Transport, TransportResponse } from '../messages/transport.ts';
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

export interface CountingEndpoint {
  messagesUrl: string;
  /** Sent as `x-api-key` and nowhere else. */
  key: string;
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
  endpoint: CountingEndpoint,
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
  { messagesUrl, key }: CountingEndpoint,
  { transport, deadlineMs = usualDeadlineMs }: CountOptions,
  signal: AbortSignal,
): Promise<number | 'noEndpoint' | 'failed'> {
  const ending = AbortSignal.any([signal, AbortSignal.timeout(deadlineMs)]);
  try {
    const response = await (
      await transport()
    ).send({
      method: 'POST',
      url: `${messagesUrl}/count_tokens`,
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        'anthropic-version': '2023-06-01',
        'x-api-key': key,
      },
      body: JSON.stringify(countedParts(request)),
      signal: ending,
    });
    return outcomeOf(response, await readText(response), key);
  } catch {
    return 'failed';
  }
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

function outcomeOf(response: TransportResponse, text: string, key: string): number | 'noEndpoint' | 'failed' {
  const { status, headers } = response;
  const body = parseJson(text);
  if (status < 300) {
    const counted = countIn(body);
    if (counted !== undefined) return counted;
    return isPage(text) ? 'noEndpoint' : 'failed';
  }
  if (status === 405 || status === 501) return 'noEndpoint';
  if (status !== 404) return 'failed';
  // A model that is not known is a 404 too, and says nothing about the endpoint.
  const { detail } = errorFromAnswer({ status, headers, body: body ?? text, key }).problem;
  return /\bmodel\b/i.test(detail) ? 'failed' : 'noEndpoint';
}

/** Bare, or in a relay's `{code, data}` envelope. */
function countIn(body: unknown): number | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  if ('input_tokens' in body && typeof body.input_tokens === 'number' && body.input_tokens >= 0) {
    return body.input_tokens;
  }
  return 'data' in body ? countIn(body.data) : undefined;
}

async function readText(response: TransportResponse): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of response.body) {
    text += decoder.decode(chunk, { stream: true });
    bytes += chunk.byteLength;
    if (bytes > longestAnswerBytes) break;
  }
  return text;
}

function isPage(text: string): boolean {
  return text.trimStart().startsWith('<');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
