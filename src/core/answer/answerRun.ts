import type { Adjustment } from '../../shared/adjustment.ts';
import type { AnswerState, Usage } from '../../shared/conversation.ts';
import type { Problem } from '../../shared/problem.ts';
import type { Purpose } from '../../shared/exchange.ts';
import { messageOf } from '../../shared/messageOf.ts';
import type { Change } from '../../shared/protocol/changes.ts';
import type { AnswerEnd, MessagesClient, SendListener } from '../messages/client.ts';
import type { Endpoint } from '../messages/endpoint.ts';
import { usageOf } from '../messages/usage.ts';
import type { Restoring } from '../messages/restoring.ts';
import type { AnswerContent, AnswerMessage, Citation, MessagesRequest, ToolParam } from '../messages/wire.ts';
import { nativeToolsReplaced } from '../request/prepareAnswer.ts';
import { withStandIns } from '../tools/nativeTools.ts';
import { refusedField } from '../messages/refusedField.ts';
import { withoutThinking } from '../messages/signatureError.ts';
import type { TokenPrices } from '../usage/cost.ts';
import { AnswerMeter } from './answerMeter.ts';
import type { Seed } from '../conversation/continuation.ts';
import { type Refused, withCause } from './problemCause.ts';
import { Stitcher } from './stitcher.ts';
import { ThinkingTime } from './thinkingTime.ts';
import { sourceOf } from '../conversation/sources.ts';
import { type AnswerRecord, toBlock, toView } from '../conversation/turns.ts';

/**
 * What a request needs, or why none can be made. `uncached`: the request without what was added for the endpoint's cache.
 * `standIns`: what goes in the place of the service's own tools where it refuses those.
 * With a `seed` the answer goes on from the text that is there. `turns` and `hasLarger`: see Refused.
 */
export type Prepared =
  | {
      ok: true;
      request: MessagesRequest;
      uncached?: MessagesRequest;
      standIns?: ReadonlyMap<string, ToolParam>;
      endpoint: Endpoint;
      seed?: Seed;
      /** See PreparedAnswer. */
      resumes?: true;
      price?: TokenPrices;
      /** Of the placeholders in it. */
      restoring?: Restoring;
      turns: Refused['turns'];
      hasLarger: Refused['hasLarger'];
    }
  | { ok: false; problem: Problem };

export interface AnswerRunPorts {
  client: Pick<MessagesClient, 'send'>;
  emit: (change: Change) => void;
  save: (record: AnswerRecord) => void;
  now: () => number;
  /** Milliseconds on a clock that never goes back. */
  clock: () => number;
  /** For the list of requests. */
  purpose: Purpose;
}

/** Milliseconds for which a running answer may hold what is not saved: as much as a crash may cost. */
export const longestUnsavedMs = 450;

/** Runs one answer from the request to its end, and keeps its record, the view and the store in step. */
export class AnswerRun implements SendListener {
  readonly record: AnswerRecord;
  /** Whether the endpoint refused the thinking of earlier turns. */
  thinkingRefused = false;
  /** Whether it refused the cache breakpoints that nobody but us has asked for. */
  cacheRefused = false;
  /** Whether it refused the kinds of tools that the service defines. */
  nativeToolsRefused = false;
  readonly #ports: AnswerRunPorts;
  readonly #abort = new AbortController();
  #skipWait: (() => void) | undefined;
  #isCut = false;
  /** Runs while the record holds what is not saved. */
  #saveTimer: NodeJS.Timeout | undefined;
  /** What the record held before this request; an attempt that begins anew comes back to it. */
  #base: AnswerContent[] = [];
  #seed: Seed | undefined;
  #stitcher: Stitcher | undefined;
  /** The message's block → its place in the record; a block that is not kept has none. */
  #places = new Map<number, number>();
  readonly #thinkingTime: ThinkingTime;
  #meter: AnswerMeter | undefined;

