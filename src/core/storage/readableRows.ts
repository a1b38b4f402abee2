import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';

export type Row = Record<string, SQLOutputValue>;

/** Rows in a row that can't be read before the rest of the table is given up. */
const longestGap = 2 ** 40;

/**
 * The rows of a damaged table that can still be read, with their `rowid`, in its order. Around what is broken it goes
 * from row to row: over it in growing steps, and back to the last one that can't be read.
 */
export function readableRows(database: DatabaseSync, table: string): Row[] {
  const rows: Row[] = [];
  let after = 0;
  for (let step = 1; step < longestGap;) {
    const found = readWhere(database, table, 'rowid > ? ORDER BY rowid', after + step - 1);
    // A broken tree may lead back to rows that were read: without this, for ever.
    found.rows = inOrder(found.rows, after);
    if (found.rows.length > 0) {
      if (step > 1) rows.push(...readBack(database, table, after, Number(found.rows[0]?.['rowid'])));
      rows.push(...found.rows);
      after = Number(found.rows.at(-1)?.['rowid']);
    }
    if (found.isWhole) break;
    step = found.rows.length > 0 ? 2 : step * 2;
  }
  return rows;
}

function inOrder(rows: readonly Row[], after: number): Row[] {
  let last = after;
  return rows.filter(({ rowid }) => {
    const isNext = Number(rowid) > last;
    if (isNext) last = Number(rowid);
    return isNext;
  });
}

/** Those between the two, from the second one down to the first that can't be read. */
function readBack(database: DatabaseSync, table: string, above: number, below: number): Row[] {
  return readWhere(database, table, 'rowid > ? AND rowid < ? ORDER BY rowid DESC', above, below).rows.reverse();
}

function readWhere(
  database: DatabaseSync,
  table: string,
  condition: string,
  ...bounds: number[]
): { rows: Row[]; isWhole: boolean } {
  const rows: Row[] = [];
  try {
    // NOT INDEXED: what an index of a damaged file says may be wrong.
    const found = database.prepare(`SELECT rowid, * FROM ${table} NOT INDEXED WHERE ${condition}`).iterate(...bounds);
    for (const row of found) rows.push(row);
    return { rows, isWhole: true };
  } catch {
    return { rows, isWhole: false };
  }
}
