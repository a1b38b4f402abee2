import * as vscode from 'vscode';
import type { ChatSession, SessionPorts } from '../core/chat/session.ts';
import { forkConversation } from '../core/chat/fork.ts';
import type { ConversationStore } from '../core/chat/store.ts';
import {
  type Excerpt,
  type Intent,
  isMedia,
  type MediaAttachment,
  type ToolResult,
  type UserTurn,
} from '../shared/conversation.ts';
import type { ConversationNotice } from '../shared/notice.ts';
import type { Change, ConnectionStatus } from '../shared/protocol.ts';
import { type TypedResult, type WrongParameter, wrongParameters } from '../shared/unfinished.ts';
import type { BudgetUse } from '../shared/usageReport.ts';
import { type Excess, excessWith } from '../core/context/mediaLimits.ts';
import { mostPdfPages } from '../core/models/modelRules.ts';
import { startingOver } from '../core/chat/startOver.ts';
import { withoutData } from '../core/chat/shownAttachments.ts';
import { answerText, type TurnRecord } from '../core/chat/turns.ts';
import { sumOfAnswers } from '../core/usage/conversationSum.ts';
import { randomUUID } from './randomUUID.ts';
import type { SpendLimits } from '../core/chat/nextSize.ts';
import { type CountRequest, RequestWatch } from '../core/chat/requestWatch.ts';
import { SendGate } from '../core/chat/sendGate.ts';
import type { Conversations, SessionViewer } from '../core/chat/conversations.ts';
import type { ModelNeed } from './commands/chooseModel.ts';
import { readSettings, saveModel } from './config.ts';
import { damagedNotice, inMemoryNotice, missingNotice, unsavedNotice } from './conversationNotices.ts';
import { showInformation, showWarning } from './show.ts';
import type { ViewLink } from './viewLink.ts';

/** The conversation that a place has shown last. */
export interface Remembered {
  id: string;
  /** Whether the place knows that something was said in it. */
  hasTurns: boolean;
}

export interface ChatControllerPorts extends Pick<SessionPorts, 'rulesFor' | 'storeFailed'> {
  sessions: Conversations;
  store: ConversationStore;
  link: ViewLink;
  remembered: () => Remembered | undefined;
  remember: (id: string) => Thenable<void>;
  /** Another conversation is shown, or the one that is has another title. */
  titleChanged: (title: string) => void;
  connectionStatus: () => Promise<ConnectionStatus>;
  countRequest: CountRequest;
  spendLimits: () => SpendLimits;
  /** The budget that is used up, where one is. */
  usedUpBudget: () => Promise<BudgetUse | undefined>;
  runningChanged: (running: boolean) => void;
  /** Asks the user for a model; undefined where they have left. */
  pickModel: (need?: ModelNeed) => Promise<string | undefined>;
  /** Has `ask` send the key in the other header; see KeyHeaders. */
  tryOtherKeyHeader: (ask: () => Promise<boolean>) => Promise<void>;
  /** Whether requests would go to the default, which the endpoint does not list. */
  isDefaultGone: () => boolean;
  showDiff: (left: NamedText, right: NamedText) => Promise<void>;
  prompts: PromptCalls;
  mentions: MentionCalls;
}

/** What the view's messages need of what a message can name; see Mentions. */
export interface MentionCalls {
  find: (requestId: number, query: string) => Promise<void>;
  findPasted: (requestId: number, text: string) => void;
  attach: (id: string) => Promise<void>;
  open: (id: string, asSent: boolean) => Promise<void>;
}

/** A text for the editor's diff. `id` is a part of its address. */
export interface NamedText {
  id: string;
  name: string;
  text: string;
}

/** What the view's messages need of prompts. */
export interface PromptCalls {
  /** Sends what a typed message calls; see PromptRunner. */
  runTyped: (message: string) => Promise<boolean | undefined>;
  /** What a typed message calls would send; see PromptRunner. */
  called: (message: string) => Promise<Partial<UserTurn> | undefined>;
  /** The draft has changed. */
  draftChanged: () => void;
}

export interface AskedHow {
  /** Whether it was typed and sent: then it waits for a running answer, and takes what is attached. */
  isTyped?: boolean;
  /** See UserTurn. */
  call?: string;
}

/** Messages of other conversations that the arrow keys bring back. */
const mostRecalled = 100;

/** The conversation that one place shows, and the change from one to another. */
export class ChatController {
  readonly #ports: ChatControllerPorts;
  readonly #viewer: SessionViewer;
  readonly watch: RequestWatch;
  readonly gate: SendGate;
  #opened: ChatSession | undefined;
  /** Resolves once what is to be shown is read. */
  #changing: Promise<unknown> = Promise.resolve();
  /** Whether what this place has shown is no longer there. */
  #isMissing = false;

