import type { StorageTrouble } from '../storage/openOrSetAside.ts';
import type { UsageEntry, UsageSpan } from './ledger.ts';
import type { SqliteLedger } from './sqliteLedger.ts';

/** What the thread says without being asked: the file was not opened as it was. */
export interface LedgerNews {
  trouble: StorageTrouble;
}

export type LedgerCalls = ReturnType<typeof callsOn>;

/** The calls of the port, on a ledger that the first of them opens. */
export function callsOn(open: () => SqliteLedger) {
  let opened: SqliteLedger | undefined;
  const ledger = (): SqliteLedger => (opened ??= open());
  return {
    record: (entry: UsageEntry) => ledger().record(entry),
    entries: (span: UsageSpan & { limit?: number }) => ledger().entries(span),
    sums: (span: UsageSpan) => ledger().sums(span),
    cells: (periods: readonly Required<UsageSpan>[]) => ledger().cells(periods),
    spentSince: (from: number) => ledger().spentSince(from),
    firstTime: (key: string) => ledger().firstTime(key),
    close: () => opened?.close(),
  };
}
