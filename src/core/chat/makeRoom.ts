import type { Translate } from '../../shared/translate.ts';
import { isUsable } from '../conversation/condense.ts';
import type { GoingOn } from './goingOn.ts';
import type { ChatSession } from './session.ts';

export interface MakeRoomPorts {
  /** The conversation that is shown. */
  session: () => ChatSession;
  /** See SendGate.passesAgain. */
  passes: (text: string) => Promise<boolean>;
  goingOn: Pick<GoingOn, 'inNew'>;
  /** Says why there is no summary: an answer is still running, or there is nothing to sum up. */
  cannot: (why: 'running' | 'nothing') => void;
  t: Translate;
}

/** Has the model sum up the conversation, so that requests have room for more. */
export class MakeRoom {
  readonly #ports: MakeRoomPorts;

  constructor(ports: MakeRoomPorts) {
    this.#ports = ports;
  }

  /** Sums up the older turns, or all of it, to go on from there in a new conversation. */
  async summarize(inNewConversation: boolean): Promise<void> {
    const session = this.#ports.session();
    if (session.running) {
      this.#ports.cannot('running');
      return;
    }
    if (!(await this.#passes())) return;
    const summary = await session.summarizer.summarize(inNewConversation ? 'all' : 'older');
    if (!summary) this.#ports.cannot('nothing');
    else if (inNewConversation && isUsable(summary) && session === this.#ports.session()) {
      await this.#ports.goingOn.inNew(summary.turn.id);
    }
  }

  /** Asks again for a summary. */
  async retry(turnId: string): Promise<void> {
    if (await this.#passes()) await this.#ports.session().summarizer.retry(turnId);
  }

  #passes(): Promise<boolean> {
    return this.#ports.passes(this.#ports.t('Summarize Older Turns'));
  }
}
