import type { Finding, Intent, UserTurn } from '../../shared/conversation.ts';
import type { Purpose } from '../../shared/exchange.ts';
import { messageOf } from '../../shared/messageOf.ts';
import type { Parameters } from '../../shared/parameters.ts';
import type { Change } from '../../shared/protocol/changes.ts';
import type { MessagesClient } from '../messages/client.ts';
import type { ReportedFinding } from '../review/reportTool.ts';
import { AnswerRun } from './answerRun.ts';
import type { Branch } from '../conversation/branch.ts';
import type { Condensing } from './condensing.ts';
import { type AnswerSources, type PreparedAnswer, prepareAnswer } from '../request/prepareAnswer.ts';
import type { RequestSources } from '../request/requestSources.ts';
import { sentLimits } from '../request/sentLimits.ts';
import { takeReport } from './takeReport.ts';
import { type AnswerRecord, textsOf, toView, type TurnRecord } from '../conversation/turns.ts';

export interface AnsweringPorts {
  client: Pick<MessagesClient, 'send'>;
  emit: (change: Change) => void;
  runningChanged: (running: boolean) => void;
  /** Finds the places of a review's findings in the files as they are now. */
  placeFindings: (findings: ReportedFinding[], asked: UserTurn) => Promise<Finding[]>;
  /** A review has ended with these findings. */
  findingsReported: (turnId: string, findings: Finding[]) => void;
  /** Something failed by which nothing of the conversation is lost. */
  failed?: (error: unknown) => void;
  /** Whether a model with a larger context window than so many tokens is known, or may be. */
  hasLarger?: (tokens: number) => boolean;
  newId: () => string;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** Milliseconds on a clock that never goes back; `now` where there is none. */
  clock?: () => number;
}

/** The conversation that is answered. */
export interface Answered {
  branch: Branch;
  condensing: Condensing;
  sources: RequestSources;
  /** Nothing is running any more. */
  ended: (record: AnswerRecord) => Promise<void>;
}

/** The running answer of a conversation: there is one at most. Whatever fails in it, nothing is running then. */
export class Answering {
  readonly #ports: AnsweringPorts;
  readonly #answered: Answered;
  #run: AnswerRun | undefined;
  #idle: Promise<void> = Promise.resolve();

  constructor(ports: AnsweringPorts, answered: Answered) {
    this.#ports = ports;
    this.#answered = answered;
  }

  get running(): boolean {
    return this.#run !== undefined;
  }

  /** Resolves once no answer is running. */
  idle(): Promise<void> {
    return this.#idle;
  }

  stop(): void {
    this.#run?.stop();
  }

  /** Ends the wait between two attempts. */
  retryNow(): void {
    this.#run?.skipWait();
  }

  /** The window closes: what has arrived is on its way to the file before this returns. */
  cut(): void {
    this.#run?.cut();
  }

