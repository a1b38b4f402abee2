import { type CallDecision, withCalls } from '../../shared/ranCalls.ts';
import type { Change } from '../../shared/protocol/changes.ts';
import type { Agent } from '../agent/agent.ts';
import type { Branch } from '../conversation/branch.ts';
import type { Birth } from '../conversation/editTurn.ts';
import { handBackTurn } from '../conversation/handBackTurn.ts';
import { isElsewhere } from '../conversation/runSign.ts';
import { callToView, hasAllResults } from '../conversation/turns.ts';
import type { Outbox } from './outbox.ts';

export interface CallDeskPorts {
  branch: Branch;
  agent: Agent;
  outbox: Pick<Outbox, 'ask' | 'steering'>;
  isRunning: () => boolean;
  emit: (change: Change) => void;
  /** Of a turn that is made now. */
  birth: () => Birth;
}

/** What the user says of the calls on the branch. */
export class CallDesk {
  readonly #ports: CallDeskPorts;

  constructor(ports: CallDeskPorts) {
    this.#ports = ports;
  }

  /** The user's word on a call of the last answer that waits for it. */
  decide(turnId: string, index: number, decision: CallDecision, left: readonly number[] = []): void {
    if (this.#isLast(turnId)) this.#ports.agent.decide(index, decision, left);
  }

  /** Ends a call of the last answer that runs. The model hears of it, and goes on with what the others have brought. */
  stop(turnId: string, index: number): void {
    if (this.#isLast(turnId)) this.#ports.agent.stop(index);
  }

  /**
   * Gives lines that the call of this block has changed back what they said, which later requests tell the model. False
   * where the file says something else there by now, or an answer is running.
   */
  async takeBackHunk(turnId: string, index: number, hunk: number): Promise<boolean> {
    const { branch, agent, isRunning, emit } = this.#ports;
    const record = branch.turns.find(({ id }) => id === turnId);
    if (isRunning() || record?.role !== 'assistant') return false;
    const call = record.calls?.find(each => each.index === index);
    const changed = call && (await agent.takeBack(call, hunk));
    if (!changed) return false;
    record.calls = withCalls(record.calls ?? [], [changed]);
    branch.save(record);
    emit({ type: 'calls', turnId, calls: [callToView(changed)] });
    return true;
  }

  /** Hands back what the tools of the last answer have brought, which stopped or paused, and gets the answer to it. */
  async handBack(turnId: string): Promise<void> {
    const { branch, outbox, isRunning, birth } = this.#ports;
    const last = branch.turns.at(-1);
    if (isRunning() || last?.id !== turnId || last.role !== 'assistant' || !hasAllResults(last) || isElsewhere(last))
      return;
    const steering = outbox.steering();
    await outbox.ask(steering?.turn ?? handBackTurn(birth()), steering?.taken);
  }

  #isLast(turnId: string): boolean {
    return this.#ports.branch.turns.at(-1)?.id === turnId;
  }
}
