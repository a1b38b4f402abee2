import type { Problem, ProblemKind } from '../../shared/conversation.ts';
import type { ExchangeLog } from '../inspect/exchangeLog.ts';
import { type AnswerEnd, type Endpoint, MessagesClient } from '../messages/client.ts';
import { canonicalId, type ModelRules } from '../messages/modelRules.ts';
import { prepareRequest } from '../messages/prepareRequest.ts';
import { errorFromAnswer, errorFromTransport } from '../messages/problems.ts';
import { isTransportError, type Transport } from '../messages/transport.ts';
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

  constructor(transport: Transport, subject: ProbeSubject, signal: AbortSignal, deadlineMs: number, log?: ExchangeLog) {
    const observed = new ObservedTransport(transport);
    this.transport = observed;
    this.#subject = subject;
    this.#signal = signal;
    this.#deadlineMs = deadlineMs;
    this.#client = new MessagesClient({ transport: () => Promise.resolve(observed), ...(log && { log }) });
  }

  /** Whether anything answers at the address. The key is not sent: a refusal is an answer too. */
  async reach(): Promise<StepOutcome & { headersMs?: number }> {
    const sent = await this.#request('GET', this.#subject.modelsUrl);
    if ('problem' in sent) return { result: 'no', problem: sent.problem, remarks: [] };
    const { status, location, headersMs } = sent.observation;
    if (status < 300 || status >= 400) return { result: 'yes', remarks: [], headersMs };
    const target = location && URL.canParse(location, this.#subject.modelsUrl);
    const named = target ? new URL(location, this.#subject.modelsUrl).origin : undefined;
    return { result: 'yes', remarks: ['redirected'], headersMs, ...(named !== undefined && { named }) };
  }

  async countTokens(): Promise<StepOutcome> {
    const { model, messages } = probeRequest('answer', this.#subject.model, this.#subject.rules);
    const sent = await this.#request('POST', `${this.#subject.messagesUrl}/count_tokens`, { model, messages });
    if ('problem' in sent) return failed(sent.problem);
    const { status } = sent.observation;
    const count = status < 300 ? inputTokensIn(sent.body) : undefined;
    if (count !== undefined) return { result: 'yes', remarks: [], count };
    const { key } = this.#subject;
    return failed(errorFromAnswer({ status, headers: sent.headers, body: sent.body, key }).problem);
  }

  async paid(probe: PaidProbe, messagesUrl = this.#subject.messagesUrl): Promise<StepOutcome> {
    const { model, rules, key } = this.#subject;
    const { body } = prepareRequest(probeRequest(probe, model, rules), { rules });
    const { end, problem } = await this.#send(body, { messagesUrl, key });
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
      'check',
    );
    const problem = temporary ?? (end.kind === 'failed' || end.kind === 'truncated' ? end.problem : undefined);
    if (problem) return { end, problem };
    return end.kind === 'stopped' && late.aborted && !this.#signal.aborted
      ? { end, problem: { kind: 'timeout', detail: '' } }
      : { end };
  }

  /** One request outside the Messages API's answers. The key goes along where there is a body. */
  async #request(
    method: 'GET' | 'POST',
    url: string,
    json?: object,
  ): Promise<{ body: unknown; headers: Record<string, string>; observation: Observation } | { problem: Problem }> {
    const { key } = this.#subject;
    const late = AbortSignal.timeout(this.#deadlineMs);
    try {
      const { body, headers } = await this.transport.send({
        method,
        url,
        headers: {
          accept: 'application/json',
          'anthropic-version': '2023-06-01',
          ...(json && { 'content-type': 'application/json', 'x-api-key': key }),
        },
        ...(json && { body: JSON.stringify(json) }),
        signal: AbortSignal.any([this.#signal, late]),
      });
      const read = await readStart(body);
      const observation = this.transport.last;
      if (!observation) throw new Error('The transport was not observed.');
      return { body: read, headers, observation };
    } catch (error) {
      if (late.aborted && !this.#signal.aborted) return { problem: { kind: 'timeout', detail: '' } };
      if (isTransportError(error)) return { problem: errorFromTransport(error, key).problem };
      return { problem: { kind: 'internal', detail: error instanceof Error ? error.message : '' } };
    }
  }
}

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

/** As much of a body as an answer to these requests can have; JSON where it is. */
async function readStart(body: AsyncIterable<Uint8Array>): Promise<unknown> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > 100_000) break;
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** Bare, or in a relay's envelope. */
function inputTokensIn(body: unknown): number | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  if ('input_tokens' in body && typeof body.input_tokens === 'number') return body.input_tokens;
  return 'data' in body ? inputTokensIn(body.data) : undefined;
}
