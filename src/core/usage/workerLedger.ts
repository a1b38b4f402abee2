import { CallsOnThread } from '../storage/callsOnThread.ts';
import type { StorageTrouble } from '../storage/openOrSetAside.ts';
import type { Spent, UsageCell, UsageEntry, UsageLedger, UsageSpan, UsageSum } from './ledger.ts';
import type { LedgerCalls, LedgerNews } from './ledgerCalls.ts';

export interface WorkerLedgerPorts {
  /** The file of `ledgerThread`. */
  script: string;
  /** The database. */
  path: string;
  /** The file was not opened as it was. */
  troubled: (trouble: StorageTrouble) => void;
}

/** A ledger in a file that a thread of its own reads and writes. Most windows start without asking anything, and need none. */
export class WorkerLedger implements UsageLedger {
  readonly #thread: CallsOnThread<LedgerCalls, LedgerNews>;

  constructor({ script, path, troubled }: WorkerLedgerPorts) {
    this.#thread = new CallsOnThread({ script, path, told: ({ trouble }) => troubled(trouble) });
  }

  /** Recorded twice it is recorded once. */
  record(entry: UsageEntry): Promise<void> {
    return this.#thread.read('record', entry);
  }

  entries(span: UsageSpan & { limit?: number }): Promise<UsageEntry[]> {
    return this.#thread.read('entries', span);
  }

  sums(span: UsageSpan): Promise<UsageSum[]> {
    return this.#thread.read('sums', span);
  }

  cells(periods: readonly Required<UsageSpan>[]): Promise<UsageCell[]> {
    return this.#thread.read('cells', periods);
  }

  spentSince(from: number): Promise<Spent> {
    return this.#thread.read('spentSince', from);
  }

  firstTime(key: string): Promise<boolean> {
    return this.#thread.call('firstTime', key);
  }

  close(): Promise<void> {
    return this.#thread.close('close');
  }
}
