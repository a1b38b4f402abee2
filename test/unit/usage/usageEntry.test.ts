import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ExchangeLog } from '../../../src/core/inspect/exchangeLog.ts';
import type { AnswerMessage, MessagesRequest } from '../../../src/core/messages/wire.ts';
import type { UsageEntry } from '../../../src/core/usage/ledger.ts';
import { usageEntryOf } from '../../../src/core/usage/usageEntry.ts';

const request: MessagesRequest = {
  model: 'm',
  max_tokens: 10,
  stream: true,
  messages: [{ role: 'user', content: 'a secret of the user’s' }],
};
const message: AnswerMessage = {
  id: 'x',
  model: 'm',
  content: [{ type: 'text', text: 'an answer' }],
  stopReason: 'end_turn',
  stopSequence: null,
  usage: { input_tokens: 1_000_000, output_tokens: 100_000, cache_read_input_tokens: 1_000_000 },
};
const nothingFound = { hasFound: false, shown: (text: string) => text };
const prices = { input: 3, output: 15, cacheWrite5m: 3.75, cacheWrite1h: 6, cacheRead: 0.3 };

/** What the ledger would be told of one exchange, and the log that it stands in. */
function recorded(play: (log: ExchangeLog) => void): UsageEntry[] {
  let clock = 0;
  const log = new ExchangeLog({ clock: () => (clock += 10), now: () => 5, newId: () => 'id' });
  const entries: UsageEntry[] = [];
  log.onChange(exchange => {
    const entry = usageEntryOf(exchange, () => prices);
    if (entry) entries.push(entry);
  });
  play(log);
  return entries;
}

test('a request that is over is told once, with its tokens, times and price, and without its text', () => {
  const entries = recorded(log => {
    const recorder = log.begin(request, 'https://x.example/v1/messages', {}, 'explain', nothingFound);
    recorder.attempt();
    recorder.attemptFailed({ kind: 'overloaded', detail: '' });
    recorder.attempt();
    recorder.headers(200, { 'request-id': 'req_1' });
    recorder.firstToken();
    recorder.end('complete', message);
  });
  assert.deepEqual(entries, [
    {
      id: 'id',
      startedAt: 5,
      origin: 'https://x.example',
      model: 'm',
      purpose: 'explain',
      inputTokens: 1_000_000,
      outputTokens: 100_000,
      cacheWriteTokens: null,
      cacheReadTokens: 1_000_000,
      costUsd: 3 + 1.5 + 0.3,
      durationMs: 60,
      firstTokenMs: 50,
      retries: 1,
      outcome: { kind: 'complete' },
      stopReason: 'end_turn',
      requestId: 'req_1',
    },
  ]);
  assert.equal(JSON.stringify(entries).includes('secret'), false);
});

test('of an answer that was cut, what was received is not known', () => {
  const [entry] = recorded(log => {
    const recorder = log.begin(request, 'https://x.example/v1/messages', {}, 'chat', nothingFound);
    recorder.attempt();
    recorder.attemptFailed({ kind: 'connectionLost', detail: '' });
    recorder.end('truncated', { ...message, stopReason: null, usage: { input_tokens: 10, output_tokens: 3 } });
  });
  assert.equal(entry?.outputTokens, null);
  assert.equal(entry.costUsd, 30 / 1_000_000);
  assert.deepEqual(entry.outcome, { kind: 'truncated', problem: 'connectionLost' });
});