  constructor(record: AnswerRecord, ports: AnswerRunPorts) {
    this.record = record;
    this.#ports = ports;
    this.#thinkingTime = new ThinkingTime(ports.now, (place, durationMs) => {
      record.thinkingMs = { ...record.thinkingMs, [place]: durationMs };
    });
  }

  /** Resolves when the answer has ended, however it did; the record then says how. Never rejects. */
  async run(prepare: () => Promise<Prepared>): Promise<void> {
    let state: AnswerState = { phase: 'stopped' };
    try {
      state = await this.#fill(prepare);
    } catch (error) {
      state = this.#failed({ kind: 'internal', detail: messageOf(error) });
    } finally {
      this.#end(state);
    }
  }

  async #fill(prepare: () => Promise<Prepared>): Promise<AnswerState> {
    const prepared = await prepare();
    if (this.#abort.signal.aborted) return { phase: 'stopped' };
    if (!prepared.ok) return this.#failed(prepared.problem);
    this.#base = prepared.resumes ? [...this.record.content] : baseOf(this.record.content, prepared.seed);
    this.#seed = prepared.seed;
    const end = await this.#sendHealing(prepared);
    this.#appendStitched(this.#stitcher?.finish() ?? '');
    this.#takeUsage(end.message);
    return end.kind === 'failed' ? this.#failed(withCause(end.problem, prepared)) : stateAfter(end);
  }

  /** An answer that was to go on has lost nothing by the failure: it is as cut as it was. */
  #failed(problem: Problem): AnswerState {
    return { phase: this.record.content.some(holdsText) ? 'truncated' : 'failed', problem };
  }

  /**
   * Cache breakpoints that the endpoint refuses, and thinking that it can't verify any more, are taken out, and tools of
   * the service's own go with schemas of ours, once each: the conversation goes on without them.
   */
  async #sendHealing({
    request,
    uncached,
    standIns,
    endpoint,
    price,
    restoring,
  }: Prepared & { ok: true }): Promise<AnswerEnd> {
    const { client, clock, purpose } = this.#ports;
    const send = async (body: MessagesRequest): Promise<AnswerEnd> => {
      const meter = new AnswerMeter(clock, price, body.stream);
      this.#meter = meter;
      const ended = await client.send(body, endpoint, this, this.#abort.signal, {
        purpose,
        ...(restoring && { restoring }),
      });
      this.record.figures = meter.end(ended, this.record.figures);
      return ended;
    };
    let sent = request;
    let end = await send(sent);
    if (uncached && end.kind === 'failed' && refusedField(end.problem, request) === 'cache_control') {
      this.cacheRefused = true;
      this.#adjusted({ field: 'cache_control', change: 'leftOut', reason: 'refusedBefore' });
      sent = uncached;
      end = await send(sent);
    }
    const ownTools = standIns && isAboutTools(end, sent) ? withStandIns(sent, standIns) : undefined;
    if (ownTools) {
      sent = ownTools;
      end = await send(sent);
      // Refused all the same: it was not their kind.
      this.nativeToolsRefused = !isAboutTools(end, sent);
      if (this.nativeToolsRefused) this.#adjusted(nativeToolsReplaced);
    }
    const healed = end.kind === 'failed' && end.problem.said?.isThinking ? withoutThinking(sent) : undefined;
    if (!healed) return end;
    this.thinkingRefused = true;
    this.#adjusted({ field: 'thinking', change: 'leftOut', reason: 'signature' });
    return send(healed);
  }

  #adjusted(adjustment: Adjustment): void {
    this.record.adjustments = [...(this.record.adjustments ?? []), adjustment];
    this.#ports.emit({ type: 'turn', turn: toView(this.record) });
  }

  stop(): void {
    this.#abort.abort();
  }

  /** The window closes: saves at once what has arrived, and ends the answer as cut. */
  cut(): void {
    this.#isCut = true;
    this.#save();
    this.stop();
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
    this.#endThinking();
    const seeded = this.#seed !== undefined;
    // A continuation's thinking would stand between two halves of one text.
    if (seeded && (content.type === 'thinking' || content.type === 'redacted_thinking')) return;
    if (this.record.state.phase !== 'streaming') this.#setState({ phase: 'streaming' });
    if (seeded && content.type === 'text' && this.#stitcher === undefined && this.#seed) {
      this.#stitcher = new Stitcher(this.#seed.text, this.#seed.leastOverlap);
      this.#places.set(position, this.record.content.length - 1);
      return;
    }
    this.#places.set(position, this.record.content.length);
    this.record.content.push(content);
    this.#saveSoon();
    if (content.type === 'thinking') this.#thinkingTime.started(this.record.content.length - 1);
    this.#ports.emit({
      type: 'block',
      turnId: this.record.id,
      index: this.record.content.length - 1,
      block: toBlock(content),
    });
  }

  textAppended(position: number, text: string): void {
    this.#meter?.noticeText();
    const place = this.#places.get(position);
    if (place === undefined) return;
    this.#thinkingTime.grew(place);
    this.#saveSoon();
    if (this.#stitcher && place === this.#base.length - 1) this.#appendStitched(this.#stitcher.add(text));
    else this.#emitDelta(place, text);
  }

  cited(position: number, citation: Citation): void {
    const index = this.#places.get(position) ?? -1;
    const block = this.record.content[index];
    if (block?.type !== 'text') return;
    // Of an answer that goes on, the block is the one that was there before.
    const goesOn = this.#stitcher !== undefined && index === this.#base.length - 1;
    if (goesOn) block.citations = [...(block.citations ?? []), citation];
    this.#saveSoon();
    const source = sourceOf(citation);
    if (source) this.#ports.emit({ type: 'cited', turnId: this.record.id, index, source });
  }

  blockEnded(position: number): void {
    const block = this.record.content[this.#places.get(position) ?? -1];
    if (block?.type === 'thinking') this.#endThinking();
  }

  #endThinking(): void {
    const index = this.#thinkingTime.end();
    const durationMs = index === undefined ? undefined : this.record.thinkingMs?.[index];
    if (index === undefined || durationMs === undefined) return;
    this.#ports.emit({ type: 'thought', turnId: this.record.id, index, durationMs });
  }

  #appendStitched(text: string): void {
    const place = this.#base.length - 1;
    const block = this.record.content[place];
    if (text === '' || block?.type !== 'text') return;
    block.text += text;
    this.#emitDelta(place, text);
  }

  /** `text` stands at the end of the block already. */
  #emitDelta(index: number, text: string): void {
    const content = this.record.content[index];
    if (!content) return;
    const offset = toBlock(content).text.length - text.length;
    this.#ports.emit({ type: 'delta', turnId: this.record.id, index, offset, text });
  }

  #reset(): void {
    this.#meter?.forgetText();
    this.#stitcher = undefined;
    this.#places.clear();
    this.#thinkingTime.drop();
    const { content, state } = this.record;
    if (content.length === 0 && this.#base.length === 0 && state.phase === 'waiting') return;
    this.record.content = this.#base.map(block => ({ ...block }));
    const times = Object.entries(this.record.thinkingMs ?? {});
    this.record.thinkingMs = Object.fromEntries(times.filter(([place]) => Number(place) < this.#base.length));
    this.record.state = { phase: 'waiting' };
    this.#ports.emit({ type: 'turn', turn: toView(this.record) });
  }

  #setState(state: AnswerState): void {
    this.record.state = state;
    this.#ports.emit({ type: 'answer', turnId: this.record.id, state });
  }

  #end(state: AnswerState): void {
    this.#endThinking();
    const isCut = this.#isCut && state.phase === 'stopped';
    this.record.state = isCut ? this.#failed({ kind: 'interrupted', detail: '' }) : state;
    this.#save();
    const { id, usage, figures } = this.record;
    this.#ports.emit({
      type: 'answer',
      turnId: id,
      state: this.record.state,
      ...(usage && { usage }),
      ...(figures && { figures }),
    });
  }

  #takeUsage(message: AnswerMessage): void {
    const usage = usageOf(message.usage);
    if (usage) this.record.usage = this.record.usage ? sum(this.record.usage, usage) : usage;
  }

  /** Counts from the first text that is not saved, not from the last save: an answer may fall silent at any time. */
  #saveSoon(): void {
    this.#saveTimer ??= setTimeout(() => this.#save(), longestUnsavedMs);
  }

  #save(): void {
    clearTimeout(this.#saveTimer);
    this.#saveTimer = undefined;
    this.#ports.save(this.record);
  }
}

