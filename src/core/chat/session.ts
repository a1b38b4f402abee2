import { type Attachment, isMedia, type MediaAttachment } from '../../shared/attachment.ts';
import type { Conversation, UserTurn } from '../../shared/conversation.ts';
import type { SaveFailure } from '../storage/sqliteErrors.ts';
import type { CheckpointPorts, ConversationCheckpoints } from '../checkpoints/conversationCheckpoints.ts';
import { Answering, type AnsweringPorts } from '../answer/answering.ts';
import { Branch } from '../conversation/branch.ts';
import { Condensing } from '../answer/condensing.ts';
import type { Birth } from '../conversation/editTurn.ts';
import { findAttachment } from '../conversation/findAttachment.ts';
import { Keeping, type KeepingPorts } from '../conversation/keeping.ts';
import { mediaIn } from '../request/mediaSent.ts';
import type { OwnWindow } from '../conversation/runSign.ts';
import type { AnswerSources } from '../request/prepareAnswer.ts';
import { startSettingsOf } from '../conversation/startSettings.ts';
import { RequestSources, type SourcePorts } from '../request/requestSources.ts';
import type { Clearance, FilterPorts } from '../filter/clearance.ts';
import { Moderation, type ModerationPorts } from '../moderation/moderation.ts';
import type { StoredConversation } from '../conversation/store.ts';
import { Summarizer } from '../answer/summarizer.ts';
import { titleFrom } from '../conversation/title.ts';
import { Unsent } from '../conversation/unsent.ts';
import type { AnswerRecord, TurnRecord } from '../conversation/turns.ts';
import { AnswerAgain } from './answerAgain.ts';
import { CallDesk } from './callDesk.ts';
import { OtherWindows } from './otherWindows.ts';
import { Outbox } from './outbox.ts';
import { Reviews } from './reviews.ts';
import { Rewriting } from './rewriting.ts';
import { agentOf, checkpointsOf, clearanceOf } from './sessionParts.ts';

export interface SessionPorts extends SourcePorts, AnsweringPorts, KeepingPorts {
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
}

/** What is sent before the next turn, and everything else that decides about its request. */
export interface NextRequest {
  history: readonly TurnRecord[];
  sources: AnswerSources;
  /** Tokens that the endpoint should read from its cache, where it has said so. */
  cached?: number;
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
  readonly again: AnswerAgain;
  readonly rewriting: Rewriting;
  readonly calls: CallDesk;
  readonly reviews: Reviews;
  /** Absent: what tools change is not kept. */
  readonly checkpoints?: ConversationCheckpoints;
  /** Absent: nothing looks for secrets. */
  readonly clearance?: Clearance;
  /** Absent: there can be no check of the user's own. */
  readonly moderation?: Moderation;
  readonly #sources: RequestSources;
  readonly #ports: SessionPorts;
  readonly #keeping: Keeping;
  readonly #answering: Answering;
  readonly #outbox: Outbox;
  readonly #others: OtherWindows;
  #title: string;

