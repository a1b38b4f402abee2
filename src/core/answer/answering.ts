import type { Intent, UserTurn } from '../../shared/conversation.ts';
import type { Finding } from '../../shared/finding.ts';
import type { Purpose } from '../../shared/exchange.ts';
import { messageOf } from '../../shared/messageOf.ts';
import type { Parameters } from '../../shared/parameters.ts';
import type { Change } from '../../shared/protocol/changes.ts';
import type { MessagesClient } from '../messages/client.ts';
import type { MessagesRequest } from '../messages/wire.ts';
import type { ReportedFinding } from '../review/report.ts';
import type { Clearance } from '../filter/clearance.ts';
import type { Moderation } from '../moderation/moderation.ts';
import type { Agent, ToolPorts } from '../agent/agent.ts';
import { AnswerChecks } from './answerChecks.ts';
import { AnswerRun } from './answerRun.ts';
import { Rounds, type Steering } from './rounds.ts';
import { nativeTools } from '../messages/refusedField.ts';
import type { Branch } from '../conversation/branch.ts';
import type { Condensing } from './condensing.ts';
import { type AnswerSources, type PreparedAnswer, prepareAnswer } from '../request/prepareAnswer.ts';
import type { RequestSettings } from '../request/buildRequest.ts';
import type { RequestSources } from '../request/requestSources.ts';
import { sentLimits } from '../request/sentLimits.ts';
import { runReport } from './runReport.ts';
import { isRefused } from '../request/toMessages.ts';
import { signMs } from '../conversation/runSign.ts';
import { type AnswerRecord, hasServerBlocks, textsOf, toView, type TurnRecord } from '../conversation/turns.ts';

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
  /** Absent: there are none. */
  tools?: ToolPorts;
  /** Whether a budget is used up, so that nothing more goes out without the user's word. */
  isOverBudget?: () => Promise<boolean>;
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
  agent: Agent;
  /** Looks at what goes out; absent: nothing does. */
  clearance?: Clearance;
  /** Something has been answered that was asked with these settings. */
  answeredWith: (settings: RequestSettings) => void;
  /** What the user has said for the next results of tools; undefined where nothing is. */
  steering: () => Steering | undefined;
  /** The user's own check over what goes out and comes back; absent: there is none. */
  moderation?: Moderation;
  /** Nothing is running any more. */
  ended: (record: AnswerRecord) => Promise<void>;
}

/** The running answer of a conversation: there is one at most. Whatever fails in it, nothing is running then. */
export class Answering {
  readonly #ports: AnsweringPorts;
  readonly #answered: Answered;
  readonly #checks: AnswerChecks;
  readonly #rounds: Rounds;
  #run: AnswerRun | undefined;
  /** Ends the tools, and what would follow them. */
  #abort = new AbortController();
  #idle: Promise<void> = Promise.resolve();
  /** Says to other windows that it goes on, also where nothing arrives. */
  #signs: NodeJS.Timeout | undefined;

  constructor(ports: AnsweringPorts, answered: Answered) {
    this.#ports = ports;
    this.#answered = answered;
    this.#checks = new AnswerChecks({ ...answered, emit: ports.emit });
    this.#rounds = new Rounds({ ...ports, ...answered, emptyAnswer: () => this.emptyAnswer() });
  }

  get running(): boolean {
    return this.#run !== undefined;
  }

  /** Resolves once no answer is running. */
  idle(): Promise<void> {
    return this.#idle;
  }

  stop(): void {
    this.#abort.abort();
    this.#run?.stop();
  }

  /** Ends the wait between two attempts. */
  retryNow(): void {
    this.#run?.skipWait();
  }

  /** The window closes: what has arrived is on its way to the file before this returns. */
  cut(): void {
    this.#abort.abort();
    this.#run?.cut();
  }

  /**
   * Adds an answer to the turn, which ends the branch. Where it calls tools, their results and the answers to them follow.
   * Resolves when the last has ended; never rejects.
   */
  async answer(asked: UserTurn, parameters: Parameters = {}): Promise<void> {
    const record = this.emptyAnswer();
    this.#answered.branch.add(record);
    this.#idle = this.#ending(record, follow => this.#answerAll(record, { parameters, asked, follow }));
    await this.#idle;
  }