  /** Adds an answer to the turn, which ends the branch. Resolves when it has ended; never rejects. */
  async answer(asked: UserTurn, parameters: Parameters = {}): Promise<void> {
    const record = this.emptyAnswer();
    this.#answered.branch.add(record);
    this.#idle = this.#ending(record, async () => {
      await this.#fill(record, parameters);
      if (asked.intent === 'review' && record.state.phase === 'complete') await this.#takeReport(record, asked);
    });
    await this.#idle;
  }

  /** Fills the record with the rest of its answer. Resolves when that has ended; never rejects. */
  async goOn(record: AnswerRecord): Promise<void> {
    await this.alone(record, () => this.#fill(record));
  }

  /** Runs the work, which asks for the record, unless something is running; then false. */
  async alone(record: AnswerRecord, work: () => Promise<void>): Promise<boolean> {
    if (this.#run) return false;
    this.#idle = this.#ending(record, work);
    await this.#idle;
    return true;
  }

  emptyAnswer(): AnswerRecord {
    const { newId, now } = this.#ports;
    return { id: newId(), role: 'assistant', createdAt: now(), model: '', content: [], state: { phase: 'waiting' } };
  }

  /** Sends the request that `prepare` makes and fills the record with the answer. */
  async perform(
    record: AnswerRecord,
    purpose: Purpose,
    prepare: (sources: AnswerSources) => PreparedAnswer,
    parameters: Parameters = {},
  ): Promise<AnswerRun> {
    const save = (saved: AnswerRecord): void => this.#save(saved);
    const { client, emit, now, clock = now, hasLarger = () => false } = this.#ports;
    const run = new AnswerRun(record, { client, emit, save, now, clock, purpose });
    this.#setRun(run);
    save(record);
    emit({ type: 'turn', turn: toView(record) });
    await run.run(async () => {
      const { connection, sources } = await this.#answered.sources.connect(parameters);
      const prepared = prepare(sources);
      record.model = prepared.body.model;
      record.limits = sentLimits(prepared.body, sources);
      if (prepared.adjustments.length > 0) record.adjustments = prepared.adjustments;
      emit({ type: 'turn', turn: toView(record) });
      return connection.ok
        ? {
            ok: true,
            endpoint: connection.endpoint,
            request: prepared.body,
            ...(prepared.uncached && { uncached: prepared.uncached }),
            ...(prepared.seed && { seed: prepared.seed }),
            ...(sources.rules.price && { price: sources.rules.price }),
            turns: prepared.turns,
            hasLarger: tokens => hasLarger(Math.min(sources.rules.contextWindow, tokens ?? Infinity)),
          }
        : connection;
    });
    this.#answered.sources.learnLimit(record);
    if (run.cacheRefused) await this.#answered.sources.leaveOut('cache_control', record.model);
    return run;
  }

  /** Does the work that fills the record. However that ends, nothing is running then; never rejects. */
  async #ending(record: AnswerRecord, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      record.state = { phase: 'failed', problem: { kind: 'internal', detail: messageOf(error) } };
      this.#save(record);
      this.#ports.emit({ type: 'answer', turnId: record.id, state: record.state });
    } finally {
      this.#setRun(undefined);
      await this.#answered.ended(record);
    }
  }

  #save(record: AnswerRecord): void {
    if (record.isSummary) this.#answered.condensing.save();
    else this.#answered.branch.save(record);
  }

  /** Fills the record with the answer to the turns before it; goes on from what it holds. */
  async #fill(record: AnswerRecord, parameters: Parameters = {}): Promise<void> {
    const { branch, condensing, sources: learning } = this.#answered;
    const { turns } = branch;
    const before = turns.slice(0, turns.indexOf(record));
    const history = condensing.toSend(before);
    const soFar = textsOf(record);
    const purpose = soFar.length > 0 ? 'continue' : intentOf(history);
    const sentAt = this.#ports.now();
    let sent: AnswerSources | undefined;
    const prepare = (sources: AnswerSources): PreparedAnswer => {
      sent = sources;
      return prepareAnswer(history, soFar, sources);
    };
    const run = await this.perform(record, purpose, prepare, parameters);
    if (sent && purpose !== 'continue') learning.learnCache(history, sent, record.usage, sentAt);
    if (run.thinkingRefused) learning.leaveOutThinkingBefore(before.length);
  }

  async #takeReport(record: AnswerRecord, asked: UserTurn): Promise<void> {
    await takeReport(record, findings => this.#ports.placeFindings(findings, asked));
    this.#answered.branch.save(record);
    const { state, findings } = record;
    this.#ports.emit({ type: 'answer', turnId: record.id, state, ...(findings && { findings }) });
    try {
      if (findings) this.#ports.findingsReported(record.id, findings);
    } catch (error) {
      // They are in the conversation.
      this.#ports.failed?.(error);
    }
  }

  #setRun(run: AnswerRun | undefined): void {
    this.#run = run;
    this.#ports.runningChanged(run !== undefined);
  }
}

function intentOf(history: readonly TurnRecord[]): Intent {
  const asked = history.at(-1);
  return asked?.role === 'user' ? asked.intent : 'chat';
}