  constructor(stored: StoredConversation, ports: SessionPorts) {
    this.id = stored.id;
    this.#ports = ports;
    this.#title = stored.title;
    this.isDamaged = stored.isDamaged ?? false;
    this.#keeping = new Keeping(stored, ports);
    const { emit, now, newId } = ports;
    const birth = (): Birth => ({ id: newId(), createdAt: now() });
    const isRunning = (): boolean => this.running;
    const keep = { save: this.#keeping.save.bind(this.#keeping), emit };
    const known = new Set(stored.tree.map(({ id }) => id));
    // Another window may have stored the queue as it knew it, with a turn that has gone out here.
    this.unsent = new Unsent({ ...stored, queue: stored.queue.filter(({ id }) => !known.has(id)) }, keep);
    this.branch = new Branch(stored, {
      ...keep,
      read: work => this.#keeping.read(work),
      isFree: () => !this.running,
      shown: () => this.condensing.shown(),
      changed: () => {
        this.condensing.branchChanged();
        this.#readCheckpoints();
      },
      ...(ports.window && { window: ports.window }),
      now,
    });
    const { unsent, branch } = this;
    const turns = (): readonly TurnRecord[] => branch.turns;
    if (ports.checkpoints) this.checkpoints = checkpointsOf(this.id, turns, ports, ports.checkpoints);
    const agent = agentOf(this.id, unsent, ports, this.checkpoints);
    if (ports.filter) this.clearance = clearanceOf(this.id, this.#keeping, ports, ports.filter);
    if (ports.moderation) {
      this.moderation = new Moderation(ports.moderation, state =>
        emit({ type: 'moderation', moderation: state ?? null }),
      );
    }
    this.#sources = new RequestSources(ports, {
      parameters: () => unsent.parameters,
      start: () => unsent.start,
      turns,
      agent,
    });
    const sources = this.#sources;
    const condensing = new Condensing(stored, { ...keep, turns });
    this.condensing = condensing;
    const answering = new Answering(ports, {
      branch,
      condensing,
      sources,
      agent,
      ...(this.clearance && { clearance: this.clearance }),
      answeredWith: settings => {
        if (!unsent.start) unsent.keepStart(startSettingsOf(settings));
      },
      steering: () => outbox.steering(),
      ...(this.moderation && { moderation: this.moderation }),
      ended: record => this.#ended(record),
    });
    this.#answering = answering;
    const outbox = new Outbox({
      branch,
      unsent,
      answering,
      ...(ports.mayGoOut && { mayGoOut: ports.mayGoOut }),
      asked: turn => {
        if (this.#title === '') this.rename(titleFrom(turn));
      },
      now,
    });
    this.#outbox = outbox;
    this.summarizer = new Summarizer({
      condensing,
      turns,
      sources: async () => (await sources.connect()).sources,
      emptyAnswer: () => answering.emptyAnswer(),
      alone: (record, work) => answering.alone(record, work),
      perform: (record, prepare) => answering.perform(record, 'summary', prepare),
    });
    const others = new OtherWindows({
      branch,
      mayTake: () => !this.isDamaged && this.unsavedReason === undefined && !this.running,
    });
    this.#others = others;
    this.again = new AnswerAgain({ branch, answering, condensing, sources, others });
    this.rewriting = new Rewriting({ branch, outbox, isRunning, birth });
    this.calls = new CallDesk({ branch, agent, outbox, isRunning, emit, birth });
    this.reviews = new Reviews(this.id, branch, emit);
    for (const turn of branch.turns) sources.learnLimit(turn);
    others.lookAgain();
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

  rename(title: string): void {
    this.#title = title;
    this.#keeping.set({ title }, 'title');
    this.#ports.emit({ type: 'title', title });
  }

  /** Why what was said or typed can't be saved yet; undefined where it is, or will be in a moment. */
  get unsavedReason(): SaveFailure | undefined {
    return this.#keeping.reason;
  }

  get isSaved(): boolean {
    return this.#keeping.isDone;
  }

  /** Resolves once nothing is being saved. */
  saved(): Promise<void> {
    return this.#keeping.settled();
  }

  get running(): boolean {
    return this.#answering.running;
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

  /** See Outbox.send. */
  send(turn: UserTurn): Promise<boolean> {
    return this.#outbox.send(turn);
  }

  /** See Outbox.enqueue. */
  enqueue(turn: UserTurn): void {
    this.#outbox.enqueue(turn);
  }

  /** See Outbox.sendQueued. */
  sendQueued(id: string): Promise<void> {
    return this.#outbox.sendQueued(id);
  }

  /** What was attached to any turn or brought by a tool, or lies beside the next one. */
  findAttachment(id: string): Attachment | undefined {
    return findAttachment(id, this.unsent, this.branch.turns);
  }

  /** The images and documents beside the message, and those that its request carries of what was said before. */
  get media(): { beside: MediaAttachment[]; before: MediaAttachment[] } {
    const { attachments, queue } = this.unsent;
    return {
      beside: attachments.filter(isMedia),
      before: mediaIn([...this.condensing.toSend(this.branch.turns), ...queue.turns]),
    };
  }

  /** Of the next turn, whatever it will say; only whether it starts over is asked of it. */
  async nextRequest(next?: Pick<UserTurn, 'startsOver'>): Promise<NextRequest> {
    const { sources } = await this.#sources.connect();
    const history = next?.startsOver ? [] : this.condensing.toSend(this.branch.turns);
    const cached = this.#sources.cached(history, sources);
    return { history, sources, ...(cached !== undefined && { cached }) };
  }

  /** Takes back that the field, which the endpoint has refused, is left out. */
  sendRefusedAgain(field: string): Promise<void> {
    return this.#sources.sendRefusedAgain(field);
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

  /** See OtherWindows.take. */
  takeOthers(): Promise<void> {
    return this.#others.take();
  }

  /**
   * The window closes. What has arrived of a running answer is on its way to the file before this returns; resolves once
   * that has ended and nothing is saved any more.
   */
  async close(): Promise<void> {
    this.#outbox.close();
    this.#others.close();
    this.#answering.cut();
    await this.idle();
    await this.#keeping.close();
  }

  async #ended(record: AnswerRecord): Promise<void> {
    await this.takeOthers();
    void this.#outbox.sendNext(record).catch((error: unknown) => this.#ports.failed?.(error));
  }

  /** Where tools have changed files, calls stand on the branch. */
  #readCheckpoints(): void {
    if (!this.checkpoints || !this.branch.turns.some(hasCalls)) return;
    this.checkpoints.load().catch((error: unknown) => this.#ports.failed?.(error));
  }
}

function hasCalls(turn: TurnRecord): boolean {
  return turn.role === 'assistant' && turn.calls !== undefined && turn.calls.length > 0;
}