  /** Fills the record with the rest of its answer, and goes on as `answer` does. `isPaused`: it is a pause that is over. */
  async goOn(record: AnswerRecord, isPaused = false): Promise<void> {
    await this.alone(record, follow => this.#answerAll(record, { follow, isPaused }));
  }

  /** Has the answer checked once more that has been kept back; where it passes now, goes on as it would have. */
  async checkAgain(record: AnswerRecord, asked: UserTurn | undefined): Promise<void> {
    await this.alone(record, follow => {
      this.#setRun(this.#runOf(record, 'chat'));
      return this.#answerAll(record, { isFilled: true, follow, ...(asked && { asked }) });
    });
  }

  /** Runs the work, which asks for the record, unless something is running; then false. */
  async alone(record: AnswerRecord, work: Work): Promise<boolean> {
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
    const { emit, hasLarger = () => false } = this.#ports;
    const run = this.#runOf(record, purpose);
    this.#setRun(run);
    this.#save(record);
    emit({ type: 'turn', turn: toView(record) });
    await run.run(async () => {
      if (!record.isSummary) await this.#answered.agent.ready(this.#abort.signal);
      const { connection, sources } = await this.#answered.sources.connect(parameters);
      const prepared = prepare(sources);
      record.model = prepared.body.model;
      record.limits = sentLimits(prepared.body, sources);
      if (prepared.adjustments.length > 0) record.adjustments = prepared.adjustments;
      emit({ type: 'turn', turn: toView(record) });
      const cleared = connection.ok ? await this.#checks.cleared(record, prepared, this.#abort.signal) : undefined;
      if (cleared?.kind === 'held') return { ok: false, problem: { kind: 'heldBack', detail: '' } };
      const { sent = same, restoring } = cleared ?? {};
      const request = sent(prepared.body);
      const kept = connection.ok
        ? await this.#checks.checkedOut(request, connection.endpoint.key, this.#abort.signal)
        : undefined;
      if (kept) return { ok: false, problem: kept };
      return connection.ok
        ? {
            ok: true,
            endpoint: connection.endpoint,
            request,
            ...(prepared.uncached && { uncached: sent(prepared.uncached) }),
            ...(sources.standIns && { standIns: sources.standIns }),
            ...(restoring && { restoring }),
            ...(prepared.seed && { seed: prepared.seed }),
            ...(prepared.resumes && { resumes: prepared.resumes }),
            ...(sources.rules.price && { price: sources.rules.price }),
            turns: prepared.turns,
            hasLarger: tokens => hasLarger(Math.min(sources.rules.contextWindow, tokens ?? Infinity)),
          }
        : connection;
    });
    this.#answered.sources.learnLimit(record);
    if (run.nativeToolsRefused) await this.#answered.sources.leaveOut(nativeTools, record.model);
    if (run.cacheRefused) await this.#answered.sources.leaveOut('cache_control', record.model);
    return run;
  }

  #runOf(record: AnswerRecord, purpose: Purpose): AnswerRun {
    const { client, emit, now, clock = now } = this.#ports;
    return new AnswerRun(record, { client, emit, save: saved => this.#save(saved), now, clock, purpose });
  }

  /** Does the work that fills the record. However that ends, nothing is running then; never rejects. */
  async #ending(first: AnswerRecord, work: Work): Promise<void> {
    let record = first;
    this.#abort = new AbortController();
    try {
      await work(next => (record = next));
    } catch (error) {
      record.state = { phase: 'failed', problem: { kind: 'internal', detail: messageOf(error) } };
      this.#save(record);
      this.#ports.emit({ type: 'answer', turnId: record.id, state: record.state });
    } finally {
      this.#setRun(undefined);
      await this.#answered.ended(record);
    }
  }

  async #answerAll(
    first: AnswerRecord,
    { parameters, asked, isFilled, isPaused: isFirstPaused = false, follow }: AnswerAll,
  ): Promise<void> {
    let record: AnswerRecord | undefined = first;
    let goesOn = isFirstPaused;
    for (let round = 1; record; round = !goesOn && this.#rounds.isAsked(record) ? 1 : round + 1) {
      follow(record);
      if (!isFilled || goesOn || record !== first) await this.#fill(record, parameters, goesOn);
      await this.#checks.checkBack(record, this.#abort.signal);
      const isReview =
        asked?.intent === 'review' && record.state.phase === 'complete' && !record.check && !isRefused(record);
      if (isReview) await this.#takeReport(record, asked);
      const next: AnswerRecord | undefined = await this.#rounds.after(record, round, this.#abort.signal);
      goesOn = next === record;
      record = next;
    }
  }

  #save(record: AnswerRecord): void {
    if (record.isSummary) this.#answered.condensing.save();
    else this.#answered.branch.save(record);
  }

  /** Fills the record with the answer to the turns before it; goes on from what it holds, after a pause from all of it. */
  async #fill(record: AnswerRecord, parameters: Parameters = {}, afterPause = false): Promise<void> {
    const { branch, condensing, sources: learning } = this.#answered;
    const { turns } = branch;
    const before = turns.slice(0, turns.indexOf(record));
    const history = condensing.toSend(before);
    const soFar = textsOf(record);
    // Where nothing but text stands there, it goes on as one that was cut: not every model takes an answer's beginning.
    const paused = afterPause && hasServerBlocks(record) ? record : undefined;
    const purpose = paused || soFar.length > 0 ? 'continue' : intentOf(history);
    const sentAt = this.#ports.now();
    let sent: AnswerSources | undefined;
    const prepare = (sources: AnswerSources): PreparedAnswer => {
      sent = sources;
      return prepareAnswer(history, soFar, sources, paused);
    };
    const run = await this.perform(record, purpose, prepare, parameters);
    if (sent && record.content.length > 0) this.#answered.answeredWith(sent.settings);
    if (sent && purpose !== 'continue') learning.learnCache(history, sent, record.usage, sentAt);
    if (run.thinkingRefused) learning.leaveOutThinkingBefore(before.length);
  }

  async #takeReport(record: AnswerRecord, asked: UserTurn): Promise<void> {
    await runReport(record, this.#answered.agent, findings => this.#ports.placeFindings(findings, asked));
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

  /** From the first of several answers to the last, with the tools between them, it is running. */
  #setRun(run: AnswerRun | undefined): void {
    const wasRunning = this.running;
    this.#run = run;
    clearInterval(this.#signs);
    if (run) {
      this.#signs = setInterval(() => this.#save(run.record), signMs);
      this.#signs.unref();
    }
    if (wasRunning !== this.running) this.#ports.runningChanged(this.running);
  }
}

function same(request: MessagesRequest): MessagesRequest {
  return request;
}

/** Says which answer is being filled now. */
type Follow = (record: AnswerRecord) => void;

/** `isFilled`: the first answer has come already. `isPaused`: it had paused, and goes on. */
interface AnswerAll {
  parameters?: Parameters;
  asked?: UserTurn;
  isFilled?: boolean;
  isPaused?: boolean;
  follow: Follow;
}

type Work = (follow: Follow) => Promise<void>;

function intentOf(history: readonly TurnRecord[]): Intent {
  const asked = history.at(-1);
  return asked?.role === 'user' ? asked.intent : 'chat';
}
