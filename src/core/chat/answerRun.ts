import type { AnswerState, Problem } from '../../shared/conversation.ts';
import type { Change } from '../../shared/protocol.ts';
import type { AnswerEnd, Endpoint, MessagesClient, SendListener } from '../messages/client.ts';
import type { AnswerContent, AnswerMessage, MessagesRequest, WireUsage } from '../messages/wire.ts';
import { type AnswerRecord, toBlock, toView } from './turns.ts';

/** What a request needs, or why none can be made. */
export type Prepared = { ok: true; request: MessagesRequest; endpoint: Endpoint } | { ok: false; problem: Problem };

export interface AnswerRunPorts {
  client: Pick<MessagesClient, 'send'>;
  emit: (change: Change) => void;
  save: (record: AnswerRecord) => void;
  now: () => number;
}

/** Milliseconds between two saves of a running answer: as much as a crash may cost. */
const saveIntervalMs = 500;

/** Runs one answer from the request to its end, and keeps its record, the view and the store in step. */
export class AnswerRun implements SendListener {
  readonly record: AnswerRecord;
  readonly #ports: AnswerRunPorts;
  readonly #abort = new AbortController();
  #skipWait: (() => void) | undefined;
  #lastSaveAt: number;

  constructor(record: AnswerRecord, ports: AnswerRunPorts) {
    this.record = record;
    this.#ports = ports;
    this.#lastSaveAt = ports.now();
  }

  /** Resolves when the answer has ended, however it did; the record then says how. */
  async run(prepare: () => Promise<Prepared>): Promise<void> {
    const prepared = await prepare();
    if (this.#abort.signal.aborted) this.#end({ phase: 'stopped' });
    else if (!prepared.ok) this.#end({ phase: 'failed', problem: prepared.problem });
    else {
      const end = await this.#ports.client.send(prepared.request, prepared.endpoint, this, this.#abort.signal);
      this.#takeUsage(end.message);
      this.#end(stateAfter(end));
    }
  }

  stop(): void {
    this.#abort.abort();
  }

  skipWait(): void {
    this.#skipWait?.();
  }

  attemptStarted(): void {
    this.#skipWait = undefined;
    this.#reset();
  }

  restarted(): void {
    this.#reset();
  }

  retrying(wait: { attempt: number; maxAttempts: number; delayMs: number; problem: Problem; skip: () => void }): void {
    this.#skipWait = wait.skip;
    const { attempt, maxAttempts, problem } = wait;
    this.#setState({ phase: 'retrying', attempt, maxAttempts, retryAt: this.#ports.now() + wait.delayMs, problem });
  }

  blockStarted(position: number, content: AnswerContent): void {
    this.record.content.push(content);
    if (this.record.state.phase !== 'streaming') this.#setState({ phase: 'streaming' });
    this.#ports.emit({ type: 'block', turnId: this.record.id, index: position, block: toBlock(content) });
  }

  textAppended(position: number, text: string): void {
    const content = this.record.content[position];
    if (!content) return;
    const offset = toBlock(content).text.length - text.length;
    this.#ports.emit({ type: 'delta', turnId: this.record.id, index: position, offset, text });
    if (this.#ports.now() - this.#lastSaveAt >= saveIntervalMs) this.#save();
  }

  #reset(): void {
    if (this.record.content.length === 0 && this.record.state.phase === 'waiting') return;
    this.record.content = [];
    this.record.state = { phase: 'waiting' };
    this.#ports.emit({ type: 'turn', turn: toView(this.record) });
  }

  #setState(state: AnswerState): void {
    this.record.state = state;
    this.#ports.emit({ type: 'answer', turnId: this.record.id, state });
  }

  #end(state: AnswerState): void {
    this.record.state = state;
    this.#save();
    const { usage } = this.record;
    this.#ports.emit({ type: 'answer', turnId: this.record.id, state, ...(usage && { usage }) });
  }

  #takeUsage(message: AnswerMessage): void {
    const usage = usageOf(message.usage);
    if (usage) this.record.usage = usage;
  }

  #save(): void {
    this.#lastSaveAt = this.#ports.now();
    this.#ports.save(this.record);
  }
}

function stateAfter(end: AnswerEnd): AnswerState {
  switch (end.kind) {
    case 'complete':
      return { phase: 'complete', stopReason: end.message.stopReason };
    case 'stopped':
      return { phase: 'stopped' };
    case 'truncated':
      return { phase: 'truncated', problem: end.problem };
    case 'failed':
      return { phase: 'failed', problem: end.problem };
  }
}

function usageOf(wire: WireUsage): AnswerRecord['usage'] {
  const { input_tokens, output_tokens, cache_read_input_tokens, cache_creation_input_tokens } = wire;
  const usage = {
    ...(input_tokens !== undefined && { inputTokens: input_tokens }),
    ...(output_tokens !== undefined && { outputTokens: output_tokens }),
    ...(cache_read_input_tokens !== undefined && { cacheReadTokens: cache_read_input_tokens }),
    ...(cache_creation_input_tokens !== undefined && { cacheWriteTokens: cache_creation_input_tokens }),
  };
  return Object.keys(usage).length > 0 ? usage : undefined;
}
