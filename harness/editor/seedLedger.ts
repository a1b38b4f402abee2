import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { UsageEntry } from '../../src/core/usage/ledger.ts';
import { openSqliteLedger } from '../../src/core/usage/sqliteLedger.ts';

const models: [name: string, costUsd: number | null][] = [
  ['claude-sonnet-4-5-20250929', 0.032],
  ['claude-opus-4-5-20251101', 0.11],
  ['claude-haiku-4-5-20251001', 0.009],
  ['a-model-of-the-relay', null],
];

/** As for somebody who has asked nothing yet, and was warned of nothing. */
export function emptyLedger(profile: string): void {
  openLedgerOf(profile).close();
  const database = new DatabaseSync(ledgerPath(profile));
  database.exec('DELETE FROM requests; DELETE FROM first_times;');
  database.close();
}

/** Writes some requests for each of the last days into the ledger of a served editor. */
export function seedLedger(profile: string, { days = 60 } = {}): void {
  const ledger = openLedgerOf(profile);
  for (let day = 0; day < days; day++) {
    for (let index = 0; index < 2 + ((day * 7) % 5); index++) {
      const [model, costUsd] = models[(day * 3 + index * index) % models.length] ?? ['', null];
      ledger.record(entry(Date.now() - day * 86_400_000 - index * 60_000, model, costUsd, day + index));
    }
  }
  ledger.close();
}

/** As another window would: a request that has just cost so many dollars, or that has no price. */
export function spend(profile: string, costUsd: number | null): void {
  const ledger = openLedgerOf(profile);
  ledger.record({ ...entry(Date.now(), 'claude-opus-4-5-20251101', null, 0), costUsd });
  ledger.close();
}

/** Also where the extension has not made its folder yet. */
function openLedgerOf(profile: string): ReturnType<typeof openSqliteLedger> {
  const path = ledgerPath(profile);
  mkdirSync(dirname(path), { recursive: true });
  return openSqliteLedger(path);
}

function ledgerPath(profile: string): string {
  return join(profile, 'data/User/globalStorage/marginalia.marginalia/usage.sqlite');
}

function entry(startedAt: number, model: string, costUsd: number | null, weight: number): UsageEntry {
  const factor = 1 + (weight % 6);
  return {
    id: randomUUID(),
    startedAt,
    origin: model.startsWith('a-') ? 'https://relay.example' : 'https://api.apimart.ai',
    model,
    purpose: 'chat',
    inputTokens: 1_200 * factor,
    outputTokens: 420 * factor,
    cacheWriteTokens: 800,
    cacheReadTokens: 5_000 * factor,
    costUsd: costUsd === null ? null : costUsd * factor,
    durationMs: 8_000,
    firstTokenMs: 600,
    retries: 0,
    outcome: { kind: 'complete' },
    stopReason: 'end_turn',
    requestId: null,
  };
}
