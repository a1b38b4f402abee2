import type { Purpose } from '../../shared/exchange.ts';
import type { Problem } from '../../shared/problem.ts';
import type { ExchangeRecorder, RequestLog } from './requestLog.ts';
import type { AnswerMessage, MessagesRequest } from './wire.ts';
import { AnswerAssembler, type AnswerListener } from './assembler.ts';
import { type Endpoint, EndpointBorder, type EndpointRequest, headersFor, usualKeyHeaders } from './endpoint.ts';
import { type AnswerLimits, usualLimits } from './limits.ts';
import type { AnswerError } from './problems.ts';
import { readAnswer } from './readAnswer.ts';
import type { Restoring } from './restoring.ts';
import { sendable } from './sendable.ts';
import { maxRetries, retryDelay } from './retryPolicy.ts';
import type { Transport } from '../transport/transport.ts';

export interface RetryWait {
  /** From 1. */
  attempt: number;
  maxAttempts: number;
  delayMs: number;
  problem: Problem;
  /** Ends the wait at once and tries. */
  skip: () => void;
}

export interface SendListener extends AnswerListener {
  retrying(wait: RetryWait): void;
  /** A request goes out: the first, and again after every wait. */
  attemptStarted(): void;
}

/** How an answer ended. `message` holds whatever had arrived. */
export type AnswerEnd =
  | { kind: 'complete'; message: AnswerMessage }
  | { kind: 'stopped'; message: AnswerMessage }
  | { kind: 'truncated'; message: AnswerMessage; problem: Problem }
  | { kind: 'failed'; message: AnswerMessage; problem: Problem };

export interface ClientOptions {
  /** Opened at the first request: loading the network code is most of what this extension costs. */
  transport: () => Promise<Transport>;
  /** Keeps what was sent and what came of it. */
  log?: RequestLog;
  /** From 0 to 1, for the jitter of the waits. */
  random?: () => number;
  limits?: AnswerLimits;
}

/** What a request is, beside its body. */
export interface SendOptions {
  /** For the list of requests. */
  purpose?: Purpose;
  /** Puts back what its placeholders stand for. */
  restoring?: Restoring;
}

/** Sends requests to the Messages API and reads their answers; retries what is temporary, before any content only. */
export class MessagesClient {
  readonly #transport: () => Promise<Transport>;
  readonly #random: () => number;
  readonly #log: RequestLog | undefined;
  readonly #limits: AnswerLimits;

  constructor(options: ClientOptions) {
    this.#transport = options.transport;
    this.#random = options.random ?? Math.random;
    this.#log = options.log;
    this.#limits = options.limits ?? usualLimits;
  }

  /** Never rejects: an abort, a failure and a cut are all ends of an answer. */
  async send(
    request: MessagesRequest,
    endpoint: Endpoint,
    listener: SendListener,
    signal: AbortSignal,
    { purpose = 'chat', restoring }: SendOptions = {},
  ): Promise<AnswerEnd> {
    const border = new EndpointBorder(this.#transport, endpoint.key);
    const sent = border.redaction.outgoing(sendable(request));
    const outgoing = wireRequest(sent, endpoint, signal);
    const masked = headersFor(outgoing, '…');
    const recorder = this.#log?.begin(sent, endpoint.messagesUrl, masked, purpose, border.redaction);
    const end = await this.#send(outgoing, border, listener, recorder, restoring);
    recorder?.end(end.kind, end.message);
    return end;
  }

  async #send(
    outgoing: EndpointRequest,
    border: EndpointBorder,
    listener: SendListener,
    recorder: ExchangeRecorder | undefined,
    restoring: Restoring | undefined,
  ): Promise<AnswerEnd> {
    const { signal } = outgoing;
    for (let attempt = 1; ; attempt++) {
      const told = recorder ? noticingFirst(listener, recorder) : listener;
      const assembler = new AnswerAssembler(told, border.redaction, this.#limits.blocks, restoring);
      const { message } = assembler;
      listener.attemptStarted();
      recorder?.attempt();
      const result = await attemptOnce(border, outgoing, assembler, this.#limits, recorder);
      if (signal.aborted) return { kind: 'stopped', message };
      if (result === 'complete') return { kind: 'complete', message };
      const { problem } = result;
      recorder?.attemptFailed(problem);
      if (hasContent(message)) return { kind: 'truncated', message, problem };
      const delayMs = retryDelay(result, attempt, this.#random);
      if (delayMs === undefined) return { kind: 'failed', message, problem };
      await waitForRetry(delayMs, signal, skip => {
        listener.retrying({ attempt, maxAttempts: maxRetries, delayMs, problem, skip });
      });
      if (aborted(signal)) return { kind: 'stopped', message };
    }
  }
}

async function attemptOnce(
  border: EndpointBorder,
  outgoing: EndpointRequest,
  assembler: AnswerAssembler,
  limits: AnswerLimits,
  recorder: ExchangeRecorder | undefined,
): Promise<'complete' | AnswerError> {
  let headers: Record<string, string> = {};
  try {
    const response = await border.send(outgoing);
    headers = response.headers;
    recorder?.headers(response.status, response.headers, response.connectedMs);
    const outcome = await readAnswer(response, border, assembler, { limits, received: recorder?.received });
    return outcome.kind === 'complete' ? 'complete' : outcome.error;
  } catch (error) {
    return border.failure(error, headers);
  }
}

function wireRequest(body: MessagesRequest, endpoint: Endpoint, signal: AbortSignal): EndpointRequest {
  const { messagesUrl: url, keyAs = usualKeyHeaders } = endpoint;
  return { method: 'POST', url, body, stream: body.stream, keyAs, signal };
}

/** Hears what `listener` hears, and tells the recorder of the first piece of content. */
function noticingFirst(listener: SendListener, recorder: ExchangeRecorder): AnswerListener {
  let isFirst = true;
  return {
    blockStarted: (position, content) => listener.blockStarted(position, content),
    blockEnded: position => listener.blockEnded?.(position),
    cited: (position, citation) => listener.cited?.(position, citation),
    restarted: () => listener.restarted(),
    textAppended: (position, text) => {
      if (isFirst) {
        isFirst = false;
        recorder.firstToken();
      }
      listener.textAppended(position, text);
    },
  };
}

/** Whether anything of the answer can have been shown: from then on a retry would show it twice. */
function hasContent(message: AnswerMessage): boolean {
  return message.content.some(block => {
    if (block.type === 'text') return block.text !== '';
    if (block.type === 'thinking') return block.thinking !== '';
    return block.type !== 'tool_use' || block.inputJson !== '';
  });
}

/** Read anew: an await stands between two looks at the signal, which the compiler does not see. */
function aborted(signal: AbortSignal): boolean {
  return signal.aborted;
}

async function waitForRetry(delayMs: number, signal: AbortSignal, announce: (skip: () => void) => void): Promise<void> {
  await new Promise<void>(resolve => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, delayMs);
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
    else announce(end);
  });
}
