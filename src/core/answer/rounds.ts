import type { UserTurn } from '../../shared/conversation.ts';
import type { Change } from '../../shared/protocol/changes.ts';
import { type Agent, mostRounds } from '../agent/agent.ts';
import type { Branch } from '../conversation/branch.ts';
import { handBackTurn } from '../conversation/handBackTurn.ts';
import type { StoreChange } from '../conversation/store.ts';
import { type AnswerRecord, callToView, hasAllResults, isPaused, toView } from '../conversation/turns.ts';
import { isRefused } from '../request/toMessages.ts';

/** A message that goes with results of tools, in their turn. */
export interface Steering {
  turn: UserTurn;
  /** It waits no longer: what of that is stored together with its being part of the conversation. */
  taken: () => readonly StoreChange[];
}

export interface RoundsPorts {
  branch: Branch;
  agent: Agent;
  /** What the user has said for the next results of tools; undefined where nothing is. */
  steering: () => Steering | undefined;
  /** Whether a budget is used up, so that nothing more goes out without the user's word. */
  isOverBudget?: () => Promise<boolean>;
  emit: (change: Change) => void;
  emptyAnswer: () => AnswerRecord;
  newId: () => string;
  /** Milliseconds since the epoch. */
  now: () => number;
}

/** What follows an answer by itself: its tools run, and their results go out for the next one. */
export class Rounds {
  readonly #ports: RoundsPorts;

  constructor(ports: RoundsPorts) {
    this.#ports = ports;
  }

  /** Whether the user has said something to which it is the answer, and not only tools. */
  isAsked(record: AnswerRecord | undefined): boolean {
    const { turns } = this.#ports.branch;
    const before = record && turns[turns.indexOf(record) - 1];
    return before?.role === 'user' && !before.handsBack;
  }

  /**
   * Runs the tools that the answer calls. The answer that their results are for; the same one where it has paused and is
   * to go on; undefined where none follows now.
   */
  async after(record: AnswerRecord, round: number, signal: AbortSignal): Promise<AnswerRecord | undefined> {
    if (record.state.phase !== 'complete' || record.findings || record.check || isRefused(record)) return undefined;
    if (isPaused(record)) {
      if (!(await this.#mayGoOn(record, round >= mostRounds, signal))) return undefined;
      record.state = { phase: 'waiting' };
      return record;
    }
    await this.#runTools(record, signal);
    if (!hasAllResults(record) || signal.aborted) return undefined;
    const { branch, steering } = this.#ports;
    if (!(await this.#mayGoOn(record, round >= mostRounds && !steering(), signal))) return undefined;
    const said = steering();
    branch.add(said?.turn ?? handBackTurn({ id: this.#ports.newId(), createdAt: this.#ports.now() }), said?.taken);
    const next = this.#ports.emptyAnswer();
    branch.add(next);
    return next;
  }

  /** Whether one more request goes out without the user's word. `isDue`: so many have that it is time for it. */
  async #mayGoOn(record: AnswerRecord, isDue: boolean, signal: AbortSignal): Promise<boolean> {
    const pause = isDue ? 'rounds' : (await this.#ports.isOverBudget?.()) ? 'budget' : undefined;
    if (pause !== undefined) {
      record.pause = pause;
      this.#ports.branch.save(record);
      this.#ports.emit({ type: 'turn', turn: toView(record) });
    }
    // The user may have stopped it while the budgets were asked.
    return pause === undefined && !signal.aborted;
  }

  async #runTools(record: AnswerRecord, signal: AbortSignal): Promise<void> {
    const { agent, branch, emit } = this.#ports;
    await agent.run(
      record.content,
      (changed, all) => {
        record.calls = all;
        branch.save(record);
        emit({ type: 'calls', turnId: record.id, calls: changed.map(callToView) });
      },
      signal,
      record.state.phase === 'complete' && record.state.stopReason === 'max_tokens',
    );
  }
}
