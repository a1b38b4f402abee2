import type { Conversation, Finding, Problem, UserTurn } from '../../shared/conversation.ts';
import type { Change } from '../../shared/protocol.ts';
import type { Endpoint, MessagesClient } from '../messages/client.ts';
import { prepareRequest } from '../messages/prepareRequest.ts';
import { parseReport, type ReportedFinding, reportToolName } from '../review/reportTool.ts';
import { AnswerRun } from './answerRun.ts';
import { buildRequest, type RequestSettings } from './buildRequest.ts';
import type { ConversationStore, StoredConversation } from './store.ts';
import { titleFrom } from './title.ts';
import { type AnswerRecord, settleInterrupted, toView, type TurnRecord } from './turns.ts';

/** Where requests go and how, or why none can be sent. */
export type Connection =
  | { ok: true; endpoint: Endpoint; settings: RequestSettings }
  | { ok: false; problem: Problem; settings: RequestSettings };

export interface SessionPorts {
  store: ConversationStore;
  client: Pick<MessagesClient, 'send'>;
  /** Asked anew for every answer: settings and key may have changed. */
  connect: () => Promise<Connection>;
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
  readonly #ports: SessionPorts;
  #title: string;
  #draft: string;
  #turns: TurnRecord[];
  #run: AnswerRun | undefined;
  #idle: Promise<void> = Promise.resolve();

  constructor(stored: StoredConversation, ports: SessionPorts) {
    this.id = stored.id;
    this.#ports = ports;
    this.#title = stored.title;
    this.#draft = stored.draft;
    this.#turns = stored.turns.map(settleInterrupted);
  }

  get conversation(): Conversation {
    return { id: this.id, title: this.#title, turns: this.#turns.map(toView) };
  }

  get draft(): string {
    return this.#draft;
  }

  get running(): boolean {
    return this.#run !== undefined;
  }

  saveDraft(text: string): void {
    if (text === this.#draft) return;
    this.#draft = text;
    this.#store(store => store.saveDraft(this.id, text));
  }

  /** Adds the turn and answers it. Resolves when the answer has ended; false where another is still running. */
  async send(turn: UserTurn): Promise<boolean> {
    if (this.#run) return false;
    const parentId = this.#turns.at(-1)?.id ?? null;
    this.#turns.push(turn);
    this.#store(store => store.saveTurn(this.id, turn, parentId));
    this.#ports.emit({ type: 'turn', turn });
    if (turn.intent === 'chat') this.saveDraft('');
    if (this.#title === '') this.#rename(titleFrom(turn));
    this.#idle = this.#answer(turn);
    await this.#idle;
    return true;
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

  /** Marks findings as dealt with, so that they do not come back with a reload. */
  dismissFindings(turnId: string, findingIds: ReadonlySet<string>): void {
    const record = this.#turns.find(turn => turn.id === turnId);
    if (record?.role !== 'assistant' || !record.findings) return;
    const findings = record.findings.map(finding =>
      findingIds.has(finding.id) ? { ...finding, dismissed: true } : finding,
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
    const history = [...this.#turns];
    this.#turns.push(record);
    const run = new AnswerRun(record, {
      client: this.#ports.client,
      emit: this.#ports.emit,
      save: saved => this.#saveAnswer(saved),
      now: this.#ports.now,
    });
    this.#setRun(run);
    this.#saveAnswer(record);
    this.#ports.emit({ type: 'turn', turn: toView(record) });
    await run.run(async () => {
      const connection = await this.#ports.connect();
      record.model = connection.settings.model;
      const { body, adjustments } = prepareRequest(buildRequest(history, connection.settings));
      if (adjustments.length > 0) record.adjustments = adjustments;
      this.#ports.emit({ type: 'turn', turn: toView(record) });
      return connection.ok ? { ok: true, endpoint: connection.endpoint, request: body } : connection;
    });
    if (asked.intent === 'review' && record.state.phase === 'complete') await this.#takeReport(record, asked);
    this.#setRun(undefined);
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