  constructor(ports: ChatControllerPorts) {
    this.#ports = ports;
    this.#viewer = {
      changed: change => this.#changed(change),
      runningChanged: ports.runningChanged,
      unsaved: () => this.#tellNotice(),
      mayGoOut: turn => this.gate.passesQueued(turn),
      taken: () => void this.show(),
    };
    this.watch = new RequestWatch({
      view: ports.link,
      session: () => this.session,
      count: ports.countRequest,
      nextTurn: session => this.nextTurn(session),
      cannotCount: () =>
        void showInformation(vscode.l10n.t('This endpoint cannot count tokens, so the number is an estimate.')),
    });
    this.gate = new SendGate({
      view: ports.link,
      sizes: this.watch.sizes,
      session: () => this.session,
      limits: ports.spendLimits,
      usedUp: ports.usedUpBudget,
      wrong: () => wrongParameters(this.session.unsent.unfinished, vscode.l10n.t),
      tellWrong: wrong => this.#tellWrong(wrong),
      hasModel: () => this.#hasModel(),
    });
  }

  /** What is shown. Only after `open`: whatever the view asks for, it has been given a conversation before. */
  get session(): ChatSession {
    if (!this.#opened) throw new Error('No conversation is open yet.');
    return this.#opened;
  }

  /** What is shown, where it has been read already. */
  get opened(): ChatSession | undefined {
    return this.#opened;
  }

  /** What is shown; read from the store at its first use: the page of the view is on its way by then. */
  async open(): Promise<ChatSession> {
    return this.#opened ?? this.#inTurn(async () => this.#opened ?? this.#openRemembered());
  }

  async #openRemembered(): Promise<ChatSession> {
    const remembered = this.#ports.remembered();
    this.#isMissing = remembered !== undefined && (await this.#isGone(remembered));
    const session = await this.#ports.sessions.enterFree(this.#isMissing ? undefined : remembered?.id, this.#viewer);
    this.#opened = session;
    if (session.id !== remembered?.id) void this.#remember(session);
    this.#entered(session);
    return session;
  }

  /**
   * Leaves the conversation, whose answer goes on, and shows `id`, or a new one, after `prepare` has put into it what
   * it begins with. A place that shows `id` already gives it up. Until it is read, the one before is shown, and what is
   * said there belongs to it.
   */
  async show(id?: string, prepare: (session: ChatSession) => void = () => undefined): Promise<void> {
    this.gate.cancel();
    const session = await this.#inTurn(() => this.#change(id, prepare));
    // The window's memory is a round trip away, which the view need not wait for.
    await Promise.all([this.postSnapshot(), this.#remember(session)]);
  }

  async #change(id: string | undefined, prepare: (session: ChatSession) => void): Promise<ChatSession> {
    const session = await this.#ports.sessions.enter(id, this.#viewer);
    prepare(session);
    const before = this.#opened;
    this.#opened = session;
    this.#isMissing = false;
    if (before && before !== session) {
      this.gate.cancel();
      this.#ports.sessions.leave(before, this.#viewer);
    }
    this.#entered(session);
    return session;
  }

  /** One conversation is read after the other: the last that was to be shown is. */
  #inTurn(work: () => Promise<ChatSession>): Promise<ChatSession> {
    const done = this.#changing.then(work);
    this.#changing = done.catch(() => undefined);
    return done;
  }

  /**
   * Resolves when the answer has ended. Where one is still running, asks whether to stop it first; false where the
   * user does not want that.
   */
  async ask(intent: Intent, text: string, excerpts: Excerpt[] = [], how: AskedHow = {}): Promise<boolean> {
    const { isTyped = false, call } = how;
    await this.open();
    if (!this.gate.isWhole()) return false;
    await this.leaveDamaged();
    // What is typed waits for its turn; a command is meant now.
    const waits = this.session.running && isTyped;
    if (this.session.running && !waits && !(await this.#stopRunning())) return false;
    const { attachments } = this.session.unsent;
    const turn: UserTurn = {
      id: randomUUID(),
      role: 'user',
      createdAt: Date.now(),
      intent,
      text,
      ...(call !== undefined && { call }),
      excerpts,
      ...startingOver(intent, this.session.branch.turns),
      // They lie beside the message; a command does not take them.
      ...(isTyped && attachments.length > 0 && { attachments }),
    };
    await this.#remember(this.session);
    const isConfirmed = intent === 'chat' && this.gate.takeConfirmation();
    if (waits && this.opened?.running) this.session.enqueue(turn);
    else if (isConfirmed || (await this.#passes(turn))) await this.session.send(turn);
    return true;
  }

  /** Keeps what was typed, also where another conversation has come to be shown meanwhile. */
  keepDraft(conversationId: string, text: string): void {
    const session = this.#ports.sessions.find(conversationId);
    if (session) session.unsent.draft = text;
  }

  /** The same of what is written for tools. */
  keepToolResults(conversationId: string, turnId: string, results: TypedResult[]): void {
    this.#ports.sessions.find(conversationId)?.unsent.typeToolResults(turnId, results);
  }

  get prompts(): PromptCalls {
    return this.#ports.prompts;
  }

  /** Puts the keyboard into the message, where the view is shown. */
  focusComposer(): void {
    this.#ports.link.focusComposer();
  }

  get mentions(): MentionCalls {
    return this.#ports.mentions;
  }

  /** Sends a message as it was typed. One that calls a prompt and can't be sent goes back to where it was written. */
  async sendTyped(text: string): Promise<void> {
    const { id } = this.session;
    let isSent = false;
    try {
      isSent = (await this.#ports.prompts.runTyped(text)) ?? (await this.ask('chat', text, [], { isTyped: true }));
    } finally {
      if (!isSent) this.#ports.link.returned(id, text);
    }
  }

  /** See NextTurn. */
  async nextTurn({ unsent, branch }: ChatSession): Promise<UserTurn> {
    const turn = { ...unsent.turn, ...(await this.#ports.prompts.called(unsent.turn.text)) };
    return { ...turn, ...startingOver(turn.intent, branch.turns) };
  }

  #passes(turn: UserTurn): Promise<boolean> {
    return turn.intent === 'chat' ? this.gate.passesMessage(turn) : this.gate.passesCommand(turn);
  }

  /** Sends a message before the others that wait, unless it is above the user's limits. */
  async sendQueued(id: string): Promise<void> {
    const turn = this.session.unsent.queue.find(id);
    if (turn && (await this.gate.passesQueued(turn))) await this.session.sendQueued(id);
  }

  /** Asks the user for the model of the conversation, where it has one of its own, else for that of the settings. */
  async chooseModel(isDefaultGone = false): Promise<boolean> {
    await this.open();
    const model = await this.#ports.pickModel({ isDefaultGone });
    if (model !== undefined) await this.useModel(model);
    return model !== undefined;
  }

  /** Makes it the model of the conversation, where it has one of its own, else that of the settings. */
  async useModel(model: string): Promise<void> {
    const session = await this.open();
    if (session.unsent.parameters.model === undefined) await saveModel(model);
    else session.unsent.parameters = { ...session.unsent.parameters, model };
  }

  async #hasModel(): Promise<boolean> {
    const hasOwn = this.session.unsent.parameters.model !== undefined;
    return hasOwn || !this.#ports.isDefaultGone() || this.chooseModel(true);
  }

  /** Asks again for an answer, for this once of a model that the user chooses. */
  async retryWithModel(turnId: string): Promise<void> {
    const { session } = this;
    const model = await this.#ports.pickModel();
    if (model === undefined || !(await this.gate.passesAgain(vscode.l10n.t('Try Again')))) return;
    await session.retry(turnId, { model });
  }

  /** Goes on with a model that has room for more, and asks it. */
  async retryWithLarger(turnId: string): Promise<void> {
    const { session } = this;
    const turn = session.branch.turns.find(({ id }) => id === turnId);
    if (turn?.role !== 'assistant' || !('problem' in turn.state)) return;
    const { contextWindow } = this.#ports.rulesFor(turn.model);
    const largerThan = Math.min(contextWindow, turn.state.problem.said?.contextWindow ?? Infinity);
    const model = await this.#ports.pickModel({ largerThan });
    if (model === undefined || !(await this.gate.passesAgain(vscode.l10n.t('Try Again')))) return;
    await this.useModel(model);
    await session.goOn(turnId);
  }

  /** Goes on with the model that takes the place of the one that was not found, and asks it. */
  async retryWithSuccessor(turnId: string): Promise<void> {
    const { session } = this;
    const turn = session.branch.turns.find(({ id }) => id === turnId);
    if (turn?.role !== 'assistant' || !('problem' in turn.state) || !turn.state.problem.modelEnd) return;
    if (!(await this.gate.passesAgain(vscode.l10n.t('Try Again')))) return;
    await this.useModel(turn.state.problem.modelEnd.successor);
    await session.retry(turnId);
  }

  /** Asks again with the key in the other header, and goes on so where that was answered. */
  async retryWithOtherKeyHeader(turnId: string): Promise<void> {
    const { session } = this;
    if (!(await this.gate.passesAgain(vscode.l10n.t('Try Again')))) return;
    await this.#ports.tryOtherKeyHeader(async () => {
      await session.retry(turnId);
      const answer = session.branch.turns.at(-1);
      return answer?.role === 'assistant' && answer.state.phase === 'complete';
    });
  }

  /** Goes on in a new conversation that holds the branch up to this turn. */
  async fork(turnId: string): Promise<void> {
    const { conversation, branch } = this.session;
    const at = branch.turns.findIndex(({ id }) => id === turnId);
    if (at === -1) return;
    const { title, parameters } = conversation;
    try {
      const source = { title, parameters, turns: branch.turns.slice(0, at + 1) };
      await this.show(await forkConversation(source, this.#ports.store, randomUUID));
    } catch (error) {
      this.#ports.storeFailed(error);
    }
  }

  /** Nothing is written to a damaged conversation: what follows goes into a copy of what can be read of it. */
  async leaveDamaged(): Promise<void> {
    const { isDamaged, conversation, branch, unsent } = this.session;
    if (!isDamaged) return;
    const { title, parameters } = conversation;
    const copyId = await forkConversation({ title, parameters, turns: branch.turns }, this.#ports.store, randomUUID);
    await this.show(copyId, session => {
      session.unsent.draft = unsent.draft;
      session.unsent.attachments = [...unsent.attachments];
    });
  }

  /** Shows how two turns that stand in one place differ. */
  async compare(turnId: string, otherId: string): Promise<void> {
    const { branch } = this.session;
    const [left, right] = await Promise.all([branch.recordOf(otherId), branch.recordOf(turnId)]);
    if (left && right) await this.#ports.showDiff(namedText(left), namedText(right));
  }

  /** Hands the results of the last answer's tool uses back, and gets the answer to them. */
  async answerTools(results: ToolResult[]): Promise<void> {
    await this.leaveDamaged();
    // What lies beside the message goes with the last result, as far as a result can hold it.
    const { attachments } = this.session.unsent;
    const images = attachments.filter((attachment): attachment is MediaAttachment => attachment.kind === 'image');
    const toolResults = results.map((result, index) =>
      index === results.length - 1 && images.length > 0 ? { ...result, images } : result,
    );
    const turn: UserTurn = {
      id: randomUUID(),
      role: 'user',
      createdAt: Date.now(),
      intent: 'chat',
      text: '',
      excerpts: [],
      toolResults,
    };
    if (!(await this.gate.passesCommand(turn))) return;
    if (images.length > 0) this.session.unsent.attachments = attachments.filter(({ kind }) => kind !== 'image');
    await this.session.send(turn);
  }

  async postSnapshot(): Promise<void> {
    await this.open();
    const connection = await this.#ports.connectionStatus();
    const { conversation, unsent } = this.session;
    const { draft, attachments, queue, unfinished } = unsent;
    const shown = attachments.map(withoutData);
    this.#ports.link.snapshot({
      conversation,
      draft,
      attachments: shown,
      queue: queue.messages,
      connection,
      unfinished,
      notice: this.#notice,
    });
    this.watch.refresh();
    this.gate.repost();
    this.#ports.prompts.draftChanged();
    this.postImageLimits();
  }

  get #notice(): ConversationNotice | null {
    const { unsavedReason, isDamaged } = this.session;
    if (unsavedReason) return unsavedNotice(unsavedReason);
    if (isDamaged) return damagedNotice();
    if (this.#ports.store.isInMemory) return inMemoryNotice();
    return this.#isMissing ? missingNotice() : null;
  }

  #tellNotice(): void {
    this.#ports.link.change({ type: 'notice', notice: this.#notice });
  }

  /** Tells the view how large an image may be that the model sees. */
  postImageLimits(): void {
    if (!this.#opened) return;
    const { longEdgePixels, tokens } = this.#ports.rulesFor(this.#model(this.#opened)).image;
    this.#ports.link.post({ type: 'imageLimits', limits: { longEdgePixels, tokens } });
  }

  /** Gives the view the bytes of an image that it shows. */
  postAttachment(id: string): void {
    const attachment = this.session.findAttachment(id);
    if (!attachment || !isMedia(attachment) || attachment.source.type !== 'base64') return;
    const { source } = attachment;
    this.#ports.link.post({ type: 'attachmentData', id, bytes: plain(Buffer.from(source.data, 'base64')) });
  }

  /** Why the next request is known to be refused with this too; undefined where it is not. */
  excessWith(attachment: MediaAttachment): Excess | undefined {
    const { beside, before } = this.session.media;
    const rules = this.#ports.rulesFor(this.#model(this.session));
    const limits = { images: rules.image.mostInRequest, pages: mostPdfPages(rules) };
    return excessWith(attachment, beside, before, limits);
  }

  /** The model that the next request of the conversation asks. */
  #model({ unsent }: ChatSession): string {
    return unsent.parameters.model ?? readSettings().model;
  }

  /** Has the view scale a file down and attach it; false where there is no view. */
  attachInView(name: string, bytes: Uint8Array): boolean {
    if (!this.#ports.link.connected) return false;
    this.#ports.link.post({ type: 'fileToAttach', name, bytes: plain(bytes) });
    return true;
  }

  /** Tells the view what the conversation has taken until now. */
  async postSum(): Promise<void> {
    const { session } = this;
    const { id } = session;
    try {
      await session.saved();
      const answers = await this.#ports.store.loadTaken(id);
      const sum = sumOfAnswers(answers, model => this.#ports.rulesFor(model).price);
      this.#ports.link.post({ type: 'conversationSum', conversationId: id, sum });
    } catch (error) {
      this.#ports.storeFailed(error);
    }
  }

  /** Tells the view what was sent in other conversations, and on other branches of this one. */
  async postSentElsewhere(): Promise<void> {
    try {
      const texts = await this.#ports.store.sentTexts(mostRecalled);
      this.#ports.link.post({ type: 'sentElsewhere', texts });
    } catch (error) {
      this.#ports.storeFailed(error);
    }
  }

  /** The place is closed. A running answer goes on. */
  dispose(): void {
    this.gate.cancel();
    void this.#changing.then(() => {
      if (this.#opened) this.#ports.sessions.leave(this.#opened, this.#viewer);
    });
  }

  async #remember({ id }: ChatSession): Promise<void> {
    try {
      await this.#ports.remember(id);
    } catch {
      // The window's memory can't be written: the next window begins with another conversation, and this one is listed.
    }
  }

  #entered(session: ChatSession): void {
    this.#ports.runningChanged(session.running);
    this.#ports.titleChanged(session.conversation.title);
  }

  #changed(change: Change): void {
    this.#ports.link.change(change);
    if (change.type !== 'delta') this.watch.refresh();
    if (change.type === 'turn' && this.#isMissing) {
      this.#isMissing = false;
      this.#tellNotice();
    }
    if (change.type === 'parameters') this.postImageLimits();
    if (change.type === 'title') this.#ports.titleChanged(change.title);
  }

  /** The view says it beside the message, and shows where it is to be mended. */
  #tellWrong([first]: readonly WrongParameter[]): void {
    if (!first) return;
    if (this.#ports.link.connected) this.#ports.link.showParameters();
    const { name, problem } = first;
    void showWarning(vscode.l10n.t('Nothing was sent, since {0} is wrong: {1}', name, problem));
  }

  /** A new conversation is not stored before something is said or typed, and not missed. */
  async #isGone({ id, hasTurns }: Remembered): Promise<boolean> {
    const { store, storeFailed } = this.#ports;
    try {
      if (await store.history.has(id)) return false;
      const stored = await store.load(id);
      // Its row may be lost and its turns be there.
      if (stored?.isDamaged) return false;
      return hasTurns || (stored?.turns.length ?? 0) > 0;
    } catch (error) {
      storeFailed(error);
      return false;
    }
  }

  async #stopRunning(): Promise<boolean> {
    const session = this.session;
    const stop = vscode.l10n.t('Stop and Ask');
    const chosen = await showInformation(
      vscode.l10n.t('Marginalia is still answering. Stop that answer and ask this?'),
      stop,
    );
    if (chosen !== stop || this.session !== session) return false;
    session.stop();
    await session.idle();
    return true;
  }
}

function namedText(turn: TurnRecord): NamedText {
  const time = new Intl.DateTimeFormat(vscode.env.language, { timeStyle: 'medium' }).format(turn.createdAt);
  const { id } = turn;
  return turn.role === 'user'
    ? { id, name: time, text: `${turn.text}\n` }
    : { id, name: `${turn.model} ${time}`, text: `${answerText(turn)}\n` };
}

/** The editor hands typed arrays over as such, but not Node's own kind of them. */
function plain(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes);
}