/** The blocks that stay: with a seed, up to the text that it is; what follows that text can't be resumed. */
function baseOf(content: AnswerContent[], seed: Seed | undefined): AnswerContent[] {
  if (!seed) return [];
  const last = content.findLastIndex(block => block.type === 'text');
  return last === -1 ? [{ type: 'text', text: seed.text }] : content.slice(0, last + 1);
}

/** What the requests of one answer took together. */
function sum(earlier: Usage, later: Usage): Usage {
  const total: Usage = { ...earlier };
  for (const key of ['inputTokens', 'outputTokens', 'cacheReadTokens', 'cacheWriteTokens'] as const) {
    const count = later[key];
    if (count !== undefined) total[key] = (earlier[key] ?? 0) + count;
  }
  return total;
}

function holdsText(content: AnswerContent): boolean {
  return content.type === 'text' && content.text !== '';
}

function completed({ stopReason, stopSequence, stopDetails }: AnswerMessage): AnswerState {
  const hasSequence = stopReason === 'stop_sequence' && stopSequence !== null && stopSequence !== '';
  return { phase: 'complete', stopReason, ...(hasSequence && { stopSequence }), ...(stopDetails && { stopDetails }) };
}

function stateAfter(end: Exclude<AnswerEnd, { kind: 'failed' }>): AnswerState {
  switch (end.kind) {
    case 'complete':
      return completed(end.message);
    case 'stopped':
      return { phase: 'stopped' };
    case 'truncated':
      return { phase: 'truncated', problem: end.problem };
  }
}

function isAboutTools(end: AnswerEnd, request: MessagesRequest): boolean {
  if (end.kind !== 'failed') return false;
  return end.problem.said?.isToolType === true || refusedField(end.problem, request) === 'tools';
}
