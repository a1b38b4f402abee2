import type { UserTurn } from '../../shared/conversation.ts';
import type { Held } from '../../shared/nextSize.ts';
import type { WrongParameter } from '../../shared/unfinished.ts';
import type { BudgetUse } from '../../shared/usageReport.ts';
import { exceededLimits, type SpendLimits } from '../request/nextSize.ts';
import type { RequestSizes } from './requestSizes.ts';
import type { ChatSession } from './session.ts';

/** Where the user is asked, and gets back what has not gone out. */
export interface GateView {
  /** A request waits for the user's word; undefined: none does any more. */
  held: (conversationId: string, held: Held | undefined) => void;
  /** A text for the message, where `instead` is given in the place of exactly that. */
  returned: (conversationId: string, text: string, instead?: string) => void;
}

export interface SendGatePorts {
  view: GateView;
  sizes: Pick<RequestSizes, 'sizeOf'>;
  session: () => ChatSession;
  limits: () => SpendLimits;
  /** The budget that is used up, where one is. */
  usedUp: () => Promise<BudgetUse | undefined>;
  /** What the conversation's parameters hold that is no value. */
  wrong: () => WrongParameter[];
  tellWrong: (wrong: readonly WrongParameter[]) => void;
  /** Whether there is a model to ask; asks the user for one where the endpoint's list lacks the default. */
  hasModel: () => Promise<boolean>;
}

interface Waiting {
  held: Held;
  /** Where it waits in the queue. */
  turnId?: string;
  answer: (goes: boolean) => void;
}

/** Asks in the view before a request goes out that is larger or dearer than the user lets pass, or beyond a budget. */
export class SendGate {
  readonly #ports: SendGatePorts;
  #waiting: Waiting | undefined;
  #isConfirmed = false;

  constructor(ports: SendGatePorts) {
    this.#ports = ports;
  }

  /** Whether the user has just said that the message that follows goes out. */
  takeConfirmation(): boolean {
    const isConfirmed = this.#isConfirmed;
    this.#isConfirmed = false;
    return isConfirmed;
  }

  /**
   * Whether the request could be made as it is set up: not while a parameter holds what is no value of it. Says so where
   * it can't.
   */
  isWhole(): boolean {
    const wrong = this.#ports.wrong();
    if (wrong.length > 0) this.#ports.tellWrong(wrong);
    return wrong.length === 0;
  }

  /** Whether a message goes out now. Where not, it is put back to where it was written. */
  async passesMessage(turn: UserTurn): Promise<boolean> {
    const session = this.#ports.session();
    if ((await this.#ports.hasModel()) && (await this.#mayPass('message', turn))) return true;
    const written = turn.call ?? turn.text;
    session.unsent.draft = written;
    this.#ports.view.returned(session.id, written);
    return false;
  }

  /** Resolves when the user has decided, with whether what a command asks goes out. */
  async passesCommand(turn: UserTurn): Promise<boolean> {
    if (!this.isWhole() || !(await this.#ports.hasModel())) return false;
    const decided = Promise.withResolvers<boolean>();
    return (await this.#mayPass('command', turn, decided.resolve)) || decided.promise;
  }

  /** Whether a message goes out that has waited in the queue. Where not, it goes on waiting there. */
  async passesQueued(turn: UserTurn): Promise<boolean> {
    return this.isWhole() && (await this.#ports.hasModel()) && this.#mayPass('queued', turn);
  }

  /**
   * Resolves when the user has decided, with whether something may be asked once more, of which `text` says what it is.
   * Its size is no question: it was sent before, or makes the conversation smaller.
   */
  async passesAgain(text: string): Promise<boolean> {
    if (!this.isWhole()) return false;
    const budget = await this.#ports.usedUp();
    if (!budget) return true;
    this.cancel();
    const decided = Promise.withResolvers<boolean>();
    this.#waiting = { held: { kind: 'command', text, budget }, answer: decided.resolve };
    this.repost();
    return decided.promise;
  }

  /** The user lets it go. */
  confirm(): void {
    if (!this.isWhole()) return;
    const waiting = this.#release();
    if (waiting?.held.kind === 'message') this.#isConfirmed = true;
    if (waiting?.turnId !== undefined) void this.#ports.session().sendQueued(waiting.turnId);
    waiting?.answer(true);
  }

  cancel(): void {
    this.#release()?.answer(false);
  }

  /** Tells a view that has just come what waits. */
  repost(): void {
    this.#ports.view.held(this.#ports.session().id, this.#waiting?.held);
  }

  async #mayPass(kind: Held['kind'], turn: UserTurn, answer: Waiting['answer'] = () => undefined): Promise<boolean> {
    const { limits, sizes, session, usedUp } = this.#ports;
    this.cancel();
    const { tokens, costUsd } = limits();
    const budget = await usedUp();
    if (!budget && tokens <= 0 && costUsd <= 0) return true;
    const size = await sizes.sizeOf(session(), turn);
    const exceeded = exceededLimits(size, { tokens, costUsd });
    if (!budget && !exceeded) return true;
    // Another request may have come to wait meanwhile.
    this.cancel();
    const { inputCostUsd } = size;
    const held: Held = {
      kind,
      text: turn.text,
      tokens: size.tokens,
      ...(inputCostUsd !== undefined && { costUsd: inputCostUsd }),
      ...(budget && { budget }),
      ...exceeded,
    };
    this.#waiting = { held, answer, ...(kind === 'queued' && { turnId: turn.id }) };
    this.repost();
    return false;
  }

  #release(): Waiting | undefined {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting) this.repost();
    return waiting;
  }
}
