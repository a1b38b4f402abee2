import type { Branch } from '../conversation/branch.ts';
import { type Birth, editedAnswer, editedQuestion } from '../conversation/editTurn.ts';
import type { Outbox } from './outbox.ts';

export interface RewritingPorts {
  branch: Branch;
  outbox: Pick<Outbox, 'ask'>;
  isRunning: () => boolean;
  /** Of a turn that is made now. */
  birth: () => Birth;
}

/** Turns with another text in the place of those that are there, which stay in the store. */
export class Rewriting {
  readonly #ports: RewritingPorts;

  constructor(ports: RewritingPorts) {
    this.#ports = ports;
  }

  /** Puts a question with another text in the place of this one, and gets the answer to it. */
  async question(turnId: string, text: string): Promise<void> {
    const { branch, outbox, isRunning, birth } = this.#ports;
    const turn = branch.turns.find(({ id }) => id === turnId);
    if (isRunning() || turn?.role !== 'user') return;
    branch.cutBefore(turnId);
    await outbox.ask(editedQuestion(turn, text, birth()));
  }

  /** Puts an answer with the user's text in the place of this one. Later requests hand it back as the model's. */
  answer(turnId: string, text: string): void {
    const { branch, isRunning, birth } = this.#ports;
    const turn = branch.turns.find(({ id }) => id === turnId);
    if (isRunning() || turn?.role !== 'assistant') return;
    branch.cutBefore(turnId);
    branch.add(editedAnswer(turn, text, birth()));
  }
}
