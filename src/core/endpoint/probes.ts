import type { Problem, ProblemKind } from '../../shared/problem.ts';
import type { ExchangeLog } from '../inspect/exchangeLog.ts';
import { type AnswerEnd, MessagesClient } from '../messages/client.ts';
import {
  type Endpoint,
  EndpointBorder,
  type EndpointRequest,
  type Reply,
  type KeyHeader,
} from '../messages/endpoint.ts';
import { canonicalId, type ModelRules } from '../models/modelRules.ts';
import { prepareRequest } from '../messages/prepareRequest.ts';
import type { Transport } from '../transport/transport.ts';
import type { AnswerMessage, MessagesRequest } from '../messages/wire.ts';
import { type Observation, ObservedTransport } from './observedTransport.ts';
import { type PaidProbe, probeRequest, probeToolName } from './probeRequests.ts';

/** What is worth saying of a step beside its result. */
export type Remark =
  | 'redirected'
  | 'modelNotListed'
  | 'streamForJson'
  | 'jsonForStream'
  | 'otherModel'
  | 'toolNotCalled'
  | 'toolInputBroken'
  | 'thinkingIgnored'
  | 'thinkingNotUsed'
  | 'thinkingUnsigned'
  | 'imageNotSeen';

/** `unclear`: the answer proves neither, or nothing but a passing trouble came. */
export interface StepOutcome {
  result: 'yes' | 'no' | 'unclear' | 'skipped';
  problem?: Problem;
  remarks: Remark[];
  /** The model that answered, the origin of a redirect. */
  named?: string;
  /** Models of a list, tokens of a count. */
  count?: number;
  /** Milliseconds until the first bytes of the body. */
  firstByteMs?: number;
}

export interface ProbeSubject {
  messagesUrl: string;
  modelsUrl: string;
  key: string;
  /** See Endpoint. */
  keyAs: readonly KeyHeader[];
  model: string;
  rules: ModelRules;
}

export const skipped: StepOutcome = { result: 'skipped', remarks: [] };

/** Sends single requests to an endpoint, without retries and each with a deadline, and says what came of them. */
export class Prober {
  readonly transport: ObservedTransport;
  readonly #subject: ProbeSubject;
  readonly #signal: AbortSignal;
  readonly #deadlineMs: number;
  readonly #client: MessagesClient;
  readonly #border: EndpointBorder;

  constructor(transport: Transport, subject: ProbeSubject, signal: AbortSignal, deadlineMs: number, log?: ExchangeLog) {
    const observed = new ObservedTransport(transport);
    this.transport = observed;
    this.#subject = subject;
    this.#signal = signal;
    this.#deadlineMs = deadlineMs;
    this.#border = new EndpointBorder(() => Promise.resolve(observed), subject.key);
    this.#client = new MessagesClient({ transport: () => Promise.resolve(observed), ...(log && { log }) });
  }

  /** Whether anything answers at the address. The key is not sent: a refusal is an answer too. */
  async reach(): Promise<StepOutcome & { headersMs?: number }> {
    const url = this.#subject.modelsUrl;
    const reply = await this.#ask({ method: 'GET', url, keyAs: [] });
    if (reply.kind === 'stopped') return skipped;
    if (reply.kind === 'failed') return { result: 'no', problem: reply.error.problem, remarks: [] };
    const headersMs = this.transport.last?.headersMs;
    const answered: StepOutcome & { headersMs?: number } = {
      result: 'yes',
      remarks: [],
      ...(headersMs !== undefined && { headersMs }),
    };
    if (reply.status < 300 || reply.status >= 400) return answered;
    const { location } = reply.headers;
    const named = location && URL.canParse(location, url) ? new URL(location, url).origin : undefined;
    return { ...answered, remarks: ['redirected'], ...(named !== undefined && { named }) };
  }

