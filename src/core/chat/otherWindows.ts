import { setTimeout as sleep } from 'node:timers/promises';
import { longestUnsavedMs } from '../answer/answerRun.ts';
import type { Branch } from '../conversation/branch.ts';
import type { AnswerRecord } from '../conversation/turns.ts';

export interface OtherWindowsPorts {
  branch: Branch;
  /** Whether what others have added may be shown now. */
  mayTake: () => boolean;
}

/** Milliseconds between two looks at an answer that another window is writing. */
const lookMs = 2_000;

/** What other windows do in the conversation meanwhile. */
export class OtherWindows {
  readonly #ports: OtherWindowsPorts;
  #looking: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(ports: OtherWindowsPorts) {
    this.#ports = ports;
  }

  /** Another window may have gone on with the conversation: shows what it has added, unless an answer is running. */
  async take(): Promise<void> {
    if (!this.#isClosed && this.#ports.mayTake()) await this.#ports.branch.takeOthers();
    this.lookAgain();
  }

  /** A window that ends in the middle of an answer says no more. */
  lookAgain(): void {
    clearTimeout(this.#looking);
    if (this.#isClosed || !this.#ports.branch.isAnsweredElsewhere) return;
    this.#looking = setTimeout(() => void this.take(), lookMs);
    this.#looking.unref();
  }

  /** Whether one of them goes on with this answer. Another window saves what it receives within this time. */
  async goesOnWith(last: AnswerRecord): Promise<boolean> {
    const { branch } = this.#ports;
    if (await branch.reread(last)) return true;
    await sleep(1.5 * longestUnsavedMs);
    return branch.reread(last);
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#looking);
  }
}
