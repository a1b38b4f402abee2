import type { Purpose } from '../../shared/exchange.ts';
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { ProblemKind } from '../../shared/problem.ts';
import { openDatabase } from '../storage/sqliteDatabase.ts';
import type { Spent, UsageCell, UsageEntry, UsageOutcome, UsageSpan, UsageSum } from './ledger.ts';

/** The schema, one step a version. A step that has shipped never changes. */
export const ledgerMigrations = [
  `CREATE TABLE requests (
     id TEXT PRIMARY KEY,
     started_at INTEGER NOT NULL,
     origin TEXT NOT NULL,
     model TEXT NOT NULL,
     purpose TEXT NOT NULL,
     input_tokens INTEGER,
     output_tokens INTEGER,
     cache_write_tokens INTEGER,
     cache_read_tokens INTEGER,
     cost_usd REAL,
     duration_ms INTEGER NOT NULL,
     first_token_ms INTEGER,
     retries INTEGER NOT NULL,
     outcome TEXT NOT NULL CHECK (outcome IN ('complete', 'stopped', 'truncated', 'failed')),
     problem TEXT,
     stop_reason TEXT,
     request_id TEXT
   ) STRICT;
   CREATE INDEX requests_by_start ON requests (started_at DESC);`,
  `CREATE TABLE first_times (key TEXT PRIMARY KEY) STRICT;
   CREATE INDEX requests_by_cost ON requests (started_at, cost_usd, outcome);`,
];

/** A request that failed got no answer, and has nothing that could have a price. */
const sumColumns = `count(*) AS requests, total(input_tokens) AS input, total(output_tokens) AS output,
  total(cache_write_tokens) AS written, total(cache_read_tokens) AS read, total(cost_usd) AS cost,
  total(cost_usd IS NULL AND outcome <> 'failed') AS unpriced`;

/**
 * Opens the ledger at `path`: a file of its own, so that its damage costs no conversation. Several windows may have it
 * open at once. Throws where the file is no database or a newer version has written it.
 */
export function openSqliteLedger(path: string): SqliteLedger {
  return new SqliteLedger(openDatabase(path, ledgerMigrations));
}

