import { canContinue } from '../../shared/conversation.ts';
import type { Parameters } from '../../shared/parameters.ts';
import type { Answering } from '../answer/answering.ts';
import type { Condensing } from '../answer/condensing.ts';
import type { Branch } from '../conversation/branch.ts';
import { askedIn } from '../conversation/handBackTurn.ts';
import { isElsewhere } from '../conversation/runSign.ts';
import { type AnswerRecord, isPaused, toView } from '../conversation/turns.ts';
import type { RequestSources } from '../request/requestSources.ts';
import type { OtherWindows } from './otherWindows.ts';

export interface AnswerAgainPorts {
  branch: Branch;
  answering: Answering;
  condensing: Condensing;
  sources: RequestSources;
  others: Pick<OtherWindows, 'goesOnWith'>;
}

/** The ways to get an answer of the branch once more, or the rest of it. Nothing happens while one is running. */
export class AnswerAgain {
  readonly #ports: AnswerAgainPorts;

  constructor(ports: AnswerAgainPorts) {
    this.#ports = ports;
  }

  /**
   * Asks again for an answer, perhaps with other parameters for this once. The old one and what followed it leave the
   * branch and stay in the store.
   */
  async retry(turnId: string, parameters: Parameters = {}): Promise<void> {
    const { branch, answering } = this.#ports;
    const { turns } = branch;
    const at = turns.findIndex(({ id }) => id === turnId);
    const [asked, answer] = [turns[at - 1], turns[at]];
    if (answering.running || answer?.role !== 'assistant' || asked?.role !== 'user') return;
    const isNothing = answer.content.length === 0 && !isElsewhere(answer);
    if (isNothing && at === turns.length - 1) branch.drop(turnId);
    else branch.cutBefore(turnId);
    await answering.answer(asked, parameters);
  }

  /** Asks again without the field that the endpoint has refused, which is remembered. */
  async retryWithout(turnId: string): Promise<void> {
    const last = this.#last(turnId);
    if (!last) return;
    await this.#ports.sources.leaveOutRefused(last);
    await this.retry(turnId);
  }

  /** Asks again without what was attached and refused: no later request carries it either. */
  async retryWithoutRefused(turnId: string): Promise<void> {
    const last = this.#last(turnId);
    if (!last || !('problem' in last.state)) return;
    for (const { id } of last.state.problem.refused ?? []) this.#ports.condensing.omit(id, true);
    await this.goOn(turnId);
  }

  /** Asks again for an answer that has failed; of one that was cut, for the rest. */
  async goOn(turnId: string): Promise<void> {
    const turn = this.#ports.branch.turns.find(({ id }) => id === turnId);
    if (turn?.role === 'assistant' && canContinue(toView(turn))) await this.continue(turnId);
    else await this.retry(turnId);
  }

  /**
   * Gets the rest of the last answer, which was cut. What it holds stays. Where another window has gone on with it
   * meanwhile, that is the rest.
   */
  async continue(turnId: string): Promise<void> {
    const { answering, others } = this.#ports;
    const last = this.#last(turnId);
    if (!last || !canContinue(toView(last))) return;
    if (wasInterrupted(last) && (await others.goesOnWith(last))) return;
    // Something else may have been asked meanwhile.
    if (answering.running) return;
    const afterPause = isPaused(last);
    delete last.pause;
    last.state = { phase: 'waiting' };
    await answering.goOn(last, afterPause);
  }

  /** Has the last answer checked once more, which was kept back. */
  async checkAgain(turnId: string): Promise<void> {
    const { branch, answering } = this.#ports;
    const last = this.#last(turnId);
    if (last?.check) await answering.checkAgain(last, askedIn(branch.turns));
  }

  /** The answer, where the branch ends with it and nothing is running. */
  #last(turnId: string): AnswerRecord | undefined {
    const last = this.#ports.branch.turns.at(-1);
    return !this.#ports.answering.running && last?.id === turnId && last.role === 'assistant' ? last : undefined;
  }
}

function wasInterrupted({ state }: AnswerRecord): boolean {
  return 'problem' in state && state.problem.kind === 'interrupted';
}
