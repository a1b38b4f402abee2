import { csvField } from '../../shared/csvField.ts';
import type { UsageEntry } from './ledger.ts';

/** In the order of the columns; the names are for programs and stay as they are in every language. */
const columns: [name: string, value: (entry: UsageEntry) => string | number | null][] = [
  ['started_at', entry => new Date(entry.startedAt).toISOString()],
  ['origin', entry => entry.origin],
  ['model', entry => entry.model],
  ['purpose', entry => entry.purpose],
  ['outcome', entry => entry.outcome.kind],
  ['problem', entry => ('problem' in entry.outcome ? entry.outcome.problem : null)],
  ['stop_reason', entry => entry.stopReason],
  ['input_tokens', entry => entry.inputTokens],
  ['output_tokens', entry => entry.outputTokens],
  ['cache_write_tokens', entry => entry.cacheWriteTokens],
  ['cache_read_tokens', entry => entry.cacheReadTokens],
  ['cost_usd_estimate', entry => entry.costUsd],
  ['duration_ms', entry => entry.durationMs],
  ['first_token_ms', entry => entry.firstTokenMs],
  ['retries', entry => entry.retries],
  ['request_id', entry => entry.requestId],
  ['id', entry => entry.id],
];

/** The entries as CSV after RFC 4180, with a header line. */
export function toCsv(entries: readonly UsageEntry[]): string {
  const lines = entries.map(entry => columns.map(([, value]) => toField(value(entry))).join(','));
  return [columns.map(([name]) => name).join(','), ...lines].map(line => `${line}\r\n`).join('');
}

function toField(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return Number.isFinite(value) ? plainNumber(value) : '';
  return csvField(value);
}

/** Without an exponent: a request costs millionths of a dollar, and not every program reads `1e-7`. */
function plainNumber(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(9).replace(/\.?0+$/, '');
}
