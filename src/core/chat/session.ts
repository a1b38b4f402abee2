import { setTimeout as sleep } from 'node:timers/promises';
import { type Attachment, isMedia, type MediaAttachment } from '../../shared/attachment.ts';
import { canContinue, type Conversation, type UserTurn } from '../../shared/conversation.ts';
import type { Finding, FindingClosed } from '../../shared/finding.ts';
import type { ClearanceAsk, ClearanceChoice } from '../../shared/clearance.ts';
import { type CallDecision, imagesOfCalls, withCalls } from '../../shared/ranCalls.ts';
import type { ModerationState } from '../../shared/moderation.ts';
import type { Parameters } from '../../shared/parameters.ts';
import { wrongParameters } from '../../shared/unfinished.ts';
import type { SaveFailure } from '../storage/sqliteErrors.ts';
import { Agent } from '../agent/agent.ts';
import { type CheckpointPorts, ConversationCheckpoints } from '../checkpoints/conversationCheckpoints.ts';
import { Answering, type AnsweringPorts, type Steering } from '../answer/answering.ts';
import { longestUnsavedMs } from '../answer/answerRun.ts';
import { Branch } from '../conversation/branch.ts';
import { Condensing } from '../answer/condensing.ts';
import { askedIn, handBackTurn } from '../conversation/handBackTurn.ts';
import { editedAnswer, editedQuestion } from '../conversation/editTurn.ts';
import { mediaIn } from '../request/mediaSent.ts';
import { isElsewhere, type OwnWindow } from '../conversation/runSign.ts';
import type { AnswerSources } from '../request/prepareAnswer.ts';
import { startSettingsOf } from '../conversation/startSettings.ts';
import { RequestSources, type SourcePorts } from '../request/requestSources.ts';
import { Clearance, type FilterPorts } from '../filter/clearance.ts';
import type { Decisions } from '../filter/decisions.ts';
import { Moderation, type ModerationPorts } from '../moderation/moderation.ts';
import { type Save, Saves } from '../conversation/saves.ts';
import type { ConversationStore, StoreChange, StoredConversation } from '../conversation/store.ts';
import { Summarizer } from '../answer/summarizer.ts';
import { steeringTurn, withoutSteering } from '../conversation/steering.ts';
import { titleFrom } from '../conversation/title.ts';
import { Unsent } from '../conversation/unsent.ts';
import {
  type AnswerRecord,
  callToView,
  expectsResults,
  hasAllResults,
  isPaused,
  toView,
  type TurnRecord,
} from '../conversation/turns.ts';

export interface SessionPorts extends SourcePorts, AnsweringPorts {
  store: ConversationStore;
  /** Absent: what tools change is not kept. */
  checkpoints?: CheckpointPorts;
  /** Looks for secrets in what goes out. Absent: nothing does. */
  filter?: FilterPorts;
  /** The user's own check. Absent: there can be none. */
  moderation?: ModerationPorts;
  /** Whether a turn that has waited in the queue goes out now; where not, it goes on waiting. */
  mayGoOut?: (turn: UserTurn) => Promise<boolean>;
  /** Absent: no other window has the conversation. */
  window?: OwnWindow;
  /** A save failed; the conversation goes on in memory, and saving is tried again. */
  storeFailed: (error: unknown) => void;
  /** What can't be saved yet waits, or, without a reason, nothing does any more. */
  unsaved?: (reason: SaveFailure | undefined) => void;
  /** All that was said and typed was saved, and now there is something that is not. */
  saving?: () => void;
  /** All that was said and typed is saved. */
  saved?: () => void;
}

/** Milliseconds between two looks at an answer that another window is writing. */
const lookMs = 2_000;

/** What is sent before the next turn, and everything else that decides about its request. */
export interface NextRequest {
  history: readonly TurnRecord[];
  sources: AnswerSources;
  /** Tokens that the endpoint should read from its cache, where it has said so. */
  cached?: number;
}

/** Findings that the user has not dealt with, and where they come from. */
export interface Review {
  conversationId: string;
  turnId: string;
  findings: readonly Finding[];
}

