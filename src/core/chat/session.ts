import {
  canContinue,
  type Conversation,
  type Finding,
  type FindingClosed,
  type Intent,
  type Problem,
  reportToolName,
  type UserTurn,
} from '../../shared/conversation.ts';
import type { Change } from '../../shared/protocol.ts';
import type { RequestPreview } from '../../shared/requestPreview.ts';
import type { Endpoint, MessagesClient } from '../messages/client.ts';
import type { ModelRules } from '../messages/modelRules.ts';
import type { MessagesRequest } from '../messages/wire.ts';
import type { RefusalMemory } from '../messages/refusedField.ts';
import { parseReport, type ReportedFinding } from '../review/reportTool.ts';
import { AnswerRun } from './answerRun.ts';
import type { RequestSettings } from './buildRequest.ts';
import { type AnswerSources, prepareAnswer } from './prepareAnswer.ts';
import { previewRequest } from './requestPreview.ts';
import type { ConversationStore, StoredConversation } from './store.ts';
import { titleFrom } from './title.ts';
import { Unsent } from './unsent.ts';
import { type AnswerRecord, settleInterrupted, textsOf, toView, type TurnRecord } from './turns.ts';

/** Where requests go and how, or why none can be sent. */
export type Connection =
  | { ok: true; endpoint: Endpoint; settings: RequestSettings }
  | { ok: false; problem: Problem; settings: RequestSettings };

export interface SessionPorts {
  store: ConversationStore;
  client: Pick<MessagesClient, 'send'>;
  /** Asked anew for every answer: settings and key may have changed. */
  connect: () => Promise<Connection>;
  /** What a model takes, by its id. */
  rulesFor: (model: string) => ModelRules;
  refusals: RefusalMemory;
  emit: (change: Change) => void;
  runningChanged: (running: boolean) => void;
  /** Finds the places of a review's findings in the files as they are now. */
  placeFindings: (findings: ReportedFinding[], asked: UserTurn) => Promise<Finding[]>;
  /** A review has ended with these findings. */
  findingsReported: (turnId: string, findings: Finding[]) => void;
  /** A save failed; the conversation goes on in memory. */
  storeFailed: (error: unknown) => void;
  now: () => number;
  newId: () => string;
}

/** One conversation and its running answer. The single owner of both; views are projections. */
export class ChatSession {
  readonly id: string;
  readonly unsent: Unsent;
  readonly #ports: SessionPorts;
  #title: string;
  #turns: TurnRecord[];
  /** The thinking of the turns before this one is known to be refused. */
  #thinkingRefusedBefore = 0;
  #run: AnswerRun | undefined;
  #idle: Promise<void> = Promise.resolve();

