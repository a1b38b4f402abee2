import { openSqliteStore } from '../../src/core/store/sqliteStore.ts';

/** A process of its own: what the store takes with none of its conversations open, and with all that are named. */
const [path = '', ...ids] = process.argv.slice(2);
const store = openSqliteStore(path);
const before = used();
const open = ids.map(id => store.load(id));
process.stdout.write(JSON.stringify({ none: before, open: used(), opened: open.length }));
store.close();

/** Megabytes of heap after a collection. */
function used(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1_000_000;
}