/** One conversation and its running answer. The single owner of both; views are projections. */
export class ChatSession {
  readonly id: string;
  /** Not all of it could be read. It is shown and never written to: what is in the file may be more than this. */
  readonly isDamaged: boolean;
  readonly unsent: Unsent;
  readonly branch: Branch;
  readonly condensing: Condensing;
  readonly summarizer: Summarizer;
  /** Absent: what tools change is not kept. */
  readonly checkpoints?: ConversationCheckpoints;
  readonly #sources: RequestSources;
  readonly #ports: SessionPorts;
  readonly #saves: Saves;
  readonly #answering: Answering;
  readonly #agent: Agent;
  readonly #clearance: Clearance | undefined;
  readonly #moderation: Moderation | undefined;
  #title: string;
  #isClosed = false;
  #looking: NodeJS.Timeout | undefined;

  constructor(stored: StoredConversation, ports: SessionPorts) {
    this.id = stored.id;
    this.#ports = ports;
    this.#title = stored.title;
    this.isDamaged = stored.isDamaged ?? false;
    this.#saves = new Saves({
      store: ports.store,
      failed: ports.storeFailed,
      waiting: reason => ports.unsaved?.(reason),
      saving: () => ports.saving?.(),
      saved: () => ports.saved?.(),
    });
    const save = (work: Save, key?: string): void => {
      if (!this.isDamaged) this.#saves.add(work, key);
    };
    const keep = { save, emit: ports.emit };
    const known = new Set(stored.tree.map(({ id }) => id));
    // Another window may have stored the queue as it knew it, with a turn that has gone out here.
    this.unsent = new Unsent({ ...stored, queue: stored.queue.filter(({ id }) => !known.has(id)) }, keep);
    this.branch = new Branch(stored, {
      ...keep,
      read: work => this.#read(work),
      isFree: () => !this.running,
      shown: () => this.condensing.shown(),
      changed: () => {
        this.condensing.branchChanged();
        this.#readCheckpoints();
      },
      ...(ports.window && { window: ports.window }),
      now: ports.now,
    });
    const { tools, checkpoints, now, clock = now, newId } = ports;
    if (checkpoints) {
      this.checkpoints = new ConversationCheckpoints({
        ...checkpoints,
        conversationId: this.id,
        turnId: () => askedIn(this.branch.turns)?.id ?? '',
        newId,
        changed: points => ports.emit({ type: 'restorePoints', points }),
        failed: error => ports.failed?.(error),
      });
    }
    const workspace = tools && (this.checkpoints?.recorded(tools.workspace) ?? tools.workspace);
    this.#agent = new Agent({
      conversationId: stored.id,
      ...(tools && workspace && { tools: { ...tools, workspace } }),
      mode: () => this.unsent.mode,
      answeredByHand: () => (this.unsent.parameters.tools ?? []).map(({ name }) => String(name)),
      newId,
      clock,
    });
    const keepDecisions = (decisions: Decisions | undefined): void =>
      save(store => store.write([{ type: 'decide', conversationId: stored.id, decisions }]));
    this.#clearance =
      ports.filter &&
      new Clearance(ports.filter, ask => ports.emit({ type: 'clearance', clearance: ask ?? null }), {
        id: stored.id,
        memory: {
          read: () => this.#read(store => store.loadDecisions(stored.id)),
          add: decisions => keepDecisions(decisions),
          forget: () => keepDecisions(undefined),
        },
      });
    this.#moderation =
      ports.moderation &&
      new Moderation(ports.moderation, state => ports.emit({ type: 'moderation', moderation: state ?? null }));
    this.#sources = new RequestSources(ports, {
      parameters: () => this.unsent.parameters,
      start: () => this.unsent.start,
      turns: () => this.branch.turns,
      agent: this.#agent,
    });
    this.condensing = new Condensing(stored, { ...keep, turns: () => this.branch.turns });
    this.#answering = new Answering(ports, {
      branch: this.branch,
      condensing: this.condensing,
      sources: this.#sources,
      agent: this.#agent,
      ...(this.#clearance && { clearance: this.#clearance }),
      answeredWith: settings => {
        if (!this.unsent.start) this.unsent.keepStart(startSettingsOf(settings));
      },
      steering: () => this.#steering(),
      ...(this.#moderation && { moderation: this.#moderation }),
      ended: record => this.#ended(record),
    });
    this.summarizer = new Summarizer({
      condensing: this.condensing,
      turns: () => this.branch.turns,
      sources: async () => (await this.#sources.connect()).sources,
      emptyAnswer: () => this.#answering.emptyAnswer(),
      alone: (record, work) => this.#answering.alone(record, work),
      perform: (record, prepare) => this.#answering.perform(record, 'summary', prepare),
    });
    for (const turn of this.branch.turns) this.#sources.learnLimit(turn);
    this.#lookAgain();
    this.#readCheckpoints();
  }

  get conversation(): Conversation {
    const { omitted } = this.condensing;
    const restorePoints = this.checkpoints?.points;
    return {
      id: this.id,
      title: this.#title,
      parameters: this.unsent.parameters,
      ...(this.unsent.start && { startModel: this.unsent.start.model }),
      ...(this.unsent.mode !== 'chat' && { mode: this.unsent.mode }),
      turns: this.condensing.shown(),
      siblings: this.branch.siblings,
      ...(restorePoints && { restorePoints }),
      ...(omitted.length > 0 && { omitted }),
    };
  }

  /** Why what was said or typed can't be saved yet; undefined where it is, or will be in a moment. */
  get unsavedReason(): SaveFailure | undefined {
    return this.#saves.reason;
  }

  get isSaved(): boolean {
    return this.#saves.areDone;
  }

  /** Resolves once nothing is being saved. */
  saved(): Promise<void> {
    return this.#saves.settled();
  }

  get running(): boolean {
    return this.#answering.running;
  }

  /** What was attached to any turn or brought by a tool, or lies beside the next one. */
  findAttachment(id: string): Attachment | undefined {
    const asked = [...this.unsent.queue.turns, ...this.branch.turns].filter(turn => turn.role === 'user');
    const sent = asked.flatMap(turn => [
      ...(turn.attachments ?? []),
      ...(turn.toolResults ?? []).flatMap(({ images = [] }) => images),
    ]);
    const brought = this.branch.turns.flatMap(turn => (turn.role === 'user' ? [] : imagesOfCalls(turn.calls ?? [])));
    return [...this.unsent.attachments, ...sent, ...brought].find(attachment => attachment.id === id);
  }

  /** The images and documents beside the message, and those that its request carries of what was said before. */
  get media(): { beside: MediaAttachment[]; before: MediaAttachment[] } {
    const { attachments, queue } = this.unsent;
    return {
      beside: attachments.filter(isMedia),
      before: mediaIn([...this.condensing.toSend(this.branch.turns), ...queue.turns]),
    };
  }

  /** Keeps the turn until the running answer has come to its own end; after a stop or a failure it waits for the user. */
  enqueue(turn: UserTurn): void {
    this.unsent.queue.add(turn);
    this.unsent.taken(turn);
  }

  /** Ends a running answer and sends this turn before the others. */
  async sendQueued(id: string): Promise<void> {
    this.stop();
    await this.idle();
    const turn = this.running ? undefined : this.unsent.queue.find(id);
    if (turn) await this.#askQueued(turn);
  }

  /** Adds the turn and answers it. Resolves when the answer has ended; false where another is still running. */
  async send(turn: UserTurn): Promise<boolean> {
    if (this.running) return false;
    await this.#ask(
      withoutSteering(turn),
      this.#taking(() => this.unsent.taken(turn)),
    );
    return true;
  }

  async #ended(record: AnswerRecord): Promise<void> {
    await this.takeOthers();
    void this.#sendNext(record).catch((error: unknown) => this.#ports.failed?.(error));
  }

  /** After an answer that has come to its end, unless it waits for the results of tools. */
  async #sendNext(answered: AnswerRecord): Promise<void> {
    const waits = expectsResults(answered) || answered.check !== undefined;
    if (answered.state.phase !== 'complete' || waits || this.#isClosed) return;
    const first = this.unsent.queue.first;
    // A parameter may have been half typed since it was queued, and its last value is not what the user wants.
    if (!first || wrongParameters(this.unsent.unfinished, text => text).length > 0) return;
    if ((this.#ports.mayGoOut && !(await this.#ports.mayGoOut(first))) || this.running) return;
    const next = this.unsent.queue.find(first.id);
    if (next) await this.#askQueued(next);
  }

  /** What waits to go with results of tools. */
  #steering(): Steering | undefined {
    const { queue } = this.unsent;
    const { steering } = queue;
    const turn = steeringTurn(steering, this.#ports.now());
    const ids = new Set(steering.map(({ id }) => id));
    return turn && { turn, taken: this.#taking(() => queue.takeAll(ids)) };
  }

  #askQueued(turn: UserTurn): Promise<void> {
    return this.#ask(
      withoutSteering(turn),
      this.#taking(() => this.unsent.queue.take(turn.id)),
    );
  }

  #taking(take: () => void): () => StoreChange[] {
    return () => this.unsent.changesOf(take);
  }

  /** `taken` takes the turn out of where it was before: a crash leaves it there or in the conversation, not in both. */
  async #ask(turn: UserTurn, taken?: () => readonly StoreChange[]): Promise<void> {
    this.branch.add(turn, taken);
    if (this.#title === '') this.rename(titleFrom(turn));
    await this.#answering.answer(turn);
  }

  /**
   * Asks again for an answer, perhaps with other parameters for this once. The old one and what followed it leave the
   * branch and stay in the store.
   */
  async retry(turnId: string, parameters: Parameters = {}): Promise<void> {
    const { turns } = this.branch;
    const at = turns.findIndex(({ id }) => id === turnId);
    const [asked, answer] = [turns[at - 1], turns[at]];
    if (this.running || answer?.role !== 'assistant' || asked?.role !== 'user') return;
    const isNothing = answer.content.length === 0 && !isElsewhere(answer);
    if (isNothing && at === turns.length - 1) this.branch.drop(turnId);
    else this.branch.cutBefore(turnId);
    await this.#answering.answer(asked, parameters);
  }

  /** Puts a question with another text in the place of this one, and gets the answer to it. */
  async editQuestion(turnId: string, text: string): Promise<void> {
    const turn = this.branch.turns.find(({ id }) => id === turnId);
    if (this.running || turn?.role !== 'user') return;
    this.branch.cutBefore(turnId);
    await this.#ask(editedQuestion(turn, text, { id: this.#ports.newId(), createdAt: this.#ports.now() }));
  }

  /** Puts an answer with the user's text in the place of this one. Later requests hand it back as the model's. */
  editAnswer(turnId: string, text: string): void {
    const turn = this.branch.turns.find(({ id }) => id === turnId);
    if (this.running || turn?.role !== 'assistant') return;
    this.branch.cutBefore(turnId);
    this.branch.add(editedAnswer(turn, text, { id: this.#ports.newId(), createdAt: this.#ports.now() }));
  }

  /** The user's word on a call of the last answer that waits for it. */
  decideCall(turnId: string, index: number, decision: CallDecision, left: readonly number[] = []): void {
    if (this.branch.turns.at(-1)?.id === turnId) this.#agent.decide(index, decision, left);
  }

  /** Ends a call of the last answer that runs. The model hears of it, and goes on with what the others have brought. */
  stopCall(turnId: string, index: number): void {
    if (this.branch.turns.at(-1)?.id === turnId) this.#agent.stop(index);
  }

  /**
   * Gives lines that the call of this block has changed back what they said, which later requests tell the model. False
   * where the file says something else there by now, or an answer is running.
   */
  async takeBackHunk(turnId: string, index: number, hunk: number): Promise<boolean> {
    const record = this.branch.turns.find(({ id }) => id === turnId);
    if (this.running || record?.role !== 'assistant') return false;
    const call = record.calls?.find(each => each.index === index);
    const changed = call && (await this.#agent.takeBack(call, hunk));
    if (!changed) return false;
    record.calls = withCalls(record.calls ?? [], [changed]);
    this.branch.save(record);
    this.#ports.emit({ type: 'calls', turnId, calls: [callToView(changed)] });
    return true;
  }

  /** What was found in the request that waits for the user's word on it. */
  get clearance(): ClearanceAsk | undefined {
    return this.#clearance?.ask;
  }

  /** The user's word on what was found in the request. `isStanding`: also on what will be found later. */
  decideClearance(choice: ClearanceChoice, isStanding: boolean): void {
    this.#clearance?.decide(choice, isStanding);
  }

  /** Takes back what the user has decided about secrets in this conversation. */
  forgetClearance(): void {
    this.#clearance?.forget();
  }

  /** What the user's own check is about. */
  get moderation(): ModerationState | undefined {
    return this.#moderation?.state;
  }

  /** The user's word on what the check leaves to them. */
  decideModeration(passes: boolean): void {
    this.#moderation?.decide(passes);
  }

  /** Has the last answer checked once more, which was kept back. */
  async checkAgain(turnId: string): Promise<void> {
    const last = this.branch.turns.at(-1);
    if (this.running || last?.id !== turnId || last.role !== 'assistant' || !last.check) return;
    await this.#answering.checkAgain(last, askedIn(this.branch.turns));
  }

  /** Hands back what the tools of the last answer have brought, which stopped or paused, and gets the answer to it. */
  async handBack(turnId: string): Promise<void> {
    const last = this.branch.turns.at(-1);
    if (this.running || last?.id !== turnId || last.role !== 'assistant' || !hasAllResults(last) || isElsewhere(last))
      return;
    const steering = this.#steering();
    const turn = steering?.turn ?? handBackTurn({ id: this.#ports.newId(), createdAt: this.#ports.now() });
    await this.#ask(turn, steering?.taken);
  }

  /** Shows the branch that leads through the turn. */
  async switchTo(turnId: string): Promise<void> {
    if (!this.running) await this.branch.switchTo(turnId);
  }

  /** The turn and those after it leave the branch, for as long as nobody goes there again; its text is the draft. */
  goBackBefore(turn: UserTurn): void {
    if (this.running || !this.branch.turns.includes(turn)) return;
    this.branch.goBackBefore(turn.id);
    this.unsent.takeBack(turn);
  }

  /** Says of a turn whether requests begin with it, without what was said before. */
  setStart(turnId: string, startsOver: boolean): void {
    if (!this.running) this.branch.setStart(turnId, startsOver);
  }

  /** Another window may have gone on with the conversation: shows what it has added, unless an answer is running. */
  async takeOthers(): Promise<void> {
    const isWhole = !this.isDamaged && this.unsavedReason === undefined;
    if (isWhole && !this.running && !this.#isClosed) await this.branch.takeOthers();
    this.#lookAgain();
  }

  /** A window that ends in the middle of an answer says no more. */
  #lookAgain(): void {
    clearTimeout(this.#looking);
    if (this.#isClosed || !this.branch.isAnsweredElsewhere) return;
    this.#looking = setTimeout(() => void this.takeOthers(), lookMs);
    this.#looking.unref();
  }

  /** False where there is nothing to delete, or an answer is running. */
  async deleteTurn(turnId: string): Promise<boolean> {
    return !this.running && (await this.branch.delete(turnId));
  }

  /** The same with all that follows the turn, on whatever branch. */
  async deleteBranch(turnId: string): Promise<boolean> {
    return !this.running && (await this.branch.delete(turnId, { isWithRest: true }));
  }

  /** Brings back what was deleted last. */
  async restoreTurn(): Promise<void> {
    if (!this.running) await this.branch.restore();
  }

  /** Asks again without the field that the endpoint has refused, which is remembered. */
  async retryWithout(turnId: string): Promise<void> {
    const last = this.branch.turns.at(-1);
    if (this.running || last?.id !== turnId || last.role !== 'assistant') return;
    await this.#sources.leaveOutRefused(last);
    await this.retry(turnId);
  }

  /** Asks again without what was attached and refused: no later request carries it either. */
  async retryWithoutRefused(turnId: string): Promise<void> {
    const last = this.branch.turns.at(-1);
    if (this.running || last?.id !== turnId || !('state' in last) || !('problem' in last.state)) return;
    for (const { id } of last.state.problem.refused ?? []) this.condensing.omit(id, true);
    await this.goOn(turnId);
  }

  /** Asks again for an answer that has failed; of one that was cut, for the rest. */
  async goOn(turnId: string): Promise<void> {
    const turn = this.branch.turns.find(({ id }) => id === turnId);
    if (turn?.role === 'assistant' && canContinue(toView(turn))) await this.continue(turnId);
    else await this.retry(turnId);
  }

  /** Takes back that the field, which the endpoint has refused, is left out. */
  sendRefusedAgain(field: string): Promise<void> {
    return this.#sources.sendRefusedAgain(field);
  }

  /**
   * Gets the rest of the last answer, which was cut. What it holds stays. Where another window has gone on with it
   * meanwhile, that is the rest.
   */
  async continue(turnId: string): Promise<void> {
    const last = this.branch.turns.at(-1);
    if (this.running || last?.id !== turnId || last.role !== 'assistant' || !canContinue(toView(last))) return;
    if (wasInterrupted(last) && (await this.#goesOnElsewhere(last))) return;
    // Something else may have been asked meanwhile.
    if (this.#answering.running) return;
    const afterPause = isPaused(last);
    delete last.pause;
    last.state = { phase: 'waiting' };
    await this.#answering.goOn(last, afterPause);
  }

  /**
   * The window closes. What has arrived of a running answer is on its way to the file before this returns; resolves once
   * that has ended and nothing is saved any more.
   */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#looking);
    this.#answering.cut();
    await this.idle();
    await this.#saves.close();
  }

  /** Resolves once no answer is running. */
  idle(): Promise<void> {
    return this.#answering.idle();
  }

  stop(): void {
    this.#answering.stop();
  }

  retryNow(): void {
    this.#answering.retryNow();
  }

  /** Marks findings as closed, so that they do not come back with a reload. */
  async closeFindings(turnId: string, findingIds: ReadonlySet<string>, how: FindingClosed): Promise<void> {
    const record = await this.branch.recordOf(turnId);
    if (record?.role !== 'assistant' || !record.findings) return;
    const findings = record.findings.map(finding =>
      findingIds.has(finding.id) ? { ...finding, closed: how } : finding,
    );
    record.findings = findings;
    this.branch.save(record);
    // The review may stand on another branch by now, which the view does not know.
    if (this.branch.turns.includes(record)) {
      this.#ports.emit({ type: 'answer', turnId, state: record.state, findings });
    }
  }

  /** The reviews on the branch with findings that the user has not dealt with, oldest first. */
  get openReviews(): Review[] {
    return this.branch.turns.flatMap(turn => {
      const open = turn.role === 'assistant' ? (turn.findings ?? []).filter(({ closed }) => !closed) : [];
      return open.length > 0 ? [{ conversationId: this.id, turnId: turn.id, findings: open }] : [];
    });
  }

  /** Of the next turn, whatever it will say; only whether it starts over is asked of it. */
  async nextRequest(next?: Pick<UserTurn, 'startsOver'>): Promise<NextRequest> {
    const { sources } = await this.#sources.connect();
    const history = next?.startsOver ? [] : this.condensing.toSend(this.branch.turns);
    const cached = this.#sources.cached(history, sources);
    return { history, sources, ...(cached !== undefined && { cached }) };
  }

  /** Where tools have changed files, calls stand on the branch. */
  #readCheckpoints(): void {
    if (!this.checkpoints || !this.branch.turns.some(hasCalls)) return;
    this.checkpoints.load().catch((error: unknown) => this.#ports.failed?.(error));
  }

  /** Another window saves what it receives within this time. */
  async #goesOnElsewhere(last: AnswerRecord): Promise<boolean> {
    if (await this.branch.reread(last)) return true;
    await sleep(1.5 * longestUnsavedMs);
    return this.branch.reread(last);
  }

  rename(title: string): void {
    this.#title = title;
    const change = { type: 'set', conversationId: this.id, parts: { title } } as const;
    if (!this.isDamaged) this.#saves.add(store => store.write([change]), 'title');
    this.#ports.emit({ type: 'title', title });
  }

  /** Of what was said before, nothing is missing in what is read. */
  async #read<Read>(work: (store: ConversationStore) => Promise<Read>): Promise<Read | undefined> {
    await this.#saves.settled();
    try {
      return await work(this.#ports.store);
    } catch (error) {
      this.#ports.storeFailed(error);
      return undefined;
    }
  }
}

function hasCalls(turn: TurnRecord): boolean {
  return turn.role === 'assistant' && turn.calls !== undefined && turn.calls.length > 0;
}

function wasInterrupted({ state }: AnswerRecord): boolean {
  return 'problem' in state && state.problem.kind === 'interrupted';
}