  constructor(stored: StoredConversation, ports: SessionPorts) {
    this.id = stored.id;
    this.#ports = ports;
    this.#title = stored.title;
    this.unsent = new Unsent(stored, { save: work => this.#store(work), emit: ports.emit });
    this.#turns = stored.turns.map(settleInterrupted);
  }

  get conversation(): Conversation {
    return { id: this.id, title: this.#title, parameters: this.unsent.parameters, turns: this.#turns.map(toView) };
  }

  get running(): boolean {
    return this.#run !== undefined;
  }

  /** Keeps the turn until the running answer has come to its own end; after a stop or a failure it waits for the user. */
  enqueue(turn: UserTurn): void {
    this.unsent.queue.add(turn);
    this.unsent.taken(turn);
  }

  /** Ends a running answer and sends this turn before the others. */
  async sendQueued(id: string): Promise<void> {
    this.stop();
    await this.#idle;
    const turn = this.#run ? undefined : this.unsent.queue.take(id);
    if (turn) await this.#ask(turn);
  }

  /** Adds the turn and answers it. Resolves when the answer has ended; false where another is still running. */
  async send(turn: UserTurn): Promise<boolean> {
    if (this.#run) return false;
    this.unsent.taken(turn);
    await this.#ask(turn);
    return true;
  }

  /** After an answer that has come to its end, unless it waits for the results of tools. */
  #sendNext(answered: AnswerRecord): void {
    const waits = !answered.findings && answered.content.some(block => block.type === 'tool_use');
    if (answered.state.phase !== 'complete' || waits) return;
    const next = this.unsent.queue.take();
    if (next) void this.#ask(next);
  }

  async #ask(turn: UserTurn): Promise<void> {
    const parentId = this.#turns.at(-1)?.id ?? null;
    this.#turns.push(turn);
    this.#store(store => store.saveTurn(this.id, turn, parentId));
    this.#ports.emit({ type: 'turn', turn: toView(turn) });
    if (this.#title === '') this.#rename(titleFrom(turn));
    this.#idle = this.#answer(turn);
    await this.#idle;
  }

  /** Asks again for the last answer. The old one leaves the branch and stays in the store. */
  async retry(turnId: string): Promise<void> {
    const last = this.#turns.at(-1);
    const asked = this.#turns.at(-2);
    if (this.#run || last?.id !== turnId || last.role !== 'assistant' || asked?.role !== 'user') return;
    this.#turns.pop();
    this.#ports.emit({ type: 'turnRemoved', turnId });
    this.#idle = this.#answer(asked);
    await this.#idle;
  }

  /** Asks again without the field that the endpoint has refused, which is remembered. */
  async retryWithout(turnId: string): Promise<void> {
    const last = this.#turns.at(-1);
    if (this.#run || last?.id !== turnId || last.role !== 'assistant') return;
    const connection = await this.#ports.connect();
    const field = last.state.phase === 'failed' ? last.state.problem.field : undefined;
    if (field !== undefined && connection.ok) this.#ports.refusals.add(originOf(connection), last.model, field);
    await this.retry(turnId);
  }

  /** Gets the rest of the last answer, which was cut. What it holds stays. */
  async continue(turnId: string): Promise<void> {
    const last = this.#turns.at(-1);
    if (this.#run || last?.id !== turnId || last.role !== 'assistant' || !canContinue(toView(last))) return;
    last.state = { phase: 'waiting' };
    this.#idle = this.#goOn(last);
    await this.#idle;
  }

  /** Resolves once no answer is running. */
  idle(): Promise<void> {
    return this.#idle;
  }

  stop(): void {
    this.#run?.stop();
  }

  retryNow(): void {
    this.#run?.skipWait();
  }

  /** Marks findings as closed, so that they do not come back with a reload. */
  closeFindings(turnId: string, findingIds: ReadonlySet<string>, how: FindingClosed): void {
    const record = this.#turns.find(turn => turn.id === turnId);
    if (record?.role !== 'assistant' || !record.findings) return;
    const findings = record.findings.map(finding =>
      findingIds.has(finding.id) ? { ...finding, closed: how } : finding,
    );
    record.findings = findings;
    this.#saveAnswer(record);
    this.#ports.emit({ type: 'answer', turnId, state: record.state, findings });
  }

  async #answer(asked: UserTurn): Promise<void> {
    const record: AnswerRecord = {
      id: this.#ports.newId(),
      role: 'assistant',
      createdAt: this.#ports.now(),
      model: '',
      content: [],
      state: { phase: 'waiting' },
    };
    this.#turns.push(record);
    await this.#runAnswer(record);
    if (asked.intent === 'review' && record.state.phase === 'complete') await this.#takeReport(record, asked);
    this.#setRun(undefined);
    this.#sendNext(record);
  }

  async #goOn(record: AnswerRecord): Promise<void> {
    await this.#runAnswer(record);
    this.#setRun(undefined);
    this.#sendNext(record);
  }

  /** Fills the record with the answer to the turns before it; goes on from what it holds. */
  async #runAnswer(record: AnswerRecord): Promise<void> {
    const history = this.#turns.slice(0, this.#turns.indexOf(record));
    const soFar = textsOf(record);
    const run = new AnswerRun(record, {
      client: this.#ports.client,
      emit: this.#ports.emit,
      save: saved => this.#saveAnswer(saved),
      now: this.#ports.now,
      purpose: soFar.length > 0 ? 'continue' : intentOf(history),
    });
    this.#setRun(run);
    this.#saveAnswer(record);
    this.#ports.emit({ type: 'turn', turn: toView(record) });
    await run.run(async () => {
      const connection = await this.#ports.connect();
      const sources = this.#sourcesOf(connection);
      const prepared = prepareAnswer(history, soFar, sources);
      record.model = prepared.body.model;
      if (prepared.adjustments.length > 0) record.adjustments = prepared.adjustments;
      this.#ports.emit({ type: 'turn', turn: toView(record) });
      return connection.ok
        ? {
            ok: true,
            endpoint: connection.endpoint,
            request: prepared.body,
            ...(prepared.seed && { seed: prepared.seed }),
          }
        : connection;
    });
    if (run.thinkingRefused) this.#thinkingRefusedBefore = history.length;
  }

  /** The request that would go out now, with `text` as the next turn. */
  async preview(text: string): Promise<{ preview: RequestPreview; body: MessagesRequest; rules: ModelRules }> {
    const sources = this.#sourcesOf(await this.#ports.connect());
    const attachments = this.unsent.attachments;
    const next: UserTurn = { id: '', role: 'user', createdAt: 0, intent: 'chat', text, excerpts: [], attachments };
    const history = this.#run ? this.#turns : [...this.#turns, next];
    const { body } = prepareAnswer(history, [], sources);
    return { preview: previewRequest(history, sources), body, rules: sources.rules };
  }

  #sourcesOf(connection: Connection): AnswerSources {
    const model = this.unsent.parameters.model ?? connection.settings.model;
    return {
      settings: connection.settings,
      parameters: this.unsent.parameters,
      rules: this.#ports.rulesFor(model),
      refusedFields: connection.ok ? this.#ports.refusals.fields(originOf(connection), model) : new Set(),
      isThinkingRefused: turn => this.#turns.indexOf(turn) < this.#thinkingRefusedBefore,
    };
  }

  async #takeReport(record: AnswerRecord, asked: UserTurn): Promise<void> {
    const call = record.content.find(block => block.type === 'tool_use' && block.name === reportToolName);
    const report = call?.type === 'tool_use' && call.input ? parseReport(call.input) : undefined;
    if (!report) {
      const cut = record.state.phase === 'complete' && record.state.stopReason === 'max_tokens';
      record.state = { phase: 'failed', problem: { kind: cut ? 'reportCut' : 'noReport', detail: '' } };
    } else {
      record.findings = await this.#ports.placeFindings(report.findings, asked);
    }
    this.#saveAnswer(record);
    const { state, findings } = record;
    this.#ports.emit({ type: 'answer', turnId: record.id, state, ...(findings && { findings }) });
    if (findings) this.#ports.findingsReported(record.id, findings);
  }

  #setRun(run: AnswerRun | undefined): void {
    this.#run = run;
    this.#ports.runningChanged(run !== undefined);
  }

  #rename(title: string): void {
    this.#title = title;
    this.#store(store => store.saveTitle(this.id, title));
    this.#ports.emit({ type: 'title', title });
  }

  #saveAnswer(record: AnswerRecord): void {
    const at = this.#turns.indexOf(record);
    const parentId = this.#turns[at - 1]?.id ?? null;
    this.#store(store => store.saveTurn(this.id, record, parentId));
  }

  #store(work: (store: ConversationStore) => void): void {
    try {
      work(this.#ports.store);
    } catch (error) {
      this.#ports.storeFailed(error);
    }
  }
}

function intentOf(history: readonly TurnRecord[]): Intent {
  const asked = history.at(-1);
  return asked?.role === 'user' ? asked.intent : 'chat';
}

function originOf({ endpoint }: Connection & { ok: true }): string {
  return new URL(endpoint.messagesUrl).origin;
}
