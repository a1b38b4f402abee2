import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { budgetStopText } from '../../../src/shared/budgetText.ts';
import type { AssistantTurn } from '../../../src/shared/conversation.ts';
import { parseUsageMessage } from '../../../src/shared/protocol/usage.ts';
import { costSummary, figuresRows, timeSummary, tokensSummary } from '../../../src/webview/transcript/figuresText.ts';
import { t } from '../../../src/webview/ui/l10n.ts';
import { setLanguage } from '../../../src/webview/ui/language.ts';
import { parseChoices } from '../../../src/webview/usage/choices.ts';
import {
  amountText,
  periodText,
  scaleText,
  scaleTop,
  spanText,
  tickText,
} from '../../../src/webview/usage/usageText.ts';

afterEach(() => setLanguage('en'));

test('days, months, money and numbers are written in the language of the editor', () => {
  const written = (language: string): string[] => {
    setLanguage(language);
    return [
      periodText('2026-11-03', 'day'),
      periodText('2026-11-01', 'month'),
      tickText('2026-11-03', 'day'),
      spanText({ from: '2026-01-01', to: '2026-01-31' }),
      amountText(1234.5),
      scaleText(2_500_000, 'tokens'),
    ].map(text => text.replaceAll(/[\s  ]/g, ' '));
  };
  assert.deepEqual(written('en'), [
    'Tuesday, November 3, 2026',
    'November 2026',
    'Nov 3',
    'Jan 1 – 31, 2026',
    '$1,234.50',
    '2.5M',
  ]);
  assert.deepEqual(written('ja'), [
    '2026年11月3日火曜日',
    '2026年11月',
    '11月3日',
    '2026/01/01～2026/01/31',
    '$1,234.50',
    '250万',
  ]);
  assert.equal(written('zh-cn')[0], '2026年11月3日星期二');
  assert.equal(written('de')[4], '1.234,50 $');
  assert.doesNotThrow(() => written('no language at all'));
});

test('nothing is nothing, and less than a cent is not', () => {
  setLanguage('en');
  assert.deepEqual([0, 0.004, 0.01, 12].map(amountText), ['$0', '<$0.01', '$0.01', '$12.00']);
});

test('a scale ends at a number that reads well, and holds the highest value', () => {
  const table = [0, 0.013, 0.2, 1, 1.01, 7, 43, 100, 5_200_000];
  assert.deepEqual(table.map(scaleTop), [1, 0.02, 0.2, 1, 2, 10, 50, 100, 10_000_000]);
});

const turn: AssistantTurn = {
  id: 'a',
  role: 'assistant',
  createdAt: 0,
  model: 'claude-sonnet-4-5',
  blocks: [{ type: 'text', text: 'Hello' }],
  state: { phase: 'complete', stopReason: 'end_turn' },
  usage: { inputTokens: 1_000, outputTokens: 300, cacheReadTokens: 200, cacheWriteTokens: 34 },
  figures: { requests: 1, durationMs: 4_000, firstTokenMs: 850, writingMs: 3_000, costUsd: 0.0123 },
};

test('below an answer stands what is known of it, and no more', () => {
  setLanguage('en');
  const summary = tokensSummary(turn, t) + costSummary(turn) + timeSummary(turn, t);
  assert.equal(summary, 'Tokens: 1,234 in · 300 out · $0.01 · 4 s');
  assert.deepEqual(Object.fromEntries(figuresRows(turn, t)), {
    Model: 'claude-sonnet-4-5',
    Sent: '1,234',
    'Of these from the cache': '200',
    'Of these into the cache': '34',
    Received: '300',
    Cost: 'about $0.0123',
    'First token after': '850 ms',
    Speed: '100 tokens/s',
    Duration: '4 s',
    'Stop reason': 'end_turn',
  });
  const old = { ...turn };
  delete old.figures;
  assert.equal(tokensSummary(old, t) + costSummary(old) + timeSummary(old, t), 'Tokens: 1,234 in · 300 out');
  assert.deepEqual(
    figuresRows(old, t).map(([name]) => name),
    ['Model', 'Sent', 'Of these from the cache', 'Of these into the cache', 'Received', 'Stop reason'],
  );
  const silent = { ...old };
  delete silent.usage;
  assert.equal(tokensSummary(silent, t), '');
});

test('a speed is told where it is known: by the time of writing, else by all of it', () => {
  setLanguage('en');
  const speed = (changed: Partial<AssistantTurn>): string | undefined =>
    Object.fromEntries(figuresRows({ ...turn, ...changed }, t))['Speed'];
  const whole = { requests: 1, durationMs: 6_000 };
  assert.equal(speed({ figures: whole }), '50 tokens/s', 'it came at once');
  assert.equal(speed({ figures: { ...whole, writingMs: 3 } }), '50 tokens/s', 'a relay has held it back');
  const hidden = { type: 'redactedThinking', text: '' } as const;
  assert.equal(speed({ blocks: [hidden, ...turn.blocks] }), '75 tokens/s');
  assert.equal(speed({ state: { phase: 'stopped' } }), undefined);
  assert.equal(Object.fromEntries(figuresRows({ ...turn, figures: whole }, t))['Cost'], 'no price is known');
});

test('a budget that is used up says which one, and what it does not count', () => {
  const use = { period: 'month', spentUsd: 50.4, limitUsd: 50, unpricedRequests: 0 } as const;
  assert.deepEqual(budgetStopText(use, t, 'en'), {
    title: 'This month’s budget of $50.00 is used up.',
    text: 'About $50.40 have been spent. Nothing was sent, and nothing is lost.',
  });
  const { title, text } = budgetStopText({ ...use, period: 'day', unpricedRequests: 1_200 }, t, 'en');
  assert.equal(title, 'Today’s budget of $50.00 is used up.');
  assert.match(text, /1,200 requests without a known price are not counted\.$/);
});

test('what the usage page sends is parsed, and what it remembers', () => {
  const span = { kind: 'custom', from: '2026-01-01', to: '2026-02-01' } as const;
  const show = { type: 'show', span, timeZone: 'Asia/Tokyo' } as const;
  assert.deepEqual(parseUsageMessage({ ...show, more: 1 }), show);
  for (const wrong of [
    null,
    'show',
    { type: 'show' },
    { ...show, span: { kind: 'days', count: 8 } },
    { ...show, timeZone: 1 },
  ]) {
    assert.equal(parseUsageMessage(wrong), undefined);
  }
  assert.deepEqual(parseChoices({ span, measure: 'tokens' }), { span, measure: 'tokens' });
  assert.deepEqual(parseChoices(undefined), { span: { kind: 'days', count: 30 }, measure: 'cost' });
});
