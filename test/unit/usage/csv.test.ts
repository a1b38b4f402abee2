import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toCsv } from '../../../src/core/usage/csv.ts';
import type { UsageEntry } from '../../../src/core/usage/ledger.ts';

const entry: UsageEntry = {
  id: 'r1',
  startedAt: Date.UTC(2026, 10, 22, 8, 30),
  origin: 'https://api.anthropic.com',
  model: 'claude-sonnet-4-5',
  purpose: 'chat',
  inputTokens: 12,
  outputTokens: null,
  cacheWriteTokens: 0,
  cacheReadTokens: 3,
  costUsd: 0.0000001,
  durationMs: 1_500,
  firstTokenMs: 20,
  retries: 0,
  outcome: { kind: 'truncated', problem: 'connectionLost' },
  stopReason: null,
  requestId: 'req_1',
};

test('a header and one line an entry, each ended by CR LF', () => {
  assert.equal(
    toCsv([entry]),
    'started_at,origin,model,purpose,outcome,problem,stop_reason,input_tokens,output_tokens,cache_write_tokens,' +
      'cache_read_tokens,cost_usd_estimate,duration_ms,first_token_ms,retries,request_id,id\r\n' +
      '2026-11-22T08:30:00.000Z,https://api.anthropic.com,claude-sonnet-4-5,chat,truncated,connectionLost,,12,,0,3,' +
      '0.0000001,1500,20,0,req_1,r1\r\n',
  );
});

const fields: [name: string, value: string, written: string][] = [
  ['a comma', 'a,b', '"a,b"'],
  ['quotes', 'say "hi"', '"say ""hi"""'],
  ['a line break', 'a\r\nb', '"a\r\nb"'],
  ['a formula', '=HYPERLINK("http://x")', `"'=HYPERLINK(""http://x"")"`],
  ['a formula by plus', '+1+2', `'+1+2`],
  ['a formula by minus', '-1', `'-1`],
  ['a formula by at', '@SUM(A1)', `'@SUM(A1)`],
  ['a formula behind a tab', '\t=1', `'\t=1`],
  ['Japanese', '日本語', '日本語'],
];
for (const [name, value, written] of fields) {
  test(`${name} in a field`, () => {
    const line = toCsv([{ ...entry, model: value }]).slice(toCsv([]).length);
    assert.equal(
      line,
      toCsv([{ ...entry, model: 'MODEL' }])
        .slice(toCsv([]).length)
        .replace('MODEL', () => written),
    );
  });
}

test('costs are written without exponents and without a needless zero', () => {
  const costs = [0.000_000_1, 1.5, 2, 0.1 + 0.2].map(costUsd =>
    toCsv([{ ...entry, costUsd }])
      .split(',')
      .at(-6),
  );
  assert.deepEqual(costs, ['0.0000001', '1.5', '2', '0.3']);
});
