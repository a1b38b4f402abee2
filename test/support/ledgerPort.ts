import type { UsageLedger } from '../../src/core/usage/ledger.ts';
import type { SqliteLedger } from '../../src/core/usage/sqliteLedger.ts';

/** A ledger of this thread behind the port that others have in a thread of their own. */
export function ledgerPort(ledger: SqliteLedger): UsageLedger {
  const later = <Result>(work: () => Result): Promise<Result> => new Promise(resolve => resolve(work()));
  return {
    record: entry => later(() => ledger.record(entry)),
    entries: span => later(() => ledger.entries(span)),
    sums: span => later(() => ledger.sums(span)),
    cells: periods => later(() => ledger.cells(periods)),
    spentSince: from => later(() => ledger.spentSince(from)),
    firstTime: key => later(() => ledger.firstTime(key)),
    close: () => later(() => ledger.close()),
  };
}