/** A ledger in a file, in the thread that calls it. */
export class SqliteLedger {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  record(entry: UsageEntry): void {
    this.#database
      .prepare(
        `INSERT OR REPLACE INTO requests (id, started_at, origin, model, purpose, input_tokens, output_tokens,
           cache_write_tokens, cache_read_tokens, cost_usd, duration_ms, first_token_ms, retries, outcome, problem,
           stop_reason, request_id)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        entry.id,
        whole(entry.startedAt),
        entry.origin,
        entry.model,
        entry.purpose,
        wholeOrNull(entry.inputTokens),
        wholeOrNull(entry.outputTokens),
        wholeOrNull(entry.cacheWriteTokens),
        wholeOrNull(entry.cacheReadTokens),
        entry.costUsd,
        whole(entry.durationMs),
        wholeOrNull(entry.firstTokenMs),
        whole(entry.retries),
        entry.outcome.kind,
        'problem' in entry.outcome ? entry.outcome.problem : null,
        entry.stopReason,
        entry.requestId,
      );
  }

  entries(span: UsageSpan & { limit?: number }): UsageEntry[] {
    return this.#database
      .prepare('SELECT * FROM requests WHERE started_at >= ? AND started_at < ? ORDER BY started_at DESC, id LIMIT ?')
      .all(...spanOf(span), span.limit ?? -1)
      .map(toEntry);
  }

  sums(span: UsageSpan): UsageSum[] {
    return this.#database
      .prepare(
        `SELECT model, count(*) AS requests, total(input_tokens) AS input, total(output_tokens) AS output,
           total(cache_write_tokens) AS written, total(cache_read_tokens) AS read, total(cost_usd) AS cost,
           count(*) - count(cost_usd) AS unpriced
         FROM requests WHERE started_at >= ? AND started_at < ? GROUP BY model ORDER BY cost DESC, requests DESC`,
      )
      .all(...spanOf(span))
      .map(row => ({
        model: String(row['model']),
        requests: Number(row['requests']),
        inputTokens: Number(row['input']),
        outputTokens: Number(row['output']),
        cacheWriteTokens: Number(row['written']),
        cacheReadTokens: Number(row['read']),
        costUsd: Number(row['cost']),
        unpricedRequests: Number(row['unpriced']),
      }));
  }

  cells(periods: readonly Required<UsageSpan>[]): UsageCell[] {
    return this.#database
      .prepare(
        // The spans are the outer loop: each is a range of the index, and no row is looked at twice.
        `SELECT spans.key AS period, model, origin, ${sumColumns}
         FROM json_each(?) AS spans CROSS JOIN requests
         WHERE started_at >= spans.value ->> 0 AND started_at < spans.value ->> 1
         GROUP BY spans.key, model, origin`,
      )
      .all(JSON.stringify(periods.map(spanOf)))
      .map(row => ({
        period: Number(row['period']),
        model: String(row['model']),
        origin: String(row['origin']),
        amounts: {
          requests: Number(row['requests']),
          inputTokens: Number(row['input']),
          outputTokens: Number(row['output']),
          cacheReadTokens: Number(row['read']),
          cacheWriteTokens: Number(row['written']),
          costUsd: Number(row['cost']),
          unpricedRequests: Number(row['unpriced']),
        },
      }));
  }

  spentSince(from: number): Spent {
    const row = this.#database
      .prepare(
        `SELECT total(cost_usd) AS cost, total(cost_usd IS NULL AND outcome <> 'failed') AS unpriced
         FROM requests WHERE started_at >= ?`,
      )
      .get(whole(from));
    return { costUsd: Number(row?.['cost']), unpricedRequests: Number(row?.['unpriced']) };
  }

  firstTime(key: string): boolean {
    return this.#database.prepare('INSERT OR IGNORE INTO first_times (key) VALUES (?)').run(key).changes === 1;
  }

  close(): void {
    if (this.#database.isOpen) this.#database.close();
  }
}

function spanOf({ from, to }: UsageSpan): [number, number] {
  return [whole(from ?? 0), whole(to ?? Number.MAX_SAFE_INTEGER)];
}

function toEntry(row: Record<string, SQLOutputValue>): UsageEntry {
  return {
    id: String(row['id']),
    startedAt: Number(row['started_at']),
    origin: String(row['origin']),
    model: String(row['model']),
    purpose: String(row['purpose']) as Purpose,
    inputTokens: numberOrNull(row['input_tokens']),
    outputTokens: numberOrNull(row['output_tokens']),
    cacheWriteTokens: numberOrNull(row['cache_write_tokens']),
    cacheReadTokens: numberOrNull(row['cache_read_tokens']),
    costUsd: numberOrNull(row['cost_usd']),
    durationMs: Number(row['duration_ms']),
    firstTokenMs: numberOrNull(row['first_token_ms']),
    retries: Number(row['retries']),
    outcome: toOutcome(String(row['outcome']), textOrNull(row['problem'])),
    stopReason: textOrNull(row['stop_reason']),
    requestId: textOrNull(row['request_id']),
  };
}

function toOutcome(kind: string, problem: string | null): UsageOutcome {
  if (kind === 'truncated' || kind === 'failed') return { kind, problem: (problem ?? 'internal') as ProblemKind };
  return { kind: kind === 'stopped' ? 'stopped' : 'complete' };
}

/** The table takes whole numbers only, and clocks and relays give others. */
function whole(value: number): number {
  return Number.isFinite(value) ? Math.round(value) : 0;
}

function wholeOrNull(value: number | null): number | null {
  return value === null ? null : whole(value);
}

function numberOrNull(value: SQLOutputValue | undefined): number | null {
  return value === null || value === undefined ? null : Number(value);
}

function textOrNull(value: SQLOutputValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
