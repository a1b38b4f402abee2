import type { ToolResult, UserTurn } from '../../shared/conversation.ts';
import { type Asked, type AskedHow, askedTurn, toolResultsTurn } from './askedTurn.ts';
import type { Birth } from '../conversation/editTurn.ts';
import type { GoingOn } from './goingOn.ts';
import type { SendGate } from './sendGate.ts';
import type { ChatSession } from './session.ts';
import type { ShownConversation } from './shownConversation.ts';

export interface AskingPorts {
  shown: Pick<ShownConversation, 'open' | 'opened' | 'session' | 'remember'>;
  gate: Pick<SendGate, 'isWhole' | 'takeConfirmation' | 'passesMessage' | 'passesCommand' | 'passesQueued'>;
  goingOn: Pick<GoingOn, 'leaveDamaged'>;
  /** Asks whether the running answer is stopped for what is asked. */
  mayStop: () => Promise<boolean>;
  /**
   * Sends what a typed message calls; undefined where it calls nothing, a text where that is to be read before it is sent.
   * See PromptRunner.
   */
  runTyped: (message: string, how: Pick<AskedHow, 'steers'>) => Promise<boolean | string | undefined>;
  /** A message that has not gone out: back to where it was written. */
  returned: (conversationId: string, text: string) => void;
  /** What goes along with a typed message is about to be taken. */
  freshen: () => void;
  /** Of a turn that is made now. */
  birth: () => Birth;
}

/** What is asked in the conversation that is shown: it goes out, waits in the queue, or goes back to where it was written. */
export class Asking {
  readonly #ports: AskingPorts;

  constructor(ports: AskingPorts) {
    this.#ports = ports;
  }

  /**
   * Resolves when the answer has ended. Where one is still running, asks whether to stop it first; false where the
   * user does not want that.
   */
  async ask(asked: Asked): Promise<boolean> {
    const { shown, gate, goingOn } = this.#ports;
    await shown.open();
    if (!gate.isWhole()) return false;
    await goingOn.leaveDamaged();
    // What is typed waits for its turn; a command is meant now.
    const waits = shown.session.running && asked.isTyped === true;
    if (shown.session.running && !waits && !(await this.#stopRunning(shown.session))) return false;
    if (asked.isTyped) this.#ports.freshen();
    const turn = askedTurn(asked, shown.session, this.#ports.birth());
    await shown.remember(shown.session);
    const isConfirmed = turn.intent === 'chat' && gate.takeConfirmation();
    if (waits && shown.opened?.running) shown.session.enqueue(turn);
    else if (isConfirmed || (await this.#passes(turn))) await shown.session.send(turn);
    return true;
  }

  /**
   * Sends a message as it was typed; `steers`: see AskedHow. One that calls a prompt and can't be sent goes back to where it was written, and so does
   * what a server has made of it.
   */
  async sendTyped(text: string, how: Pick<AskedHow, 'steers'> = {}): Promise<void> {
    const { id, unsent } = this.#ports.shown.session;
    let back: string | undefined = text;
    try {
      const ran =
        (await this.#ports.runTyped(text, how)) ??
        (await this.ask({ intent: 'chat', text, excerpts: [], isTyped: true, ...how }));
      if (ran !== false) back = ran === true ? undefined : ran;
    } finally {
      if (back !== undefined) {
        // The view may show another conversation by now, where it is not to be written.
        if (unsent.draft === '') unsent.draft = back;
        this.#ports.returned(id, back);
      }
    }
  }

  /** Sends a message before the others that wait, unless it is above the user's limits. */
  async sendQueued(id: string): Promise<void> {
    const { shown, gate } = this.#ports;
    const turn = shown.session.unsent.queue.find(id);
    if (turn && (await gate.passesQueued(turn))) await shown.session.sendQueued(id);
  }

  /** Hands the results of the last answer's tool uses back, and gets the answer to them. */
  async answerTools(results: readonly ToolResult[]): Promise<void> {
    const { shown, gate, goingOn } = this.#ports;
    await goingOn.leaveDamaged();
    const { attachments } = shown.session.unsent;
    const { turn, left } = toolResultsTurn(results, attachments, this.#ports.birth());
    if (!(await gate.passesCommand(turn))) return;
    if (left.length < attachments.length) shown.session.unsent.attachments = left;
    await shown.session.send(turn);
  }

  #passes(turn: UserTurn): Promise<boolean> {
    const { gate } = this.#ports;
    return turn.intent === 'chat' ? gate.passesMessage(turn) : gate.passesCommand(turn);
  }

  async #stopRunning(session: ChatSession): Promise<boolean> {
    if (!(await this.#ports.mayStop()) || this.#ports.shown.session !== session) return false;
    session.stop();
    await session.idle();
    return true;
  }
}