  async countTokens(): Promise<StepOutcome> {
    const { model, messages } = probeRequest('answer', this.#subject.model, this.#subject.rules);
    const url = `${this.#subject.messagesUrl}/count_tokens`;
    const reply = await this.#ask({ method: 'POST', url, body: { model, messages }, keyAs: this.#subject.keyAs });
    if (reply.kind === 'stopped') return skipped;
    if (reply.kind === 'failed') return failed(reply.error.problem);
    const count = reply.status < 300 ? inputTokensIn(reply.body) : undefined;
    return count === undefined ? failed(this.#border.refusal(reply).problem) : { result: 'yes', remarks: [], count };
  }

  async paid(probe: PaidProbe, messagesUrl = this.#subject.messagesUrl): Promise<StepOutcome> {
    const { model, rules, key, keyAs } = this.#subject;
    const { body } = prepareRequest(probeRequest(probe, model, rules), { rules });
    const { end, problem } = await this.#send(body, { messagesUrl, key, keyAs });
    if (problem) return failed(problem);
    if (end.kind === 'stopped') return skipped;
    const outcome = judge(probe, end.message, this.transport.last, body);
    const other = end.message.model !== '' && canonicalId(end.message.model) !== canonicalId(model);
    const firstByteMs = this.transport.last?.firstByteMs;
    return {
      ...outcome,
      ...(firstByteMs !== undefined && { firstByteMs }),
      ...(other && probe === 'answer' && { remarks: [...outcome.remarks, 'otherModel'], named: end.message.model }),
    };
  }

  async #send(body: MessagesRequest, endpoint: Endpoint): Promise<{ end: AnswerEnd; problem?: Problem }> {
    const late = AbortSignal.timeout(this.#deadlineMs);
    const giveUp = new AbortController();
    let temporary: Problem | undefined;
    const signal = AbortSignal.any([this.#signal, late, giveUp.signal]);
    const end = await this.#client.send(
      body,
      endpoint,
      {
        attemptStarted: () => undefined,
        blockStarted: () => undefined,
        textAppended: () => undefined,
        restarted: () => undefined,
        // One look is enough: what passes is told as such.
        retrying: wait => {
          temporary = wait.problem;
          giveUp.abort();
        },
      },
      signal,
      { purpose: 'check' },
    );
    const problem = temporary ?? (end.kind === 'failed' || end.kind === 'truncated' ? end.problem : undefined);
    if (problem) return { end, problem };
    return end.kind === 'stopped' && late.aborted && !this.#signal.aborted
      ? { end, problem: { kind: 'timeout', detail: '' } }
      : { end };
  }

  /** One request outside the Messages API's answers. */
  #ask(request: Omit<EndpointRequest, 'signal'>): Promise<Reply> {
    const limits = { late: AbortSignal.timeout(this.#deadlineMs), bytes: longestReplyBytes };
    return this.#border.ask({ ...request, signal: this.#signal }, limits);
  }
}

/** As much of a body as an answer to these requests can have. */
const longestReplyBytes = 100_000;

/** Kinds that pass by themselves, or that say nothing about what was asked. */
const passing: readonly ProblemKind[] = ['rateLimited', 'overloaded', 'timeout', 'connectionLost', 'unreachable'];

function failed(problem: Problem): StepOutcome {
  return { result: passing.includes(problem.kind) ? 'unclear' : 'no', problem, remarks: [] };
}

function judge(
  probe: PaidProbe,
  { content }: AnswerMessage,
  seen: Observation | undefined,
  sent: MessagesRequest,
): StepOutcome {
  switch (probe) {
    case 'answer':
      return { result: 'yes', remarks: seen?.form === 'events' ? ['streamForJson'] : [] };
    case 'stream':
      return seen?.form === 'json' ? { result: 'no', remarks: ['jsonForStream'] } : { result: 'yes', remarks: [] };
    case 'tools': {
      const call = content.find(block => block.type === 'tool_use' && block.name === probeToolName);
      if (call?.type !== 'tool_use') {
        return { result: sent.tool_choice?.type === 'tool' ? 'no' : 'unclear', remarks: ['toolNotCalled'] };
      }
      return call.input ? { result: 'yes', remarks: [] } : { result: 'no', remarks: ['toolInputBroken'] };
    }
    case 'thinking': {
      const thought = content.find(block => block.type === 'thinking' || block.type === 'redacted_thinking');
      // With a budget a model thinks; with adaptive thinking it may find that it need not.
      if (!thought && sent.thinking?.type === 'enabled') return { result: 'no', remarks: ['thinkingIgnored'] };
      if (!thought) return { result: 'unclear', remarks: ['thinkingNotUsed'] };
      const unsigned = thought.type === 'thinking' && thought.signature === '';
      return { result: 'yes', remarks: unsigned ? ['thinkingUnsigned'] : [] };
    }
    case 'images': {
      const text = content.map(block => (block.type === 'text' ? block.text : '')).join('');
      return /\bred\b/i.test(text) ? { result: 'yes', remarks: [] } : { result: 'unclear', remarks: ['imageNotSeen'] };
    }
  }
}

/** Bare, or in a relay's envelope. */
function inputTokensIn(body: unknown): number | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  if ('input_tokens' in body && typeof body.input_tokens === 'number') return body.input_tokens;
  return 'data' in body ? inputTokensIn(body.data) : undefined;
}
